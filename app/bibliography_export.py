"""Gives sources to reference managers: as BibTeX, or as the CSL-JSON that citation processors read."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from app.responder import in_language
from knowledge import Language, Source


class ExportFormat(StrEnum):
    """A form in which reference managers read a bibliography."""

    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"


MEDIA_TYPES = {
    ExportFormat.BIBTEX: "application/x-bibtex",
    ExportFormat.CSL_JSON: "application/vnd.citationstyles.csl+json",
}
_SUFFIXES = {ExportFormat.BIBTEX: "bib", ExportFormat.CSL_JSON: "json"}

# The kinds that every BibTeX style knows; all others are `misc`, and `entrysubtype` keeps the CSL type of each.
_KINDS = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
}
_FIELDS = {
    "title": "title",
    "type": "entrysubtype",
    "container-title": "howpublished",
    "event-title": "organization",
    "publisher": "publisher",
    "genre": "type",
    "number": "number",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "DOI": "doi",
    "URL": "url",
    "language": "language",
    "note": "note",
    "annote": "annote",
    "keyword": "keywords",
}
_FIELDS_OF_A_KIND = {
    "article": {"container-title": "journal", "issue": "number"},
    "incollection": {"container-title": "booktitle"},
    "techreport": {"publisher": "institution"},
}
_ESCAPES = str.maketrans(
    {
        **{character: f"\\{character}" for character in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
# Programs read addresses and types as they stand, so that nothing is escaped; but a brace would end the field.
_VERBATIM_ESCAPES = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


@dataclass(frozen=True, slots=True)
class Export:
    """A bibliography as a file: its text, its media type and its name."""

    text: str
    media_type: str
    file_name: str


def export_sources(sources: Sequence[Source], name: str, form: ExportFormat, language: Language) -> Export:
    """Return the sources as a file called after `name`, each caveat in the language if it exists in it."""
    write = {ExportFormat.BIBTEX: write_bibtex, ExportFormat.CSL_JSON: write_csl_json}[form]
    return Export(write(sources, language), MEDIA_TYPES[form], f"replique-{name}.{_SUFFIXES[form]}")


def write_csl_json(sources: Sequence[Source], language: Language) -> str:
    """Return the sources as CSL-JSON: their fields as they stand, the grade as keyword, the caveat as annotation."""
    return json.dumps([_annotated(source, language) for source in sources], ensure_ascii=False, indent=2) + "\n"


def write_bibtex(sources: Sequence[Source], language: Language) -> str:
    """Return the sources as BibTeX in UTF-8: ids as keys, what LaTeX would read as a command escaped."""
    library = Library()
    for source in sources:
        kind = _KINDS.get(str(source.csl["type"]), "misc")
        library.add(Entry(kind, source.id, list(_fields(_annotated(source, language), kind, source.year))))
    return write_string(library)


def _annotated(source: Source, language: Language) -> dict[str, Any]:
    """Return the CSL fields with what we say of the source: a figure must not travel without its caveat."""
    annotated = {**source.csl, "keyword": f"grade {source.grade}"}
    return {**annotated, "annote": in_language(source.caveats, language)} if source.caveats else annotated


def _fields(csl: Mapping[str, Any], kind: str, year: int | None) -> Iterator[Field]:
    if csl.get("author"):
        yield Field("author", " and ".join(map(_name, csl["author"])))
    if year is not None:
        yield Field("year", str(year))
    for key, field in (_FIELDS | _FIELDS_OF_A_KIND.get(kind, {})).items():
        if csl.get(key) is not None:
            yield Field(field, _value(key, str(csl[key])))


def _value(key: str, text: str) -> str:
    if key in ("DOI", "URL", "type"):
        return text.translate(_VERBATIM_ESCAPES)
    if key == "title":  # a second pair of braces keeps the capitals that styles would lower
        return f"{{{text.translate(_ESCAPES)}}}"
    if key == "page":
        return text.translate(_ESCAPES).replace("-", "--")
    return text.translate(_ESCAPES)


def _name(person: Mapping[str, str]) -> str:
    """Return a name as BibTeX splits it: braces keep a name of one piece whole, « and » included."""
    given, family = person.get("given"), person.get("family") or person.get("literal", "")
    return f"{family}, {given}".translate(_ESCAPES) if given else f"{{{family.translate(_ESCAPES)}}}"
