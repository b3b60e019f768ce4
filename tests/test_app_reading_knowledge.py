"""The pages for reading over the real knowledge: all of it shows, every link leads somewhere, no mark is left."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from knowledge import Knowledge, load_knowledge
from tests.documents import Document
from tests.fakes import small_responder

LANGUAGES = ("fr", "en")
MARKS = re.compile(r"\*\*|__|`|\]\(|^#+ |<[a-z/]", re.MULTILINE)
ELSEWHERE = ("/api/", "/docs", "/web/")  # what other tests hold


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Load the knowledge of the project."""
    return load_knowledge(Path(__file__).parent.parent / "knowledge")


@pytest.fixture(scope="module")
def client(knowledge: Knowledge) -> TestClient:
    """Give a client of the service over it; what answers messages is not asked."""
    responder = small_responder()
    responder.knowledge = knowledge
    return TestClient(create_app(Settings(), responder))


@pytest.fixture(scope="module")
def pages(client: TestClient, knowledge: Knowledge) -> dict[str, Document]:
    """Parse every page in both languages, by address."""
    paths = ["/argumentaire", "/sources", *(f"/argumentaire/{id_}" for id_ in knowledge.objections)]
    addresses = [f"{path}?lang={language}" for path in paths for language in LANGUAGES]
    return {address: Document.get(client, address) for address in addresses}


def _broken(pages: dict[str, Document]) -> Iterator[tuple[str, str]]:
    for address, page in pages.items():
        for link in page.inner_links:
            target, anchor = urldefrag(link)
            if target.startswith(ELSEWHERE) or urlsplit(target).path == "/":
                continue
            found = pages.get(target) if target else page
            if found is None or (anchor and anchor not in found.ids):
                yield address, link


def test_every_link_and_anchor_leads_somewhere(pages: dict[str, Document]) -> None:
    """No inner link of any page is dead."""
    assert list(_broken(pages)) == []


def test_every_link_out_is_to_the_web(pages: dict[str, Document]) -> None:
    """Sources are on the web, and nothing else is linked to."""
    links = {link for page in pages.values() for link in page.links if urlsplit(link).netloc}
    assert len(links) > 50
    assert all(link.startswith(("https://", "http://")) for link in links)


def test_no_mark_of_markdown_is_left(pages: dict[str, Document]) -> None:
    """What a person reads has no stars, brackets or tags in it."""
    found = {address: MARKS.findall(page.text()) for address, page in pages.items()}
    assert {address: marks for address, marks in found.items() if marks} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_booklet_holds_everything(pages: dict[str, Document], knowledge: Knowledge, language: str) -> None:
    """Each objection and each argument of the argumentaire stands there once, whole, under its stable anchor."""
    page = pages[f"/argumentaire?lang={language}"]
    default = knowledge.default_argumentaire
    assert set(default.objections) | set(default.arguments) <= set(page.ids)
    assert len(page.all("article")) == len(default.arguments)
    assert {"concurrence", "licences-reciproques"} <= set(page.ids)
    for argument_id in default.arguments:
        text = page.text(f"#{argument_id}")
        for told, words in knowledge.arguments[argument_id].texts.items():
            if told == language:
                for said in (words.title, words.one_liner, words.summary, words.concession, words.example):
                    assert said in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_objection_has_a_page_with_what_answers_it(
    pages: dict[str, Document], knowledge: Knowledge, language: str
) -> None:
    """All the arguments that answer it, and one heading of the first level."""
    for objection in knowledge.objections.values():
        page = pages[f"/argumentaire/{objection.id}?lang={language}"]
        answering = {one.id for one in knowledge.arguments.values() if objection.id in one.answers}
        assert page.headings.count("h1") == 1
        assert answering and answering <= set(page.ids)
        assert len(page.all("article")) == len(answering)


def test_every_source_is_in_the_bibliography(pages: dict[str, Document], knowledge: Knowledge) -> None:
    """With its own anchor, and cited by something."""
    page = pages["/sources?lang=fr"]
    assert set(knowledge.sources) <= set(page.ids)
    for source_id in knowledge.sources:
        assert "Cité par" in page.text(f"#{source_id}")
