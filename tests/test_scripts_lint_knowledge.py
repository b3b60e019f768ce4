from pathlib import Path

import pytest

from scripts.import_argumentaire import main as import_page
from scripts.lint_knowledge import main
from tests.builders import replace_in
from tests.finished_knowledge import write_finished_knowledge

ALPHA = "arguments/alpha.md"
SEED = Path(__file__).parent / "data" / "argumentaire-responsable-innovation.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a small knowledge folder in which the lint finds nothing."""
    return write_finished_knowledge(tmp_path / "knowledge")


def test_sound_knowledge_is_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sound folder gives one line of counts and the exit status 0."""
    assert main(["--root", str(root)]) == 0

    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("The knowledge is sound (version ")
    assert line.endswith("): 1 argumentaire, 1 objection, 6 arguments, 2 sources, 0 small-talk texts, 0 phrasings.")


def test_problems_that_keep_it_from_loading_are_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem is one line with file and line, and the exit status is 1."""
    replace_in(root / ALPHA, "[concurrence]", "[concurrense]")
    replace_in(root / "sources.yaml", "grade: A", "grade: Z")

    assert main(["--root", str(root)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        'knowledge/arguments/alpha.md:2: "concurrense" in "answers" is unknown; did you mean "concurrence"?',
        'knowledge/sources.yaml:8: "grade" of the source "nagle-2018" is "Z": expected A, B, C or D.',
    ]


def test_every_kind_of_finding_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Limits, evidence, typography, words and resemblance are all looked at, in the order of the files."""
    (root / "words.yaml").write_text("- {avoid: alpha4, language: fr, write: autre chose}\n", encoding="utf-8")
    replace_in(root / "arguments/bravo.md", "[nagle-2018]", "[atelier-2019]")
    bravo = root / "arguments/bravo.md"
    bravo.write_text(bravo.read_text(encoding="utf-8").replace("bravo", "alpha"), encoding="utf-8")
    text = (root / ALPHA).read_text(encoding="utf-8")
    (root / ALPHA).write_text(text.replace("alpha149 alpha150", "alpha149  it's").replace("## Exemple", "### Exemple"))

    assert main(["--root", str(root)]) == 1
    said = capsys.readouterr().out
    for part in (
        "answered by 2 arguments",
        'Exemple" is missing',
        "Two spaces",
        "straight",
        "“alpha4”",
        "nearly the same",
    ):
        assert part in said
    assert said.splitlines()[-1].endswith(" problems to mend, 0 notices.")


def test_notices_do_not_fail(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A draft is told at the line that says so, and the exit status stays 0."""
    replace_in(root / ALPHA, "answers:", "status: draft\nanswers:")

    assert main(["--root", str(root)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "knowledge/arguments/alpha.md:2: notice: This is a draft that nobody has reviewed yet."
    )


def test_a_caveat_is_read_like_any_text(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The caveats of the sources are shown to people, so they are looked at too."""
    replace_in(root / "sources.yaml", "A ceiling, not an average.", "It's a ceiling.")

    assert main(["--root", str(root)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "knowledge/sources.yaml:11: A straight apostrophe stands in “It's a ceiling.”: write ’.",
        "1 problem to mend, 0 notices.",
    ]


def test_faulty_word_list_is_a_plain_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A word list that cannot be read is told by file and line."""
    (root / "words.yaml").write_text("- avoid: mot\n", encoding="utf-8")

    assert main(["--root", str(root)]) == 1
    assert capsys.readouterr().out.startswith("knowledge/words.yaml:1: An entry has ")


def test_dead_label_of_the_dev_set_is_a_plain_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The dev set names objections too, and those must exist."""
    (root / "evaluation").mkdir()
    row = "Un texte,fr,nulle-part,,neutral,Camille\n"
    (root / "evaluation/dev.csv").write_text(f"text,language,label,also,register,author\n{row}", encoding="utf-8")

    assert main(["--root", str(root)]) == 1
    assert capsys.readouterr().out.startswith("knowledge/evaluation/dev.csv:2: ")


@pytest.mark.parametrize("into", ["empty", "finished"])
def test_an_imported_page_gives_notices_only(
    root: Path, tmp_path: Path, into: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page can be imported, into nothing or beside what is there, and the check still passes."""
    folder = root if into == "finished" else tmp_path / "new" / "knowledge"
    assert import_page([str(SEED), "--root", str(folder)]) == 0
    capsys.readouterr()

    assert main(["--root", str(folder)]) == 0
    *findings, total = capsys.readouterr().out.splitlines()
    assert findings and all(": notice: " in finding for finding in findings)
    assert total.startswith("The knowledge is sound ")


def test_missing_folder_is_a_plain_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that does not exist gives one line, not a traceback."""
    assert main(["--root", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().out == "nowhere:1: There is no such folder.\n"
