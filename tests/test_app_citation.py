"""One line that cites a source."""

from typing import Any

import pytest

from app.citation import authors, cite, link
from knowledge import Grade, Source
from tests.fakes import EN, FR, small_knowledge

SOURCES = small_knowledge().sources


def source(**csl: Any) -> Source:
    """Return a source with these CSL fields (`_` for `-`) besides a title."""
    fields = {"id": "x", "type": "report", "title": "A title", **{key.replace("_", "-"): csl[key] for key in csl}}
    return Source("x", Grade.B, fields, {}, "seen")


def test_two_authors_are_joined_in_the_language() -> None:
    """Who, when, what, where, as APA orders them."""
    french = "Elinor Ostrom et Charlotte Hess (1990). Governing the Commons. Journal of Commons."
    assert cite(SOURCES["etude"], FR) == french
    assert cite(SOURCES["etude"], EN) == french.replace(" et ", " and ")


def test_three_authors_are_listed() -> None:
    """Commas, then one « et »; a name that has no given name is its family name."""
    people = [{"family": "Hoffmann", "given": "Manuel"}, {"literal": "Inno³"}, {"family": "Zhou"}]
    assert authors(source(author=people), FR) == "Manuel Hoffmann, Inno³ et Zhou"


def test_a_document_without_authors_is_its_publishers() -> None:
    """The publisher stands in the place of the authors and is not said twice; the missing date is told."""
    assert cite(SOURCES["loi"], FR) == "République française (s. d.). Loi 2016-1321."
    assert cite(SOURCES["loi"], EN) == "République française (n.d.). Loi 2016-1321."


def test_a_document_of_nobody_is_cited_by_its_title() -> None:
    """Neither author nor publisher leaves no stray space or full stop."""
    assert cite(source(issued={"date-parts": [[2019]]}), EN) == "(2019). A title."


def test_a_date_in_words_has_no_year() -> None:
    """A year is never made up."""
    assert cite(source(issued={"literal": "spring"}, publisher="ANSSI"), EN) == "ANSSI (n.d.). A title."


def test_an_article_is_placed_in_its_journal() -> None:
    """Volume, issue and pages follow the journal; numbers may be numbers or texts."""
    article = source(container_title="Research Policy", volume=35, issue="7", page="953-969", author=[{"literal": "X"}])
    assert cite(article, EN) == "X (n.d.). A title. Research Policy, 35(7), 953–969."
    assert cite(source(container_title="PLOS ONE", volume=12, author=[{"literal": "X"}]), EN).endswith("PLOS ONE, 12.")


def test_a_report_tells_its_series() -> None:
    """Series and number stand with the title, and the event of a talk before its publisher."""
    report = source(genre="HBS Working Paper", number="24-038", publisher="HBS", author=[{"literal": "X"}])
    assert cite(report, EN) == "X (n.d.). A title (HBS Working Paper 24-038). HBS."
    talk = source(type="speech", event_title="OSXP", publisher="inno³", author=[{"literal": "X"}])
    assert cite(talk, FR) == "X (s. d.). A title. OSXP. inno³."


def test_a_question_needs_no_full_stop() -> None:
    """A title that ends its own sentence is left alone."""
    assert cite(source(title="What is it?", author=[{"literal": "X"}]), EN) == "X (n.d.). What is it?"


def test_no_full_stop_is_doubled() -> None:
    """A title or a publisher that ends with a full stop keeps one."""
    assert cite(source(title="A title.", publisher="Inc.", author=[{"literal": "X"}]), EN) == "X (n.d.). A title. Inc."


@pytest.mark.parametrize(
    ("csl", "address"),
    [
        ({"DOI": "10.1/x", "URL": "https://example.org"}, "https://doi.org/10.1/x"),
        ({"URL": "https://example.org"}, "https://example.org"),
        ({}, None),
    ],
)
def test_the_link_is_the_doi_before_the_address(csl: dict[str, str], address: str | None) -> None:
    """DOIs stay when publishers move; a source without address has no link."""
    assert link(source(**csl)) == address
