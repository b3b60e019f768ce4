from pathlib import Path

import pytest

from knowledge.shown_texts import ShownText
from knowledge.typography import check_typography
from knowledge.values import Language

PATH = Path("knowledge/arguments/alpha.md")


def findings(text: str, language: Language, draft: bool = False) -> list[str]:
    """Give what is wrong in a text that starts on line 10, as people see it."""
    return [str(one) for one in check_typography(ShownText(text, language, "body", PATH, 10, draft))]


@pytest.mark.parametrize(
    "text",
    [
        "Qui décide\u202f? «\u202fNous\u202f», dit-elle\u202f: 40\u202f% d’entre eux\u202f; voilà\u202f!",
        "La norme ISO/IEC 5230:2020, à 10:30, au rapport 1:4.",
        "Vraiment\u202f?! Une date (?) à vérifier.",
        "Voir [la page](https://exemple.org/?a=1;b='2') ou <https://exemple.org/a?b> ou https://exemple.org/?q=\"a\".",
        "Le code `if a: 'b';  c?` et une image\u202f: ![schéma](a.png)",
        "- un point\n  - puis un autre  \nà la ligne",
    ],
)
def test_well_set_french_passes(text: str) -> None:
    """Narrow no-break spaces, ’ and « » pass; code, addresses, numbers and the marks of Markdown are left alone."""
    assert findings(text, Language.FR) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Aujourd'hui", "A straight apostrophe stands in “Aujourd'hui”: write ’."),
        ('dit "libre', 'A straight quote stands in “dit "libre”: write « and ».'),
        ("deux  espaces", "Two spaces stand in “deux espaces”: write one."),
        ("Qui ?", "A narrow no-break space (U+202F) is missing before a mark in “Qui ?”."),
        ("Qui?", "A narrow no-break space (U+202F) is missing before a mark in “Qui?”."),
        ("Oui\u00a0!", "A narrow no-break space (U+202F) is missing before a mark in “Oui !”."),
        ("Non ; non", "A narrow no-break space (U+202F) is missing before a mark in “Non ; non”."),
        ("Ceci : cela", "A narrow no-break space (U+202F) is missing before a mark in “Ceci : cela”."),
        ("en 2024: trois", "A narrow no-break space (U+202F) is missing before a mark in “en 2024: trois”."),
        ("40 % de", "A narrow no-break space (U+202F) is missing before a mark in “40 % de”."),
        ("«\u202fNous »", "A narrow no-break space (U+202F) is missing before a mark in “« Nous »”."),
        ("« Nous\u202f»", "A narrow no-break space (U+202F) is missing after « in “« Nous »”."),
    ],
)
def test_each_fault_in_french_is_told(text: str, message: str) -> None:
    """A mark or a space that is not as French texts write it is told once, with what to write."""
    assert findings(text, Language.FR) == [f"{PATH}:10: {message}"]


def test_well_set_english_passes() -> None:
    """English puts no space before its marks and uses “ ” and ’."""
    assert findings("It’s “ours”: 40% of them; why? Because!", Language.EN) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("It's ours", "A straight apostrophe stands in “It's ours”: write ’."),
        ('They say "ours', 'A straight quote stands in “They say "ours”: write “ and ”.'),
        ("Why\u202f?", "A space stands before a mark in “Why ?”: write none."),
    ],
)
def test_each_fault_in_english_is_told(text: str, message: str) -> None:
    """A mark or a space that is not as English texts write it is told once, with what to write."""
    assert findings(text, Language.EN) == [f"{PATH}:10: {message}"]


def test_finding_stands_on_its_own_line() -> None:
    """In a text of several lines, the line is that of the fault."""
    [finding] = findings("Un paragraphe.\n\nUn autre, aujourd'hui.", Language.FR)
    assert finding.startswith(f"{PATH}:12: ")


def test_draft_gives_notices() -> None:
    """A page may be imported with its straight apostrophes: its drafts are only told of them."""
    [finding] = findings("Aujourd'hui", Language.FR, draft=True)
    assert finding.startswith(f"{PATH}:10: notice: ")
