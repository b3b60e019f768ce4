"""Rules that hold for the widget's one file: small, no HTML from data, nothing stored, complete in two languages."""

import gzip
import re
from typing import Any

import pytest

from app.pages import WEB_FOLDER
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

_MAX_SIZE = 15_000  # bytes, compressed: what a page agrees to load for a chat
_FORBIDDEN = (
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "document.cookie",
)


def test_widget_is_small() -> None:
    """Compressed, the widget fits in 15 kB."""
    assert len(gzip.compress((WEB_FOLDER / "widget.js").read_bytes())) <= _MAX_SIZE


def test_widget_makes_no_html_and_stores_nothing() -> None:
    """The file names none of the ways to turn text into HTML or code, or to leave something in the browser."""
    source = (WEB_FOLDER / "widget.js").read_text(encoding="utf-8")
    assert [name for name in _FORBIDDEN if name in source] == []


def test_french_and_english_are_complete_and_well_set(stage: Stage) -> None:
    """Both languages have the same words; French has narrow no-break spaces, and neither has straight apostrophes."""
    stage.open()
    strings: dict[str, dict[str, Any]] = stage.page.evaluate(
        """() => JSON.parse(JSON.stringify(customElements.get('replique-chat').strings,
            (key, value) => (typeof value === 'function' ? value(2, 3) : value)))"""
    )
    french, english = _flat(strings["fr"]), _flat(strings["en"])
    assert french.keys() == english.keys()
    assert [text for text in french.values() if re.search(r"(?<!\u202f)[;:!?»]|«(?!\u202f)", text)] == []
    assert [text for text in (*french.values(), *english.values()) if "'" in text or "..." in text] == []


def _flat(words: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in words.items():
        flat |= _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return flat
