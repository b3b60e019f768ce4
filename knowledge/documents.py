"""One Markdown file: a YAML header, then a part per language whose second-level headings are its fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.front_matter import front_matter_plugin

from knowledge.errors import Problem
from knowledge.layouts import Layout
from knowledge.mappings import Entry, parse_mapping
from knowledge.parts import Part, read_parts, split
from knowledge.texts import read_text
from knowledge.values import Language


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read; `header` is None when it could not be read, which is a problem already reported."""

    path: Path
    layout: Layout
    header: Mapping[str, Entry] | None
    parts: Mapping[Language, Part]

    @property
    def id(self) -> str:
        """The id that the file name gives."""
        return self.path.stem

    def entry(self, key: str) -> Entry | None:
        """Give the entry of the header with that key, or None."""
        return self.header.get(key) if self.header else None

    def line(self, key: str, index: int | None = None) -> int:
        """Give the line of a header key or of one item of its list; the first line when there is none."""
        entry = self.entry(key)
        if entry is None:
            return 1
        return entry.line if index is None else entry.item_lines[index]

    def problem(self, line: int, message: str) -> Problem:
        """Say that something is wrong on a line of this file."""
        return Problem(self.path, line, message)


def read_document(path: Path, shown: Path, layout: Layout, problems: list[Problem]) -> Document:
    """Read a file; what is wrong with it goes to `problems`, and what could be read is given."""
    text = read_text(path, shown, problems)
    if text is None:
        return Document(shown, layout, None, MappingProxyType({}))
    return parse_document(text, shown, layout, problems)


def parse_document(text: str, path: Path, layout: Layout, problems: list[Problem]) -> Document:
    """Read the text of a file, as `read_document` does."""
    tokens = _parser().parse(text)
    header = _read_header(text, tokens, path, layout, problems)
    return Document(path, layout, header, read_parts(split(text, tokens), path, layout, problems))


@cache
def _parser() -> MarkdownIt:
    # An underlined line is no heading here: people underline with dashes what they mean as a rule.
    return MarkdownIt("commonmark").use(front_matter_plugin).disable("lheading")


def _read_header(
    text: str, tokens: Sequence[Token], path: Path, layout: Layout, problems: list[Problem]
) -> Mapping[str, Entry] | None:
    if not tokens or tokens[0].type != "front_matter":
        if not text.lstrip().startswith("---"):
            return MappingProxyType({})
        message = "The header must open with --- on the first line of the file and close with a line ---."
        problems.append(Problem(path, 1, message))
        return None
    header = parse_mapping(tokens[0].content, path, 2, problems)
    for key, entry in (header or {}).items():
        if key not in layout.keys:
            expected = f"expected {', '.join(layout.keys)}" if layout.keys else "none is expected"
            message = f'The header key "{key}" is unknown in {layout.kind}: {expected}.'
            problems.append(Problem(path, entry.line, message))
    return header
