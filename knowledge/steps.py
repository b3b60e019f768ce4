"""The steps of an import: for each file, what becomes of it and why. A file that a person edited is always kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import unified_diff
from enum import StrEnum
from pathlib import Path

from knowledge.layouts import ARGUMENTAIRE, Layout
from knowledge.matching import Item, Match
from knowledge.shelf import Located
from knowledge.texts import with_plain_line_ends, write_text
from knowledge.values import Argumentaire
from knowledge.writing import write_argumentaire


class Fate(StrEnum):
    """What becomes of one file."""

    CREATED = "created"
    EXTENDED = "extended"
    UNCHANGED = "unchanged"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Step:
    """One file: what becomes of it and why, what it holds, what the page gives, what a person may want to change."""

    path: Path
    fate: Fate
    current: str
    proposed: str
    reason: str = ""
    advice: tuple[str, ...] = ()

    @property
    def diff(self) -> tuple[str, ...]:
        """The lines of difference between what stands there and what the page gives."""
        texts = self.current.splitlines(), self.proposed.splitlines()
        return tuple(unified_diff(*texts, "what stands there", "what the page gives", lineterm=""))


def carry_out(steps: Sequence[Step]) -> None:
    """Write the files that are new or grow; raise UnwritableError at the first that cannot be written."""
    for step in steps:
        if step.fate in (Fate.CREATED, Fate.EXTENDED):
            write_text(step.path, step.proposed)


def item_step(root: Path, layout: Layout, match: Match[Item], proposed: str) -> Step:
    """Give the step for an objection or an argument, whose text on the page would be `proposed`."""
    path = root / layout.folder / f"{match.id}.md"
    if match.found is None:
        return Step(path, Fate.CREATED, "", proposed)
    current = standing_text(path)
    if match.retouched:
        advice = (f"- origin: {match.found.value.origin}", f"+ origin: {match.sentence.text}")
        return Step(path, Fate.KEPT, current, proposed, "the page now says it in other words", advice)
    if current == proposed:
        return Step(path, Fate.UNCHANGED, current, proposed)
    return Step(path, Fate.KEPT, current, proposed, "edited")


def argumentaire_step(root: Path, page_value: Argumentaire, standing: Located[Argumentaire] | None) -> Step:
    """Give the step for the argumentaire itself, which gains ids when the page has gained sentences."""
    path = root / ARGUMENTAIRE.folder / f"{page_value.id}.md"
    proposed = write_argumentaire(page_value)
    if standing is None:
        return Step(path, Fate.CREATED, "", proposed)
    current, value = standing_text(path), standing.value
    grown = replace(
        value,
        objections=_merge(value.objections, page_value.objections),
        arguments=_merge(value.arguments, page_value.arguments),
        sources=_merge(value.sources, page_value.sources),
    )
    if grown == value:
        fate = Fate.UNCHANGED if current == proposed else Fate.KEPT
        return Step(path, fate, current, proposed, "" if fate is Fate.UNCHANGED else "edited")
    if current == write_argumentaire(value):
        # It holds nothing but its values in the form that they are written in: no word of a person can be lost.
        return Step(path, Fate.EXTENDED, current, write_argumentaire(grown))
    return Step(path, Fate.KEPT, current, proposed, "edited; add these ids to its header", _advice(value, grown))


def standing_text(path: Path) -> str:
    """Give the text of a file that is known to be readable."""
    return with_plain_line_ends(path.read_text(encoding="utf-8-sig"))


def _merge(standing: Sequence[str], page: Sequence[str]) -> tuple[str, ...]:
    """Add what the page has and the list has not, each after the one that it follows on the page."""
    merged = list(standing)
    for index, identifier in enumerate(page):
        if identifier not in merged:
            merged.insert(merged.index(page[index - 1]) + 1 if index else 0, identifier)
    return tuple(merged)


def _advice(value: Argumentaire, grown: Argumentaire) -> tuple[str, ...]:
    pairs = (
        ("objections", value.objections, grown.objections),
        ("arguments", value.arguments, grown.arguments),
        ("sources", value.sources, grown.sources),
    )
    added = ((key, [one for one in after if one not in before]) for key, before, after in pairs)
    return tuple(f"+ {key}: {', '.join(ids)}" for key, ids in added if ids)
