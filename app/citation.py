"""Cites a source in one line: who, when, what, where."""

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
    """Return the citation, after the order of APA: authors (year). Title. Publisher."""
    year = source.year if source.year is not None else _NO_DATE[language]
    where = [str(source.csl[key]) for key in ("container-title", "publisher") if source.csl.get(key)]
    who = authors(source, language)
    parts = [f"{who} ({year})" if who else f"({year})", source.title, *(part for part in where if part != who)]
    return ". ".join(part.rstrip(".") for part in parts) + "."


def _name(person: dict[str, str]) -> str:
    if "literal" in person:
        return person["literal"]
    return " ".join(part for part in (person.get("given"), person.get("family")) if part)
