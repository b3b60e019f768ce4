"""The word list: `words.yaml`, the words that texts avoid, each with what to write instead."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import InvalidKnowledgeError, Problem
from knowledge.findings import Finding
from knowledge.mappings import Record, parse_records
from knowledge.shown_texts import ShownText, blank
from knowledge.texts import read_text
from knowledge.values import Language

WORDS_FILE = "words.yaml"

_KEYS = ("avoid", "language", "write", "unless")
_QUOTATION = re.compile(r"«[^»]*»|“[^”]*”")


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words that texts in one language avoid, unless they are part of a name, and what to write instead."""

    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    language: Language
    write: str


def read_word_list(root: Path) -> tuple[Avoided, ...]:
    """Read the word list of a folder, empty when it has none; raise InvalidKnowledgeError with every problem."""
    path = root.resolve() / WORDS_FILE
    shown = path.relative_to(path.parent.parent)
    problems: list[Problem] = []
    text = read_text(path, shown, problems) if path.exists() else None
    records = parse_records(text, shown, problems) if text is not None else None
    avoided = [_read_entry(record, shown, problems) for record in records or ()]
    if problems:
        raise InvalidKnowledgeError(tuple(sorted(problems)))
    return tuple(one for one in avoided if one is not None)


def check_words(shown: ShownText, words: Sequence[Avoided]) -> Iterator[Finding]:
    """Give every word of a text that is to be avoided; quotations, and advice on what not to say, are left alone."""
    if shown.attribute == "avoid":
        return
    sentences = blank(_QUOTATION, shown.sentences)
    for avoided in words:
        if avoided.language is not shown.language:
            continue
        searched = blank(avoided.unless, sentences) if avoided.unless else sentences
        for match in avoided.pattern.finditer(searched):
            yield shown.finding(match.start(), f"“{' '.join(match[0].split())}” is to be avoided: {avoided.write}.")


def _read_entry(record: Record, path: Path, problems: list[Problem]) -> Avoided | None:
    found = [
        Problem(path, entry.line, f'The key "{key}" is unknown in a word list: expected {", ".join(_KEYS)}.')
        for key, entry in record.entries.items()
        if key not in _KEYS
    ]
    avoid, language, write = (_texts(record, key) for key in ("avoid", "language", "write"))
    unless = _texts(record, "unless")
    if (
        not avoid
        or len(write) != 1
        or language not in [[one] for one in Language]
        or (unless == [] and "unless" in record.entries)
    ):
        message = (
            'An entry has texts for "avoid" and "write", "language: fr" or "language: en", and if need be "unless".'
        )
        found.append(Problem(path, record.line, message))
    problems.extend(found)
    if found:
        return None
    return Avoided(_any_of(avoid), _any_of(unless) if unless else None, Language(language[0]), write[0].rstrip("."))


def _texts(record: Record, key: str) -> list[str]:
    """Give one text or a list of them as a list, empty when it is anything else."""
    entry = record.entries.get(key)
    value: Any = entry.value if entry else None
    values = value if isinstance(value, list) else [value]
    return values if all(isinstance(one, str) and one.strip() for one in values) else []


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_phrase, phrases)))


def _phrase(phrase: str) -> str:
    """Write a phrase as a pattern: `*` ends a word in any way, and only a phrase with capitals minds them."""
    words = re.escape(phrase.strip()).replace(r"\*", r"\w*").replace("'", "’").replace("’", "['’]")
    spaced = re.sub(r"(?:\\\s)+", r"\\s+", words)
    edges = rf"(?<!\w){spaced}" + (r"(?!\w)" if re.search(r"\w$", phrase.strip()) else "")
    return edges if phrase != phrase.lower() else f"(?i:{edges})"
