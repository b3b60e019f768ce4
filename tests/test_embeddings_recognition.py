"""Evidence from both channels, by hand."""

import numpy as np
import pytest

from embeddings.encoder import Vectors
from embeddings.index import VectorIndex
from embeddings.lexical import LexicalClassifier
from embeddings.recognition import NEAREST, Recogniser

TEXTS = ("nos concurrents copient tout", "ces concurrents copient", "perdre le contrôle", "garder le contrôle")
LEXICAL = LexicalClassifier.fit(TEXTS, ("concurrence", "concurrence", "maitrise", "maitrise"))
EAST = np.array([[1.0, 0.0]], dtype=np.float32)


def at_cosine(*cosines: float) -> Vectors:
    """Return unit vectors whose cosine to the east is given."""
    return np.array([[cosine, (1 - cosine**2) ** 0.5] for cosine in cosines], dtype=np.float32)


def test_similarity_is_the_mean_of_the_five_nearest_phrasings() -> None:
    """Of seven phrasings the best five count: (0.9 + 0.8 + 0.7 + 0.6 + 0.5) / 5, and the two far ones do not."""
    index = VectorIndex(["concurrence"] * 7, at_cosine(0.5, 0.9, -0.8, 0.7, 0.6, 0.1, 0.8))
    evidence = Recogniser(index, LEXICAL).evidence(["x"], EAST, ["concurrence"])
    assert NEAREST == 5
    assert evidence.similarities == pytest.approx(np.array([[0.7]]), abs=1e-6)


def test_a_label_with_few_phrasings_takes_the_mean_of_them_all() -> None:
    """Two phrasings at 1 and 0 make 0.5: nothing is made up for the missing ones."""
    index = VectorIndex(["maitrise", "concurrence", "maitrise"], at_cosine(1, 0.3, 0))
    evidence = Recogniser(index, LEXICAL).evidence(["x"], EAST, ["concurrence", "maitrise"])
    assert evidence.similarities == pytest.approx(np.array([[0.3, 0.5]]), abs=1e-6)


def test_a_label_without_phrasings_is_near_nothing() -> None:
    """Its column is zero, and the others are as they would be without it."""
    index = VectorIndex(["concurrence"], at_cosine(0.4))
    evidence = Recogniser(index, LEXICAL).evidence(["x"], EAST, ["new", "concurrence"])
    assert evidence.similarities == pytest.approx(np.array([[0.0, 0.4]]), abs=1e-6)


def test_columns_follow_the_labels_asked_for() -> None:
    """Order and choice of labels are the caller's; both channels follow."""
    index = VectorIndex(["concurrence", "maitrise"], at_cosine(0.2, 0.6))
    recogniser = Recogniser(index, LEXICAL)
    there = recogniser.evidence(["copient"], EAST, ["concurrence", "maitrise"])
    back = recogniser.evidence(["copient"], EAST, ["maitrise", "concurrence"])
    assert back.labels == ("maitrise", "concurrence")
    assert np.array_equal(back.similarities, there.similarities[:, ::-1])
    assert np.array_equal(back.lexical, there.lexical[:, ::-1])


def test_the_lexical_channel_is_passed_on() -> None:
    """Each text has its log-probabilities, in the columns of the labels."""
    index = VectorIndex(["concurrence", "maitrise"], at_cosine(0.2, 0.6))
    texts = ["copient", "contrôle"]
    evidence = Recogniser(index, LEXICAL).evidence(texts, np.repeat(EAST, 2, axis=0), ["maitrise", "concurrence"])
    expected = LEXICAL.log_probabilities(texts)[:, [LEXICAL.labels.index(label) for label in evidence.labels]]
    assert np.array_equal(evidence.lexical, expected)


def test_words_say_nothing_when_one_of_the_labels_is_new_to_them() -> None:
    """An objection without phrasings to learn from is not held unlikely for it: nearness alone decides."""
    index = VectorIndex(["concurrence", "new"], at_cosine(0.2, 0.6))
    evidence = Recogniser(index, LEXICAL).evidence(["contrôle"], EAST, ["concurrence", "new"])
    assert np.array_equal(evidence.lexical, [[0, 0]])


def test_labels_are_those_that_have_a_phrasing() -> None:
    """Each label is named once, in the order of its first phrasing."""
    index = VectorIndex(["b", "a", "b"], at_cosine(0.1, 0.2, 0.3))
    assert Recogniser(index, LEXICAL).labels == ("b", "a")
