"""Makes the web application; nothing happens on import."""

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from app.assembly import load_responder
from app.handlers import add_handlers
from app.middleware import BodyLimit, SecurityHeaders
from app.pages import pages, swagger_files, web_files
from app.reading.pages import add_reading_pages
from app.responder import Responder
from app.routes import api, health
from app.settings import Settings
from app.source_routes import bibliography

_DESCRIPTION = """Réplique answers the objections raised against digital commons: it says which objection it hears,
how sure it is, and gives ranked rebuttals, each with its sources. Errors are `application/problem+json` (RFC 9457)."""


def create_app(settings: Settings | None = None, responder: Responder | None = None) -> FastAPI:
    """Return the application, ready to answer.

    :param responder: what answers; loaded from the settings' folders when None.
    :raises KnowledgeError: when the knowledge has problems.
    :raises EmbeddingsError: when the build is missing, damaged or out of step.
    """
    settings = settings or Settings.from_environment()
    app = FastAPI(title="Réplique", version="1", description=_DESCRIPTION, docs_url=None, redoc_url=None)
    app.state.responder = responder or load_responder(settings)
    add_handlers(app)
    app.include_router(api)
    app.include_router(bibliography)
    app.include_router(health)
    app.include_router(pages)
    add_reading_pages(app, settings.public_url)
    app.mount("/web", web_files())
    app.mount("/swagger", swagger_files())
    app.add_middleware(BodyLimit)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.allowed_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["content-type"],
    )
    app.add_middleware(SecurityHeaders)
    return app
