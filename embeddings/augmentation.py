"""Writes texts as hurried people do: training then hears an objection through lost accents and swapped letters."""

import random
import unicodedata
from collections.abc import Callable

_GREETINGS = {
    "fr": ("Bonjour, ", "bonjour ", "Bonsoir, ", "Salut, ", "Merci pour votre présentation. ", "Bonjour à tous, "),
    "en": ("Hello, ", "hi ", "Good morning, ", "Hi there, ", "Thanks for the talk. "),
}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CHARACTERS_PER_TYPO = 40  # about one slip every seven words, as on a telephone


def without_accents(text: str) -> str:
    """Return the text with every accent dropped."""
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def with_typos(text: str, dice: random.Random) -> str:
    """Return the text with letters swapped, lost, doubled or replaced."""
    letters = list(text)
    for _ in range(max(1, len(letters) // _CHARACTERS_PER_TYPO)):
        if len(letters) < 4:
            break
        _slip(letters, dice.randrange(1, len(letters) - 1), dice)
    return "".join(letters)


def _slip(letters: list[str], place: int, dice: random.Random) -> None:
    kind = dice.choice(("swap", "lose", "double", "replace"))
    if kind == "swap":
        letters[place], letters[place - 1] = letters[place - 1], letters[place]
    elif kind == "lose":
        del letters[place]
    elif kind == "double":
        letters.insert(place, letters[place])
    else:
        letters[place] = dice.choice(_LETTERS)


def with_greeting(text: str, language: str, dice: random.Random) -> str:
    """Return the text as people open a message, with a polite word first."""
    return dice.choice(_GREETINGS[language]) + text


def vary(text: str, language: str, dice: random.Random) -> str:
    """Return one of the ways in which the same person might have typed the text."""
    ways: tuple[Callable[[], str], ...] = (
        lambda: without_accents(text),
        lambda: without_accents(text).lower().rstrip(".?! "),
        lambda: with_typos(text, dice),
        lambda: with_typos(without_accents(text.lower()), dice),
        lambda: text.upper(),
        lambda: with_greeting(text, language, dice),
    )
    return dice.choice(ways)()
