"""YAML mappings with the line of every key, so that a problem can say where it stands.

The nodes of PyYAML are read here rather than the values that it would construct: nodes carry lines, and only `true`,
`false`, `null` and whole numbers are anything but text, so that neither a date nor the word `no` changes its meaning.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from knowledge.errors import Problem

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
# What is opened and never closed is to be mended where it opens, not where the text ends.
_OPENINGS = ("while parsing a flow sequence", "while parsing a flow mapping", "while scanning a quoted scalar")


@dataclass(frozen=True, slots=True)
class Entry:
    """The value of one key, with its line and, when the value is a list, the line of each item."""

    value: Any
    line: int
    item_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One mapping: its entries by key, and the line it starts on."""

    entries: Mapping[str, Entry]
    line: int


def parse_mapping(text: str, path: Path, first_line: int, problems: list[Problem]) -> Mapping[str, Entry] | None:
    """Read one YAML mapping that starts on `first_line` of a file; None, and a problem, when it is not one."""
    reader = _Reader(path, first_line, problems)
    node = reader.compose(text)
    if node is None:
        return None if reader.failed else MappingProxyType({})
    record = reader.record(node)
    return record.entries if record else None


def parse_records(text: str, path: Path, problems: list[Problem]) -> tuple[Record, ...] | None:
    """Read a YAML list of mappings; None, and a problem, when the text is not a list."""
    reader = _Reader(path, 1, problems)
    node = reader.compose(text)
    if node is None:
        return None if reader.failed else ()
    if not isinstance(node, yaml.SequenceNode):
        reader.report(node, "This must be a list: each entry starts with a hyphen.")
        return None
    return tuple(record for item in node.value if (record := reader.record(item)))


class _Reader:
    """Walks the nodes of one text and writes down what is wrong with them."""

    def __init__(self, path: Path, first_line: int, problems: list[Problem]) -> None:
        self._path = path
        self._first_line = first_line
        self._problems = problems
        self.failed = False

    def compose(self, text: str) -> yaml.Node | None:
        try:
            alias_line = _alias_line(text)
            if alias_line is None:
                return yaml.compose(text, Loader=yaml.SafeLoader)
            line, message = alias_line, "an alias such as *name is not read here"
        except yaml.reader.ReaderError as error:
            line, message = text.count("\n", 0, error.position), f"the character {error.character!r} is not allowed"
        except yaml.MarkedYAMLError as error:
            mark = error.context_mark if error.context in _OPENINGS else error.problem_mark
            line, message = mark.line if mark else 0, error.problem or error.context or "it is malformed"
        except RecursionError:  # PyYAML descends one call per bracket
            line, message = 0, "it is nested too deeply"
        if message == "mapping values are not allowed here":
            message += "; a text with a colon in it needs quotes"
        self.failed = True
        self._problems.append(Problem(self._path, line + self._first_line, f"The YAML cannot be read: {message}."))
        return None

    def record(self, node: yaml.Node) -> Record | None:
        if not isinstance(node, yaml.MappingNode):
            self.report(node, "This must be a mapping: lines of the form `key: value`.")
            return None
        entries: dict[str, Entry] = {}
        for key, value in self._pairs(node):
            if key.value in entries:
                self.report(key, f'The key "{key.value}" stands here twice.')
            else:
                entries[key.value] = Entry(self._value(value), self._line(key), tuple(self._item_lines(value)))
        return Record(MappingProxyType(entries), self._line(node))

    def report(self, node: yaml.Node, message: str) -> None:
        self._problems.append(Problem(self._path, self._line(node), message))

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key, value
            else:
                self.report(key, "A key must be a word.")

    def _value(self, node: yaml.Node) -> Any:  # noqa: ANN401 - YAML holds values of any kind
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return {key.value: self._value(value) for key, value in self._pairs(node)}
        unquoted = isinstance(node, yaml.ScalarNode) and node.style is None
        if unquoted and node.value in _WORDS:
            return _WORDS[node.value]
        if unquoted and _WHOLE_NUMBER.fullmatch(node.value):
            return int(node.value)
        return node.value

    def _item_lines(self, node: yaml.Node) -> Iterator[int]:
        if isinstance(node, yaml.SequenceNode):
            yield from (self._line(item) for item in node.value)

    def _line(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self._first_line


def _alias_line(text: str) -> int | None:
    """Find the first alias, which is refused because it would let a node be its own child."""
    aliases = (event for event in yaml.parse(text, Loader=yaml.SafeLoader) if isinstance(event, yaml.AliasEvent))
    return next((event.start_mark.line for event in aliases if event.start_mark), None)
