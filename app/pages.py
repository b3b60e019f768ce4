"""The pages and scripts that a browser asks for: the chat, the widget, the API's documentation."""

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

WEB_FOLDER = Path(__file__).parent / "web"

pages = APIRouter(include_in_schema=False)


@pages.get("/")
def chat_page() -> FileResponse:
    """Serve the chat page."""
    return FileResponse(WEB_FOLDER / "index.html")


@pages.get("/widget.js")
def widget() -> FileResponse:
    """Serve the widget, which pages of other sites load too."""
    return FileResponse(WEB_FOLDER / "widget.js", headers={"Cross-Origin-Resource-Policy": "cross-origin"})


@pages.get("/docs")
def api_documentation() -> FileResponse:
    """Serve the documentation of the API, from our own files: no third party sees who reads it."""
    return FileResponse(WEB_FOLDER / "docs.html")


def web_files() -> StaticFiles:
    """Return the static files of the pages."""
    return StaticFiles(directory=WEB_FOLDER)


def swagger_files() -> StaticFiles:
    """Return the files of Swagger UI, which the package fastapi-offline carries."""
    return StaticFiles(directory=str(files("fastapi_offline") / "static"))
