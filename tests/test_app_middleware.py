"""The size limit and the security headers, on an application that echoes how much it read."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from app.handlers import add_handlers
from app.middleware import MAX_BATCH_BODY, MAX_BODY, BodyLimit, SecurityHeaders

PATH, BATCH_PATH = "/api/v1/answers", "/api/v1/answers/batch"


@pytest.fixture(scope="module")
def echo() -> TestClient:
    """Give a client of an application that says how many bytes it got."""
    app = FastAPI()
    add_handlers(app)

    @app.post(PATH)
    @app.post(BATCH_PATH)
    async def read(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders)
    return TestClient(app)


def in_chunks(count: int) -> Iterator[bytes]:
    """Give as many bytes, a thousand at a time: a body sent so announces no length."""
    for start in range(0, count, 1000):
        yield b"x" * min(1000, count - start)


@pytest.mark.parametrize(("path", "limit"), [(PATH, MAX_BODY), (BATCH_PATH, MAX_BATCH_BODY)])
def test_a_body_of_the_limit_passes_and_one_byte_more_does_not(echo: TestClient, path: str, limit: int) -> None:
    """The batch takes as much as its messages may."""
    assert echo.post(path, content=b"x" * limit).json() == limit
    refused = echo.post(path, content=b"x" * (limit + 1), headers={"accept-language": "en"})
    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["title"] == "Message too large"


def test_a_body_that_hides_its_length_is_counted(echo: TestClient) -> None:
    """Chunks are refused once they are too many, with the same problem."""
    assert echo.post(PATH, content=in_chunks(MAX_BODY)).json() == MAX_BODY
    refused = echo.post(PATH, content=in_chunks(MAX_BODY + 1))
    assert refused.status_code == 413
    assert refused.json()["title"] == "Message trop long"


@pytest.mark.parametrize("announced", ["1", "0", "-5", "many", "0x10"])
def test_a_body_that_lies_about_its_length_is_counted(echo: TestClient, announced: str) -> None:
    """What comes counts, not what was announced."""
    refused = echo.post(PATH, content=b"x" * (MAX_BODY + 1), headers={"content-length": announced})
    assert refused.status_code == 413


@pytest.mark.parametrize("path", [PATH, "/nowhere"])
def test_every_response_carries_the_security_headers(echo: TestClient, path: str) -> None:
    """Good or refused, a response tells browsers what not to do."""
    for response in (echo.post(path, content=b"x"), echo.post(path, content=b"x" * (MAX_BODY + 1))):
        assert "default-src 'self'" in response.headers["content-security-policy"]
        assert "unsafe-inline" not in response.headers["content-security-policy"]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "camera=()" in response.headers["permissions-policy"]


def test_a_header_that_a_page_sets_itself_is_kept() -> None:
    """A page may need another policy than the rest."""
    app = FastAPI()

    @app.get("/")
    async def page() -> Response:
        return Response(headers={"Referrer-Policy": "no-referrer"})

    app.add_middleware(SecurityHeaders)
    assert TestClient(app).get("/").headers.get_list("referrer-policy") == ["no-referrer"]
