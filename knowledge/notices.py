"""Notices: what is sound and still deserves a look, such as a language that is missing or a draft."""

from collections.abc import Collection, Iterator
from pathlib import Path

from knowledge.errors import Problem
from knowledge.layouts import ARGUMENT, ARGUMENTAIRE, OBJECTION, PART_TITLES, SMALL_TALK, Layout
from knowledge.values import Knowledge, Language

SUMMARY_WORDS = 80  # what a person reads before the meeting starts


def find_notices(knowledge: Knowledge, root: Path) -> tuple[Problem, ...]:
    """Give what a person may want to improve; nothing in it keeps the knowledge from being served."""
    return tuple(sorted([*_missing_languages(knowledge, root), *_drafts(knowledge, root), *_long(knowledge, root)]))


def _missing_languages(knowledge: Knowledge, root: Path) -> Iterator[Problem]:
    yield from _missing(root, ARGUMENTAIRE, {value.id: value.texts for value in knowledge.argumentaires.values()})
    yield from _missing(root, OBJECTION, {value.id: value.texts for value in knowledge.objections.values()})
    yield from _missing(root, ARGUMENT, {value.id: value.texts for value in knowledge.arguments.values()})
    yield from _missing(root, SMALL_TALK, {value.id: value.replies for value in knowledge.small_talk.values()})


def _missing(root: Path, layout: Layout, languages: dict[str, Collection[Language]]) -> Iterator[Problem]:
    for identifier, present in languages.items():
        for language in Language:
            if language not in present:
                message = f'The part "# {PART_TITLES[language]}" is missing: people get the other language.'
                yield Problem(_path(root, layout, identifier), 1, message)


def _drafts(knowledge: Knowledge, root: Path) -> Iterator[Problem]:
    for layout, values in ((OBJECTION, knowledge.objections), (ARGUMENT, knowledge.arguments)):
        for value in values.values():
            if value.draft:
                yield Problem(_path(root, layout, value.id), 1, "This is a draft that nobody has reviewed yet.")


def _long(knowledge: Knowledge, root: Path) -> Iterator[Problem]:
    for argument in knowledge.arguments.values():
        for language, text in argument.texts.items():
            words = len(text.summary.split())
            if words > SUMMARY_WORDS:
                message = f"The {language} summary has {words} words; {SUMMARY_WORDS} are the most that people read."
                yield Problem(_path(root, ARGUMENT, argument.id), 1, message)


def _path(root: Path, layout: Layout, identifier: str) -> Path:
    return Path(root.resolve().name) / layout.folder / f"{identifier}.md"
