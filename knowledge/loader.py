"""Loads the knowledge: everything is read and checked, and all that is wrong is said at once."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from knowledge.checks import check_shelf
from knowledge.errors import InvalidKnowledgeError, Problem
from knowledge.layouts import ARGUMENT, ARGUMENTAIRE, OBJECTION, SMALL_TALK
from knowledge.phrasings import collect_phrasings, read_phrasings
from knowledge.shelf import SOURCES_FILE, Located, Shelf, Value, read_shelf
from knowledge.texts import with_plain_line_ends
from knowledge.values import Knowledge, Phrasing

PHRASINGS_FOLDER = "phrasings"
EVALUATION_FOLDER = "evaluation"

_SERVED = (
    *(f"{layout.folder}/*.md" for layout in (ARGUMENTAIRE, OBJECTION, ARGUMENT, SMALL_TALK)),
    SOURCES_FILE,
    f"{PHRASINGS_FOLDER}/*.csv",
)
_VERSION_LENGTH = 12  # short enough for a link, as unlikely to be met twice as a short Git commit


def load_knowledge(root: Path) -> Knowledge:
    """Load the knowledge folder; raise InvalidKnowledgeError with every problem, by file and line."""
    root = root.resolve()
    problems: list[Problem] = []
    shelf = read_shelf(root, problems)
    problems.extend(check_shelf(shelf))
    folder = root / PHRASINGS_FOLDER
    phrasings = collect_phrasings(folder, root.parent, shelf.objection_ids, shelf.small_talk_ids, problems)
    if problems:
        raise InvalidKnowledgeError(tuple(sorted(set(problems))))
    return _arrange(shelf, phrasings)


def read_evaluation(root: Path, knowledge: Knowledge) -> tuple[Phrasing, ...]:
    """Read the dev set, apart from the knowledge so that nothing is ever trained or indexed on it."""
    return read_phrasings(root / EVALUATION_FOLDER, knowledge.objections, knowledge.small_talk)


def _arrange(shelf: Shelf, phrasings: tuple[Phrasing, ...]) -> Knowledge:
    return Knowledge(
        argumentaires=_by_id(shelf.argumentaires),
        objections=_by_id(shelf.objections),
        arguments=_by_id(shelf.arguments),
        sources=MappingProxyType({source.value.id: source.value for source in shelf.sources or ()}),
        small_talk=_by_id(shelf.small_talk),
        phrasings=phrasings,
        version=_version(shelf.root),
    )


def _by_id(located: Iterable[Located[Value]]) -> Mapping[str, Value]:
    return MappingProxyType({one.value.id: one.value for one in located})


def _version(root: Path) -> str:
    """Digest what is served, so that two folders with the same texts have the same version on every system."""
    digest = hashlib.sha256()
    for pattern in _SERVED:
        for path in sorted(root.glob(pattern)):
            text = with_plain_line_ends(path.read_text(encoding="utf-8-sig"))
            # The length before each text keeps two files from being taken for one.
            digest.update(f"{path.relative_to(root).as_posix()}\n{len(text)}\n{text}".encode())
    return digest.hexdigest()[:_VERSION_LENGTH]
