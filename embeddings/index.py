"""Finds the nearest vectors by exact cosine.

Vectors are normalised once, at construction, so that a search is one matrix product. That is exact, and right up to
about a million vectors; past that a store with an approximate index takes its place behind the same interface.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.encoder import Vectors


def normalise(vectors: Vectors) -> Vectors:
    """Return the rows scaled to unit length; a row of zeros stays zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(norms == 0, 1, norms), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A key with its cosine to the query."""

    key: str
    similarity: float


class VectorIndex:
    """Keys and their vectors, aligned row by row."""

    def __init__(self, keys: Sequence[str], vectors: Vectors) -> None:
        """Normalise the vectors and keep them with their keys.

        :param vectors: float32, shape (keys, dimension).
        :raises ValueError: when keys and rows do not match, or the vectors are not finite.
        """
        if vectors.ndim != 2 or len(keys) != len(vectors):
            raise ValueError(f"{len(keys)} keys do not match vectors of shape {vectors.shape}")
        if not np.isfinite(vectors).all():
            raise ValueError("vectors hold values that are not finite")
        self.keys = tuple(keys)
        self._vectors = normalise(vectors)

    def __len__(self) -> int:
        return len(self.keys)

    def similarities(self, queries: Vectors) -> Vectors:
        """Return every cosine: float32, shape (queries, keys)."""
        return np.asarray(normalise(queries) @ self._vectors.T, dtype=np.float32)

    def nearest(self, query: Vectors, count: int) -> list[Neighbour]:
        """Return the `count` nearest keys of one query (shape (dimension,)), nearest first; ties keep the key order."""
        similarities = self.similarities(query[np.newaxis, :])[0]
        best = np.argsort(-similarities, kind="stable")[:count]
        return [Neighbour(self.keys[row], float(similarities[row])) for row in best]
