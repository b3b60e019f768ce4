"""The shapes in which the knowledge itself is read over HTTP (v1)."""

from pydantic import BaseModel

from app.schemas import SourceOut
from knowledge import Grade, Nature


class ArgumentaireOut(BaseModel):
    """The knowledge for one audience."""

    argumentaire_id: str
    title: str
    audience: str
    description: str
    origin: str
    default: bool
    objections: list[str]
    arguments: list[str]


class ArgumentSummaryOut(BaseModel):
    """An argument in one line."""

    argument_id: str
    title: str
    one_liner: str
    best_grade: Grade


class ObjectionOut(BaseModel):
    """An objection, and the arguments that answer it, best first."""

    objection_id: str
    title: str
    nature: Nature
    explanation: str
    avoid: str
    arguments: list[ArgumentSummaryOut]


class ArgumentOut(BaseModel):
    """An argument, whole."""

    argument_id: str
    title: str
    one_liner: str
    summary: str
    body: str
    concession: str
    return_question: str
    example: str
    answers: list[str]
    anticipates: str | None
    best_grade: Grade
    sources: list[SourceOut]


class ArgumentairesOut(BaseModel):
    """Every argumentaire."""

    items: list[ArgumentaireOut]


class ObjectionsOut(BaseModel):
    """The objections of an argumentaire, in its order."""

    items: list[ObjectionOut]


class SourcesOut(BaseModel):
    """The bibliography."""

    items: list[SourceOut]
