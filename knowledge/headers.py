"""The typed values of a document's header; a value that is missing or of the wrong kind is a problem."""

from enum import StrEnum
from typing import TypeVar

from knowledge.documents import Document
from knowledge.errors import Problem
from knowledge.wording import ID_PATTERN

Choice = TypeVar("Choice", bound=StrEnum)


def ids_of(document: Document, key: str, problems: list[Problem], required: str = "") -> tuple[str, ...]:
    """Give a list of ids without repetition; `required` says why an absent or empty list is a problem."""
    entry = document.entry(key)
    value = entry.value if entry else []
    if not isinstance(value, list):
        problems.append(document.problem(document.line(key), f'"{key}" must be a list of ids, such as [one, two].'))
        return ()
    if not value and required and document.header is not None:
        problems.append(document.problem(document.line(key), f'"{key}" is missing or empty: {required}.'))
    found: list[str] = []
    for index, item in enumerate(value):
        line = document.line(key, index)
        if not is_id(item):
            problems.append(document.problem(line, f'"{item}" in "{key}" is not an id: {ID_RULE}.'))
        elif item in found:
            problems.append(document.problem(line, f'"{item}" stands twice in "{key}".'))
        else:
            found.append(item)
    return tuple(found)


def id_of(document: Document, key: str, problems: list[Problem]) -> str | None:
    """Give one id, or None when the header does not have the key."""
    entry = document.entry(key)
    if entry is None:
        return None
    if not is_id(entry.value):
        problems.append(document.problem(entry.line, f'"{key}" must be one id: {ID_RULE}.'))
        return None
    return str(entry.value)


def text_of(document: Document, key: str, problems: list[Problem]) -> str:
    """Give a text, empty when the header does not have the key."""
    entry = document.entry(key)
    if entry is None:
        return ""
    if not isinstance(entry.value, str) or not entry.value.strip():
        problems.append(document.problem(entry.line, f'"{key}" must be a text; remove the line if there is none.'))
        return ""
    return entry.value


def choice_of(document: Document, key: str, choices: type[Choice], problems: list[Problem]) -> Choice | None:
    """Give one of a closed set of values, or None when the header does not have the key."""
    entry = document.entry(key)
    if entry is None:
        return None
    if entry.value in tuple(choices):
        return choices(entry.value)
    expected = " or ".join(choices)
    problems.append(document.problem(entry.line, f'"{key}" is "{entry.value}": expected {expected}.'))
    return None


def flag_of(document: Document, key: str, problems: list[Problem]) -> bool:
    """Give a yes or no, which is no when the header does not have the key."""
    entry = document.entry(key)
    if entry is None:
        return False
    if not isinstance(entry.value, bool):
        problems.append(document.problem(entry.line, f'"{key}" must be true or false.'))
        return False
    return entry.value


ID_RULE = "ids are lowercase words joined by hyphens"


def is_id(value: object) -> bool:
    """Tell whether a value is lowercase words joined by hyphens."""
    return isinstance(value, str) and ID_PATTERN.fullmatch(value) is not None
