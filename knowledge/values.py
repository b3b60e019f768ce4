"""The values that the knowledge is made of: frozen, checked by the loader, free of any web or vector concern."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

OLD = 5  # years after which a source says how old it is: software, law and markets have moved


class Language(StrEnum):
    """A language that Réplique speaks to people."""

    FR = "fr"
    EN = "en"


class Move(StrEnum):
    """What a person asks of the argument that was just shown."""

    ANOTHER = "another"
    DEEPER = "deeper"
    NOT_CONVINCED = "not_convinced"
    EXAMPLE = "example"
    SOURCE = "source"


class Nature(StrEnum):
    """What kind of doubt an objection is, which decides how to answer it."""

    LEGITIMATE_CONCERN = "legitimate-concern"
    MISCONCEPTION = "misconception"
    CONFUSION_OF_TERMS = "confusion-of-terms"


class Grade(StrEnum):
    """How strong a source is, from A (peer-reviewed, law, standard) to D (self-reported, opinion)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


@dataclass(frozen=True, slots=True)
class ObjectionText:
    """An objection as told in one language."""

    title: str
    echo: str
    explanation: str
    avoid: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """A doubt that an audience holds."""

    id: str
    nature: Nature
    texts: Mapping[Language, ObjectionText]
    origin: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class ArgumentText:
    """An argument as told in one language; a field that nobody wrote yet is the empty string."""

    title: str
    one_liner: str
    summary: str
    body: str = ""
    concession: str = ""
    return_question: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Argument:
    """A rebuttal, with the objections it answers (best first) and the sources that carry it."""

    id: str
    texts: Mapping[Language, ArgumentText]
    answers: tuple[str, ...]
    sources: tuple[str, ...]
    anticipates: str | None = None
    origin: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A citable document, graded; `csl` keeps its CSL fields as they stand in the bibliography."""

    id: str
    grade: Grade
    csl: Mapping[str, Any]
    caveats: Mapping[Language, str]
    checked: str

    @property
    def title(self) -> str:
        """The title of the document."""
        return str(self.csl["title"])

    @property
    def year(self) -> int | None:
        """The year of publication, or None when it is not known."""
        parts = self.csl.get("issued", {}).get("date-parts", [[None]])
        return int(parts[0][0]) if parts[0][0] is not None else None

    def is_old(self, this_year: int) -> bool | None:
        """Say whether the document is more than five years old in a year, or None when its own is not known."""
        return None if self.year is None else this_year - self.year > OLD


@dataclass(frozen=True, slots=True)
class ArgumentaireText:
    """An argumentaire as presented in one language."""

    title: str
    audience: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Argumentaire:
    """The knowledge for one audience: which objections, arguments and small talk it holds, and its origin."""

    id: str
    texts: Mapping[Language, ArgumentaireText]
    objections: tuple[str, ...]
    arguments: tuple[str, ...]
    small_talk: tuple[str, ...]
    sources: tuple[str, ...]
    origin: str = ""
    default: bool = False


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """A reply to a text that is polite or curious but no objection."""

    id: str
    replies: Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way a real person says an objection, small talk, or something that is nobody's objection."""

    text: str
    language: Language
    label: str
    also: tuple[str, ...]
    register: str
    author: str
    collection: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that Réplique knows, checked: every id that one value names exists in another."""

    argumentaires: Mapping[str, Argumentaire]
    objections: Mapping[str, Objection]
    arguments: Mapping[str, Argument]
    sources: Mapping[str, Source]
    small_talk: Mapping[str, SmallTalk]
    phrasings: tuple[Phrasing, ...]
    version: str

    @property
    def default_argumentaire(self) -> Argumentaire:
        """The argumentaire that answers when nobody chose one."""
        return next(argumentaire for argumentaire in self.argumentaires.values() if argumentaire.default)
