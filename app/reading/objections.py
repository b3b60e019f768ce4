"""An objection as people read it, with what answers it: on its own page, or as a chapter of the booklet."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from app.reading.arguments import (
    ArgumentView,
    Reading,
    Reference,
    arguments_for,
    home_of,
    refer_to_argument,
    refer_to_objection,
    view_argument,
)
from app.reading.evidence import telling
from app.reading.markup import render
from app.reading.words import words
from knowledge import Argument, Language


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """An objection in the language it is told in; `elsewhere` are arguments told in another chapter."""

    id: str
    number: str
    language: Language
    title: str
    nature: str
    explanation: Markup
    avoid: Markup
    arguments: tuple[ArgumentView, ...]
    elsewhere: tuple[Reference, ...]
    place: Reference


@dataclass(frozen=True, slots=True)
class ObjectionPage:
    """The page of one objection, between its neighbours in the argumentaire."""

    objection: ObjectionView
    before: Reference | None
    after: Reference | None


def view_objection_page(objection_id: str, reading: Reading) -> ObjectionPage:
    """Return an objection with every argument that answers it, whole."""
    objection = reading.knowledge.objections[objection_id]
    answering = arguments_for(objection, reading)
    numbers = {argument.id: str(number) for number, argument in enumerate(answering, start=1)}
    order = reading.argumentaire.objections
    place = order.index(objection_id)
    return ObjectionPage(
        objection=_view(objection_id, reading, answering, [], numbers),
        before=refer_to_objection(order[place - 1], reading) if place else None,
        after=refer_to_objection(order[place + 1], reading) if place + 1 < len(order) else None,
    )


def view_chapters(reading: Reading) -> tuple[ObjectionView, ...]:
    """Return every objection in order; each argument is told once, under the objection that it answers best."""
    answering = {
        objection_id: arguments_for(reading.knowledge.objections[objection_id], reading)
        for objection_id in reading.argumentaire.objections
    }
    told = {
        objection_id: [argument for argument in found if home_of(argument, reading) == objection_id]
        for objection_id, found in answering.items()
    }
    numbers = {
        argument.id: f"{chapter}.{number}"
        for chapter, arguments in enumerate(told.values(), start=1)
        for number, argument in enumerate(arguments, start=1)
    }
    return tuple(
        _view(
            objection_id, reading, told[objection_id], [one for one in found if one not in told[objection_id]], numbers
        )
        for objection_id, found in answering.items()
    )


def view_leftover(reading: Reading) -> tuple[ArgumentView, ...]:
    """Return the arguments of the argumentaire that answer none of its objections."""
    arguments = (reading.knowledge.arguments[argument_id] for argument_id in reading.argumentaire.arguments)
    return tuple(
        view_argument(argument, reading, "", within=None)
        for argument in arguments
        if home_of(argument, reading) is None
    )


def _view(
    objection_id: str,
    reading: Reading,
    told_here: list[Argument],
    elsewhere: list[Argument],
    numbers: Mapping[str, str],
) -> ObjectionView:
    objection = reading.knowledge.objections[objection_id]
    told = telling(objection.texts, reading.language)
    text = objection.texts[told]
    place = refer_to_objection(objection_id, reading)
    return ObjectionView(
        id=objection_id,
        number=place.number,
        language=told,
        title=text.title,
        nature=words(reading.language)[objection.nature.value],
        explanation=render(text.explanation),
        avoid=render(text.avoid),
        arguments=tuple(view_argument(one, reading, numbers[one.id], within=objection_id) for one in told_here),
        elsewhere=tuple(refer_to_argument(one, reading, numbers[one.id]) for one in elsewhere),
        place=place,
    )
