"""Measures, on cases small enough to compute by hand."""

import numpy as np
import pytest

from embeddings.metrics import Floats, area_under_roc, discounted_gain, expected_calibration_error, rank_of_first


def numbers(*values: float) -> Floats:
    """Return the values as an array."""
    return np.array(values, dtype=np.float64)


def test_area_is_the_share_of_pairs_in_the_right_order() -> None:
    """Of the four pairs (3,2) (3,0) (1,2) (1,0), three are in order."""
    assert area_under_roc(numbers(3, 1), numbers(2, 0)) == pytest.approx(3 / 4)


def test_ties_count_half() -> None:
    """Of the six pairs, (2,2) and (2,2) are ties, (3,2) (3,2) (3,1) (2,1) are in order: (4 + 2/2) / 6."""
    assert area_under_roc(numbers(3, 2), numbers(2, 2, 1)) == pytest.approx(5 / 6)


@pytest.mark.parametrize(("positive", "negative", "area"), [(1, 0, 1.0), (0, 1, 0.0), (1, 1, 0.5)])
def test_area_at_its_extremes(positive: float, negative: float, area: float) -> None:
    """All above is 1, all below is 0, all equal is a coin's toss."""
    assert area_under_roc(numbers(*[positive] * 7), numbers(*[negative] * 3)) == area


def test_area_agrees_with_counting_pairs() -> None:
    """The rank formula equals the definition on random scores with many ties."""
    dice = np.random.default_rng(42)
    positives, negatives = dice.integers(0, 6, 40).astype(float), dice.integers(0, 5, 30).astype(float)
    pairs = positives[:, None] - negatives[None, :]
    assert area_under_roc(positives, negatives) == pytest.approx((pairs > 0).mean() + (pairs == 0).mean() / 2)


def test_calibration_error_is_the_weighted_gap_of_the_bins() -> None:
    """Bin 0.9: mean 0.95, all right of 3, gap 0.05; bin 0.5: 0.55, none right of 1, gap 0.55; so (3·0.05 + 0.55)/4."""
    confidences = numbers(0.95, 0.95, 0.95, 0.55)
    error = expected_calibration_error(confidences, np.array([True, True, True, False]))
    assert error == pytest.approx((3 * 0.05 + 0.55) / 4)


def test_a_confidence_of_one_falls_in_the_last_bin() -> None:
    """Certainty that is right has no gap."""
    assert expected_calibration_error(numbers(1.0, 1.0), np.array([True, True])) == 0


def test_the_number_of_bins_counts() -> None:
    """In one bin, a doubt that is right makes up for a certainty that is wrong; in two it does not."""
    confidences, correct = numbers(1.0, 0.0), np.array([False, True])
    assert expected_calibration_error(confidences, correct, bins=1) == 0
    assert expected_calibration_error(confidences, correct, bins=2) == 1


def test_the_rank_of_the_first_accepted_label() -> None:
    """Ranks start at 1, any accepted label counts, and none found is None."""
    assert rank_of_first(["a", "b", "c"], ["a"]) == 1
    assert rank_of_first(["a", "b", "c"], ["c", "b"]) == 2
    assert rank_of_first(["a", "b", "c"], ["d"]) is None
    assert rank_of_first([], ["a"]) is None


def test_the_best_order_gains_all() -> None:
    """Whatever the grades, nothing is better than best first."""
    assert discounted_gain(["a", "b", "c"], {"c": 1, "a": 3, "b": 2}) == pytest.approx(1)


def test_gain_is_discounted_by_the_place() -> None:
    """Grades 1 then 3 give 1/log2(2) + 7/log2(3), where 7/log2(2) + 1/log2(3) could be had."""
    reached, best = 1 + 7 / np.log2(3), 7 + 1 / np.log2(3)
    assert discounted_gain(["b", "a"], {"a": 3, "b": 1}) == pytest.approx(reached / best)


def test_what_comes_after_the_depth_gains_nothing() -> None:
    """An argument on the sixth place is not seen."""
    assert discounted_gain(["x", "y", "a"], {"a": 3}, depth=2) == 0
    assert discounted_gain([], {"a": 3}) == 0
