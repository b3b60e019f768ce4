from pathlib import Path

import pytest

from knowledge.limits import check_limits, count_words
from knowledge.shelf import read_shelf
from tests.builders import replace_in
from tests.finished_knowledge import words, write_finished_knowledge

ALPHA = "arguments/alpha.md"
FRENCH, ENGLISH = "# Français", "# English"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a folder in which the lint finds nothing."""
    return write_finished_knowledge(tmp_path / "knowledge")


def findings(root: Path) -> list[str]:
    """Give what breaks a limit, as people see it."""
    return [str(finding) for finding in check_limits(read_shelf(root, []))]


def change(root: Path, heading: str, text: str, part: str = FRENCH) -> int:
    """Give a field of the argument `alpha` another text; return the line of its heading."""
    path = root / ALPHA
    before, _, rest = path.read_text(encoding="utf-8").partition(f"{part}\n")
    above, _, below = rest.partition(f"## {heading}\n")
    after = below.split("\n## ")[0].split("\n# ")[0]
    path.write_text(f"{before}{part}\n{above}## {heading}\n\n{text}\n{below[len(after) :]}", encoding="utf-8")
    return f"{before}{part}\n{above}".count("\n") + 1


def test_finished_texts_pass(root: Path) -> None:
    """A folder with all its texts, none too long or too short, gives nothing."""
    assert findings(root) == []


@pytest.mark.parametrize(("count", "found"), [(80, 0), (81, 1)])
def test_summary_has_at_most_80_words(root: Path, count: int, found: int) -> None:
    """Eighty words pass and one more does not; the finding stands on the line of the field."""
    line = change(root, "Résumé", words("alpha", count))
    change(root, "Summary", words("alpha", 80), ENGLISH)

    expected = f"knowledge/{ALPHA}:{line}: This summary has 81 words; 80 are the most that people read."
    assert findings(root) == [expected] * found


@pytest.mark.parametrize(("count", "passes"), [(119, False), (120, True), (250, True), (251, False)])
def test_body_has_120_to_250_words(root: Path, count: int, passes: bool) -> None:
    """Both limits belong to what is allowed; the finding stands on the line of the field."""
    change(root, "Texte", words("alpha", min(250, max(120, count))))
    line = change(root, "Body", words("alpha", count), ENGLISH)

    expected = f"knowledge/{ALPHA}:{line}: This text has {count} words; it needs 120 to 250."
    assert findings(root) == ([] if passes else [expected])


def test_french_marks_are_no_words() -> None:
    """A colon or a guillemet between spaces is not counted, a number is."""
    assert count_words("Le code\u202f: «\u202ftrois projets\u202f» en 2024 – déjà\u202f!") == 7


@pytest.mark.parametrize("field", ["Texte", "Concession", "Question en retour", "Exemple"])
def test_every_field_of_an_argument_is_written(root: Path, field: str) -> None:
    """A field that is missing in French is told at the line of the French part."""
    path = root / ALPHA
    french, english = path.read_text(encoding="utf-8").split(ENGLISH)
    kept = [section for section in french.split("\n## ") if not section.startswith(field)]
    path.write_text("\n## ".join(kept) + f"\n{ENGLISH}{english}", encoding="utf-8")

    assert findings(root) == [f'knowledge/{ALPHA}:6: The field "{field}" is missing in "# Français".']


def test_a_field_told_in_one_language_is_expected_in_the_other(root: Path) -> None:
    """The description of an argumentaire may be left out, but not in one language only."""
    replace_in(root / "argumentaires/direction.md", "# English", "## Description\n\nUn texte.\n\n# English")

    [finding] = findings(root)
    assert finding == 'knowledge/argumentaires/direction.md:22: The field "Description" is missing in "# English".'


def test_missing_language_is_a_problem(root: Path) -> None:
    """A reviewed text stands in both languages."""
    path = root / ALPHA
    path.write_text(path.read_text(encoding="utf-8").split(ENGLISH)[0], encoding="utf-8")

    assert findings(root) == [f'knowledge/{ALPHA}:1: The part "# English" is missing: people get the other language.']


def test_a_draft_gives_notices_only(root: Path) -> None:
    """Whatever a draft lacks is a notice, for its argumentaire too as long as that holds it."""
    replace_in(root / ALPHA, "answers:", "status: draft\nanswers:")
    for name in (ALPHA, "argumentaires/direction.md"):
        path = root / name
        path.write_text(path.read_text(encoding="utf-8").split(ENGLISH)[0], encoding="utf-8")

    assert findings(root) == [
        f'knowledge/{name}:1: notice: The part "# English" is missing: people get the other language.'
        for name in ("argumentaires/direction.md", ALPHA)
    ]


@pytest.mark.parametrize(
    ("french", "english", "passes"),
    [
        (390, 300, True),
        (391, 300, False),  # a long text, longer in French than the texts that people wrote ever are
        (340, 400, True),
        (339, 400, False),
        (160, 100, True),
        (161, 100, False),  # a short one
        (70, 100, True),
        (69, 100, False),
    ],
)
def test_languages_are_of_similar_length(root: Path, french: int, english: int, passes: bool) -> None:
    """A text that is much longer in one language is told where it is shorter, within limits that are allowed."""
    line = change(root, "Exemple", "x" * french)
    other = change(root, "Example", "x" * english, ENGLISH)

    assert [finding.split(" ")[0] for finding in findings(root)] == (
        [] if passes else [f"knowledge/{ALPHA}:{other if french > english else line}:"]
    )


def test_length_message_says_what_to_compare(root: Path) -> None:
    """The message names both fields, both lengths and the limits."""
    line = change(root, "Exemple", "x" * 69)
    change(root, "Example", "x" * 100, ENGLISH)

    assert findings(root) == [
        f'knowledge/{ALPHA}:{line}: "Example" says more than "Exemple": 69 characters in French, 100 in English; '
        "French is to be 0.70 to 1.60 times as long as English."
    ]
