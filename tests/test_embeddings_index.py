"""Exact cosine search, checked by hand."""

import numpy as np
import pytest

from embeddings.encoder import Vectors
from embeddings.index import Neighbour, VectorIndex, normalise


def rows(*values: list[float]) -> Vectors:
    """Return the rows as float32 vectors."""
    return np.array(values, dtype=np.float32)


def test_rows_are_scaled_to_unit_length() -> None:
    """[3, 4] becomes [0.6, 0.8], whatever the other rows are."""
    scaled = normalise(rows([3, 4], [0, -10]))
    assert scaled.dtype == np.float32
    assert scaled == pytest.approx(rows([0.6, 0.8], [0, -1]))


def test_a_row_of_zeros_stays_zero() -> None:
    """A vector without direction is near nothing, and is no division by zero."""
    assert normalise(rows([0, 0])).tolist() == [[0, 0]]
    assert VectorIndex(["nothing"], rows([0, 0])).similarities(rows([1, 0])).tolist() == [[0]]


def test_normalising_leaves_its_input_as_it_was() -> None:
    """The caller's array, which may be mapped from the disk, is not written to."""
    vectors = rows([3, 4])
    vectors.flags.writeable = False
    normalise(vectors)
    assert vectors.tolist() == [[3, 4]]


def test_similarity_is_the_cosine_of_any_lengths() -> None:
    """Neither the length of the query nor that of the row counts, only their angle."""
    index = VectorIndex(["east", "north-east", "west"], rows([2, 0], [5, 5], [-0.1, 0]))
    similarities = index.similarities(rows([10, 0], [0, 0.01]))
    assert similarities.dtype == np.float32
    half = 0.5**0.5
    assert similarities == pytest.approx(rows([1, half, -1], [0, half, 0]), abs=1e-6)


def test_the_nearest_come_first_and_no_more_than_asked() -> None:
    """`nearest` gives keys by falling cosine."""
    index = VectorIndex(["far", "near", "middle"], rows([-1, 0], [1, 0], [0, 1]))
    found = index.nearest(rows([1, 0])[0], 2)
    assert found == [Neighbour("near", 1.0), Neighbour("middle", 0.0)]
    assert [neighbour.key for neighbour in index.nearest(rows([1, 0])[0], 10)] == ["near", "middle", "far"]


def test_ties_keep_the_order_of_the_keys() -> None:
    """Of rows that are near and far by turns, the near ones come first, each group in its order: no unstable sort."""
    keys = [f"key {number}" for number in range(400)]
    near, far = [1.0, 0.0], [0.0, 1.0]
    index = VectorIndex(keys, rows(*[near, far] * 200))
    assert [neighbour.key for neighbour in index.nearest(rows(near)[0], 400)] == keys[::2] + keys[1::2]


def test_keys_and_rows_must_match() -> None:
    """A key too few or too many is refused with both numbers, and so is a lone vector."""
    with pytest.raises(ValueError, match=r"^1 keys do not match vectors of shape \(2, 2\)$"):
        VectorIndex(["one"], rows([1, 0], [0, 1]))
    with pytest.raises(ValueError, match=r"^2 keys do not match vectors of shape \(2,\)$"):
        VectorIndex(["one", "two"], rows([1, 0])[0])


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_finite_are_refused(value: float) -> None:
    """One such value would make every similarity of its row meaningless."""
    with pytest.raises(ValueError, match="not finite"):
        VectorIndex(["one"], rows([1, value]))


def test_an_empty_index_finds_nothing() -> None:
    """No rows is a size like any other."""
    index = VectorIndex([], np.zeros((0, 2), dtype=np.float32))
    assert len(index) == 0
    assert index.nearest(rows([1, 0])[0], 5) == []
