"""Every page for reading, with what it says of itself to search engines and to who shares it."""

from dataclasses import dataclass
from enum import StrEnum

from app.reading.addresses import ARGUMENTAIRE_PATH, Address, booklet_address
from app.reading.arguments import Reading
from app.reading.bibliography import Bibliography, view_bibliography
from app.reading.booklet import Booklet, view_booklet
from app.reading.evidence import telling
from app.reading.objections import ObjectionPage, view_objection_page
from app.reading.words import words
from knowledge import Argumentaire, Knowledge, Language

_DESCRIPTION_LENGTH = 160  # characters: what search engines show


class Kind(StrEnum):
    """A kind of page; its value names the template."""

    BOOKLET = "booklet"
    OBJECTION = "objection"
    SOURCES = "sources"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to be put in HTML."""

    kind: Kind
    title: str
    description: str
    address: Address
    view: Booklet | ObjectionPage | Bibliography | None = None


class LostError(LookupError):
    """There is no such page."""


def booklet_page(reading: Reading) -> Page:
    """Return the page of the whole argumentaire."""
    texts = reading.argumentaire.texts
    text = texts[telling(texts, reading.language)]
    title = f"{words(reading.language)['booklet_title']} – {text.title}"
    description = excerpt(text.description or text.audience)
    return Page(Kind.BOOKLET, title, description, reading.address.booklet(), view_booklet(reading))


def objection_page(objection_id: str, reading: Reading) -> Page:
    """Return the page of one objection."""
    texts = reading.knowledge.objections[objection_id].texts
    text = texts[telling(texts, reading.language)]
    address = reading.address.objection(objection_id)
    view = view_objection_page(objection_id, reading)
    return Page(Kind.OBJECTION, text.title, excerpt(text.explanation), address, view)


def sources_page(reading: Reading) -> Page:
    """Return the page of the bibliography."""
    said = words(reading.language)
    view = view_bibliography(reading)
    return Page(Kind.SOURCES, said["sources"], said["sources_intro"], reading.address.sources(), view)


def lost_page(language: Language) -> Page:
    """Return the page that says that there is none here, and where to go on."""
    said = words(language)
    return Page(Kind.LOST, said["lost_title"], said["lost_text"], Address(ARGUMENTAIRE_PATH, language))


def find_argumentaire(knowledge: Knowledge, argumentaire_id: str | None, objection_id: str | None) -> Argumentaire:
    """Return the argumentaire to read: the named one, else the default one, else one that holds the objection.

    :raises LostError: when there is no such argumentaire, or when it does not hold the objection.
    """
    argumentaires = sorted(knowledge.argumentaires.values(), key=lambda one: not one.default)
    for argumentaire in argumentaires:
        if argumentaire_id in (None, argumentaire.id) and objection_id in (None, *argumentaire.objections):
            return argumentaire
    raise LostError


def start_reading(argumentaire: Argumentaire, knowledge: Knowledge, language: Language, year: int) -> Reading:
    """Return the reading of an argumentaire in a language and a year."""
    return Reading(knowledge, argumentaire, booklet_address(argumentaire, language), year)


def excerpt(text: str) -> str:
    """Return the beginning of a text, cut between two words."""
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    # At plain spaces only: a narrow no-break space never ends a line, nor an excerpt.
    return text[:_DESCRIPTION_LENGTH].rpartition(" ")[0].rstrip(",;: ") + "…"
