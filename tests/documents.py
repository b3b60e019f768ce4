"""What tests ask of an HTML page, once it has been parsed as strictly as the standard allows."""

from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urlsplit

from fastapi.testclient import TestClient
from justhtml import Element, JustHTML


class Document:
    """A page of the service, parsed; parsing fails at the first thing that is not HTML."""

    def __init__(self, html: str) -> None:
        """Parse `html`; it is not sanitised, so that tests see what a browser would."""
        self._parsed = JustHTML(html, sanitize=False, strict=True)

    @classmethod
    def get(cls, client: TestClient, path: str, *, status: int = 200) -> "Document":
        """Get a page and parse it."""
        response = client.get(path)
        assert response.status_code == status, path
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        return cls(response.text)

    def all(self, selector: str) -> list[Element]:
        """Return the elements that a CSS selector finds."""
        return [found for found in self._parsed.query(selector) if isinstance(found, Element)]

    def one(self, selector: str) -> Element:
        """Return the only element that a CSS selector finds."""
        found = self.all(selector)
        assert len(found) == 1, (selector, len(found))
        return found[0]

    def text(self, selector: str = "body") -> str:
        """Return the text of the only element that a selector finds, with one space for any run of white space."""
        return text_of(self.one(selector))

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the page, in order."""
        return [attribute(found, "id") for found in self.all("[id]")]

    @property
    def headings(self) -> list[str]:
        """The names of the headings of the page, in order."""
        return [found.name for found in self.all("h1, h2, h3, h4, h5, h6")]

    @property
    def links(self) -> Iterator[str]:
        """The addresses of the links of the page."""
        for found in self.all("a[href]"):
            yield attribute(found, "href")

    @property
    def inner_links(self) -> Iterator[str]:
        """The addresses of the links that stay on the site."""
        return (link for link in self.links if not urlsplit(link).netloc)


def attribute(element: Element, name: str) -> str:
    """Return an attribute, or an empty text."""
    return str((element.attrs or {}).get(name) or "")


def text_of(element: Element) -> str:
    """Return the text of an element, with one space for any run of plain white space."""
    text = element.to_text(separator=" ", strip=False, separator_blocks_only=True)
    return " ".join(part for part in text.replace("\n", " ").split(" ") if part)
