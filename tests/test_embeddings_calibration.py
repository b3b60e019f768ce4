"""Probabilities from evidence, and thresholds that hold the rates they promise."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from embeddings.calibration import (
    FALSE_ANSWER_RATE,
    FALSE_HEARING_RATE,
    WRONG_OBJECTION_RATE,
    Calibration,
    fit_calibration,
    objection_probability,
)
from embeddings.errors import MissingBuildError
from embeddings.recognition import Evidence

LABELS = ("concurrence", "maitrise", "hors-sujet")
BACKGROUND = ("hors-sujet",)


def evidence(similarities: npt.ArrayLike, lexical: npt.ArrayLike | None = None) -> Evidence:
    """Return evidence over the three labels; without words, each label is as likely."""
    cosines = np.asarray(similarities, dtype=np.float32)
    words = np.full_like(cosines, -1.0) if lexical is None else np.asarray(lexical, dtype=np.float32)
    return Evidence(LABELS, cosines, words)


def noisy_evidence(texts: int, noise: float) -> tuple[Evidence, list[tuple[str, ...]]]:
    """Return texts whose right label is nearer than the others by 0.2, and blurred by the noise, with their labels."""
    dice = np.random.default_rng(42)
    right = np.arange(texts) % len(LABELS)
    cosines = np.full((texts, len(LABELS)), 0.5)
    cosines[np.arange(texts), right] += 0.2
    blurred = cosines + dice.normal(0, noise, cosines.shape)
    words = np.log(dice.dirichlet(np.ones(len(LABELS)), texts))
    return evidence(blurred, words), [(LABELS[label],) for label in right]


def test_probabilities_are_the_softmax_of_the_weighted_channels() -> None:
    """By hand: scores 10·0.3 + 2·(-1) = 1, 10·0.2 + 2·(-0.5) = 1, and 10·0 + 2·0 - 1 = -1 for the background."""
    calibration = Calibration(10, 2, -1, 1, 1, 1, 0)
    found = calibration.probabilities(evidence([[0.3, 0.2, 0.0]], [[-1, -0.5, 0]]), BACKGROUND)
    scores = np.exp([1.0, 1.0, -1.0])
    assert found == pytest.approx(scores[None, :] / scores.sum(), rel=1e-6)


def test_probabilities_sum_to_one_however_large_the_scores() -> None:
    """Nothing overflows."""
    found = Calibration(1e6, 0, 0, 1, 1, 1, 0).probabilities(evidence([[1, -1, 0], [0, 0, 0]]), BACKGROUND)
    assert found.sum(axis=1) == pytest.approx([1, 1])
    assert found[0].tolist() == [1, 0, 0]


def test_an_objection_is_heard_as_the_sum_over_objections() -> None:
    """A text that hesitates between two objections is still an objection."""
    assert objection_probability(np.array([[0.4, 0.5, 0.1]]), LABELS, BACKGROUND) == pytest.approx([0.9])


def test_separable_texts_are_told_apart_with_confidence() -> None:
    """When the right label is always the nearest, the fit gives it nearly all the probability."""
    clean, accepted = noisy_evidence(90, noise=0.005)
    calibration = fit_calibration(clean, accepted, BACKGROUND)
    found = calibration.probabilities(clean, BACKGROUND)
    right = [LABELS.index(labels[0]) for labels in accepted]
    assert found.argmax(axis=1).tolist() == right
    assert found[np.arange(90), right].min() > 0.99
    assert calibration.fitted_on == 90


def test_confidence_is_as_often_right_as_it_says() -> None:
    """On noisy texts the mean confidence is the share that is right, to a few hundredths."""
    noisy, accepted = noisy_evidence(900, noise=0.15)
    found = fit_calibration(noisy, accepted, BACKGROUND).probabilities(noisy, BACKGROUND)
    right = np.array([LABELS[column] in labels for column, labels in zip(found.argmax(axis=1), accepted, strict=True)])
    assert 0.5 < right.mean() < 0.9
    assert found.max(axis=1).mean() == pytest.approx(right.mean(), abs=0.03)


def test_thresholds_hold_the_rates_they_are_made_for() -> None:
    """On the texts of the fit, no more than the stated shares are answered or heard in error, and no more is lost."""
    noisy, accepted = noisy_evidence(900, noise=0.15)
    calibration = fit_calibration(noisy, accepted, BACKGROUND)
    found = calibration.probabilities(noisy, BACKGROUND)
    heard = objection_probability(found, LABELS, BACKGROUND)
    nobodys = np.array([labels == BACKGROUND for labels in accepted])
    step = 0.001
    for threshold, rate in (
        (calibration.answer_threshold, FALSE_ANSWER_RATE),
        (calibration.confirm_threshold, FALSE_HEARING_RATE),
    ):
        assert (heard[nobodys] >= threshold).mean() <= rate
        assert (heard[nobodys] >= threshold - step).mean() > rate, "a lower threshold would do: this one loses answers"
    assert calibration.confirm_threshold < calibration.answer_threshold


def test_answers_that_are_sure_enough_are_rarely_of_the_wrong_objection() -> None:
    """Among objections whose likeliest label reaches the threshold, at most the stated share is mistaken."""
    noisy, accepted = noisy_evidence(900, noise=0.15)
    calibration = fit_calibration(noisy, accepted, BACKGROUND)
    objections = calibration.probabilities(noisy, BACKGROUND)[:, :2]
    of_objections = np.array([labels != BACKGROUND for labels in accepted])
    sure = of_objections & (objections.max(axis=1) >= calibration.which_threshold)
    wrong = [LABELS[objections[row].argmax()] not in accepted[row] for row in np.flatnonzero(sure)]
    assert sure.any()
    assert np.mean(wrong) <= WRONG_OBJECTION_RATE


def test_a_second_right_label_counts_as_right() -> None:
    """Texts that raise two objections do not teach the fit to doubt them."""
    texts = evidence([[0.7, 0.7, 0.1]] * 20 + [[0.1, 0.1, 0.7]] * 20)
    both = [("concurrence", "maitrise")] * 20 + [("hors-sujet",)] * 20
    calibration = fit_calibration(texts, both, BACKGROUND)
    heard = objection_probability(calibration.probabilities(texts, BACKGROUND), LABELS, BACKGROUND)
    assert heard[:20].min() > 0.99
    assert heard[20:].max() < 0.01


def test_a_calibration_comes_back_as_it_was(tmp_path: Path) -> None:
    """Every weight and threshold survives the disk to the last bit."""
    calibration = Calibration(19.123456789, 0.1, -1.7, 0.9, 0.5, 0.45, 1035)
    calibration.save(tmp_path)
    assert Calibration.load(tmp_path) == calibration


@pytest.mark.parametrize(
    "content", [None, b"", b"\xff", b"[1, 2]", b"null", b'{"similarity_weight": 1}', b'{"more": 1}']
)
def test_an_unreadable_calibration_is_a_missing_build(tmp_path: Path, content: bytes | None) -> None:
    """A file that is gone or damaged is one sentence that says what to run."""
    if content is not None:
        (tmp_path / "calibration.json").write_bytes(content)
    with pytest.raises(MissingBuildError, match=r"^The calibration cannot be read \(.*\)\. Run: make build$"):
        Calibration.load(tmp_path)
