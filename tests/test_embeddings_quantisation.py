"""Weights in int8: a quarter of the size, and almost the same function."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from embeddings.quantisation import quantise_weights, to_int8

ROWS, WIDTH = 200, 120


def write_graph(path: Path) -> None:
    """Write a graph that looks rows up, multiplies them by a matrix and adds a bias."""
    dice = np.random.default_rng(5)
    table = dice.normal(size=(ROWS, WIDTH)).astype(np.float32)
    table[7] *= 50  # one row far larger than the others, as some tokens have
    matrix = dice.normal(size=(WIDTH, WIDTH)).astype(np.float32)
    matrix[:, 3] *= 30
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "tokens"], ["rows"], axis=0),
            helper.make_node("MatMul", ["rows", "matrix"], ["product"]),
            helper.make_node("Add", ["product", "bias"], ["out"]),
        ],
        "small",
        [helper.make_tensor_value_info("tokens", TensorProto.INT64, ["n"])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["n", WIDTH])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(matrix, "matrix"),
            numpy_helper.from_array(np.ones(WIDTH, dtype=np.float32), "bias"),
        ],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


def run(path: Path, tokens: list[int]) -> np.ndarray:
    """Run a graph on some tokens."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"tokens": np.array(tokens, dtype=np.int64)})[0])


def test_weights_come_back_within_half_a_step() -> None:
    """Each weight is off by at most half its scale, and a column of zeros stays zero."""
    weights = np.array([[1.0, 0.0, -100.0], [-0.5, 0.0, 37.3]], dtype=np.float32)
    stored, scales = to_int8(weights, axis=0)
    assert stored.dtype == np.int8
    assert scales.shape == (1, 3)
    assert np.all(np.abs(stored * scales - weights) <= scales / 2 + 1e-6)
    assert np.array_equal(stored[:, 1], [0, 0])


def test_the_quantised_graph_gives_almost_the_same(tmp_path: Path) -> None:
    """Rows and columns of very different sizes each keep their precision: the cosine of every row is over 0.999."""
    write_graph(tmp_path / "full.onnx")
    quantise_weights(tmp_path / "full.onnx", tmp_path / "small.onnx")
    tokens = [0, 7, 7, 150]
    full, small = run(tmp_path / "full.onnx", tokens), run(tmp_path / "small.onnx", tokens)
    cosines = (full * small).sum(axis=1) / np.linalg.norm(full, axis=1) / np.linalg.norm(small, axis=1)
    assert cosines.min() > 0.999
    assert not np.array_equal(full, small)


def test_the_quantised_file_is_a_quarter(tmp_path: Path) -> None:
    """No float copy of a large weight stays in the file; small tensors are left as they are."""
    write_graph(tmp_path / "full.onnx")
    quantise_weights(tmp_path / "full.onnx", tmp_path / "small.onnx")
    assert (tmp_path / "small.onnx").stat().st_size < 0.3 * (tmp_path / "full.onnx").stat().st_size
    stored = {tensor.name: tensor.data_type for tensor in onnx.load(tmp_path / "small.onnx").graph.initializer}
    assert stored["bias"] == TensorProto.FLOAT
    assert {name for name, kind in stored.items() if kind == TensorProto.INT8} == {"table_int8", "matrix_int8"}


@pytest.mark.model
def test_int8_hears_what_float_hears(tmp_path: Path) -> None:
    """On at least 99 % of the dev texts the likeliest label is the same with int8 weights as with float32."""
    from app.assembly import load_responder
    from app.passages import View, passages, rows_showing
    from app.settings import Settings
    from embeddings.adapter_weights import apply_adapter
    from embeddings.base_model import build_base_model
    from embeddings.build import BuildFolder, Manifest, load_vectors
    from embeddings.encoder import OnnxEncoder
    from embeddings.export import export_model
    from embeddings.index import VectorIndex
    from embeddings.model_source import ADAPTER_FOLDER
    from knowledge import read_evaluation

    settings = Settings()
    knowledge = load_responder(settings).knowledge
    build = BuildFolder(settings.build)
    index_folder = build.indexes / build.current().index
    vectors = load_vectors(index_folder, len(Manifest.load(index_folder).text_hashes))
    found = passages(knowledge)
    rows = rows_showing(found, View.PHRASING)
    labels = np.array([found[row].target for row in rows])
    index = VectorIndex(list(labels), np.asarray(vectors[rows]))

    model = build_base_model(tmp_path / "base")
    apply_adapter(model, ADAPTER_FOLDER)
    (tmp_path / "float").mkdir()
    export_model(model, "float", tmp_path / "float", quantise=False)
    texts = [f"query: {one.text}" for one in read_evaluation(settings.knowledge, knowledge)]

    def likeliest(folder: Path) -> np.ndarray:
        cosines = index.similarities(OnnxEncoder(folder).encode(texts))
        columns = [np.sort(cosines[:, labels == label], axis=1)[:, -5:].mean(axis=1) for label in sorted(set(labels))]
        return np.asarray(np.argmax(np.stack(columns, axis=1), axis=1))

    same = likeliest(build.models / build.current().model) == likeliest(tmp_path / "float")
    assert len(texts) > 900
    assert same.mean() >= 0.99
