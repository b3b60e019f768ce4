"""The plain text of Markdown: sentences without marks, from paragraphs and from nested lists."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.front_matter import front_matter_plugin

LISTS = ("bullet_list", "ordered_list")

_CLOSING = " ;,."


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a page, with its line and, for a nested one, the sentence that it completes."""

    text: str
    line: int
    context: str = ""

    @property
    def whole(self) -> str:
        """The sentence with the one that it completes in front."""
        return f"{self.context} {self.text}".strip()


@cache
def _parser() -> MarkdownIt:
    # Whoever indents a list by four spaces means a list, not code.
    return MarkdownIt("commonmark").use(front_matter_plugin).disable("code")


def parse(text: str) -> SyntaxTreeNode:
    """Read Markdown into a tree."""
    return SyntaxTreeNode(_parser().parse(text))


def line_of(node: SyntaxTreeNode) -> int:
    """Give the number of the line that a block starts on."""
    return node.map[0] + 1 if node.map else 1


def plain_text(node: SyntaxTreeNode) -> str:
    """Give the text of a node without marks, its line ends kept."""
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    if node.type in ("text", "code_inline", "fence", "code_block"):
        return node.content
    return "".join(plain_text(child) for child in node.children)


def on_one_line(text: str) -> str:
    """Give the text with one space where it had any number of spaces and line ends."""
    return " ".join(text.split())


def tidy(text: str) -> str:
    """Give the text on one line, without the mark that closes it as an item of a list."""
    return on_one_line(text).rstrip(_CLOSING)


def leaves(node: SyntaxTreeNode, context: str = "") -> Iterator[Sentence]:
    """Give the innermost sentences of a list; what an item says above its own list is their context."""
    for item in node.children:
        text = tidy(" ".join(plain_text(child) for child in item.children if child.type not in LISTS))
        inner = f"{context} {re.sub(r' *:$', '', text)} :".strip() if text else context
        nested = [leaf for child in item.children if child.type in LISTS for leaf in leaves(child, inner)]
        if nested:
            yield from nested
        elif text:
            yield Sentence(text, line_of(item), context)
