"""The shapes of the HTTP contract (v1): messages and their answers, health, errors."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.decision import Outcome
from app.reply import MAX_SHOWN
from knowledge import Grade, Language, Move

MAX_OBJECTION_LENGTH = 2000
MAX_BATCH = 256
_MAX_IDENTIFIER_LENGTH = 100


def _encodable(text: str) -> str:
    """Refuse lone surrogates: JSON can spell them, but they are no text in any encoding."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise PydanticCustomError("not_unicode", "The text holds characters that are not valid Unicode") from error
    return text


PlainText = Annotated[str, AfterValidator(_encodable)]
Identifier = Annotated[
    str, StringConstraints(min_length=1, max_length=_MAX_IDENTIFIER_LENGTH), AfterValidator(_encodable)
]
ObjectionText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_OBJECTION_LENGTH),
    AfterValidator(_encodable),
]


class Incoming(BaseModel):
    """A body or a part of one; fields that the contract does not name are ignored, so that clients can be newer."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class ContextIn(Incoming):
    """What the client has shown already."""

    objection_id: Identifier | None = None
    shown: Annotated[list[Identifier], Field(max_length=MAX_SHOWN)] = []
    move: Move | None = None


class AnswerIn(Incoming):
    """One message to answer."""

    objection: ObjectionText
    language: Language | None = None
    argumentaire: Identifier | None = None
    limit: Annotated[int, Field(ge=1, le=20, strict=True)] = 5
    context: ContextIn | None = None


class BatchIn(Incoming):
    """Several messages to answer, in order."""

    items: Annotated[list[AnswerIn], Field(min_length=1, max_length=MAX_BATCH)]


class SourceOut(BaseModel):
    """A source as cited beside an answer and in the bibliography."""

    source_id: str
    title: str
    authors: str
    publisher: str
    year: int | None
    older_than_five_years: Annotated[bool | None, Field(description="null when the year is not known")]
    type: str
    grade: Grade
    url: str | None
    citation: str
    caveat: str | None


class MatchOut(BaseModel):
    """An objection that was recognised, how likely it is, and the cosine for engineers."""

    objection_id: str
    title: str
    confidence: float
    similarity: float


class AnswerOut(BaseModel):
    """An argument in its rank, with its sources."""

    rank: int
    argument_id: str
    objection_id: str
    title: str
    one_liner: str
    summary: str
    body: str
    concession: str
    return_question: str
    example: str
    anticipates: str | None
    language: Language
    confidence: float
    similarity: float
    best_grade: Annotated[Grade, Field(description="the grade of its strongest source, A to D")]
    sources: Annotated[list[SourceOut], Field(min_length=1)]


class SuggestionOut(BaseModel):
    """A theme to choose from."""

    objection_id: str
    title: str


class ContextOut(BaseModel):
    """What the client gives back with the next message."""

    objection_id: str | None
    shown: list[str]


class ReplyOut(BaseModel):
    """The whole answer to one message."""

    reply_id: str
    outcome: Outcome
    language: Language
    message: str
    matches: list[MatchOut]
    answers: list[AnswerOut]
    suggestions: list[SuggestionOut]
    context: ContextOut
    small_talk_id: str | None
    knowledge_version: str
    model_version: str


class BatchOut(BaseModel):
    """The answers to several messages, in order."""

    items: list[ReplyOut]


class VersionOut(BaseModel):
    """What is running."""

    version: str
    knowledge_version: str
    model_version: str


class HealthOut(BaseModel):
    """How the process is."""

    status: str


class ProblemField(BaseModel):
    """One field that was refused, and why."""

    field: str
    message: str


class ProblemOut(BaseModel):
    """An error, as RFC 9457 tells it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemField] | None = None
