"""Finds sources that stand twice in the bibliography under two ids."""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from knowledge.bibliography import LocatedSource
from knowledge.errors import Problem
from knowledge.identifiers import same_doi, same_url
from knowledge.values import Source

_NEARLY = 0.9  # of the letters of two titles, in order: a slip of the pen or a subtitle's punctuation
_WORDS = re.compile(r"\w+")
_NUMBERS = re.compile(r"\d+")


def find_duplicates(sources: Sequence[LocatedSource]) -> Iterator[Problem]:
    """Give the sources that have the DOI, the address or nearly the title of one that stands before them."""
    yield from _sharing(sources, "DOI", same_doi)
    yield from _sharing(sources, "URL", same_url)
    for first, second in combinations(sources, 2):
        if _nearly_same(first.value, second.value):
            message = (
                f'"{second.value.id}" has nearly the title and the year of "{first.value.id}" (line {first.line}).'
            )
            yield second.problem("title", message)


def _sharing(sources: Sequence[LocatedSource], key: str, same: Callable[[str], str]) -> Iterator[Problem]:
    found: dict[str, LocatedSource] = {}
    for source in sources:
        if key not in source.value.csl:
            continue
        first = found.setdefault(same(str(source.value.csl[key])), source)
        if first is not source and not (key == "URL" and _explained(first.value) and _explained(source.value)):
            message = f'"{source.value.id}" has the {key} of "{first.value.id}" (line {first.line}).'
            yield source.problem(key, message)


def _explained(source: Source) -> bool:
    """Tell whether a note says where the address leads: one page may present two documents that are not on it."""
    return "note" in source.csl


def _nearly_same(first: Source, second: Source) -> bool:
    """Tell whether two titles differ by a few letters; numbers tell two laws, standards or editions apart."""
    if first.year != second.year or _NUMBERS.findall(first.title) != _NUMBERS.findall(second.title):
        return False
    matcher = SequenceMatcher(None, _words(first.title), _words(second.title), autojunk=False)
    return matcher.real_quick_ratio() >= _NEARLY and matcher.quick_ratio() >= _NEARLY and matcher.ratio() >= _NEARLY


def _words(title: str) -> str:
    return " ".join(_WORDS.findall(title.casefold()))
