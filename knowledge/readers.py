"""From documents to values: one reader per kind of file.

A reader always gives a value, with empty texts where something is missing: the problems are written down, so that
the value is never served, and the ids that it names can still be checked in the same run.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from knowledge.documents import Document
from knowledge.errors import Problem
from knowledge.headers import choice_of, flag_of, id_of, ids_of, text_of
from knowledge.values import (
    Argument,
    Argumentaire,
    ArgumentaireText,
    ArgumentText,
    Language,
    Nature,
    Objection,
    ObjectionText,
    SmallTalk,
)

Text = TypeVar("Text")


class _Status(StrEnum):
    DRAFT = "draft"


def read_argumentaire(document: Document, problems: list[Problem]) -> Argumentaire:
    """Read an argumentaire."""
    return Argumentaire(
        id=document.id,
        texts=_texts(document, ArgumentaireText),
        objections=ids_of(document, "objections", problems, "an argumentaire holds at least one objection"),
        arguments=ids_of(document, "arguments", problems, "an argumentaire holds at least one argument"),
        small_talk=ids_of(document, "small_talk", problems),
        sources=ids_of(document, "sources", problems),
        origin=text_of(document, "origin", problems),
        default=flag_of(document, "default", problems),
    )


def read_objection(document: Document, problems: list[Problem]) -> Objection:
    """Read an objection."""
    nature = choice_of(document, "nature", Nature, problems)
    if document.header is not None and "nature" not in document.header:
        problems.append(document.problem(1, f'The header key "nature" is missing: expected {" or ".join(Nature)}.'))
    return Objection(
        id=document.id,
        nature=nature or Nature.LEGITIMATE_CONCERN,
        texts=_texts(document, ObjectionText),
        origin=text_of(document, "origin", problems),
        draft=choice_of(document, "status", _Status, problems) is not None,
    )


def read_argument(document: Document, problems: list[Problem]) -> Argument:
    """Read an argument."""
    return Argument(
        id=document.id,
        texts=_texts(document, ArgumentText),
        answers=ids_of(document, "answers", problems, "an argument answers at least one objection"),
        sources=ids_of(document, "sources", problems, "an argument cites at least one source"),
        anticipates=id_of(document, "anticipates", problems),
        origin=text_of(document, "origin", problems),
        draft=choice_of(document, "status", _Status, problems) is not None,
    )


def read_small_talk(document: Document, problems: list[Problem]) -> SmallTalk:
    """Read a reply to small talk."""
    replies = {language: part.text("reply") for language, part in document.parts.items()}
    return SmallTalk(document.id, MappingProxyType(replies))


def _texts(document: Document, build: Callable[..., Text]) -> Mapping[Language, Text]:
    attributes = [field.attribute for field in document.layout.fields]
    return MappingProxyType(
        {
            language: build(**{attribute: part.text(attribute) for attribute in attributes})
            for language, part in document.parts.items()
        }
    )
