from pathlib import Path

import pytest

from knowledge import InvalidKnowledgeError
from knowledge.shown_texts import ShownText
from knowledge.values import Language
from knowledge.word_list import check_words, read_word_list

PATH = Path("knowledge/arguments/alpha.md")
REAL = Path(__file__).resolve().parent.parent / "knowledge"

WORDS = """\
- avoid: [révolutionn*, il suffit d’]
  language: fr
  write: dites ce qui change.
- avoid: Communs Numériques
  language: fr
  write: des minuscules
- avoid: free software
  language: en
  write: open source software
  unless: Free Software Foundation
"""


def findings(root: Path, text: str, language: Language = Language.FR, attribute: str = "body") -> list[str]:
    """Give the words of a text that the list of a folder avoids, as people see it."""
    shown = ShownText(text, language, attribute, PATH, 10)
    return [str(finding) for finding in check_words(shown, read_word_list(root))]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a folder with a small word list."""
    (tmp_path / "words.yaml").write_text(WORDS, encoding="utf-8")
    return tmp_path


def test_word_is_told_with_its_suggestion(root: Path) -> None:
    """Each place where a word stands gives one finding, on its own line, whatever the ending and the capitals."""
    assert findings(root, "Révolutionnaire\u202f!\nDes idées révolutionnaires.") == [
        f"{PATH}:10: “Révolutionnaire” is to be avoided: dites ce qui change.",
        f"{PATH}:11: “révolutionnaires” is to be avoided: dites ce qui change.",
    ]


@pytest.mark.parametrize("text", ["il suffit d’un mot", "Il suffit d'un mot", "il\nsuffit d’un mot"])
def test_phrase_is_found_however_it_is_typed(root: Path, text: str) -> None:
    """The apostrophe, the capital and the line end between two words change nothing."""
    [finding] = findings(root, text)
    assert finding.startswith(f"{PATH}:10: “")


@pytest.mark.parametrize(
    "text",
    [
        "Une évolution, et des contrerévolutionnaires.",
        "«\u202fUne idée révolutionnaire\u202f», dit l’étude.",
        "Voir [la page](https://exemple.org/revolution/révolutionnaire).",
        "Des communs numériques.",
        "It is revolutionnary free.",
    ],
)
def test_other_words_are_left_alone(root: Path, text: str) -> None:
    """Parts of words, quotations, addresses and small letters where the list has capitals are no findings."""
    assert findings(root, text) == []


def test_capitals_in_the_list_are_minded(root: Path) -> None:
    """A phrase that the list writes with capitals is told only with them."""
    assert len(findings(root, "Les Communs Numériques.")) == 1


def test_each_language_has_its_words(root: Path) -> None:
    """A French word is allowed in English, and the other way round."""
    assert findings(root, "free software") == []
    assert len(findings(root, "free software", Language.EN)) == 1


def test_a_name_is_allowed_and_nothing_else(root: Path) -> None:
    """What follows `unless` is right in that name only."""
    [finding] = findings(root, "The Free Software Foundation\non free software.", Language.EN)
    assert finding.startswith(f"{PATH}:11: ")


def test_advice_on_what_not_to_say_is_left_alone(root: Path) -> None:
    """The field that says what to avoid may name it."""
    assert findings(root, "Ne dites pas qu’il suffit d’un mot.", attribute="avoid") == []


def test_no_list_avoids_nothing(tmp_path: Path) -> None:
    """A folder without a word list has nothing to avoid."""
    assert findings(tmp_path, "révolutionnaire") == []


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("- avoid: mot\n  language: fr\n", 1),
        ("- avoid: mot\n  write: autre\n  language: de\n", 1),
        ("- avoid: []\n  write: autre\n  language: fr\n", 1),
        ("- avoid: [12]\n  write: autre\n  language: fr\n", 1),
        ("- avoid: mot\n  write: autre\n  language: fr\n  unless: []\n", 1),
        ("- avoid: mot\n  write: autre\n  language: fr\n  instead: x\n", 4),
        ("avoid: mot\n", 1),
        ("- avoid: [mot\n", 1),
    ],
)
def test_faulty_list_is_a_plain_problem(tmp_path: Path, entry: str, line: int) -> None:
    """An entry that cannot be read is one problem, with its line."""
    (tmp_path / "words.yaml").write_text(entry, encoding="utf-8")

    with pytest.raises(InvalidKnowledgeError) as caught:
        read_word_list(tmp_path)
    assert [problem.line for problem in caught.value.problems] == [line]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Un outil incontournable.", Language.FR),
        ("Un vrai game-changer.", Language.FR),
        ("Une idée révolutionnaire.", Language.FR),
        ("Il suffit de contribuer.", Language.FR),
        ("Les communs numérique.", Language.FR),
        ("Un logiciel open-source.", Language.FR),
        ("An open-source tool.", Language.EN),
        ("A digital common is shared.", Language.EN),
        ("A groundbreaking idea.", Language.EN),
    ],
)
def test_the_list_of_the_project_has_its_words(text: str, language: Language) -> None:
    """The list of the project avoids the words that it was made for."""
    assert len(findings(REAL, text, language)) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Un commun numérique, des communs numériques, un logiciel open source, un argumentaire.", Language.FR),
        ("A digital commons, the Digital Commons EDIC, open source under the GNU General Public License.", Language.EN),
    ],
)
def test_the_list_of_the_project_lets_its_own_terms_pass(text: str, language: Language) -> None:
    """The terms that the list recommends are not in it."""
    assert findings(REAL, text, language) == []
