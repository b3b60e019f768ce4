"""Which rebuttals, in which order."""

import pytest

from app.decision import Match
from app.ranking import rank_arguments
from tests.fakes import make_argument

CONCURRENCE = Match("concurrence", 0.9, 0.8)
MAITRISE = Match("maitrise", 0.3, 0.7)

FIRST = make_argument("first", "concurrence")
SECOND = make_argument("second", "maitrise", "concurrence")
THIRD = make_argument("third", "impact", "maitrise", "concurrence")
OTHER = make_argument("other", "securite")


def test_arguments_of_other_objections_are_left_out() -> None:
    """Only what answers an objection that was raised is said."""
    assert [ranked.argument for ranked in rank_arguments([OTHER, FIRST], [CONCURRENCE], {})] == [FIRST]
    assert rank_arguments([OTHER], [CONCURRENCE], {"other": 1.0}) == []


def test_editors_order_stands_among_arguments_as_near() -> None:
    """An argument that answers the objection first of all comes before those that answer it besides."""
    ranked = rank_arguments([THIRD, SECOND, FIRST], [CONCURRENCE], {"first": 0.5, "second": 0.5, "third": 0.5})
    assert [one.argument for one in ranked] == [FIRST, SECOND, THIRD]
    assert ranked[0].confidence == CONCURRENCE.confidence
    assert ranked[0].confidence > ranked[1].confidence > ranked[2].confidence > 0


def test_nearness_breaks_ties() -> None:
    """Of two arguments with the same link, the one nearer to what was typed comes first, with its cosine."""
    twin = make_argument("a-twin", "concurrence")
    ranked = rank_arguments([twin, FIRST], [CONCURRENCE], {"first": 0.8, "a-twin": 0.7})
    assert [(one.argument.id, one.similarity) for one in ranked] == [("first", 0.8), ("a-twin", 0.7)]
    assert ranked[0].confidence == ranked[1].confidence, "nearness changes the order, not the probability"


def test_ties_in_everything_keep_one_order() -> None:
    """The same reply comes back on every replica, whatever the order of the files."""
    twins = [make_argument(f"twin-{number}", "concurrence") for number in range(5)]
    expected = [twin.id for twin in twins]
    for given in (twins, twins[::-1]):
        assert [ranked.argument.id for ranked in rank_arguments(given, [CONCURRENCE], {})] == expected


def test_what_was_shown_is_not_shown_again() -> None:
    """The next one takes its place, in the same order as before."""
    ranked = rank_arguments([FIRST, SECOND, THIRD], [CONCURRENCE], {}, shown=["first"])
    assert [one.argument for one in ranked] == [SECOND, THIRD]


def test_two_objections_are_both_answered() -> None:
    """The likelier objection leads, and each argument says which one it answers here."""
    control = make_argument("control", "maitrise")
    ranked = rank_arguments([control, FIRST], [CONCURRENCE, MAITRISE], {})
    assert [(one.argument.id, one.objection_id) for one in ranked] == [
        ("first", "concurrence"),
        ("control", "maitrise"),
    ]
    assert [one.confidence for one in ranked] == pytest.approx([0.9, 0.3])


def test_an_argument_answers_the_objection_for_which_it_counts_most() -> None:
    """It stands once: a likely second link (0.9 of the first objection) beats an unlikely first one (0.3)."""
    ranked = rank_arguments([SECOND], [CONCURRENCE, MAITRISE], {})
    assert [(one.argument.id, one.objection_id) for one in ranked] == [("second", "concurrence")]


def test_an_argument_with_many_links_is_ranked_too() -> None:
    """The seventh link is as strong as the last one that is weighed, and no error."""
    broad = make_argument("broad", "a", "b", "c", "d", "e", "f", "concurrence")
    assert 0 < rank_arguments([broad], [CONCURRENCE], {})[0].confidence < CONCURRENCE.confidence
