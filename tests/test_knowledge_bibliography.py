from pathlib import Path

import pytest

from knowledge.bibliography import LocatedSource, read_bibliography
from knowledge.errors import Problem
from knowledge.values import Grade
from tests.builders import SOURCES

SHOWN = Path("knowledge/sources.yaml")


def read(tmp_path: Path, text: str) -> tuple[tuple[LocatedSource, ...] | None, list[str]]:
    """Read a bibliography with this text; give its sources and its problems."""
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    sources = read_bibliography(path, SHOWN, problems)
    return sources, [f"{problem.line}: {problem.message}" for problem in problems]


def test_sources_know_their_line(tmp_path: Path) -> None:
    """Each source comes with the line of its entry."""
    sources, problems = read(tmp_path, SOURCES)

    assert problems == []
    assert sources is not None
    assert [(source.value.id, source.value.grade, source.line) for source in sources] == [
        ("nagle-2018", Grade.A, 1),
        ("atelier-2019", Grade.D, 14),
    ]
    assert str(sources[0].problem("grade", "Is it?")) == "knowledge/sources.yaml:8: Is it?"
    assert str(sources[1].problem("DOI", "There is none.")) == "knowledge/sources.yaml:14: There is none."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("- id: nagle-2018\n  type", "- type", '1: This source has no "id".'),
        ("  type: article-journal\n", "", '1: The source "nagle-2018" has no "type".'),
        ("  title: Learning by Contributing\n", "", '1: The source "nagle-2018" has no "title".'),
        ("  grade: A\n", "", '1: The source "nagle-2018" has no "grade".'),
        ("  checked: seen\n", "", '1: The source "nagle-2018" has no "checked".'),
        (
            "id: nagle-2018",
            "id: Nagle_2018",
            '1: "Nagle_2018" is not an id: ids are lowercase words joined by hyphens.',
        ),
        ("article-journal", "paper", '2: "type" of the source "nagle-2018" is "paper": expected a CSL type, such as'),
        (
            "Learning by Contributing",
            "2018",
            '3: "title" of the source "nagle-2018" must be a text; a number needs quotes.',
        ),
        (
            "Organization Science",
            "''",
            '7: "container-title" of the source "nagle-2018" must be a text; a number needs quotes.',
        ),
        ("grade: A", "grade: E", '8: "grade" of the source "nagle-2018" is "E": expected A, B, C or D.'),
        ("grade: A", "grade: a", '8: "grade" of the source "nagle-2018" is "a": expected A, B, C or D.'),
        (
            "checked: seen",
            "checked: yesterday",
            '9: "checked" of the source "nagle-2018" is "yesterday": expected seen or from memory.',
        ),
        (
            "    fr: Un maximum, pas une moyenne.",
            "    de: Ein Höchstwert.",
            '11: "caveat" of the source "nagle-2018" must have the texts "fr:" and "en:".',
        ),
        ("  checked: seen\n", "  checked: seen\n  checked: seen\n", '10: The key "checked" stands here twice.'),
        ("- id: nagle-2018", "- just words\n- id: nagle-2018", "1: This must be a mapping: lines of the form"),
    ],
)
def test_faulty_entry_is_reported(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """A field that is missing or of the wrong kind is a problem on its line."""
    assert SOURCES.count(old) == 1

    _, problems = read(tmp_path, SOURCES.replace(old, new))

    assert len(problems) == 1
    assert problems[0].startswith(expected)


@pytest.mark.parametrize(
    "issued",
    [
        "2018",
        "{date-parts: []}",
        "{date-parts: [[]]}",
        "{date-parts: [2018]}",
        "{date-parts: [['2018']]}",
        "{date-parts: [[2018, 13]]}",
        "{date-parts: [[2018, 7, 32]]}",
        "{date-parts: [[2018, 7, 1, 1]]}",
        "{date-parts: [[true]]}",
        "{literal: ''}",
        "[2018]",
    ],
)
def test_malformed_date_is_reported(tmp_path: Path, issued: str) -> None:
    """A date that is none of the CSL forms is a problem."""
    _, problems = read(tmp_path, SOURCES.replace("{date-parts: [[2018, 7]]}", issued))

    assert len(problems) == 1
    assert problems[0].startswith('6: "issued" of the source "nagle-2018" must read {date-parts: [[2019]]}')


@pytest.mark.parametrize(
    "issued", ["{date-parts: [[2018]]}", "{date-parts: [[2018, 7, 31], [2018, 8]]}", "{literal: sans date}"]
)
def test_csl_date_is_sound(tmp_path: Path, issued: str) -> None:
    """A date may be a year, a day, a span of time or words."""
    assert read(tmp_path, SOURCES.replace("{date-parts: [[2018, 7]]}", issued))[1] == []


def test_source_without_date_has_no_year(tmp_path: Path) -> None:
    """A source whose date is words, or that has none, has no year."""
    sources, _ = read(tmp_path, SOURCES.replace("{date-parts: [[2018, 7]]}", "{literal: sans date}"))

    assert sources is not None
    assert [source.value.year for source in sources] == [None, None]


@pytest.mark.parametrize(
    "author",
    [
        "{family: Nagle}",
        "[]",
        "[Frank Nagle]",
        "[{given: Frank}]",
        "[{family: Nagle, literal: Nagle}]",
        "[{family: ''}]",
    ],
)
def test_malformed_authors_are_reported(tmp_path: Path, author: str) -> None:
    """Authors are a list of persons with a family name and of organisations."""
    text = SOURCES.replace("author:\n    - {family: Nagle, given: Frank}", f"author: {author}")

    assert read(tmp_path, text)[1] == [
        '4: "author" of the source "nagle-2018" must be a list of {family: …, given: …} or {literal: …}.'
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: nagle-2018\n", "1: This must be a list: each entry starts with a hyphen."),
        ("- id: [a\n", "1: The YAML cannot be read:"),
    ],
)
def test_file_that_is_no_list_gives_no_sources(tmp_path: Path, text: str, expected: str) -> None:
    """A file that is not a list of entries is one problem, and gives nothing."""
    sources, problems = read(tmp_path, text)

    assert sources is None
    assert len(problems) == 1
    assert problems[0].startswith(expected)
