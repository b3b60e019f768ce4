"""The sources of a page as entries of the bibliography: found again when they stand there, drafted when they do not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from knowledge.citations import PageSource
from knowledge.drafts import draft_source
from knowledge.errors import InvalidKnowledgeError, Problem
from knowledge.mappings import parse_records
from knowledge.pages import Page
from knowledge.shelf import SOURCES_FILE, Shelf
from knowledge.steps import Fate, Step, standing_text
from knowledge.values import Source
from knowledge.wording import comparable, slug, unique
from knowledge.writing import write_source

_FIRST_ENTRY = re.compile(r"^( *)- ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class References:
    """The ids of the sources of a page, and those sources that the bibliography lacks."""

    ids: tuple[str, ...]
    missing: tuple[Source, ...]


def find_references(page: Page, shelf: Shelf, own: Sequence[str]) -> References:
    """Find each source of the page by its title; without one of that title, by its place among the `own` ones.

    A person may have given the source of an argumentaire a better title than the hint had: it is not made twice. A
    page without any source is its own source.
    """
    by_title = {comparable(located.value.title): located.value.id for located in shelf.sources or ()}
    wanted = {comparable(source.text): source for source in page.sources or (PageSource(page.title, 1),)}
    spare = [identifier for identifier in own if identifier not in {by_title.get(title) for title in wanted}]
    ids: list[str] = []
    missing: list[Source] = []
    for title, source in wanted.items():
        identifier = by_title.get(title) or (spare.pop(0) if spare else "")
        if not identifier:
            identifier = unique(_slug(source.text), {*shelf.source_ids, *ids})
            missing.append(draft_source(identifier, source))
        ids.append(identifier)
    return References(tuple(ids), tuple(missing))


def bibliography_step(root: Path, missing: Sequence[Source], page: Page) -> Step:
    """Give the step for the bibliography, which only ever grows at its end."""
    path = root / SOURCES_FILE
    current = standing_text(path) if path.exists() else ""
    if not missing:
        return Step(path, Fate.UNCHANGED, current, current)
    entries = "\n".join(write_source(source, page.path.name) for source in missing)
    if not current.strip():
        return Step(path, Fate.EXTENDED if path.exists() else Fate.CREATED, current, entries)
    first = _FIRST_ENTRY.search(current)
    proposed = f"{current.rstrip()}\n\n{indent(entries, first[1] if first else '')}"
    _check_growth(root, current, proposed, len(missing))
    return Step(path, Fate.EXTENDED, current, proposed)


def _check_growth(root: Path, current: str, proposed: str, added: int) -> None:
    """Refuse to add to a list that is written in brackets, where what follows would no longer be part of it."""
    shown = (root / SOURCES_FILE).relative_to(root.parent)
    before, after = parse_records(current, shown, []), parse_records(proposed, shown, [])
    if before is None or after is None or len(after) != len(before) + added:
        message = "No entry can be added at the end of this list; write each entry on lines of its own, from a hyphen."
        raise InvalidKnowledgeError((Problem(shown, 1, message),))


def _slug(text: str) -> str:
    """Make an id that ends with the year, as those of the bibliography do."""
    year = draft_source("", PageSource(text, 1)).year
    identifier = slug(text, fallback="source")
    return identifier if year is None or str(year) in identifier.split("-") else f"{identifier}-{year}"
