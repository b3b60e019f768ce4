from pathlib import Path

import pytest

from knowledge.shelf import read_shelf
from scripts.resemblance import find_resemblances
from tests.builders import replace_in
from tests.finished_knowledge import words, write_finished_knowledge


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a folder whose arguments have no word in common."""
    return write_finished_knowledge(tmp_path / "knowledge")


def findings(root: Path) -> list[str]:
    """Give the arguments that say nearly the same, as people see it."""
    return [str(finding) for finding in find_resemblances(read_shelf(root, []).arguments)]


def copy_with(root: Path, kept: int) -> None:
    """Let the English body of `bravo` begin with that many words of the 150 of `alpha`, and so its other fields."""
    path = root / "arguments/bravo.md"
    french, english = path.read_text(encoding="utf-8").split("# English")
    mixed = words("alpha", kept) + " " + " ".join(words("bravo", 150).split()[kept:])
    english = english.replace(words("bravo", 150), mixed)
    path.write_text(f"{french}# English{english}", encoding="utf-8")


def test_arguments_of_their_own_words_pass(root: Path) -> None:
    """Arguments that share no word are no finding."""
    assert findings(root) == []


def test_a_copy_with_few_changes_is_told(root: Path) -> None:
    """The later of two arguments is told at its title in the language that they resemble in, with the other's id."""
    copy_with(root, 140)

    [finding] = findings(root)
    assert finding.startswith(
        'knowledge/arguments/bravo.md:38: This argument says nearly the same as "alpha" (cosine 0.'
    )


def test_half_of_the_words_in_common_pass(root: Path) -> None:
    """Two arguments on one subject may share half of their words."""
    copy_with(root, 75)

    assert findings(root) == []


def test_a_draft_that_repeats_another_is_a_notice(root: Path) -> None:
    """An imported draft may say what is already said: a person then merges the two."""
    copy_with(root, 140)
    replace_in(root / "arguments/alpha.md", "answers:", "status: draft\nanswers:")

    [finding] = findings(root)
    assert ": notice: " in finding


def test_texts_without_words_do_no_harm(root: Path) -> None:
    """An argument that holds nothing but marks is compared like any other."""
    (root / "arguments").rename(root / "kept")
    (root / "arguments").mkdir()
    text = "---\nanswers: [concurrence]\nsources: [nagle-2018]\n---\n# Français\n## Titre\n…\n"
    for name in ("one", "two"):
        (root / f"arguments/{name}.md").write_text(text, encoding="utf-8")

    assert len(findings(root)) == 1
