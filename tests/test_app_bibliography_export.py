"""The bibliography as files: read back by a parser that is not the library that wrote them."""

import json
from typing import Any

import pytest
from pybtex.database import BibliographyData, Entry, parse_string
from pylatexenc.latex2text import LatexNodes2Text

from app.bibliography_export import ExportFormat, export_sources, write_bibtex, write_csl_json
from app.settings import Settings
from knowledge import Grade, Language, Source, review_bibliography
from knowledge.bibliography import read_bibliography
from tests.fakes import EN, FR, small_knowledge

REAL = Settings().knowledge


def real_sources() -> list[Source]:
    """Read the bibliography of the project."""
    path = REAL / "sources.yaml"
    found = read_bibliography(path, path, [])
    assert found is not None
    return [located.value for located in found]


def read_back(sources: list[Source], language: Language = FR) -> BibliographyData:
    """Write sources as BibTeX and parse them with pybtex, which shares no code with the writer."""
    return parse_string(write_bibtex(sources, language), "bibtex")


def plain(text: str) -> str:
    """Return what LaTeX would print; every kind of space is one, as pybtex folds them when it reads."""
    return spaced(LatexNodes2Text().latex_to_text(text))


def spaced(text: str) -> str:
    """Return the text with each run of white space, no-break spaces included, as one space."""
    return " ".join(text.split())


def people(entry: Entry) -> list[str]:
    """Return the authors as « family, given », or the name of an organisation."""
    return [plain(str(person)) for person in entry.persons.get("author", [])]


def source(**csl: Any) -> Source:
    """Return a source with these CSL fields besides an id, a type and a title."""
    return Source("x-1", Grade.B, {"id": "x-1", "type": "report", "title": "A title", **csl}, {}, "seen")


REAL_SOURCES = real_sources()
READ_BACK = read_back(REAL_SOURCES)


def test_every_source_is_exported_under_its_id() -> None:
    """Keys are the ids, which never change: a document that cites one still does after the next export."""
    assert list(READ_BACK.entries) == [one.id for one in REAL_SOURCES]
    assert len(REAL_SOURCES) == review_bibliography(REAL, 2026).count >= 77


@pytest.mark.parametrize("one", REAL_SOURCES, ids=lambda one: one.id)
def test_each_real_source_survives_bibtex(one: Source) -> None:
    """Title, authors, year, DOI, address and type come back as they stand in the bibliography."""
    entry = READ_BACK.entries[one.id]
    expected = [
        person.get("literal") or ", ".join(part for part in (person.get("family"), person.get("given")) if part)
        for person in one.csl.get("author", [])
    ]
    assert plain(entry.fields["title"]) == spaced(one.title)
    assert people(entry) == expected
    assert entry.fields.get("year") == (None if one.year is None else str(one.year))
    assert entry.fields.get("doi") == one.csl.get("DOI")
    assert entry.fields.get("url") == one.csl.get("URL")
    assert entry.fields["entrysubtype"] == one.csl["type"]
    assert plain(entry.fields["keywords"]) == f"grade {one.grade}"
    assert plain(entry.fields.get("annote", "")) == spaced(one.caveats.get(FR, ""))


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("article-journal", "article"),
        ("article-newspaper", "article"),
        ("book", "book"),
        ("chapter", "incollection"),
        ("report", "techreport"),
        ("legislation", "misc"),
        ("webpage", "misc"),
    ],
)
def test_a_type_becomes_a_kind_that_every_style_knows(type_: str, kind: str) -> None:
    """What classic BibTeX has no kind for is `misc`."""
    assert read_back([source(type=type_)]).entries["x-1"].type == kind


def test_an_article_is_placed_in_its_journal() -> None:
    """Journal, volume, number and pages have the names and the dashes that BibTeX gives them."""
    csl = {"container-title": "Research Policy", "volume": 35, "issue": 7, "page": "953-969"}
    fields = read_back([source(type="article-journal", **csl)]).entries["x-1"].fields
    assert {key: fields[key] for key in ("journal", "volume", "number", "pages")} == {
        "journal": "Research Policy",
        "volume": "35",
        "number": "7",
        "pages": "953--969",
    }


