"""The pages for reading over HTTP: each address finds its page and sends it, or sends the way back."""

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from app.handlers import preferred_language
from app.reading.addresses import ARGUMENTAIRE_PATH, SOURCES_PATH, Address
from app.reading.arguments import Reading
from app.reading.contents import (
    LostError,
    Page,
    booklet_page,
    find_argumentaire,
    lost_page,
    objection_page,
    sources_page,
    start_reading,
)
from app.reading.printing import Press, Printed
from knowledge import Knowledge, Language

_READ = ["GET", "HEAD"]
_CACHE = "public, no-cache"  # who likes may keep a page, and asks each time if it changed: an edit shows at once

reading_pages = APIRouter(include_in_schema=False)


def add_reading_pages(app: FastAPI, public_url: str) -> None:
    """Make the application serve the pages for reading."""
    app.state.press = Press(public_url)
    app.add_exception_handler(LostError, _show_the_way)
    app.include_router(reading_pages)


@reading_pages.api_route(ARGUMENTAIRE_PATH, methods=_READ)
def read_booklet(request: Request, argumentaire: str | None = None) -> Response:
    """Serve a whole argumentaire."""
    reading = _read(request, argumentaire)
    return _send(request, reading, reading.address, lambda: booklet_page(reading))


@reading_pages.api_route(ARGUMENTAIRE_PATH + "/{objection_id}", methods=_READ)
def read_objection(request: Request, objection_id: str, argumentaire: str | None = None) -> Response:
    """Serve one objection with all that answers it."""
    reading = _read(request, argumentaire, objection_id)
    return _send(
        request, reading, reading.address.objection(objection_id), lambda: objection_page(objection_id, reading)
    )


@reading_pages.api_route(SOURCES_PATH, methods=_READ)
def read_sources(request: Request) -> Response:
    """Serve the bibliography."""
    reading = _read(request)
    return _send(request, reading, reading.address.sources(), lambda: sources_page(reading))


def _read(request: Request, argumentaire_id: str | None = None, objection_id: str | None = None) -> Reading:
    """Return what is read; an argumentaire that is named by nothing is the default one.

    :raises LostError: when there is no such argumentaire, or no such objection in it.
    """
    knowledge: Knowledge = request.app.state.responder.knowledge
    argumentaire = find_argumentaire(knowledge, argumentaire_id or None, objection_id)
    return start_reading(argumentaire, knowledge, _language(request), date.today().year)


def _language(request: Request) -> Language:
    """Return the language that the address asks for, else the browser, else French."""
    asked = request.query_params.get("lang")
    if asked in tuple(Language):
        return Language(asked)
    return preferred_language(request.headers.get("accept-language"))


def _send(request: Request, reading: Reading, address: Address, make: Callable[[], Page]) -> Response:
    press: Press = request.app.state.press
    printed = press.keep((reading.knowledge.version, reading.year), address, make)
    headers = {"ETag": printed.tag, "Cache-Control": _CACHE, **_language_headers(printed)}
    if _has(request.headers.get("if-none-match", ""), printed.tag):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(printed.html, headers=headers)


def _has(if_none_match: str, tag: str) -> bool:
    """Say whether the browser has this very page; proxies that compress mark the tag as weak."""
    tags = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return tag in tags or tags == ["*"]


async def _show_the_way(request: Request, error: Exception) -> Response:
    press: Press = request.app.state.press
    printed = press.print(lost_page(_language(request)))
    return HTMLResponse(printed.html, status_code=404, headers=_language_headers(printed))


def _language_headers(printed: Printed) -> dict[str, str]:
    return {"Content-Language": printed.language.value, "Vary": "Accept-Language"}
