from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents import Document, parse_document, read_document
from knowledge.errors import Problem
from knowledge.layouts import ARGUMENT, ARGUMENTAIRE, OBJECTION, SMALL_TALK
from knowledge.mappings import parse_mapping, parse_records
from knowledge.values import Language
from tests.builders import INNOVATION, SALUTATION

PATH = Path("knowledge/arguments/innovation.md")


def parse(text: str) -> tuple[Document, list[str]]:
    """Read an argument with this text; give the document and its problems."""
    problems: list[Problem] = []
    document = parse_document(text, PATH, ARGUMENT, problems)
    return document, [f"{problem.line}: {problem.message}" for problem in problems]


def test_fields_are_read_by_language() -> None:
    """Each language part gives its own fields, under names that do not depend on the language."""
    document, problems = parse(INNOVATION)

    assert problems == []
    assert document.id == "innovation"
    assert document.parts[Language.FR].text("title") == "Contribuer fait apprendre"
    assert document.parts[Language.EN].text("title") == "Contributing teaches"
    assert document.parts[Language.EN].text("body") == ""


def test_header_lines_are_those_of_the_file() -> None:
    """Header keys and the items of their lists know their line in the file."""
    document, _ = parse(INNOVATION.replace("sources: [nagle-2018]", "sources:\n  - nagle-2018\n  - atelier-2019"))

    assert document.line("anticipates") == 3
    assert document.line("sources", 1) == 6


def test_fields_know_the_line_of_their_first_word() -> None:
    """A field knows the line of its heading and, however many blank lines follow, the line that its text starts on."""
    document, _ = parse(INNOVATION.replace("## Titre\n\n", "## Titre\n\n\n\n"))

    title, one_liner = (document.parts[Language.FR].fields[name] for name in ("title", "one_liner"))
    assert (title.line, title.text_line) == (9, 13)
    assert one_liner.text_line == one_liner.line + 2


def test_headings_may_lack_accents_and_capitals() -> None:
    """A heading is recognised whatever its case and accents."""
    document, problems = parse(INNOVATION.replace("# Français", "# FRANCAIS").replace("## Résumé", "## resume ##"))

    assert problems == []
    assert document.parts[Language.FR].text("summary") == "Les entreprises qui contribuent apprennent davantage."


def test_code_quotes_and_rules_are_text() -> None:
    """A hash in code or in a quotation, and a line of dashes, open no field."""
    body = "```\n# not a part\n## nor a field\n```\n\n> ## quoted\n\nUnderlined\n---\n\n***"
    document, problems = parse(INNOVATION.replace("Un premier paragraphe.", body))

    assert problems == []
    assert document.parts[Language.FR].text("body").startswith(body)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "## Texte",
            "## Txte",
            '21: The field "Txte" is unknown in an argument: expected one of Titre, Phrase clé,'
            " Résumé, Texte, Concession, Question en retour, Exemple.",
        ),
        ("## Texte", "## Body", '21: The field "Body" is unknown in an argument'),
        ("## Texte", "## Titre", '21: The field "Titre" stands here twice.'),
        ("# English", "# Deutsch", '29: The part "Deutsch" is unknown: expected "Français" or "English".'),
        ("# English", "# Français", '29: The part "Français" stands here twice.'),
        (
            "Les entreprises qui contribuent apprennent davantage.",
            "",
            '17: The field "Résumé" is empty; write its text or remove its heading.',
        ),
        ("## Résumé", "### Résumé", '7: The field "Résumé" is missing in the part "Français".'),
        ("## Title", "### Title", '29: The field "Title" is missing in the part "English".'),
        ("# Français\n", "# Français\n\nHors champ.\n", "7: This text stands outside any field"),
        ("# Français\n", "Avant tout.\n\n# Français\n", "1: This text stands outside any field"),
        ("anticipates:", "anticipe:", '3: The header key "anticipe" is unknown in an argument: expected answers,'),
        ("anticipates:", "answers:", '3: The key "answers" stands here twice.'),
        ("anticipates: maitrise", "anticipates: a: b", "3: The YAML cannot be read: mapping values are not allowed"),
        ("anticipates: maitrise", "anticipates: 'a", "3: The YAML cannot be read: found unexpected end of stream"),
        ("anticipates: maitrise", "? [a]\n: b", "3: A key must be a word."),
        ("anticipates: maitrise", "anticipates: *a", "3: The YAML cannot be read: an alias"),
        ("anticipates: maitrise", "origin: \x07", "3: The YAML cannot be read: the character"),
        ("]\n---", "]\n", "1: The header must open with --- on the first line of the file and close with a line ---."),
    ],
)
def test_fault_is_reported_on_its_line(old: str, new: str, expected: str) -> None:
    """Each fault of a file is a problem with the line that a person has to mend."""
    assert old in INNOVATION

    _, problems = parse(INNOVATION.replace(old, new, 1))

    assert any(problem.startswith(expected) for problem in problems), problems


def test_one_mistake_gives_one_problem() -> None:
    """The fields under an unknown or repeated part are not reported as well."""
    assert len(parse(INNOVATION.replace("# English", "# Deutsch"))[1]) == 1
    assert len(parse(INNOVATION.replace("# English", "# Français"))[1]) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "---\nanswers: [a]\n---\n"])
