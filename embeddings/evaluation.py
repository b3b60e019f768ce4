"""Measures recognition on labelled texts: the right objection first, and other texts declined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from embeddings.metrics import area_under_roc, expected_calibration_error, rank_of_first

_RESAMPLES = 2000  # of the paired bootstrap: the interval is stable to a tenth of a point
_SEED = 7
_COVERAGE = 0.90  # share of the objections that must be heard when false answers are counted


@dataclass(frozen=True, slots=True)
class Judgement:
    """One labelled text and what was recognised in it.

    `ranked` holds the objections, likeliest first, and `confidences` their probabilities; `heard` is the probability
    that the text raises any objection; `accepted` holds the labels that are right.
    """

    text: str
    language: str
    register: str
    group: str
    accepted: tuple[str, ...]
    is_objection: bool
    ranked: tuple[str, ...]
    confidences: tuple[float, ...]
    heard: float
    outcome: str

    @property
    def rank(self) -> int | None:
        """The rank of the first accepted objection."""
        return rank_of_first(self.ranked, self.accepted)

    @property
    def is_right(self) -> bool:
        """Whether the likeliest objection is an accepted one."""
        return self.rank == 1


@dataclass(frozen=True, slots=True)
class Recognition:
    """How well the objections of a slice of the texts are recognised."""

    name: str
    texts: int
    top_1: float
    top_3: float
    mean_reciprocal_rank: float


@dataclass(frozen=True, slots=True)
class Separation:
    """How well objections are told from background, and what the outcomes are."""

    objections: int
    background: int
    area_under_roc: float
    false_answers_at_coverage: float
    answered: float
    heard: float
    falsely_answered: float
    falsely_heard: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The difference in top-1 between two systems on the same texts: B minus A, with its 95 % interval."""

    difference: float
    low: float
    high: float
    probability_that_b_is_better: float


def recognition(name: str, judgements: Sequence[Judgement]) -> Recognition:
    """Return how well the objections among these texts are recognised."""
    ranks = [judgement.rank for judgement in judgements if judgement.is_objection]
    if not ranks:
        return Recognition(name, 0, float("nan"), float("nan"), float("nan"))
    return Recognition(
        name,
        texts=len(ranks),
        top_1=float(np.mean([rank == 1 for rank in ranks])),
        top_3=float(np.mean([rank is not None and rank <= 3 for rank in ranks])),
        mean_reciprocal_rank=float(np.mean([1 / rank if rank else 0.0 for rank in ranks])),
    )


def recognition_by(judgements: Sequence[Judgement], key: Callable[[Judgement], str]) -> list[Recognition]:
    """Return the recognition of each slice that `key` names, in the order of the names."""
    names = sorted({key(judgement) for judgement in judgements if judgement.is_objection})
    return [recognition(name, [one for one in judgements if key(one) == name]) for name in names]


def separation(judgements: Sequence[Judgement]) -> Separation:
    """Return how well objections are told from background."""
    objections = [judgement for judgement in judgements if judgement.is_objection]
    background = [judgement for judgement in judgements if not judgement.is_objection]
    positives = np.array([judgement.heard for judgement in objections])
    negatives = np.array([judgement.heard for judgement in background])
    area, false_answers = float("nan"), float("nan")  # there is nothing to separate where one side is empty
    if objections and background:
        area = area_under_roc(positives, negatives)
        false_answers = float((negatives >= np.quantile(positives, 1 - _COVERAGE)).mean())
    return Separation(
        objections=len(objections),
        background=len(background),
        area_under_roc=area,
        false_answers_at_coverage=false_answers,
        answered=_share(objections, ("answered",)),
        heard=_share(objections, ("answered", "confirm")),
        falsely_answered=_share(background, ("answered",)),
        falsely_heard=_share(background, ("answered", "confirm")),
    )


def calibration_error(judgements: Sequence[Judgement]) -> float:
    """Return the expected calibration error of the likeliest objection's confidence, over all the texts."""
    confidences = np.array([judgement.confidences[0] for judgement in judgements])
    return expected_calibration_error(confidences, np.array([judgement.is_right for judgement in judgements]))


def reliability(judgements: Sequence[Judgement], bins: int = 10) -> list[tuple[float, float, int]]:
    """Return for each bin of confidence its mean confidence, its accuracy and its number of texts."""
    confidences = np.array([judgement.confidences[0] for judgement in judgements])
    right = np.array([judgement.is_right for judgement in judgements])
    bin_of = np.minimum((confidences * bins).astype(int), bins - 1)
    return [
        (float(confidences[bin_of == number].mean()), float(right[bin_of == number].mean()), int(count))
        for number, count in enumerate(np.bincount(bin_of, minlength=bins))
        if count
    ]


def confusion(judgements: Sequence[Judgement], labels: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the counts of main label (row) against recognised objection (column): int64, shape (labels, labels)."""
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for judgement in judgements:
        if judgement.is_objection:
            found = judgement.accepted[0] if judgement.is_right else judgement.ranked[0]
            counts[labels.index(judgement.accepted[0]), labels.index(found)] += 1
    return counts


def compare(a: Sequence[Judgement], b: Sequence[Judgement]) -> Comparison:
    """Compare two systems on the same texts, in the same order, by paired bootstrap.

    Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993.
    """
    pairs = [(one.is_right, other.is_right) for one, other in zip(a, b, strict=True) if one.is_objection]
    differences = np.array([int(other) - int(one) for one, other in pairs], dtype=np.float64)
    dice = np.random.default_rng(_SEED)
    means = differences[dice.integers(0, len(differences), (_RESAMPLES, len(differences)))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    better = float((means > 0).mean() + (means == 0).mean() / 2)
    return Comparison(float(differences.mean()), float(low), float(high), better)


def _share(judgements: Sequence[Judgement], outcomes: Sequence[str]) -> float:
    return float(np.mean([judgement.outcome in outcomes for judgement in judgements])) if judgements else float("nan")
