"""The sources that a page names: what follows `Source :` in a hint or in a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode

from knowledge.hints import Hint
from knowledge.prose import line_of, parse, plain_text, tidy

_LABEL = re.compile(r"^\s*sources?\s*:", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PageSource:
    """A document that the page names as its source, with its address when the page links to it."""

    text: str
    line: int
    url: str = ""


def sources_of_hint(hint: Hint) -> Iterator[PageSource]:
    """Give the sources of a hint: one text, several labelled ones, or a list below the label."""
    announced = False
    for node in parse(hint.text).walk():
        if node.type == "inline":
            yield from sources_of(node, line_of(node) + hint.line - 1, announced)
            announced = announced or bool(_LABEL.search(plain_text(node)))


def sources_of(node: SyntaxTreeNode, line: int, announced: bool = False) -> Iterator[PageSource]:
    """Give the sources of a paragraph; `announced` says that the label stands above, so that all of it is one."""
    before, *after = _LABEL.split(plain_text(node))
    links = [str(link.attrs["href"]) for link in node.walk() if link.type == "link"]
    for text in map(tidy, [before, *after] if announced else after):
        if text:
            yield PageSource(text, line, links[0] if len(links) == 1 else "")
