"""Puts pages in HTML, once for each address: what is printed stays until the knowledge or the year changes."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.reading.addresses import Address
from app.reading.contents import Page
from app.reading.words import words
from knowledge import Language

_TEMPLATES = Path(__file__).parent.parent / "templates"
_TAG_LENGTH = 32  # hexadecimal digits: two pages never have the same


@dataclass(frozen=True, slots=True)
class Printed:
    """A page as HTML, in a language, with the tag that tells whether it has changed."""

    html: bytes
    language: Language
    tag: str


class Press:
    """Prints pages and keeps them; `public_url` is where people reach the service, for links that must be whole."""

    def __init__(self, public_url: str = "") -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._public_url = public_url
        self._kept: dict[Address, Printed] = {}
        self._edition: tuple[str, int] = ("", 0)

    def keep(self, edition: tuple[str, int], address: Address, make: Callable[[], Page]) -> Printed:
        """Return the page at an address, made only once an edition (a version of the knowledge, and a year)."""
        if edition != self._edition:
            self._kept, self._edition = {}, edition
        kept = self._kept  # the knowledge may change while the page is made: what is old must not enter the new
        if address not in kept:
            kept[address] = self.print(make())
        return kept[address]

    def print(self, page: Page) -> Printed:
        """Put a page in HTML."""
        language = page.address.language
        html = self._environment.get_template(f"{page.kind.value}.html").render(
            page=page,
            view=page.view,
            address=page.address,
            words=words(language),
            language=language.value,
            languages=tuple(Language),
            public_url=self._public_url,
        )
        content = html.encode()
        return Printed(content, language, f'"{sha256(content).hexdigest()[:_TAG_LENGTH]}"')
