"""French or English."""

import pytest

from app.language import detect_language
from knowledge import Language


@pytest.mark.parametrize(
    "text",
    [
        "Nos concurrents vont récupérer notre travail",
        "nos concurrents vont recuperer notre travail",
        "on perd la main sur le projet",
        "c koi l'interet pour ma boite ?",
        "LES COMMUNS C'EST TROP LOIN DE NOTRE MÉTIER",
    ],
)
def test_french_is_heard_with_accents_or_without(text: str) -> None:
    """French is told from English in formal, hurried and shouted words."""
    assert detect_language(text) is Language.FR


@pytest.mark.parametrize(
    "text",
    [
        "Our competitors will take our work for free",
        "we lose control of the project",
        "why should we share anything with them?",
        "WHO IS GOING TO PAY FOR THIS",
    ],
)
def test_english_is_heard(text: str) -> None:
    """English is told from French."""
    assert detect_language(text) is Language.EN


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "1234 !?", "المنافسون", "конкуренты", "\x00", "\ud800"])
def test_a_text_in_neither_alphabet_counts_as_french(text: str) -> None:
    """There is nothing to tell, so the first language of the service answers."""
    assert detect_language(text) is Language.FR


def test_only_our_two_languages_are_heard() -> None:
    """A language that we do not speak is taken for the nearer of the two."""
    assert detect_language("Unsere Wettbewerber werden davon profitieren") in tuple(Language)
