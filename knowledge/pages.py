"""A page of the kind that workshops write: an audience, the objections it raises, the arguments that answer them."""

import re
from dataclasses import dataclass
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from knowledge.citations import PageSource, sources_of, sources_of_hint
from knowledge.errors import PageError, Problem
from knowledge.hints import find_hints, without_tags
from knowledge.prose import LISTS, Sentence, leaves, line_of, on_one_line, parse, plain_text, tidy
from knowledge.texts import read_text, with_plain_line_ends
from knowledge.wording import plain

_OBJECTIONS, _ARGUMENTS = "objection", "argument"
_SECTION = re.compile(r"\b(objection|argument)s?\b")
_AUDIENCE = re.compile(r"\s*(?:cible|public(?: visé)?|audience)\s*(?::|$)", re.IGNORECASE)
_GLUED = re.compile(
    r"[*_]{0,2}(?:(?:cible|public|sources?)\s*:|(?=[^\W\d_])[^\n]*\b(?:objection|argument)s?\b[^\n]*:[*_\s]*$)",
    re.IGNORECASE,
)
_PARAGRAPH_LEVEL = 7  # below every heading, so that any heading ends what a paragraph announced


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, each sentence with its line."""

    path: Path
    title: str
    audience: str
    objections: tuple[Sentence, ...]
    arguments: tuple[Sentence, ...]
    sources: tuple[PageSource, ...]


def read_page(path: Path) -> Page:
    """Read a file; raise PageError, with the line, when it is no page of this kind."""
    problems: list[Problem] = []
    text = read_text(path, path, problems)
    if text is None:
        raise PageError(problems[0])
    return parse_page(text, path)


def parse_page(text: str, path: Path) -> Page:
    """Read the text of a page, as `read_page` does."""
    text = with_plain_line_ends(text)
    if not text.strip():
        raise PageError(Problem(path, 1, "This page is empty."))
    hints = find_hints(text, path)
    reader = _PageReader(path)
    lines = _separate(without_tags(text))
    reader.read(parse("\n".join(line for _, line in lines)), [number for number, _ in lines])
    return reader.page([source for hint in hints for source in sources_of_hint(hint)])


def _separate(text: str) -> list[tuple[int, str]]:
    """Give each line its number, and put an empty one before a label that Markdown would take into a list item."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if _GLUED.match(line) and lines and lines[-1][1].strip():
            lines.append((number, ""))
        lines.append((number, line))
    return lines


class _PageReader:
    """Walks down a page and remembers what has been announced: a list of objections, of arguments, the audience."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._numbers: list[int] = []
        self._title = ""
        self._audience = ""
        self._audience_awaited = False
        self._sentences: dict[str, list[Sentence]] = {_OBJECTIONS: [], _ARGUMENTS: []}
        self._announced: dict[str, int] = {}
        self._section: str | None = None
        self._level = _PARAGRAPH_LEVEL
        self._sources: list[PageSource] = []

    def read(self, tree: SyntaxTreeNode, numbers: list[int]) -> None:
        """Read the blocks of a page whose lines have these numbers in the file."""
        self._numbers = numbers
        for node in tree.children:
            self._take(node)

    def page(self, hinted: list[PageSource]) -> Page:
        if not self._title:
            raise self._error(1, 'The page has no title; its first line must be "# " and the title.')
        for section, sentences in self._sentences.items():
            if not sentences:
                line = self._announced.get(section, 1)
                message = f'The page has no list of {section}s; write a line with the word "{section}s", a list below.'
                raise self._error(line, message)
        return Page(
            path=self._path,
            title=self._title,
            audience=self._audience or self._title,
            objections=tuple(self._sentences[_OBJECTIONS]),
            arguments=tuple(self._sentences[_ARGUMENTS]),
            sources=tuple(sorted([*self._sources, *hinted], key=lambda source: source.line)),
        )

    def _take(self, node: SyntaxTreeNode) -> None:
        if node.type == "heading":
            self._take_heading(node)
        elif node.type == "paragraph":
            self._take_paragraph(node)
        elif node.type in LISTS:
            self._take_list(node)
        elif node.type == "blockquote":
            for child in node.children:
                self._take(child)

    def _take_heading(self, node: SyntaxTreeNode) -> None:
        text, level = tidy(plain_text(node)), int(node.tag[1])
        if level == 1 and not self._title:
            self._title = text
        elif self._names_audience(text) or self._announce(text, node, level):
            return
        elif level <= self._level:
            self._section = None

    def _take_paragraph(self, node: SyntaxTreeNode) -> None:
        text = on_one_line(plain_text(node))
        sources = list(sources_of(node, self._line(node)))
        if sources:
            self._sources.extend(sources)
        elif self._names_audience(text):
            return
        elif self._announces(node, text) and self._announce(text, node, _PARAGRAPH_LEVEL):
            return
        elif self._audience_awaited:
            self._audience, self._audience_awaited = text, False
        elif self._section and self._sentences[self._section]:
            self._section = None  # the list is over, and what follows is about something else

    def _take_list(self, node: SyntaxTreeNode) -> None:
        found = [Sentence(leaf.text, self._numbers[leaf.line - 1], leaf.context) for leaf in leaves(node)]
        if self._section:
            self._sentences[self._section].extend(found)
        elif self._audience_awaited:
            self._audience, self._audience_awaited = " ; ".join(leaf.whole for leaf in found), False

    def _names_audience(self, text: str) -> bool:
        label = _AUDIENCE.match(text)
        if label is None or self._audience:
            return False
        self._audience = text[label.end() :].strip()
        self._audience_awaited = not self._audience
        self._section = None
        return True

    def _announces(self, node: SyntaxTreeNode, text: str) -> bool:
        following = node.next_sibling
        return text.endswith(":") or (following is not None and following.type in LISTS)

    def _announce(self, text: str, node: SyntaxTreeNode, level: int) -> bool:
        word = _SECTION.search(plain(text))
        if word is None:
            return False
        self._section, self._level, self._audience_awaited = word[1], level, False
        self._announced.setdefault(word[1], self._line(node))
        return True

    def _line(self, node: SyntaxTreeNode) -> int:
        return self._numbers[line_of(node) - 1]

    def _error(self, line: int, message: str) -> PageError:
        return PageError(Problem(self._path, line, message))
