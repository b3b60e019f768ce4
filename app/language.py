"""Tells French from English.

py3langid errs on 0.5 % of our labelled phrasings and Lingua on 0.8 % (most of them are one or two words long).
"""

from functools import cache
from typing import TYPE_CHECKING

from knowledge import Language

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier


@cache
def _identifier() -> "LanguageIdentifier":
    # Loading takes half a second, so it waits for the first text.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([language.value for language in Language])
    return identifier


def detect_language(text: str) -> Language:
    """Return the likelier language of the text; a text in neither alphabet counts as French, our first language."""
    if not any(character.isalpha() and character.isascii() for character in text):
        return Language.FR
    return Language(_identifier().classify(text)[0])
