"""Each channel is judged by calibrations that never saw the text."""

from collections.abc import Sequence

import numpy as np
import pytest

from embeddings.recognition import Evidence
from knowledge import Language, Phrasing
from scripts.ablation import FOLDS, DevSet, gather, judge_across, variants
from tests.fakes import small_responder

LABELS = ("concurrence", "maitrise", "hors-sujet")


def phrasing(label: str, author: str, number: int) -> Phrasing:
    """Return a labelled text."""
    return Phrasing(f"text {number}", Language.FR, label, (), "neutral", author, "dev")


def dev_set(similarities: Sequence[Sequence[float]], lexical: Sequence[Sequence[float]]) -> DevSet:
    """Return ninety texts, thirty a label, by ten authors."""
    labels = [LABELS[number % 3] for number in range(90)]
    texts = [phrasing(label, f"author {number % 10}", number) for number, label in enumerate(labels)]
    evidence = Evidence(LABELS, np.array(similarities, dtype=np.float32), np.array(lexical, dtype=np.float32))
    return DevSet(texts, evidence, ("hors-sujet",))


@pytest.fixture
def noise() -> np.ndarray:
    """Return what says nothing of the labels: float32, shape (90, 3)."""
    return np.random.default_rng(5).normal(0, 0.1, (90, 3)).astype(np.float32)


def test_a_channel_that_says_everything_is_found_out(noise: np.ndarray) -> None:
    """The nearest phrasings are right, the words are noise: without the first nothing is left."""
    truth = np.eye(3)[[number % 3 for number in range(90)]]
    found = {name: judge_across(one) for name, one in variants(dev_set(truth.tolist(), noise.tolist())).items()}
    right = {name: np.mean([one.is_right for one in judged if one.is_objection]) for name, judged in found.items()}
    assert right["both channels"] == right["nearest phrasings alone"] == 1
    assert right["words alone"] < 0.8


def test_no_text_is_judged_by_a_calibration_that_saw_its_author(monkeypatch: pytest.MonkeyPatch) -> None:
    """The authors of the objections that a calibration is fitted on are not those it judges."""
    from scripts import ablation

    fitted: list[set[str]] = []
    judged: list[tuple[int, str]] = []
    fit, judge = ablation._fit, ablation._judge

    def spy_fit(dev: DevSet, rows: np.ndarray) -> object:
        fitted.append({dev.texts[row].author for row in rows if dev.texts[row].label != "hors-sujet"})
        return fit(dev, rows)

    def spy_judge(dev: DevSet, row: int, calibration: object) -> object:
        judged.append((len(fitted) - 1, dev.texts[row].author if dev.texts[row].label != "hors-sujet" else ""))
        return judge(dev, row, calibration)  # type: ignore[arg-type]

    monkeypatch.setattr(ablation, "_fit", spy_fit)
    monkeypatch.setattr(ablation, "_judge", spy_judge)
    truth = np.eye(3)[[number % 3 for number in range(90)]].tolist()
    judge_across(dev_set(truth, truth))
    assert len(fitted) == FOLDS
    assert len(judged) == 90
    assert all(author not in fitted[fold] for fold, author in judged)


def test_only_texts_with_a_label_that_is_recognised_are_gathered() -> None:
    """Moves and objections of other argumentaires are measured elsewhere."""
    texts = [phrasing("concurrence", "a", 1), phrasing("another", "a", 2), phrasing("hors-sujet", "a", 3)]
    gathered = gather(small_responder(), texts)
    assert [text.label for text in gathered.texts] == ["concurrence", "hors-sujet"]
    assert gathered.evidence.similarities.shape == (2, len(gathered.evidence.labels))
