"""Texts rewritten as hurried people type them."""

import random

import pytest

from embeddings.augmentation import vary, with_greeting, with_typos, without_accents

TEXT = "Nos concurrents vont récupérer notre travail, ça ne sert à rien de le partager."


def test_accents_are_dropped_and_nothing_else() -> None:
    """Letters stay in place, with their case and punctuation."""
    assert without_accents("Ça, c'est ÉVIDENT : où ça, naïf ?") == "Ca, c'est EVIDENT : ou ca, naif ?"


def test_the_same_seed_gives_the_same_text() -> None:
    """Training can be run again to the letter."""
    for number in range(50):
        assert vary(TEXT, "fr", random.Random(number)) == vary(TEXT, "fr", random.Random(number))


def test_seeds_give_many_texts() -> None:
    """Variation varies: fifty seeds give more than a handful of texts."""
    assert len({vary(TEXT, "fr", random.Random(number)) for number in range(50)}) > 10


def test_typos_change_a_few_letters() -> None:
    """A slip adds or loses at most one letter, and there is about one every forty characters."""
    for number in range(50):
        slipped = with_typos(TEXT, random.Random(number))
        assert abs(len(slipped) - len(TEXT)) <= len(TEXT) // 40
        assert slipped.count(" ") >= TEXT.count(" ") - len(TEXT) // 40


@pytest.mark.parametrize("text", ["", "a", "ab", "abc"])
def test_the_shortest_texts_are_left_alone(text: str) -> None:
    """A text of three letters has no room for a slip."""
    assert with_typos(text, random.Random(1)) == text


@pytest.mark.parametrize("text", ["abcd", "no!?", "🙂" * 4, "x" * 2000])
def test_no_text_is_too_odd(text: str) -> None:
    """Any text can be varied in both languages."""
    for number in range(30):
        assert vary(text, "fr", random.Random(number))
        assert vary(text, "en", random.Random(number))


def test_a_greeting_comes_first_in_its_language() -> None:
    """The text follows the polite word, whole."""
    french = {with_greeting(TEXT, "fr", random.Random(number)) for number in range(30)}
    english = {with_greeting("we lose control", "en", random.Random(number)) for number in range(30)}
    assert all(text.endswith(TEXT) and len(text) > len(TEXT) for text in french)
    assert len(french) > 2
    assert "Hello, we lose control" in english
    assert not any(text.startswith(("Bonjour", "bonjour", "Salut")) for text in english)
