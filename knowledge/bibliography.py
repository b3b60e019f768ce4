"""The bibliography: `sources.yaml`, a list of entries in CSL fields plus the four fields that say how far to trust."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.errors import Problem
from knowledge.headers import ID_RULE, is_id
from knowledge.mappings import Entry, Record, parse_records
from knowledge.texts import read_text
from knowledge.values import Grade, Language, Source

CHECKED = ("seen", "from memory")

_OURS = frozenset({"grade", "checked", "checked_in", "caveat"})
_TEXTS = ("type", "title", "publisher", "container-title", "DOI", "URL", "language", "checked_in")
_REQUIRED = ("id", "type", "title", "grade", "checked")
# The closed list of CSL 1.0.2: reference managers refuse any other.
_TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset"
    " document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation"
    " manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical"
    " personal_communication post post-weblog regulation report review review-book software song speech standard"
    " thesis treaty webpage".split()
)


@dataclass(frozen=True, slots=True)
class LocatedSource:
    """A source with the place of its entry and, in `lines`, of each of its fields."""

    value: Source
    path: Path
    line: int
    lines: Mapping[str, int]

    def problem(self, key: str, message: str) -> Problem:
        """Say that something is wrong with a field, on its line, or with the entry when it has no such field."""
        return Problem(self.path, self.lines.get(key, self.line), message)


def read_bibliography(path: Path, shown: Path, problems: list[Problem]) -> tuple[LocatedSource, ...] | None:
    """Read the bibliography; None when the file as a whole cannot be read, which is a problem."""
    text = read_text(path, shown, problems)
    records = None if text is None else parse_records(text, shown, problems)
    if records is None:
        return None
    found: dict[str, LocatedSource] = {}
    for record in records:
        source = _Check(record, shown, problems).source()
        if source.id in found:
            first = found[source.id].line
            message = f'The source "{source.id}" stands here twice: its first entry is on line {first}.'
            problems.append(Problem(shown, record.line, message))
        elif source.id:
            lines = {key: entry.line for key, entry in record.entries.items()}
            found[source.id] = LocatedSource(source, shown, record.line, MappingProxyType(lines))
    return tuple(found.values())


class _Check:
    """Reads one entry and writes down what is wrong with it."""

    def __init__(self, record: Record, path: Path, problems: list[Problem]) -> None:
        self._record = record
        self._path = path
        self._problems = problems
        self._name = str(record.entries["id"].value) if "id" in record.entries else ""

    def source(self) -> Source:
        self._check_presence()
        self._check_texts()
        self._check_choice("type", _TYPES, "a CSL type, such as article-journal, report, legislation or webpage")
        self._check_choice("checked", CHECKED, " or ".join(CHECKED))
        self._check_choice("grade", tuple(Grade), "A, B, C or D")
        self._check_issued()
        self._check_authors()
        grade, checked = self._value("grade"), self._value("checked")
        return Source(
            id=self._id(),
            grade=Grade(grade) if grade in tuple(Grade) else Grade.D,
            csl=MappingProxyType({k: entry.value for k, entry in self._record.entries.items() if k not in _OURS}),
            caveats=MappingProxyType(self._caveats()),
            checked=str(checked or ""),
        )

    def _value(self, key: str) -> Any:  # noqa: ANN401 - a CSL field may hold a value of any kind
        entry = self._record.entries.get(key)
        return entry.value if entry else None

    def _id(self) -> str:
        entry = self._record.entries.get("id")
        if entry is None or is_id(entry.value):
            return self._name
        self._report(entry, f'"{self._name}" is not an id: {ID_RULE}.')
        return ""

    def _check_presence(self) -> None:
        for key in _REQUIRED:
            if key not in self._record.entries:
                message = f'The source "{self._name}" has no "{key}".' if self._name else f'This source has no "{key}".'
                self._problems.append(Problem(self._path, self._record.line, message))

    def _check_texts(self) -> None:
        for key in _TEXTS:
            entry = self._record.entries.get(key)
            if entry and not _is_text(entry.value):
                self._report(entry, f'"{key}" of the source "{self._name}" must be a text; a number needs quotes.')

    def _check_choice(self, key: str, choices: frozenset[str] | tuple[str, ...], expected: str) -> None:
        entry = self._record.entries.get(key)
        if entry and (key not in _TEXTS or _is_text(entry.value)) and entry.value not in list(choices):
            self._report(entry, f'"{key}" of the source "{self._name}" is "{entry.value}": expected {expected}.')

    def _check_issued(self) -> None:
        entry = self._record.entries.get("issued")
        if entry and not _is_date(entry.value):
            message = f'"issued" of the source "{self._name}" must read {{date-parts: [[2019]]}}, with month and day'
            self._report(entry, f"{message} if they are known, or {{literal: a text}}.")

    def _check_authors(self) -> None:
        entry = self._record.entries.get("author")
        if entry and not (isinstance(entry.value, list) and entry.value and all(map(_is_name, entry.value))):
            message = f'"author" of the source "{self._name}" must be a list of {{family: …, given: …}} or'
            self._report(entry, f"{message} {{literal: …}}.")

    def _caveats(self) -> dict[Language, str]:
        entry = self._record.entries.get("caveat")
        if entry is None:
            return {}
        value = entry.value
        languages = tuple(Language)
        if isinstance(value, dict) and value and all(k in languages and _is_text(text) for k, text in value.items()):
            return {language: value[language] for language in languages if language in value}
        self._report(entry, f'"caveat" of the source "{self._name}" must have the texts "fr:" and "en:".')
        return {}

    def _report(self, entry: Entry, message: str) -> None:
        self._problems.append(Problem(self._path, entry.line, message))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_name(value: object) -> bool:
    """Tell whether a value is a CSL name: an organisation, or a person who has at least a family name."""
    if not isinstance(value, dict) or not value:
        return False
    return ("literal" in value) != ("family" in value) and all(map(_is_text, value.values()))


def _is_date(value: object) -> bool:
    """Tell whether a value is a CSL date: one or two lists of year, month and day, or words."""
    if not isinstance(value, dict):
        return False
    if "date-parts" not in value:
        return _is_text(value.get("literal"))
    dates = value["date-parts"]
    return isinstance(dates, list) and len(dates) in (1, 2) and all(map(_is_date_part, dates))


def _is_date_part(value: object) -> bool:
    if not isinstance(value, list) or len(value) not in (1, 2, 3) or not all(type(part) is int for part in value):
        return False
    return all(1 <= part <= limit for part, limit in zip(value[1:], (12, 31), strict=False))
