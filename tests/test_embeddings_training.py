"""A few steps of training, on the real base model."""

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from embeddings.adapter_weights import apply_adapter
from embeddings.base_model import build_base_model
from embeddings.training import train_adapter
from embeddings.training_data import Example, Recipe

EXAMPLES = [
    Example(f"{text} {number}", "query: ", "fr", label)
    for label, text in (("prix", "c'est trop cher"), ("bruit", "il y a trop de bruit"))
    for number in range(8)
]


def trained(folder: Path, strength: float) -> SentenceTransformer:
    """Train for two steps, and return the base model with what was written to the disk."""
    recipe = Recipe(rank=2, frozen_layers=10, epochs=2, batch_size=16, learning_rate=0.1, strength=strength)
    train_adapter(build_base_model(folder / "base"), EXAMPLES, recipe, folder / "adapter")
    model = build_base_model(folder / "again")
    assert apply_adapter(model, folder / "adapter")
    return model


@pytest.mark.model
@pytest.mark.filterwarnings("ignore")  # the libraries of training warn of one another
def test_what_is_trained_moves_the_vectors_by_its_strength(tmp_path: Path) -> None:
    """At strength 0 the adapter says nothing; at 1 it moves what it was trained on."""
    texts = [example.prefix + example.text for example in EXAMPLES]
    base = build_base_model(tmp_path / "plain").encode(texts, prompt="")
    silent = trained(tmp_path / "silent", 0.0).encode(texts, prompt="")
    moved = trained(tmp_path / "moved", 1.0).encode(texts, prompt="")
    assert np.allclose(base, silent, atol=1e-5)
    assert not np.allclose(base, moved, atol=1e-5)
