"""The lexical channel: what words alone tell, and what survives the disk."""

from pathlib import Path

import numpy as np
import pytest

from embeddings.errors import MissingBuildError
from embeddings.lexical import LexicalClassifier

TEXTS = (
    "nos concurrents vont en profiter",
    "les concurrents vont tout copier",
    "la concurrence va copier notre travail",
    "on perd le contrôle du projet",
    "nous perdons la maîtrise et le contrôle",
    "qui garde le contrôle du projet",
    "quel temps fait-il demain",
    "il fait quel temps aujourd'hui",
)
LABELS = (*["concurrence"] * 3, *["maitrise"] * 3, *["hors-sujet"] * 2)


@pytest.fixture(scope="module")
def fitted() -> LexicalClassifier:
    """Give a classifier of three labels."""
    return LexicalClassifier.fit(TEXTS, LABELS)


def test_words_tell_the_labels_apart(fitted: LexicalClassifier) -> None:
    """A text that nobody typed before takes the label with which it shares words."""
    found = fitted.log_probabilities(["un concurrent va copier", "qui a le contrôle ?", "et demain, quel temps ?"])
    assert [fitted.labels[column] for column in found.argmax(axis=1)] == ["concurrence", "maitrise", "hors-sujet"]


def test_two_labels_are_told_apart_too() -> None:
    """With two labels the weights have one row a label all the same."""
    pair = LexicalClassifier.fit(TEXTS[:6], LABELS[:6])
    found = pair.log_probabilities(TEXTS[:6])
    assert [pair.labels[column] for column in found.argmax(axis=1)] == list(LABELS[:6])
    assert np.exp(found).sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_accents_and_capitals_do_not_count(fitted: LexicalClassifier) -> None:
    """People type without accents, or in capitals."""
    plain, shouted = fitted.log_probabilities(["le contrôle du projet", "LE CONTROLE DU PROJET"])
    assert np.array_equal(plain, shouted)


def test_rows_are_the_logarithms_of_probabilities(fitted: LexicalClassifier) -> None:
    """Each row sums to 1, even for a text that shares no piece with any other."""
    found = fitted.log_probabilities([*TEXTS, "", "@@@", "xyz " * 500])
    assert found.shape == (len(TEXTS) + 3, 3)
    assert found.dtype == np.float32
    assert np.exp(found).sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_what_was_saved_answers_the_same(fitted: LexicalClassifier, tmp_path: Path) -> None:
    """A classifier that went through the disk gives equal probabilities to the last bit."""
    fitted.save(tmp_path)
    loaded = LexicalClassifier.load(tmp_path)
    texts = [*TEXTS, "", "copier le contrôle", "🙂"]
    assert loaded.labels == fitted.labels
    assert np.array_equal(loaded.log_probabilities(texts), fitted.log_probabilities(texts))


def test_a_missing_classifier_is_a_missing_build(tmp_path: Path) -> None:
    """An empty folder says what to run."""
    with pytest.raises(MissingBuildError, match=r"^The lexical channel cannot be read .*Run: make build$"):
        LexicalClassifier.load(tmp_path)


@pytest.mark.parametrize("name", ["lexical.json", "lexical.npz"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[]", b"{}", b'{"labels": null, "vocabularies": 3}', b"PK\x03\x04cut"]
)
def test_a_damaged_file_is_a_missing_build(
    fitted: LexicalClassifier, tmp_path: Path, name: str, content: bytes
) -> None:
    """Whatever stands in one of its files, the classifier is read or called unreadable in one sentence."""
    fitted.save(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(MissingBuildError, match=r"^The lexical channel cannot be read"):
        LexicalClassifier.load(tmp_path)


def test_weights_cut_short_are_a_missing_build(fitted: LexicalClassifier, tmp_path: Path) -> None:
    """A file of weights that ends too early is refused wherever it ends."""
    fitted.save(tmp_path)
    whole = (tmp_path / "lexical.npz").read_bytes()
    for length in range(0, len(whole), 97):
        (tmp_path / "lexical.npz").write_bytes(whole[:length])
        with pytest.raises(MissingBuildError):
            LexicalClassifier.load(tmp_path)
