"""An argument as people read it, and the order in which the arguments of an argumentaire answer an objection."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from app.reading.addresses import Address, argument_anchor, booklet_address
from app.reading.evidence import GradeView, SourceView, best_grade, telling, view_source
from app.reading.markup import render
from knowledge import Argument, Argumentaire, Knowledge, Language, Objection


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read: an argumentaire of the knowledge, at an address (and so in a language), in a year."""

    knowledge: Knowledge
    argumentaire: Argumentaire
    address: Address
    year: int

    @property
    def language(self) -> Language:
        """The language of the page."""
        return self.address.language

    def of(self, argumentaire: Argumentaire) -> "Reading":
        """Give the reading of another argumentaire."""
        return replace(self, argumentaire=argumentaire, address=booklet_address(argumentaire, self.language))


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to an objection or an argument: its number in the booklet, if it has one, and its title."""

    number: str
    title: str
    language: Language
    address: Address


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """An argument in the language it is told in, which may not be that of the page; what it lacks is empty."""

    anchor: str
    number: str
    language: Language
    title: str
    one_liner: str
    summary: str
    body: Markup
    concession: str
    return_question: str
    example: str
    grade: GradeView | None
    sources: tuple[SourceView, ...]
    comeback: Reference | None
    also_answers: tuple[Reference, ...]


def arguments_for(objection: Objection, reading: Reading) -> list[Argument]:
    """Return the arguments that answer an objection, best first.

    Those that answer it before any other objection come first, then those with the stronger evidence, then those that
    the argumentaire names first.
    """
    sources = reading.knowledge.sources

    def place(argument: Argument) -> tuple[int, str]:
        grades = [sources[source_id].grade.value for source_id in argument.sources]
        return argument.answers.index(objection.id), min(grades, default="")

    candidates = (reading.knowledge.arguments[argument_id] for argument_id in reading.argumentaire.arguments)
    return sorted((argument for argument in candidates if objection.id in argument.answers), key=place)


def home_of(argument: Argument, reading: Reading) -> str | None:
    """Return the objection of the argumentaire that the argument answers best, if it answers any."""
    answered = (id_ for id_ in argument.answers if id_ in reading.argumentaire.objections)
    return next(answered, None)


def view_argument(argument: Argument, reading: Reading, number: str, within: str | None) -> ArgumentView:
    """Return an argument as people read it, under the objection `within`."""
    told = telling(argument.texts, reading.language)
    text = argument.texts[told]
    sources = sorted((reading.knowledge.sources[id_] for id_ in argument.sources), key=lambda source: source.grade)
    held = reading.argumentaire.objections
    comeback = argument.anticipates
    return ArgumentView(
        anchor=argument_anchor(argument.id, reading.knowledge),
        number=number,
        language=told,
        title=text.title,
        one_liner=text.one_liner,
        summary=text.summary,
        body=render(text.body),
        concession=text.concession,
        return_question=text.return_question,
        example=text.example,
        grade=best_grade(sources, reading.language),
        sources=tuple(view_source(source, reading.language, reading.year) for source in sources),
        comeback=refer_to_objection(comeback, reading) if comeback and comeback in held else None,
        also_answers=tuple(
            refer_to_objection(id_, reading) for id_ in argument.answers if id_ in held and id_ != within
        ),
    )


def refer_to_objection(objection_id: str, reading: Reading) -> Reference:
    """Return a link to the page of an objection of the argumentaire."""
    texts = reading.knowledge.objections[objection_id].texts
    told = telling(texts, reading.language)
    number = reading.argumentaire.objections.index(objection_id) + 1
    return Reference(str(number), texts[told].title, told, reading.address.objection(objection_id))


def refer_to_argument(argument: Argument, reading: Reading, number: str = "") -> Reference:
    """Return a link to an argument in the booklet."""
    told = telling(argument.texts, reading.language)
    place = reading.address.booklet(argument_anchor(argument.id, reading.knowledge))
    return Reference(number, argument.texts[told].title, told, place)
