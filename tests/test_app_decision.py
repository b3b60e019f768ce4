"""Each outcome, from probabilities set by hand."""

import numpy as np
import pytest

from app.decision import MAX_MATCHES, Decision, Match, Outcome, decide
from embeddings.calibration import Calibration

LABELS = ("a", "b", "c", "d", "salutation", "elsewhere", "hors-sujet")
BACKGROUND = ("salutation", "elsewhere", "hors-sujet")
ANSWER, CONFIRM, WHICH = 0.8, 0.5, 0.4


def decision(**probabilities: float) -> Decision:
    """Decide on these probabilities; what is left over is the background's, and a label's cosine is half of its own."""
    found = np.array([probabilities.get(label.replace("-", "_"), 0.0) for label in LABELS])
    found[-1] += 1 - found.sum()
    return decide(
        LABELS,
        found,
        (found / 2).astype(np.float32),
        small_talk=("salutation",),
        background=BACKGROUND,
        calibration=Calibration(1, 1, 0, ANSWER, CONFIRM, WHICH, fitted_on=0),
    )


@pytest.mark.parametrize(
    ("probabilities", "outcome"),
    [
        ({"a": 0.9}, Outcome.ANSWERED),
        ({"a": 0.8}, Outcome.ANSWERED),  # the threshold itself is enough
        ({"a": 0.45, "b": 0.4}, Outcome.ANSWERED),  # heard as a sum, sure enough of which
        ({"a": 0.3, "b": 0.3, "c": 0.3}, Outcome.CONFIRM),  # heard, but which?
        ({"a": 0.79}, Outcome.CONFIRM),
        ({"a": 0.5}, Outcome.CONFIRM),
        ({"a": 0.49}, Outcome.DECLINED),
        ({}, Outcome.DECLINED),
        ({"salutation": 0.9}, Outcome.SMALL_TALK),
        ({"salutation": 0.4, "a": 0.3, "b": 0.29}, Outcome.SMALL_TALK),  # the likeliest, and no answer is due
        ({"salutation": 0.15, "a": 0.85}, Outcome.ANSWERED),
        ({"salutation": 0.4, "a": 0.6}, Outcome.CONFIRM),
        ({"elsewhere": 0.9}, Outcome.DECLINED),  # small talk that this argumentaire does not hold
    ],
)
def test_the_outcome_follows_from_the_bands(probabilities: dict[str, float], outcome: Outcome) -> None:
    """Answer when an objection is heard and which one is clear; ask, talk or decline below."""
    assert decision(**probabilities).outcome is outcome


def test_matches_are_the_likeliest_objections_first() -> None:
    """Up to three, each with its probability and its cosine; labels that are nobody's objection are no match."""
    found = decision(a=0.1, b=0.6, c=0.05, d=0.2, salutation=0.03)
    assert [match.objection_id for match in found.matches] == ["b", "d", "a"]
    assert len(found.matches) == MAX_MATCHES
    assert found.matches[0].confidence == pytest.approx(0.6)
    assert found.matches[0].similarity == pytest.approx(0.3)


def test_a_declined_text_keeps_its_nearest_themes() -> None:
    """They are what can be suggested."""
    assert [match.objection_id for match in decision(c=0.2, a=0.1).matches] == ["c", "a", "b"]


def test_small_talk_is_named_and_matches_nothing() -> None:
    """The reply is found by its id."""
    found = decision(salutation=0.9, a=0.1)
    assert (found.small_talk_id, found.matches) == ("salutation", ())


def test_only_likely_objections_are_raised_beside_the_first() -> None:
    """A text may raise two; a third at one chance in ten is not answered."""
    found = decision(a=0.5, b=0.3, c=0.1)
    assert [match.objection_id for match in found.raised] == ["a", "b"]


def test_the_first_is_raised_however_unsure() -> None:
    """There is always one to speak of."""
    unsure = Decision(Outcome.CONFIRM, (Match("a", 0.1, 0.5), Match("b", 0.09, 0.4)))
    assert [match.objection_id for match in unsure.raised] == ["a"]


def test_without_objections_nothing_is_answered() -> None:
    """An argumentaire that holds no objection declines, whatever is heard."""
    calibration = Calibration(1, 1, 0, 0.0, 0.0, 0.0, fitted_on=0)
    one = np.ones(1)
    found = decide(("hors-sujet",), one, one.astype(np.float32), (), ("hors-sujet",), calibration)
    assert (found.outcome, found.matches) == (Outcome.DECLINED, ())
