"""The review of the bibliography: what has to be mended, and what is only told."""

from pathlib import Path

import pytest

from app.settings import Settings
from knowledge import review_bibliography
from tests.builders import replace_in, write_knowledge

YEAR = 2026
CONTRIBUTING, WORKSHOP = "title: Learning by Contributing", "id: atelier-2019"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a small valid knowledge folder."""
    return write_knowledge(tmp_path / "knowledge")


def add_to(root: Path, field: str, *, to: str) -> None:
    """Add a field to the entry that holds a text."""
    replace_in(root / "sources.yaml", f"  {to}\n", f"  {to}\n  {field}\n")


def add_source(root: Path, text: str) -> None:
    """Add an entry that the argumentaire cites."""
    path = root / "sources.yaml"
    entry = f"- id: new-source\n  {text}\n  grade: D\n  checked: from memory\n"
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    replace_in(
        next((root / "argumentaires").iterdir()), "sources: [atelier-2019]", "sources: [atelier-2019, new-source]"
    )


def problems(root: Path) -> list[str]:
    """Give the problems as lines."""
    return [str(problem) for problem in review_bibliography(root, YEAR).problems]


def test_a_sound_bibliography_is_counted_and_its_weak_points_told(root: Path) -> None:
    """Nothing has to be mended; what is old, undated, from memory or without an address is told with its place."""
    review = review_bibliography(root, YEAR)
    workshop = 'Atelier "Disséminer les communs"'
    assert (review.count, review.problems, review.addresses) == (2, (), ())
    assert list(map(str, review.old)) == ["knowledge/sources.yaml:6: 2018, Learning by Contributing"]
    assert list(map(str, review.undated)) == [f"knowledge/sources.yaml:16: {workshop}"]
    assert list(map(str, review.from_memory)) == [f"knowledge/sources.yaml:20: {workshop}"]
    assert [problem.line for problem in review.without_address] == [3, 16]


@pytest.mark.parametrize(("this_year", "old"), [(2018, 0), (2023, 0), (2024, 1)])
def test_old_is_more_than_five_years(root: Path, this_year: int, old: int) -> None:
    """The fifth year still passes."""
    assert len(review_bibliography(root, this_year).old) == old


def test_a_malformed_identifier_is_told_on_its_line(root: Path) -> None:
    """DOI and address are read apart, and neither is then asked for online."""
    add_to(root, "DOI: doi:10.1287/x", to=CONTRIBUTING)
    add_to(root, "URL: https://example.org/é", to=CONTRIBUTING)
    assert problems(root) == [
        'knowledge/sources.yaml:4: The character "é" has no place in an address: write %C3%A9.',
        'knowledge/sources.yaml:5: "doi:10.1287/x" is not a DOI: write what follows https://doi.org/, such as '
        "10.1287/orsc.2018.1202.",
    ]
    assert review_bibliography(root, YEAR).addresses == ()


def test_sound_addresses_are_given_with_their_place(root: Path) -> None:
    """The DOI leads to its resolver."""
    add_to(root, "DOI: 10.1287/x", to=CONTRIBUTING)
    add_to(root, "URL: https://example.org/", to=CONTRIBUTING)
    review = review_bibliography(root, YEAR)
    assert [(address.line, address.message) for address in review.addresses] == [
        (5, "https://doi.org/10.1287/x"),
        (4, "https://example.org/"),
    ]


def test_a_year_to_come_is_told(root: Path) -> None:
    """A document cannot be cited before it exists."""
    assert [str(problem) for problem in review_bibliography(root, 2017).problems] == [
        'knowledge/sources.yaml:6: "nagle-2018" is of 2018, which has not come yet.'
    ]


def test_what_was_seen_says_where(root: Path) -> None:
    """`checked: seen` without a place cannot be checked again."""
    replace_in(root / "sources.yaml", "  checked_in: the abstract\n", "")
    assert problems(root) == [
        'knowledge/sources.yaml:9: "nagle-2018" was seen: say where in "checked_in", in a few words.'
    ]


def test_an_unused_source_is_told(root: Path) -> None:
    """A source that nothing cites says nothing to anybody."""
    path = root / "sources.yaml"
    entry = "- id: alone\n  type: book\n  title: Alone\n  grade: D\n  checked: from memory\n"
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    assert problems(root) == [
        'knowledge/sources.yaml:21: The source "alone" is cited by no argument and no argumentaire.'
    ]


@pytest.mark.parametrize(
    ("given", "twin", "expected"),
    [
        ("DOI: 10.1287/ABC", "DOI: 10.1287/abc", '24: "new-source" has the DOI of "nagle-2018" (line 1).'),
        (
            "URL: https://www.example.org/a/",
            "URL: http://example.org/a",
            '24: "new-source" has the URL of "nagle-2018" (line 1).',
        ),
    ],
)
def test_a_shared_identifier_is_told(root: Path, given: str, twin: str, expected: str) -> None:
    """The same document stands under two ids, however its identifier is spelled."""
    add_to(root, given, to=CONTRIBUTING)
    add_source(root, f"type: report\n  {twin}\n  title: Another title")
    assert problems(root) == [f"knowledge/sources.yaml:{expected}"]


def test_one_page_may_present_two_documents(root: Path) -> None:
    """When the note of both says where the address leads, they are two documents."""
    add_to(root, "URL: https://example.org/a", to=CONTRIBUTING)
    add_to(root, "note: The address leads to a page on both.", to=CONTRIBUTING)
    add_source(root, "type: report\n  title: Other\n  URL: https://example.org/a\n  note: The address leads to both.")
    assert problems(root) == []


def test_one_note_does_not_explain_two_documents(root: Path) -> None:
    """A source without a note claims to be on the page, whatever another one says."""
    add_to(root, "URL: https://example.org/a", to=CONTRIBUTING)
    add_source(root, "type: report\n  title: Other\n  URL: https://example.org/a\n  note: The address leads to both.")
    assert problems(root) == ['knowledge/sources.yaml:25: "new-source" has the URL of "nagle-2018" (line 1).']


@pytest.mark.parametrize(
    ("title", "year", "told"),
    [
        ("Learning-by-contributing!", 2018, True),
        ("Learning by Contributin", 2018, True),
        ("Learning by Contributing", 2019, False),
        ("Learning by Contributing 2", 2018, False),
        ("Learning by sharing what one knows", 2018, False),
    ],
)
def test_nearly_the_same_title_is_told(root: Path, title: str, year: int, told: bool) -> None:
    """Case, punctuation and a slip of the pen do not make another document; a year or a number does."""
    add_source(root, f'type: report\n  title: "{title}"\n  issued: {{date-parts: [[{year}]]}}')
    expected = 'knowledge/sources.yaml:23: "new-source" has nearly the title and the year of "nagle-2018" (line 1).'
    assert problems(root) == ([expected] if told else [])


@pytest.mark.parametrize(
    ("old", "new"),
    [("  title: Learning by Contributing\n", ""), ("[[2018, 7]]", "[[x]]"), ("grade: A", "grade: Z")],
)
def test_a_malformed_entry_is_told_and_reviewed_no_further(root: Path, old: str, new: str) -> None:
    """What the reader of the bibliography refuses is a problem here too, and no traceback."""
    replace_in(root / "sources.yaml", old, new)
    review = review_bibliography(root, YEAR)
    assert [problem.path.name for problem in review.problems] == ["sources.yaml"]
    assert (review.count, review.old) == (0, ())


def test_a_missing_bibliography_or_folder_is_told(root: Path, tmp_path: Path) -> None:
    """There is nothing to review, which is a problem."""
    (root / "sources.yaml").unlink()
    assert problems(root) == ["knowledge/sources.yaml:1: This file is missing: it holds the sources."]
    assert problems(tmp_path / "nowhere") == ["nowhere:1: There is no such folder."]


def test_the_bibliography_of_the_project_is_sound() -> None:
    """What is served has nothing to mend."""
    assert review_bibliography(Settings().knowledge, YEAR).problems == ()
