"""The shelf: every file of the knowledge as read, each value with its place, before it is checked as a whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from knowledge.bibliography import LocatedSource, read_bibliography
from knowledge.documents import Document, read_document
from knowledge.errors import Problem
from knowledge.headers import ID_RULE, is_id
from knowledge.layouts import ARGUMENT, ARGUMENTAIRE, OBJECTION, SMALL_TALK, Layout
from knowledge.readers import read_argument, read_argumentaire, read_objection, read_small_talk
from knowledge.values import Argument, Argumentaire, Objection, SmallTalk

SOURCES_FILE = "sources.yaml"

Value = TypeVar("Value", Argumentaire, Objection, Argument, SmallTalk)


@dataclass(frozen=True, slots=True)
class Located(Generic[Value]):
    """A value with the document that it was read from."""

    value: Value
    document: Document


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that was read under `root`; `sources` is None without a readable bibliography."""

    root: Path
    argumentaires: tuple[Located[Argumentaire], ...]
    objections: tuple[Located[Objection], ...]
    arguments: tuple[Located[Argument], ...]
    small_talk: tuple[Located[SmallTalk], ...]
    sources: tuple[LocatedSource, ...] | None

    @property
    def objection_ids(self) -> tuple[str, ...]:
        """The ids of the objections, those of files that cannot be read included."""
        return tuple(located.value.id for located in self.objections)

    @property
    def argument_ids(self) -> tuple[str, ...]:
        """The ids of the arguments, those of files that cannot be read included."""
        return tuple(located.value.id for located in self.arguments)

    @property
    def small_talk_ids(self) -> tuple[str, ...]:
        """The ids of the small talk, those of files that cannot be read included."""
        return tuple(located.value.id for located in self.small_talk)

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of the sources."""
        return tuple(source.value.id for source in self.sources or ())


def read_shelf(root: Path, problems: list[Problem]) -> Shelf:
    """Read every file under a folder; a folder or a file that is not there yet counts as empty."""
    bibliography = root / SOURCES_FILE
    shown = bibliography.relative_to(root.parent)
    return Shelf(
        root=root,
        argumentaires=_read_folder(root, ARGUMENTAIRE, read_argumentaire, problems),
        objections=_read_folder(root, OBJECTION, read_objection, problems),
        arguments=_read_folder(root, ARGUMENT, read_argument, problems),
        small_talk=_read_folder(root, SMALL_TALK, read_small_talk, problems),
        sources=read_bibliography(bibliography, shown, problems) if bibliography.exists() else None,
    )


def _read_folder(
    root: Path, layout: Layout, read: Callable[[Document, list[Problem]], Value], problems: list[Problem]
) -> tuple[Located[Value], ...]:
    documents = (
        read_document(path, path.relative_to(root.parent), layout, problems)
        for path in _list_documents(root, layout, problems)
    )
    return tuple(Located(read(document, problems), document) for document in documents)


def _list_documents(root: Path, layout: Layout, problems: list[Problem]) -> Iterator[Path]:
    folder = root / layout.folder
    if not folder.exists():
        return
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        message = f"This folder cannot be read: {error.strerror or error}."
        problems.append(Problem(folder.relative_to(root.parent), 1, message))
        return
    for path in paths:
        if path.name.startswith(".") or path.name == "README.md":
            continue
        shown = path.relative_to(root.parent)
        if path.suffix != ".md":
            problems.append(Problem(shown, 1, "Nothing reads this file: the name of a text here ends in .md."))
            continue
        if not is_id(path.stem):
            problems.append(Problem(shown, 1, f'The file name gives the id "{path.stem}": {ID_RULE}.'))
        yield path
