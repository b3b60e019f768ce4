"""Maps what goes wrong to HTTP: one table, one shape (`application/problem+json`, RFC 9457)."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from app.problems import problem
from app.responder import UnknownArgumentaireError
from knowledge import Language

_logger = logging.getLogger("replique")


def preferred_language(accept_language: str | None) -> Language:
    """Return the first language of an `Accept-Language` header that we speak, else French."""
    weighted: list[tuple[float, Language]] = []
    for part in (accept_language or "").split(","):
        tag, _, weight = part.partition(";")
        primary = tag.strip().split("-")[0].lower()
        if primary in tuple(Language):
            weighted.append((_quality(weight.strip().removeprefix("q=")), Language(primary)))
    return max(weighted, key=lambda pair: pair[0], default=(0.0, Language.FR))[1]


def add_handlers(app: FastAPI) -> None:
    """Make every error of the application a problem that a person can read."""
    app.add_exception_handler(RequestValidationError, _refuse_fields)
    app.add_exception_handler(UnknownArgumentaireError, _refuse_argumentaire)
    app.add_exception_handler(HTTPException, _refuse)
    app.add_exception_handler(Exception, _own_up)


def problem_response(status: int, accept_language: str | None, errors: list[Any] | None = None) -> Response:
    """Return a problem as a response."""
    body = problem(status, preferred_language(accept_language), errors or [])
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def _answer(request: Request, status: int, errors: list[Any] | None = None) -> Response:
    return problem_response(status, request.headers.get("accept-language"), errors)


async def _refuse_fields(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = list(error.errors())
    if any(one["type"] == "json_invalid" for one in errors):
        return _answer(request, 400)
    return _answer(request, 422, errors)


async def _refuse_argumentaire(request: Request, error: Exception) -> Response:
    return _answer(request, 422, [{"loc": ("argumentaire",), "type": "unknown_argumentaire"}])


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _answer(request, error.status_code)
    response.headers.update(error.headers or {})
    return response


async def _own_up(request: Request, error: Exception) -> Response:
    # The person gets a plain sentence, the log gets the traceback: Starlette raises the error again for it.
    _logger.error("unexpected error on %s %s", request.method, request.url.path)
    return _answer(request, 500)


def _quality(given: str) -> float:
    try:
        return float(given) if given else 1.0
    except ValueError:
        return 0.0
