"""The whole argumentaire as a booklet: a cover, a table of contents, a chapter for each objection."""

from dataclasses import dataclass

from markupsafe import Markup

from app.reading.addresses import booklet_address
from app.reading.arguments import ArgumentView, Reading, Reference
from app.reading.evidence import GradeView, telling, view_grade
from app.reading.markup import render
from app.reading.objections import ObjectionView, view_chapters, view_leftover
from knowledge import Argumentaire, Grade, Language


@dataclass(frozen=True, slots=True)
class Booklet:
    """An argumentaire in the language its presentation is told in; `leftover` answers none of its objections."""

    language: Language
    title: str
    description: Markup
    origin: str
    version: str
    chapters: tuple[ObjectionView, ...]
    leftover: tuple[ArgumentView, ...]
    grades: tuple[GradeView, ...]
    others: tuple[Reference, ...]


def view_booklet(reading: Reading) -> Booklet:
    """Return the whole argumentaire as people read it."""
    argumentaire = reading.argumentaire
    told = telling(argumentaire.texts, reading.language)
    text = argumentaire.texts[told]
    others = (one for one in reading.knowledge.argumentaires.values() if one.id != argumentaire.id)
    return Booklet(
        language=told,
        title=text.title,
        description=render(text.description or text.audience),
        origin=argumentaire.origin,
        version=reading.knowledge.version,
        chapters=view_chapters(reading),
        leftover=view_leftover(reading),
        grades=view_grades(reading.language),
        others=tuple(refer_to_argumentaire(one, reading) for one in others),
    )


def view_grades(language: Language) -> tuple[GradeView, ...]:
    """Return every grade, the strongest first."""
    return tuple(view_grade(grade, language) for grade in Grade)


def refer_to_argumentaire(argumentaire: Argumentaire, reading: Reading) -> Reference:
    """Return a link to the booklet of an argumentaire."""
    told = telling(argumentaire.texts, reading.language)
    return Reference("", argumentaire.texts[told].title, told, booklet_address(argumentaire, reading.language))