def test_language_part_is_required(text: str) -> None:
    """A file without any language part is a problem."""
    assert parse(text)[1] == [
        '1: A language part is missing: write "# Français" or "# English", with its fields below.'
    ]


def test_field_before_any_part_is_reported() -> None:
    """A field that stands under no language is a problem."""
    assert parse("## Titre\n\nx\n")[1][0] == '1: The field "Titre" stands before "# Français" or "# English".'


def test_one_liner_has_a_limit() -> None:
    """A one-liner of 140 characters is sound, and one more is too many."""
    sentence = "En contribuant, vous apprenez de toute une communauté."

    assert parse(INNOVATION.replace(sentence, "é" * 140))[1] == []
    assert parse(INNOVATION.replace(sentence, "é" * 141))[1] == [
        '13: The field "Phrase clé" has 141 characters; the most that it may have is 140.'
    ]


def test_header_may_be_absent_or_empty_for_small_talk() -> None:
    """A file of small talk needs no header, and an empty one is no fault."""
    problems: list[Problem] = []
    for text in (SALUTATION, f"---\n---\n\n{SALUTATION}"):
        document = parse_document(text, PATH, SMALL_TALK, problems)
        assert document.parts[Language.FR].text("reply") == "Bonjour ! Quelle est votre objection ?"

    assert problems == []


def test_unknown_key_where_no_key_is_expected() -> None:
    """A header key in small talk is a problem that expects none."""
    problems: list[Problem] = []
    parse_document(f"---\nnature: x\n---\n{SALUTATION}", PATH, SMALL_TALK, problems)

    assert [problem.message for problem in problems] == [
        'The header key "nature" is unknown in small talk: none is expected.'
    ]


def test_windows_files_are_read(tmp_path: Path) -> None:
    """Windows line ends and a byte order mark change nothing."""
    path = tmp_path / "innovation.md"
    path.write_bytes(b"\xef\xbb\xbf" + INNOVATION.replace("\n", "\r\n").encode())
    problems: list[Problem] = []

    document = read_document(path, PATH, ARGUMENT, problems)

    assert problems == []
    assert "\r" not in document.parts[Language.FR].text("body")
    assert document.line("sources") == 4


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_wrong_encoding_is_reported_with_its_line(tmp_path: Path, mark: bytes, end: bytes) -> None:
    """A byte that is not UTF-8 is a problem on its own line, with or without a byte order mark."""
    path = tmp_path / "innovation.md"
    path.write_bytes(mark + end.join([b"---", b"", b"caf\xe9"]))
    problems: list[Problem] = []

    document = read_document(path, PATH, ARGUMENT, problems)

    assert [str(problem) for problem in problems] == [
        f"{PATH}:3: This is not UTF-8 text (byte 0xE9); save the file as UTF-8."
    ]
    assert document.header is None


def test_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A file that is not there is a problem, not a traceback."""
    problems: list[Problem] = []

    read_document(tmp_path / "x.md", PATH, ARGUMENT, problems)

    assert [problem.message for problem in problems] == ["This cannot be read: No such file or directory."]


def test_yaml_words_keep_their_meaning() -> None:
    """Only true, false, null and whole numbers are anything but text, and quotes make text of them."""
    text = "a: no\nb: 2019-01-02\nc: 12:30\nd: 010x\ne: true\nf: 7\ng: null\nh: '7'\ni: \"true\"\nj: 1.50\nk:"
    problems: list[Problem] = []

    entries = parse_mapping(text, PATH, 1, problems)

    assert problems == []
    assert entries is not None
    assert [entry.value for entry in entries.values()] == [
        "no", "2019-01-02", "12:30", "010x", True, 7, None, "7", "true", "1.50", None,
    ]  # fmt: skip


def test_header_that_is_no_mapping_is_reported() -> None:
    """A header that is a list is a problem on its first line."""
    problems: list[Problem] = []

    assert parse_mapping("- a", PATH, 2, problems) is None
    assert problems == [Problem(PATH, 2, "This must be a mapping: lines of the form `key: value`.")]


def test_deep_brackets_are_a_problem() -> None:
    """Brackets nested beyond reason are a problem, not a traceback."""
    problems: list[Problem] = []

    assert parse_mapping("a: " + "[" * 500 + "]" * 500, PATH, 1, problems) is None
    assert problems == [Problem(PATH, 1, "The YAML cannot be read: it is nested too deeply.")]


def test_empty_list_of_records_is_sound() -> None:
    """A bibliography that holds only a comment is an empty list."""
    problems: list[Problem] = []

    assert parse_records("# nothing yet\n", PATH, problems) == ()
    assert problems == []


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(alphabet=st.sampled_from("#-:[]{}'\"&*!|>%@`\n\t a1é\x00\u2028"), max_size=80))
def test_any_text_gives_a_document(text: str) -> None:
    """Whatever a file holds, reading it gives a document and problems, never an error."""
    for layout in (ARGUMENT, ARGUMENTAIRE, OBJECTION, SMALL_TALK):
        parse_document(text, PATH, layout, [])
        parse_document(f"---\n{text}\n---\n# Français\n", PATH, layout, [])
    parse_records(text, PATH, [])
