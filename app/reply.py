"""The reply to one message, and the request it answers: the values that the core and the web layer exchange."""

from dataclasses import dataclass, field

from app.decision import Match, Outcome
from app.ranking import RankedArgument
from knowledge import Language, Move

MAX_SHOWN = 200  # arguments remembered: several times those of an argumentaire


@dataclass(frozen=True, slots=True)
class Context:
    """What the client has shown already; the client keeps it, so that any replica can answer."""

    objection_id: str | None = None
    shown: tuple[str, ...] = ()
    move: Move | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One message of a person."""

    text: str
    language: Language | None = None
    argumentaire_id: str | None = None
    limit: int = 5
    context: Context = field(default_factory=Context)


@dataclass(frozen=True, slots=True)
class Reply:
    """The whole answer to one message."""

    reply_id: str
    outcome: Outcome
    language: Language
    message: str
    matches: tuple[Match, ...]
    answers: tuple[RankedArgument, ...]
    suggestions: tuple[str, ...]
    context: Context
    small_talk_id: str | None = None
