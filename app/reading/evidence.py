"""What carries an argument, as people read it: each source with its grade, its age and its caveat."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.citation import authors, link
from app.reading.markup import is_web_address
from app.reading.words import words
from knowledge import Grade, Language, Source

RECENT_YEARS = 5  # older sources say so


@dataclass(frozen=True, slots=True)
class GradeView:
    """A grade, by its letter and in words."""

    letter: str
    word: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source in one language; `title_language` is that of the document, when it is known."""

    id: str
    title: str
    title_language: str
    reference: str
    grade: GradeView
    url: str | None
    age: str
    checked: str
    caveat: str
    caveat_language: Language


def view_grade(grade: Grade, language: Language) -> GradeView:
    """Return a grade as people read it."""
    return GradeView(grade.value, words(language)[f"grade_{grade.value}"])


def best_grade(sources: list[Source], language: Language) -> GradeView | None:
    """Return the grade of the strongest source, or None without any."""
    return view_grade(min(source.grade for source in sources), language) if sources else None


def view_source(source: Source, language: Language, year: int) -> SourceView:
    """Return a source as people read it in the given year."""
    told, url = telling(source.caveats, language), link(source)
    return SourceView(
        id=source.id,
        title=source.title,
        title_language=str(source.csl.get("language") or ""),
        reference=_reference(source, language),
        grade=view_grade(source.grade, language),
        url=url if url and is_web_address(url) else None,
        age=_age(source, language, year),
        checked=words(language)["checked_seen" if source.checked == "seen" else "checked_from_memory"],
        caveat=source.caveats.get(told, ""),
        caveat_language=told,
    )


def telling(texts: Mapping[Language, object], language: Language) -> Language:
    """Return the language in which texts are told to who reads `language`: that one, or the only one there is."""
    return language if language in texts or not texts else next(iter(texts))


def _reference(source: Source, language: Language) -> str:
    """Say who, when and where, without saying twice that an organisation publishes itself."""
    year = str(source.year) if source.year is not None else words(language)["no_date"]
    places = (str(source.csl.get(key) or "") for key in ("container-title", "publisher"))
    return ", ".join(part for part in dict.fromkeys((authors(source, language), year, *places)) if part)


def _age(source: Source, language: Language, year: int) -> str:
    if source.year is None or year - source.year <= RECENT_YEARS:
        return ""
    return words(language)["old"].format(year=source.year)
