"""Pure measures of recognition, separation, calibration and ranking, on numpy arrays."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]


def area_under_roc(positives: Floats, negatives: Floats) -> float:
    """Return the probability that a positive scores above a negative, ties counting half (Mann-Whitney U)."""
    scores = np.concatenate([positives, negatives])
    order = np.argsort(scores, kind="stable")
    ranks = np.empty(len(scores))
    ranks[order] = np.arange(1, len(scores) + 1)
    values, inverse = np.unique(scores, return_inverse=True)
    mean_ranks = np.bincount(inverse, weights=ranks) / np.bincount(inverse, minlength=len(values))
    rank_sum = mean_ranks[inverse][: len(positives)].sum()
    return float((rank_sum - len(positives) * (len(positives) + 1) / 2) / (len(positives) * len(negatives)))


def expected_calibration_error(confidences: Floats, correct: npt.NDArray[np.bool_], bins: int = 10) -> float:
    """Return the mean gap between confidence and accuracy over equal-width bins, weighted by their size.

    Source: Guo et al., On Calibration of Modern Neural Networks, ICML 2017.
    """
    bin_of = np.minimum((confidences * bins).astype(int), bins - 1)
    gaps = [
        (bin_of == number).mean() * abs(confidences[bin_of == number].mean() - correct[bin_of == number].mean())
        for number in np.unique(bin_of)
    ]
    return float(sum(gaps))


def rank_of_first(ranked: Sequence[str], accepted: Sequence[str]) -> int | None:
    """Return the rank, from 1, of the first accepted label, or None when there is none."""
    return next((rank for rank, label in enumerate(ranked, start=1) if label in accepted), None)


def discounted_gain(ranked: Sequence[str], grades: Mapping[str, int], depth: int = 5) -> float:
    """Return the normalised discounted cumulative gain of the first `depth` items: 1 for the best possible order.

    A grade `g` is worth `2**g - 1`, divided by the logarithm of its place; an item without a grade is worth nothing.
    Source: Burges et al., Learning to Rank using Gradient Descent, ICML 2005.
    """
    best = sorted(grades.values(), reverse=True)
    reached = _gain([grades.get(item, 0) for item in ranked[:depth]])
    return reached / _gain(best[:depth])


def _gain(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / np.log2(place + 1) for place, grade in enumerate(grades, start=1)))
