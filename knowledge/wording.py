"""Words made comparable, short, or fit for a file name; French first, because the pages are French."""

import re
import unicodedata
from collections.abc import Container
from textwrap import shorten as _shorten

# At least one letter: YAML would read bare digits as a number.
ID_PATTERN = re.compile(r"(?=[0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")

_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
_MARKDOWN_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPACE_BEFORE_PUNCTUATION = re.compile(r"\s+(?=[?!:;])")
_SPACE_INSIDE_GUILLEMETS = re.compile(r"(?<=«)\s+|\s+(?=»)")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_YAML_WORDS = ("true", "false", "null")
_STOP_WORDS = frozenset(
    "a afin ai au aux avec c ce ces cet cette chez comme d dans de des donc du elle elles en entre est et eux il ils j"
    " je l la le les leur leurs lui m ma mais me mes moi n ne nos notre nous on ont ou par plus pour pourra"
    " pourrait qu que quel quelle qui s sa se ses si sien sienne son sont sur t ta te tes toi ton tous tout toute"
    " toutes tu un une via vos votre vous y ainsi deja notamment compris sera termes e es ice trice euse".split()
)


def plain(text: str) -> str:
    """Give the text in lower case, without accents and without space at its ends."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae"))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).casefold().strip()


def comparable(text: str) -> str:
    """Give the text without the differences of typing that change nothing in what it says.

    These are the Unicode form, typographic apostrophes and quotes, spaces, Markdown escapes and closing `;`, `.`, `,`.
    """
    text = _MARKDOWN_ESCAPE.sub(r"\1", unicodedata.normalize("NFC", text))
    text = _SPACE_INSIDE_GUILLEMETS.sub("", text).translate(_TYPOGRAPHY)
    return _SPACE_BEFORE_PUNCTUATION.sub("", " ".join(text.split())).rstrip(" ;.,")


def shorten(text: str, limit: int) -> str:
    """Cut the text at a word so that it holds at most `limit` characters, with an ellipsis where it was cut."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = _shorten(text, limit, placeholder="…")
    return cut if cut != "…" else text[: limit - 1] + "…"


def slug(text: str, words: int = 5, fallback: str = "texte") -> str:
    """Make an id of the first words that matter; `fallback` when the text has none."""
    found = [word for word in _NOT_IN_ID.split(plain(text)) if word and word not in _STOP_WORDS]
    identifier = "-".join(found[:words])
    return identifier if ID_PATTERN.fullmatch(identifier) and identifier not in _YAML_WORDS else fallback


def unique(identifier: str, taken: Container[str]) -> str:
    """Give the id itself when it is free, else the id with the first number that makes it free."""
    number, candidate = 1, identifier
    while candidate in taken:
        number += 1
        candidate = f"{identifier}-{number}"
    return candidate
