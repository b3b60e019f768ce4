from pathlib import Path

import pytest

from knowledge.evidence import check_evidence
from knowledge.shelf import read_shelf
from tests.builders import replace_in
from tests.finished_knowledge import write_finished_knowledge

ARGUMENTAIRE = "argumentaires/direction.md"
YEAR = 2999


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a folder in which the lint finds nothing."""
    return write_finished_knowledge(tmp_path / "knowledge")


def findings(root: Path, year: int = YEAR) -> list[str]:
    """Give what the evidence lacks, as people see it."""
    return [str(finding) for finding in check_evidence(read_shelf(root, []), year)]


def test_six_answers_of_which_three_with_evidence_pass(root: Path) -> None:
    """Exactly the counts that are asked for give nothing."""
    assert findings(root) == []


def test_five_answers_are_too_few(root: Path) -> None:
    """An argument counts only in an argumentaire that holds it; the finding stands on the line of the objection."""
    replace_in(root / ARGUMENTAIRE, "objections: [concurrence]", "objections:\n  - concurrence")
    replace_in(root / ARGUMENTAIRE, ", foxtrot]", "]")

    assert findings(root) == [
        f'knowledge/{ARGUMENTAIRE}:3: The objection "concurrence" is answered by 5 arguments; it needs 6.'
    ]


def test_two_answers_with_evidence_are_too_few(root: Path) -> None:
    """A source of grade D, such as the workshop, is not counted as evidence."""
    replace_in(root / "arguments/alpha.md", "[nagle-2018]", "[atelier-2019]")

    assert findings(root) == [
        f'knowledge/{ARGUMENTAIRE}:2: The objection "concurrence" is answered by 2 arguments with a source of grade '
        "A, B or C; it needs 3."
    ]


def test_one_good_source_among_others_is_evidence(root: Path) -> None:
    """What counts is the best source of an argument."""
    replace_in(root / "arguments/alpha.md", "[nagle-2018]", "[atelier-2019, nagle-2018]")

    assert findings(root) == []


@pytest.mark.parametrize("drafted", ["objections/concurrence.md", "arguments/bravo.md"])
def test_counts_with_drafts_are_notices(root: Path, drafted: str) -> None:
    """As long as the objection or one of its answers is a draft, a low count is only told."""
    replace_in(root / "arguments/alpha.md", "[nagle-2018]", "[atelier-2019]")
    path = root / drafted
    path.write_text(path.read_text(encoding="utf-8").replace("---", "---\nstatus: draft", 1), encoding="utf-8")

    [finding] = findings(root)
    assert finding.startswith(f'knowledge/{ARGUMENTAIRE}:2: notice: The objection "concurrence" is answered by 2 ')


def test_argument_that_answers_nothing_here_is_told(root: Path) -> None:
    """An argument of an argumentaire answers one of its objections; the finding stands on the line of the argument."""
    text = (root / "objections/concurrence.md").read_text(encoding="utf-8")
    (root / "objections/maitrise.md").write_text(text, encoding="utf-8")
    alpha = (root / "arguments/alpha.md").read_text(encoding="utf-8")
    stray = alpha.replace("answers: [concurrence]", "answers: [maitrise]")
    (root / "arguments/stray.md").write_text(stray, encoding="utf-8")
    replace_in(root / ARGUMENTAIRE, "foxtrot]", "foxtrot, stray]")

    assert findings(root) == [
        f'knowledge/{ARGUMENTAIRE}:3: The argument "stray" answers none of the objections of this argumentaire.'
    ]


@pytest.mark.parametrize(("year", "old"), [(3003, False), (3004, True)])
def test_sources_of_more_than_five_years_are_a_notice(root: Path, year: int, old: bool) -> None:
    """The newest source of an argument decides, and five years are not yet old; a source without a year is no news."""
    replace_in(root / "arguments/alpha.md", "[nagle-2018]", "[atelier-2019, nagle-2018]")

    told = [finding for finding in findings(root, year) if "alpha.md" in finding]
    assert told == (
        [
            "knowledge/arguments/alpha.md:3: notice: The newest dated source is of 2998, more than 5 years ago: "
            "see whether it still holds."
        ]
        if old
        else []
    )
