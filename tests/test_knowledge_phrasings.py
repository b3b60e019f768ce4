from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge import InvalidKnowledgeError, Language, Phrasing, read_phrasings
from tests.builders import PHRASINGS

OBJECTIONS = ("concurrence", "maitrise")
SMALL_TALK = ("salutation",)
HEADER = "text,language,label,also,register,author\n"


def read(folder: Path, content: str | bytes) -> tuple[Phrasing, ...]:
    """Read the phrasings of a folder whose one file has this content."""
    folder.mkdir(exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    (folder / "camille.csv").write_bytes(data)
    return read_phrasings(folder, OBJECTIONS, SMALL_TALK)


def problems_of(folder: Path, content: str | bytes) -> list[str]:
    """Read a faulty file and give its problems."""
    with pytest.raises(InvalidKnowledgeError) as caught:
        read(folder, content)
    return [f"{problem.line}: {problem.message}" for problem in caught.value.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Name a folder of phrasings that is not there yet."""
    return tmp_path / "knowledge" / "phrasings"


@pytest.fixture(autouse=True)
def parent(folder: Path) -> None:
    """Make the folder that the phrasings stand in."""
    folder.parent.mkdir()


def test_rows_become_phrasings(folder: Path) -> None:
    """Each row gives its text, labels and author, and the name of its file as the collection."""
    phrasings = read(folder, PHRASINGS)

    assert phrasings[0] == Phrasing(
        text="Et si nos concurrents, eux, en profitent ?",
        language=Language.FR,
        label="concurrence",
        also=("maitrise",),
        register="question",
        author="Camille",
        collection="camille",
    )
    assert [phrasing.label for phrasing in phrasings] == ["concurrence", "maitrise", "salutation", "hors-sujet"]


def test_spreadsheet_files_are_read(folder: Path) -> None:
    """A byte order mark, Windows line ends, blank lines and texts of several lines are read."""
    content = HEADER + '"deux\nlignes",fr,maitrise,,sms,A\n\nx,fr,maitrise,,sms,A\n'

    phrasings = read(folder, b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode())

    assert [phrasing.text for phrasing in phrasings] == ["deux\nlignes", "x"]


def test_absent_folder_has_no_phrasings(folder: Path) -> None:
    """A folder that is not there gives nothing."""
    assert read_phrasings(folder, OBJECTIONS, SMALL_TALK) == ()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (",fr,maitrise,,sms,A", "2: The text is empty."),
        ('"  ",fr,maitrise,,sms,A', "2: The text is empty."),
        ("a,de,maitrise,,sms,A", '2: The language is "de": expected fr or en.'),
        (
            "a,fr,maitrize,,sms,A",
            '2: The label "maitrize" is unknown: expected the id of an objection or small talk, or one of '
            "hors-sujet, another, deeper, not_convinced, example, source.",
        ),
        (
            "a,fr,maitrise,,oral,A",
            '2: The register is "oral": expected one of formal, neutral, colloquial, sms, long, fragment, question,'
            " ironic.",
        ),
        ("a,fr,maitrise,xyz,sms,A", '2: "xyz" in the column "also" is no objection.'),
        ("a,fr,maitrise,salutation,sms,A", '2: "salutation" in the column "also" is no objection.'),
        ("a,fr,maitrise,concurrence maitrise,sms,A", '2: "maitrise" in the column "also" is the label itself.'),
        ("a,fr,maitrise,,sms", "2: This row has 5 columns instead of 6; texts need quotes."),
        ("a, b,fr,maitrise,,sms,A", "2: This row has 7 columns instead of 6; texts need quotes."),
        ('"a,fr,maitrise,,sms,A', "2: The row that starts here cannot be read: unexpected end of data."),
    ],
)
def test_faulty_row_is_reported(folder: Path, row: str, expected: str) -> None:
    """A row that cannot be used is a problem with its line."""
    assert problems_of(folder, f"{HEADER}{row}\n") == [expected]


def test_repeated_text_is_reported(folder: Path) -> None:
    """A text that stands twice in one file is a problem that names its first line."""
    content = HEADER + '"a\nb",fr,maitrise,,sms,A\nx,fr,maitrise,,sms,A\n"a\nb ",fr,concurrence,,sms,A\n'

    assert problems_of(folder, content) == ["5: This text stands on line 2 already."]


def test_same_text_in_two_files_is_sound(folder: Path) -> None:
    """Two authors may write the same words."""
    read(folder, PHRASINGS)
    (folder / "dominique.csv").write_text(PHRASINGS, encoding="utf-8")

    assert len(read_phrasings(folder, OBJECTIONS, SMALL_TALK)) == 8


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "nothing"),
        ("text;language;label;also;register;author\n", "text;language;label;also;register;author"),
        ("text,lang,label,also,register,author\n", "text,lang,label,also,register,author"),
        ("language,text,label,also,register,author\n", "language,text,label,also,register,author"),
    ],
)
def test_wrong_header_is_one_problem(folder: Path, content: str, found: str) -> None:
    """A file whose columns are not the expected ones is one problem, and its rows are not judged."""
    expected = f"1: The first line must read text,language,label,also,register,author; it reads {found}."

    assert problems_of(folder, content + "a;b\n" if content else content) == [expected]


def test_wrong_encoding_is_reported(folder: Path) -> None:
    """A file in another encoding is a problem with the line of the first wrong byte."""
    content = (HEADER + "a,fr,maitrise,,sms,A\né,fr,maitrise,,sms,A\n").encode("latin-1")

    assert problems_of(folder, content) == ["3: This is not UTF-8 text (byte 0xE9); save the file as UTF-8."]


def test_problems_of_all_files_come_at_once(folder: Path) -> None:
    """All the files of a folder are judged in one run, under names that start at the knowledge folder."""
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.csv").write_text("x\n", encoding="utf-8")

    with pytest.raises(InvalidKnowledgeError) as caught:
        read_phrasings(folder, OBJECTIONS, SMALL_TALK)

    assert [str(problem.path) for problem in caught.value.problems] == [
        "knowledge/phrasings/a.csv",
        "knowledge/phrasings/b.csv",
    ]


@settings(deadline=None)  # a busy machine is no fault
@given(text=st.text(max_size=60))
def test_any_file_gives_phrasings_or_problems(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever a file holds, reading it gives phrasings or problems, never another error."""
    folder = tmp_path_factory.mktemp("phrasings")
    try:
        read(folder, (HEADER + text).encode("utf-8", "surrogatepass"))
    except InvalidKnowledgeError as error:
        assert error.problems
