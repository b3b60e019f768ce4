import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.wording import ID_PATTERN, comparable, plain, shorten, slug, unique


@pytest.mark.parametrize(
    "typed",
    [
        "L'an « 2 » (bien) est là ?",
        "L’an «\u00a02\u00a0» (bien)  est la\u0300\u00a0?",
        'L\'an "2" \\(bien\\) est là? ;',
        "L’an “2” (bien)\nest là ?.",
    ],
)
def test_typing_makes_no_difference(typed: str) -> None:
    """Apostrophes, quotes, spaces, Unicode forms, escapes and closing marks do not tell two sentences apart."""
    assert comparable(typed) == 'L\'an "2" (bien) est là?'


def test_words_make_a_difference() -> None:
    """Two sentences that differ in a word, an accent or a capital are different."""
    assert len({comparable(text) for text in ("Le cas", "Le càs", "le cas", "Les cas")}) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sa contribution aux communs pourrait bénéficier", "contribution-communs-beneficier"),
        ("Il/Elle n’est pas convaincu.e par le potentiel", "pas-convaincu-potentiel"),
        ("Œuvrer à l’œil nu", "oeuvrer-oeil-nu"),
        ("un deux trois quatre cinq six sept", "deux-trois-quatre-cinq-six"),
        ("de la ?", "texte"),
        ("日本", "texte"),
        ("2019", "texte"),
        ("null", "texte"),
    ],
)
def test_slug_keeps_the_words_that_matter(text: str, expected: str) -> None:
    """An id holds the first five words without accents and without the small words of French."""
    assert slug(text) == expected


@given(st.text())
def test_slug_is_an_id(text: str) -> None:
    """Any text gives a valid id."""
    assert ID_PATTERN.fullmatch(slug(text))


def test_unique_counts_up() -> None:
    """A taken id gets the first number that makes it free."""
    assert unique("a", ()) == "a"
    assert unique("a", ("a", "a-2")) == "a-3"


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("deux  mots", 9, "deux mots"),
        ("deux mots", 8, "deux…"),
        ("anticonstitutionnellement", 8, "anticon…"),
    ],
)
def test_shorten_cuts_at_a_word(text: str, limit: int, expected: str) -> None:
    """A long text is cut at a word, and within one only when it is the first."""
    assert shorten(text, limit) == expected


@given(st.text(), st.integers(min_value=8, max_value=40))
def test_shorten_keeps_to_the_limit(text: str, limit: int) -> None:
    """No text is longer than the limit."""
    assert len(shorten(text, limit)) <= limit


def test_plain_drops_accents_and_case() -> None:
    """Headings are compared without case and accents."""
    assert plain(" Écho ") == "echo"
