"""Which language an error is told in."""

import pytest

from app.handlers import preferred_language
from tests.fakes import EN, FR


@pytest.mark.parametrize("header", [None, "", "*", "de", "de-DE, it;q=0.9", ",,;", "x" * 5000, "é", "f r"])
def test_french_speaks_to_who_asks_for_neither(header: str | None) -> None:
    """No header, a wild card, other languages and nonsense get the first language of the service."""
    assert preferred_language(header) is FR


@pytest.mark.parametrize("header", ["en", "EN", "en-US", "en-GB,en;q=0.9", "de, en;q=0.1", " en "])
def test_english_speaks_to_who_asks_for_it(header: str) -> None:
    """Regions and case do not count, and languages that we do not speak are passed over."""
    assert preferred_language(header) is EN


@pytest.mark.parametrize(
    "header",
    ["fr;q=0.5,en;q=0.9", "fr; q=0.5, en; q=0.9", "fr;q=0.5 , en", "fr;q=0,en;q=0.1", "fr;q=nonsense,en;q=0.1"],
)
def test_weights_decide(header: str) -> None:
    """The heavier language wins wherever it stands; white space around weights is allowed by RFC 9110."""
    assert preferred_language(header) is EN


def test_the_first_of_equal_weights_wins() -> None:
    """A list without weights is in the order of preference."""
    assert preferred_language("fr,en") is FR
    assert preferred_language("en,fr") is EN
