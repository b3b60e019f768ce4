"""Checks across files: every id that is named exists, and nothing stands in the knowledge unused."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from itertools import chain

from knowledge.documents import Document
from knowledge.errors import Problem
from knowledge.layouts import ARGUMENT, ARGUMENTAIRE, OBJECTION
from knowledge.phrasings import RESERVED
from knowledge.shelf import SOURCES_FILE, Located, Shelf
from knowledge.values import Argument, Argumentaire, Objection, SmallTalk


def check_shelf(shelf: Shelf) -> Iterator[Problem]:
    """Give every problem that shows only when the files are read together."""
    yield from _missing_places(shelf)
    for argumentaire in shelf.argumentaires:
        yield from _unknown_in_argumentaire(argumentaire, shelf)
    for argument in shelf.arguments:
        yield from _unknown_in_argument(argument, shelf)
    yield from _label_clashes(shelf)
    # What a header that could not be read names is unknown: to call the rest unused would be noise.
    argumentaires_readable = all(located.document.header is not None for located in shelf.argumentaires)
    if argumentaires_readable:
        yield from _default_problems(shelf)
        yield from _unused_texts(shelf)
    if argumentaires_readable and all(located.document.header is not None for located in shelf.arguments):
        yield from _orphan_sources(shelf)


def _missing_places(shelf: Shelf) -> Iterator[Problem]:
    base = shelf.root.parent
    if not shelf.root.is_dir():
        yield Problem(shelf.root.relative_to(base), 1, "There is no such folder.")
        return
    for layout in (ARGUMENTAIRE, OBJECTION, ARGUMENT):
        folder = shelf.root / layout.folder
        if not folder.exists():
            yield Problem(folder.relative_to(base), 1, f"This folder is missing: each file in it is {layout.kind}.")
    bibliography = shelf.root / SOURCES_FILE
    if not bibliography.exists():
        yield Problem(bibliography.relative_to(base), 1, "This file is missing: it holds the sources.")


def _unknown_in_argumentaire(located: Located[Argumentaire], shelf: Shelf) -> Iterator[Problem]:
    document, value = located.document, located.value
    yield from _unknown(document, "objections", value.objections, shelf.objection_ids)
    yield from _unknown(document, "arguments", value.arguments, shelf.argument_ids)
    yield from _unknown(document, "small_talk", value.small_talk, shelf.small_talk_ids)
    if shelf.sources is not None:
        yield from _unknown(document, "sources", value.sources, shelf.source_ids)


def _unknown_in_argument(located: Located[Argument], shelf: Shelf) -> Iterator[Problem]:
    document, value = located.document, located.value
    objections = shelf.objection_ids
    yield from _unknown(document, "answers", value.answers, objections)
    if value.anticipates:
        yield from _unknown(document, "anticipates", [value.anticipates], objections)
    if shelf.sources is not None:
        yield from _unknown(document, "sources", value.sources, shelf.source_ids)


def _unknown(document: Document, key: str, named: Collection[str], known: Collection[str]) -> Iterator[Problem]:
    for identifier in named:
        if identifier in known:
            continue
        close = get_close_matches(identifier, known, n=1)
        hint = f'; did you mean "{close[0]}"?' if close else "."
        yield document.problem(_line_of(document, key, identifier), f'"{identifier}" in "{key}" is unknown{hint}')


def _line_of(document: Document, key: str, identifier: str) -> int:
    entry = document.entry(key)
    if entry is None or not isinstance(entry.value, list):
        return document.line(key)
    return document.line(key, entry.value.index(identifier))


def _label_clashes(shelf: Shelf) -> Iterator[Problem]:
    """Phrasings name objections and small talk by bare ids, so that these must differ."""
    objections = shelf.objection_ids
    for located in shelf.small_talk:
        if located.value.id in objections:
            yield located.document.problem(1, f'"{located.value.id}" is the id of an objection as well; rename one.')
    for labelled in chain[Located[Objection] | Located[SmallTalk]](shelf.objections, shelf.small_talk):
        if labelled.value.id in RESERVED:
            yield labelled.document.problem(1, f'The id "{labelled.value.id}" is kept for phrasings; choose another.')


def _default_problems(shelf: Shelf) -> Iterator[Problem]:
    defaults = [located for located in shelf.argumentaires if located.value.default]
    folder = shelf.root / ARGUMENTAIRE.folder
    if not defaults and folder.exists():
        message = "No argumentaire is the default one; write `default: true` in the header of one of them."
        yield Problem(folder.relative_to(shelf.root.parent), 1, message)
    for located in defaults[1:]:
        message = f'"{defaults[0].value.id}" is the default argumentaire already; only one can be.'
        yield located.document.problem(located.document.line("default"), message)


def _unused_texts(shelf: Shelf) -> Iterator[Problem]:
    objections = {name for located in shelf.argumentaires for name in located.value.objections}
    arguments = {name for located in shelf.argumentaires for name in located.value.arguments}
    for objection in shelf.objections:
        if objection.value.id not in objections:
            yield objection.document.problem(1, f'The objection "{objection.value.id}" is in no argumentaire.')
    for argument in shelf.arguments:
        if argument.value.id not in arguments:
            yield argument.document.problem(1, f'The argument "{argument.value.id}" is in no argumentaire.')


def _orphan_sources(shelf: Shelf) -> Iterator[Problem]:
    citing = chain[Located[Argumentaire] | Located[Argument]](shelf.argumentaires, shelf.arguments)
    cited = {name for located in citing for name in located.value.sources}
    for source in shelf.sources or ():
        if source.value.id not in cited:
            message = f'The source "{source.value.id}" is cited by no argument and no argumentaire.'
            yield Problem(source.path, source.line, message)
