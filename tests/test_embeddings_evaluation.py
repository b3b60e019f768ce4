"""The measures of recognition, on judgements small enough to count by hand."""

import numpy as np
import pytest

from embeddings.evaluation import (
    Judgement,
    calibration_error,
    compare,
    confusion,
    recognition,
    recognition_by,
    reliability,
    separation,
)


def judged(
    right: str,
    ranked: str,
    *,
    confidence: float = 0.9,
    heard: float = 0.95,
    outcome: str = "answered",
    lang: str = "fr",
) -> Judgement:
    """Judge a text whose right labels and ranked objections are given as words."""
    accepted, order = tuple(right.split()), tuple(ranked.split())
    return Judgement(
        text=f"{right} {ranked}",
        language=lang,
        register="neutral",
        group="file",
        accepted=accepted,
        is_objection=accepted[0] != "background",
        ranked=order,
        confidences=(confidence, *(0.01 for _ in order[1:])),
        heard=heard,
        outcome=outcome,
    )


def test_recognition_counts_ranks_of_objections_only() -> None:
    """Ranks 1, 2 and 4 give top-1 of a third, top-3 of two thirds; background does not count."""
    found = recognition(
        "all", [judged("a", "a b c d"), judged("b", "a b c d"), judged("d", "a b c d"), judged("background", "a b c d")]
    )
    assert found.texts == 3
    assert found.top_1 == pytest.approx(1 / 3)
    assert found.top_3 == pytest.approx(2 / 3)
    assert found.mean_reciprocal_rank == pytest.approx((1 + 1 / 2 + 1 / 4) / 3)


def test_a_label_that_the_text_also_raises_is_right() -> None:
    """The second objection of a text, recognised first, is no mistake."""
    assert recognition("all", [judged("a b", "b a c")]).top_1 == 1


def test_recognition_by_splits_in_the_order_of_the_names() -> None:
    """Each slice has its own figures."""
    french, english = judged("a", "a b"), judged("a", "b a", lang="en")
    found = recognition_by([french, english], lambda one: one.language)
    assert [(one.name, one.top_1) for one in found] == [("en", 0.0), ("fr", 1.0)]


def test_separation_counts_false_answers_at_the_threshold_that_hears_nine_in_ten() -> None:
    """With objections heard at 0.1, 0.2 ... 1.0 the threshold is near 0.19: one background text of four is above it."""
    objections = [judged("a", "a b", heard=number / 10) for number in range(1, 11)]
    background = [
        judged("background", "a b", heard=heard, outcome=outcome)
        for heard, outcome in ((0.5, "answered"), (0.15, "confirm"), (0.1, "declined"), (0.05, "declined"))
    ]
    found = separation([*objections, *background])
    assert found.false_answers_at_coverage == 0.25
    assert (found.falsely_answered, found.falsely_heard) == (0.25, 0.5)
    # Of the forty pairs the objection is above in 5.5, 8.5, 9.5 and 10 (ties count half).
    assert found.area_under_roc == pytest.approx((5.5 + 9 + 9.5 + 10) / 40)


def test_confidence_that_says_the_truth_has_no_calibration_error() -> None:
    """Half of the texts right at a confidence of one half is no error, at a confidence of one it is one half."""
    honest = [judged("a", "a b", confidence=0.5), judged("a", "b a", confidence=0.5)]
    boasting = [judged("a", "a b", confidence=1.0), judged("a", "b a", confidence=1.0)]
    assert calibration_error(honest) == pytest.approx(0)
    assert calibration_error(boasting) == pytest.approx(0.5)
    assert reliability(honest) == [(0.5, 0.5, 2)]


def test_confusion_has_the_right_label_in_rows() -> None:
    """Each objection counts once, under its main label; an accepted second label counts as right."""
    counts = confusion([judged("a", "b a"), judged("a", "a b"), judged("b", "b a")], ["a", "b"])
    assert np.array_equal(counts, [[1, 1], [0, 1]])


def test_a_better_system_is_found_better_and_sure() -> None:
    """Forty mistakes mended and none made is an improvement that the bootstrap does not doubt."""
    a = [judged("a", "b a")] * 40 + [judged("a", "a b")] * 60
    b = [judged("a", "a b")] * 100
    found = compare(a, b)
    assert found.difference == pytest.approx(0.4)
    assert found.low > 0.25
    assert found.probability_that_b_is_better == 1


def test_a_system_compared_with_itself_is_neither_better_nor_worse() -> None:
    """No difference gives an interval of zero and a probability of one half."""
    a = [judged("a", "b a"), judged("a", "a b")]
    found = compare(a, a)
    assert (found.difference, found.low, found.high, found.probability_that_b_is_better) == (0, 0, 0, 0.5)
