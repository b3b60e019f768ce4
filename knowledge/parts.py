"""The language parts of a Markdown file: first-level headings name the language, second-level headings the fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from markdown_it.token import Token

from knowledge.errors import Problem
from knowledge.layouts import PART_TITLES, Layout
from knowledge.values import Language
from knowledge.wording import plain


@dataclass(frozen=True, slots=True)
class Field:
    """The text of one field, as raw Markdown, with the line of its heading and that of its first word."""

    text: str
    line: int
    text_line: int


@dataclass(frozen=True, slots=True)
class Part:
    """What a file says in one language, by the attribute that each field fills."""

    line: int
    fields: Mapping[str, Field]

    def text(self, attribute: str) -> str:
        """Give the text of a field, empty when nobody wrote it."""
        field = self.fields.get(attribute)
        return field.text if field else ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 1 or 2 and the text from there to the next one; level 0 is what stands before them all."""

    level: int
    title: str
    line: int
    body: str
    body_line: int


def split(text: str, tokens: Sequence[Token]) -> list[Section]:
    """Cut a text at its first- and second-level headings, quoted and listed ones apart."""
    lines = text.split("\n")
    front = tokens[0].map if tokens and tokens[0].type == "front_matter" else None
    starts = [(0, "", 0, front[1] if front else 0)]
    for token, inline in zip(tokens, tokens[1:], strict=False):
        if token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2") and token.map:
            starts.append((int(token.tag[1]), inline.content, token.map[0], token.map[1]))
    stops = [start for _, _, start, _ in starts[1:]] + [len(lines)]
    return [
        Section(level, title, start + 1, "\n".join(lines[body:stop]).strip(), body + 1 + _blank_lines(lines[body:stop]))
        for (level, title, start, body), stop in zip(starts, stops, strict=True)
    ]


def _blank_lines(lines: Sequence[str]) -> int:
    return next((index for index, line in enumerate(lines) if line.strip()), 0)


def read_parts(
    sections: Sequence[Section], path: Path, layout: Layout, problems: list[Problem]
) -> Mapping[Language, Part]:
    """Sort sections into language parts; a heading that does not fit and a field that is missing are problems."""
    parts = _Parts(path, layout, problems)
    for section in sections:
        parts.take(section)
    return parts.finish()


class _Parts:
    """The parts found so far, and the one that is being read."""

    def __init__(self, path: Path, layout: Layout, problems: list[Problem]) -> None:
        self._path = path
        self._layout = layout
        self._problems = problems
        self._lines: dict[Language, int] = {}
        self._fields: dict[Language, dict[str, Field]] = {}
        self._current: Language | None = None
        self._skipping = False

    def take(self, section: Section) -> None:
        if section.level == 2:
            self._take_field(section)
            return
        if section.level == 1:
            self._open(section)
        if section.body and not self._skipping:
            self._report(section.line, "This text stands outside any field; put it under a ## heading.")

    def finish(self) -> Mapping[Language, Part]:
        if not self._lines and not self._skipping:
            titles = " or ".join(f'"# {title}"' for title in PART_TITLES.values())
            self._report(1, f"A language part is missing: write {titles}, with its fields below.")
        for language in self._lines:
            self._check_presence(language)
        return MappingProxyType(
            {
                language: Part(line, MappingProxyType(self._fields[language]))
                for language, line in sorted(self._lines.items())
            }
        )

    def _open(self, section: Section) -> None:
        by_title = {plain(title): language for language, title in PART_TITLES.items()}
        language = by_title.get(plain(section.title))
        self._current = language
        # The fields under a heading that is wrong are not reported as well: one mistake, one message.
        self._skipping = language is None or language in self._lines
        if language is None:
            expected = " or ".join(f'"{title}"' for title in PART_TITLES.values())
            self._report(section.line, f'The part "{section.title}" is unknown: expected {expected}.')
        elif self._skipping:
            self._report(section.line, f'The part "{section.title}" stands here twice.')
        else:
            self._lines[language] = section.line
            self._fields[language] = {}

    def _take_field(self, section: Section) -> None:
        if self._skipping:
            return
        if self._current is None:
            self._report(section.line, f'The field "{section.title}" stands before "# Français" or "# English".')
            return
        layout = self._layout.field(self._current, section.title)
        fields = self._fields[self._current]
        if layout is None:
            expected = ", ".join(field.heading(self._current) for field in self._layout.fields)
            message = f'The field "{section.title}" is unknown in {self._layout.kind}: expected one of {expected}.'
            self._report(section.line, message)
        elif layout.attribute in fields:
            self._report(section.line, f'The field "{section.title}" stands here twice.')
        else:
            fields[layout.attribute] = Field(section.body, section.line, section.body_line)
            self._check_text(section, layout.limit)

    def _check_text(self, section: Section, limit: int | None) -> None:
        length = len(section.body)
        if not section.body:
            self._report(section.line, f'The field "{section.title}" is empty; write its text or remove its heading.')
        elif limit is not None and length > limit:
            message = f'The field "{section.title}" has {length} characters; the most that it may have is {limit}.'
            self._report(section.line, message)

    def _check_presence(self, language: Language) -> None:
        for field in self._layout.fields:
            if field.required and field.attribute not in self._fields[language]:
                message = f'The field "{field.heading(language)}" is missing in the part "{PART_TITLES[language]}".'
                self._report(self._lines[language], message)

    def _report(self, line: int, message: str) -> None:
        self._problems.append(Problem(self._path, line, message))