def test_a_report_has_an_institution_a_series_and_a_number() -> None:
    """The publisher of a report is its institution."""
    fields = read_back([source(publisher="HBS", genre="Working Paper", number="24-038")]).entries["x-1"].fields
    assert (fields["institution"], fields["type"], fields["number"]) == ("HBS", "Working Paper", "24-038")


def test_what_latex_would_obey_is_escaped() -> None:
    """Each character that LaTeX reads as a command is printed as itself; accents and no-break spaces stay."""
    title = "R&D: 100 % of Code_Aster, $5 #1 {a} ~ ^ \\end – «\u202fété\u202f» n°\xa05"
    text = write_bibtex([source(title=title)], FR)
    assert (
        r"R\&D: 100 \% of Code\_Aster, \$5 \#1 \{a\} \textasciitilde{} \textasciicircum{} \textbackslash{}end" in text
    )
    assert "– «\u202fété\u202f» n°\xa05" in text
    read = plain(parse_string(text, "bibtex").entries["x-1"].fields["title"])
    assert read.replace("ˆ", "^") == spaced(title)  # pylatexenc reads the circumflex as a modifier letter


def test_an_address_is_left_as_it_is() -> None:
    """An escaped address leads elsewhere; a brace in one cannot end its field."""
    fields = (
        read_back([source(URL="https://example.org/a_b%20c&d~e#f}", DOI="10.1000/a_b(1)<2>")]).entries["x-1"].fields
    )
    assert fields["url"] == "https://example.org/a_b%20c&d~e#f%7D"
    assert fields["doi"] == "10.1000/a_b(1)<2>"


def test_an_organisation_is_one_author() -> None:
    """« and », commas and ampersands in a name neither split nor turn it."""
    literal = "Governments (DINUM, Agency and others) R&D"
    [author] = read_back([source(author=[{"literal": literal}])]).entries["x-1"].persons["author"]
    assert author.last_names == [r"{Governments (DINUM, Agency and others) R\&D}"]
    assert author.first_names == []


def test_a_family_name_of_two_words_stays_whole() -> None:
    """Without a given name, the first word is not taken for one."""
    [author] = read_back([source(author=[{"family": "van Dyck"}])]).entries["x-1"].persons["author"]
    assert (author.first_names, plain(" ".join(author.last_names))) == ([], "van Dyck")


def test_csl_json_holds_the_fields_as_they_stand() -> None:
    """Every CSL field of every source comes back, with the grade and the caveat that must travel with it."""
    read = json.loads(write_csl_json(REAL_SOURCES, FR))
    assert [{key: item[key] for key in item if key not in ("keyword", "annote")} for item in read] == [
        dict(one.csl) for one in REAL_SOURCES
    ]
    assert [item["keyword"] for item in read] == [f"grade {one.grade}" for one in REAL_SOURCES]
    assert [item.get("annote") for item in read] == [one.caveats.get(FR) for one in REAL_SOURCES]


@pytest.mark.parametrize(("language", "caveat"), [(FR, "Étude ancienne."), (EN, "An old study.")])
def test_the_caveat_is_in_the_language(language: Language, caveat: str) -> None:
    """Who reads French gets the French caveat, in both forms; accents are not spelled as commands."""
    study = [small_knowledge().sources["etude"]]
    assert f"annote = {{{caveat}}}" in write_bibtex(study, language)
    assert f'"annote": "{caveat}"' in write_csl_json(study, language)


@pytest.mark.parametrize(
    ("form", "media_type", "file_name"),
    [
        (ExportFormat.BIBTEX, "application/x-bibtex", "replique-concurrence.bib"),
        (ExportFormat.CSL_JSON, "application/vnd.citationstyles.csl+json", "replique-concurrence.json"),
    ],
)
def test_a_file_has_its_type_and_its_name(form: ExportFormat, media_type: str, file_name: str) -> None:
    """Reference managers know a file by either."""
    export = export_sources([source()], "concurrence", form, FR)
    assert (export.media_type, export.file_name) == (media_type, file_name)
    assert "A title" in export.text


def test_no_source_makes_an_empty_file() -> None:
    """An objection that nothing answers yet still exports."""
    assert write_bibtex([], FR).strip() == ""
    assert json.loads(write_csl_json([], FR)) == []
