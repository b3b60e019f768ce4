"""Phrasings: CSV files of what people type, each text with the label that it should be recognised as."""

import csv
from collections.abc import Collection, Iterator
from io import StringIO
from pathlib import Path

from knowledge.errors import InvalidKnowledgeError, Problem
from knowledge.texts import read_text
from knowledge.values import Language, Move, Phrasing

COLUMNS = ("text", "language", "label", "also", "register", "author")
REGISTERS = ("formal", "neutral", "colloquial", "sms", "long", "fragment", "question", "ironic")
BACKGROUND = "hors-sujet"  # the label of what is nobody's objection
RESERVED = (BACKGROUND, *Move)  # labels that no objection and no small talk may take as id


class _Excel(csv.excel):
    """What spreadsheets write, with a quote that is never closed taken for a mistake rather than for the text."""

    strict = True


def read_phrasings(folder: Path, objections: Collection[str], small_talk: Collection[str]) -> tuple[Phrasing, ...]:
    """Read all the CSV files of a folder; raise InvalidKnowledgeError with every problem that they have."""
    folder = folder.resolve()
    problems: list[Problem] = []
    phrasings = collect_phrasings(folder, folder.parent.parent, objections, small_talk, problems)
    if problems:
        raise InvalidKnowledgeError(tuple(sorted(problems)))
    return phrasings


def collect_phrasings(
    folder: Path, base: Path, objections: Collection[str], small_talk: Collection[str], problems: list[Problem]
) -> tuple[Phrasing, ...]:
    """Read all the CSV files of a folder; problems name their files relative to `base`."""
    found: list[Phrasing] = []
    for path in sorted(folder.glob("*.csv")):
        shown = path.relative_to(base)
        text = read_text(path, shown, problems)
        if text is not None:
            found.extend(_Table(shown, objections, small_talk, problems).read(text))
    return tuple(found)


class _Table:
    """Reads one file and writes down what is wrong with its rows."""

    def __init__(
        self, path: Path, objections: Collection[str], small_talk: Collection[str], problems: list[Problem]
    ) -> None:
        self._path = path
        self._objections = frozenset(objections)
        self._labels = self._objections.union(small_talk, RESERVED)
        self._problems = problems
        self._lines: dict[str, int] = {}

    def read(self, text: str) -> Iterator[Phrasing]:
        rows = self._rows(text)
        line, header = next(rows, (1, []))
        if tuple(header) != COLUMNS:
            found = ",".join(header) or "nothing"
            self._report(line, f"The first line must read {','.join(COLUMNS)}; it reads {found}.")
            return
        for line, row in rows:
            if len(row) != len(COLUMNS):
                self._report(line, f"This row has {len(row)} columns instead of {len(COLUMNS)}; texts need quotes.")
                continue
            phrasing = self._phrasing(line, *(cell.strip() for cell in row))
            if phrasing:
                yield phrasing

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(StringIO(text, newline=""), dialect=_Excel)
        line = 1
        try:
            for row in reader:
                if row:
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            self._report(line, f"The row that starts here cannot be read: {error}.")

    def _phrasing(
        self, line: int, text: str, language: str, label: str, also: str, register: str, author: str
    ) -> Phrasing | None:
        before = len(self._problems)
        if not text:
            self._report(line, "The text is empty.")
        elif text in self._lines:
            self._report(line, f"This text stands on line {self._lines[text]} already.")
        self._lines.setdefault(text, line)
        if language not in tuple(Language):
            self._report(line, f'The language is "{language}": expected {" or ".join(Language)}.')
        if label not in self._labels:
            message = f'The label "{label}" is unknown: expected the id of an objection or small talk, or one of '
            self._report(line, f"{message}{', '.join(RESERVED)}.")
        if register not in REGISTERS:
            self._report(line, f'The register is "{register}": expected one of {", ".join(REGISTERS)}.')
        others = tuple(also.split())
        for other in others:
            self._check_other(line, other, label)
        if len(self._problems) > before:
            return None
        return Phrasing(text, Language(language), label, others, register, author, self._path.stem)

    def _check_other(self, line: int, other: str, label: str) -> None:
        if other not in self._objections:
            self._report(line, f'"{other}" in the column "also" is no objection.')
        elif other == label:
            self._report(line, f'"{other}" in the column "also" is the label itself.')

    def _report(self, line: int, message: str) -> None:
        self._problems.append(Problem(self._path, line, message))
