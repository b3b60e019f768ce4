"""The bibliography as people read it: by grade, each source with what cites it."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.reading.arguments import Reading, Reference, refer_to_argument
from app.reading.booklet import refer_to_argumentaire
from app.reading.evidence import GradeView, SourceView, view_grade, view_source
from knowledge import Grade, Source


@dataclass(frozen=True, slots=True)
class Entry:
    """A source and links to the arguments and the argumentaires that cite it."""

    source: SourceView
    used_by: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sources of one grade, in the alphabetical order of their authors."""

    grade: GradeView
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Bibliography:
    """Every source, the strongest grade first; a grade that nothing has is left out."""

    shelves: tuple[Shelf, ...]


def view_bibliography(reading: Reading) -> Bibliography:
    """Return the whole bibliography."""
    shelves = (_view_shelf(grade, reading) for grade in Grade)
    return Bibliography(tuple(shelf for shelf in shelves if shelf.entries))


def _view_shelf(grade: Grade, reading: Reading) -> Shelf:
    sources = (source for source in reading.knowledge.sources.values() if source.grade is grade)
    entries = (_view_entry(source, reading) for source in sources)
    ordered = sorted(entries, key=lambda entry: (entry.source.reference.casefold(), entry.source.title))
    return Shelf(view_grade(grade, reading.language), tuple(ordered))


def _view_entry(source: Source, reading: Reading) -> Entry:
    return Entry(view_source(source, reading.language, reading.year), tuple(_citing(source, reading)))


def _citing(source: Source, reading: Reading) -> Iterator[Reference]:
    """Give the arguments that cite a source, each in the first argumentaire that holds it, then the argumentaires."""
    argumentaires = sorted(reading.knowledge.argumentaires.values(), key=lambda one: not one.default)
    for argument in reading.knowledge.arguments.values():
        if source.id in argument.sources:
            holder = next((one for one in argumentaires if argument.id in one.arguments), None)
            if holder is not None:
                yield refer_to_argument(argument, reading.of(holder))
    for argumentaire in argumentaires:
        if source.id in argumentaire.sources:
            yield refer_to_argumentaire(argumentaire, reading)
