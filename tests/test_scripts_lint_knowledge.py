from pathlib import Path

import pytest

from scripts.lint_knowledge import main
from tests.builders import replace_in, write_knowledge


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a small valid knowledge folder."""
    return write_knowledge(tmp_path / "knowledge")


def test_sound_knowledge_is_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sound folder gives one line of counts and the exit status 0."""
    assert main(["--root", str(root)]) == 0

    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("The knowledge is sound (version ")
    assert line.endswith("): 1 argumentaire, 2 objections, 3 arguments, 2 sources, 1 small-talk text, 4 phrasings.")


def test_problems_are_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem is one line with file and line, and the exit status is 1."""
    replace_in(root / "arguments" / "innovation.md", "[concurrence]", "[concurrense]")
    replace_in(root / "sources.yaml", "grade: A", "grade: Z")

    assert main(["--root", str(root)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        'knowledge/arguments/innovation.md:2: "concurrense" in "answers" is unknown; did you mean "concurrence"?',
        'knowledge/sources.yaml:8: "grade" of the source "nagle-2018" is "Z": expected A, B, C or D.',
    ]


def test_warnings_do_not_fail(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A draft is told and the exit status stays 0."""
    replace_in(root / "arguments" / "innovation.md", "anticipates:", "status: draft\nanticipates:")

    assert main(["--root", str(root)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "knowledge/arguments/innovation.md:1: warning: This is a draft that nobody has reviewed yet."
    )


def test_missing_folder_is_a_plain_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that does not exist gives one line, not a traceback."""
    assert main(["--root", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().out == "nowhere:1: There is no such folder.\n"
