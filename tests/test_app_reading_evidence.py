"""How the strength, the age and the caveat of a source are told."""

from dataclasses import replace

import pytest

from app.reading.evidence import best_grade, view_source
from knowledge import Grade
from tests.fakes import EN, FR, small_knowledge

STUDY = small_knowledge().sources["etude"]
WORKSHOP = small_knowledge().sources["atelier"]


def test_a_source_is_told_whole() -> None:
    """Who, when and where; the grade in words; the DOI rather than the address."""
    told = view_source(STUDY, FR, 1995)
    assert told.reference == "Elinor Ostrom et Charlotte Hess, 1990, Journal of Commons"
    assert (told.grade.letter, told.grade.word) == ("A", "étude relue par des pairs, norme ou loi")
    assert told.url == "https://doi.org/10.1000/commons"
    assert told.checked == "document ou résumé lu."


@pytest.mark.parametrize(("year", "says"), [(1994, ""), (1995, ""), (1996, "1990"), (2026, "1990")])
def test_a_source_of_more_than_five_years_says_so(year: int, says: str) -> None:
    """Five years old is recent still."""
    french, english = view_source(STUDY, FR, year).age, view_source(STUDY, EN, year).age
    assert (
        (french, english) == ("", "")
        if not says
        else (
            "Source de 1990\u202f: elle a plus de cinq ans.",
            "Source from 1990: more than five years old.",
        )
    )


def test_a_source_without_a_year_says_so_and_is_not_called_old() -> None:
    """Nobody knows how old it is; an organisation that publishes itself is named once."""
    told = view_source(WORKSHOP, FR, 2026)
    assert told.reference == "Lab SoNum, s.\u202fd."
    assert told.age == ""
    assert told.checked == "cité de mémoire, reste à relire."
    assert view_source(small_knowledge().sources["loi"], EN, 2026).reference == "République française, n.d."


def test_a_caveat_in_one_language_is_told_in_it() -> None:
    """A reader in the other language gets it all the same, marked as what it is."""
    told = view_source(replace(STUDY, caveats={FR: "Étude ancienne."}), EN, 2026)
    assert (told.caveat, told.caveat_language) == ("Étude ancienne.", FR)
    assert view_source(WORKSHOP, EN, 2026).caveat == ""


def test_the_best_evidence_gives_the_grade() -> None:
    """One strong source among weak ones is what an argument stands on."""
    weak, strong = replace(STUDY, grade=Grade.C), replace(STUDY, grade=Grade.B)
    best = best_grade([weak, strong, WORKSHOP], EN)
    assert best is not None and (best.letter, best.word) == ("B", "public report or large survey")
    assert best_grade([], EN) is None
