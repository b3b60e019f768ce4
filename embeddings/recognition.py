"""Recognises the label of a text from two channels: its nearest phrasings, and its words.

The whole decision is explainable: P(label) is the softmax of `a * s + b * l + c`, where s is the mean cosine of the
label's nearest phrasings, l the log-probability that the lexical channel gives it, and c a bias for labels that are
nobody's objection. `embeddings.calibration` fits a, b and c by maximum likelihood on texts nothing was trained on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from embeddings.encoder import Vectors
from embeddings.index import VectorIndex
from embeddings.lexical import LexicalClassifier

NEAREST = 5  # phrasings averaged for each label: one alone is noise, many blur the sub-ideas of an objection


@dataclass(frozen=True, slots=True)
class Evidence:
    """What both channels say of some texts, before calibration; each array has shape (texts, labels)."""

    labels: tuple[str, ...]
    similarities: npt.NDArray[np.float32]
    lexical: npt.NDArray[np.float32]


class Recogniser:
    """Holds the phrasings of every label, as vectors and as lexical weights."""

    def __init__(self, index: VectorIndex, lexical: LexicalClassifier) -> None:
        """Group the rows of the index by their key, which is the label of the phrasing."""
        self._index = index
        self._lexical = lexical
        rows: dict[str, list[int]] = {}
        for row, label in enumerate(index.keys):
            rows.setdefault(label, []).append(row)
        self._rows = {label: np.array(found) for label, found in rows.items()}

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that has a phrasing."""
        return tuple(self._rows)

    def evidence(self, texts: Sequence[str], vectors: Vectors, labels: Sequence[str]) -> Evidence:
        """Return what the channels say of each text for each of the labels.

        :param vectors: one row a text, float32, shape (texts, dimension).
        """
        cosines = self._index.similarities(vectors)
        similarities = np.stack([self._mean_of_nearest(cosines, label) for label in labels], axis=1)
        return Evidence(tuple(labels), similarities, self._lexical_columns(texts, labels))

    def _mean_of_nearest(self, cosines: Vectors, label: str) -> Vectors:
        if label not in self._rows:
            return np.zeros(len(cosines), dtype=np.float32)
        return mean_of_nearest(cosines[:, self._rows[label]])

    def _lexical_columns(self, texts: Sequence[str], labels: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return what the words say, or nothing (zeros) when a label is too new for the channel to know it.

        A channel that knows some labels and not others would always find the new ones unlikely.
        """
        if not set(labels) <= set(self._lexical.labels):
            return np.zeros((len(texts), len(labels)), dtype=np.float32)
        columns = [self._lexical.labels.index(label) for label in labels]
        return self._lexical.log_probabilities(texts)[:, columns]


def mean_of_nearest(cosines: Vectors) -> Vectors:
    """Return for each text the mean cosine of a label's nearest phrasings.

    :param cosines: one row a text, one column a phrasing of the label, float32.
    """
    count = min(NEAREST, cosines.shape[1])
    return np.asarray(np.partition(cosines, -count, axis=1)[:, -count:].mean(axis=1), dtype=np.float32)
