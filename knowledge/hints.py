"""GitBook's template tags: `{% hint %}` blocks are cut out of a page, because Markdown would take them for text."""

import re
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import PageError, Problem

_HINT = re.compile(r"\{%-?\s*hint\b[^}]*%\}(?P<inside>.*?)\{%-?\s*endhint\s*-?%\}", re.DOTALL)
_OPEN_HINT = re.compile(r"\{%-?\s*hint\b")
_TAG = re.compile(r"\{%[^\n]*?%\}")


@dataclass(frozen=True, slots=True)
class Hint:
    """The text inside a hint, and the line on which it starts."""

    text: str
    line: int


def find_hints(text: str, path: Path) -> tuple[Hint, ...]:
    """Give the hints of a page; raise PageError for one that is never closed."""
    opened = _OPEN_HINT.search(_HINT.sub(_blank, text))
    if opened:
        line = _line(_HINT.sub(_blank, text), opened.start())
        raise PageError(Problem(path, line, "This hint is never closed; write {% endhint %} after its text."))
    return tuple(Hint(found["inside"], _line(text, found.start("inside"))) for found in _HINT.finditer(text))


def without_tags(text: str) -> str:
    """Give the page without its hints and other template tags, every line in its place."""
    return _TAG.sub("", _HINT.sub(_blank, text))


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
