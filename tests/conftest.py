"""What several test files share: one responder over the small knowledge, and one client of the service."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.responder import Responder
from app.settings import Settings
from tests.fakes import small_responder


@pytest.fixture(scope="session")
def responder() -> Responder:
    """Give the small responder; it keeps nothing, so that every test can have the same."""
    return small_responder()


@pytest.fixture(scope="session")
def client(responder: Responder) -> Iterator[TestClient]:
    """Give a client of the whole service, middleware included."""
    with TestClient(create_app(Settings(), responder)) as client:
        yield client
