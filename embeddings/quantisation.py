"""Stores the weights of an ONNX graph as int8; products are still computed in float32.

Each weight matrix is kept as int8 with one scale an output channel, each row of the word embeddings as int8 with a
scale of its own. The runtime unfolds the matrices when it loads them and the embeddings as tokens come, so that the
file is a quarter of its size and vectors barely move. Quantising activations too (ONNX Runtime's `quantize_dynamic`)
was measured: see "Why weights only" in embeddings/README.md.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

_LARGEST = 127  # of a symmetric int8
_FEWEST_WEIGHTS = 10_000  # smaller tensors (biases, norms) gain nothing


def quantise_weights(full: Path, target: Path) -> None:
    """Write to `target` the graph of `full` with its large weights in int8."""
    model = onnx.load(full)
    graph = model.graph
    weights = {tensor.name: tensor for tensor in graph.initializer if np.prod(tensor.dims) >= _FEWEST_WEIGHTS}
    added: list[onnx.NodeProto] = []
    nodes: list[onnx.NodeProto] = []
    for node in graph.node:
        if node.op_type == "Gather" and node.input[0] in weights:
            nodes.extend(_gathered(node, weights[node.input[0]], graph))
            continue
        if node.op_type == "MatMul" and node.input[1] in weights:
            added.extend(_unfolded(weights[node.input[1]], graph))
            node.input[1] = f"{node.input[1]}_unfolded"
        nodes.append(node)
    del graph.node[:]
    graph.node.extend([*added, *nodes])
    used = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    onnx.save(model, target)


def to_int8(weights: npt.NDArray[np.float32], axis: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """Return the weights as int8 and the scales by which to multiply them, one for each index off `axis`.

    :param axis: the axis along which weights share a scale.
    """
    scales = np.abs(weights).max(axis=axis, keepdims=True) / _LARGEST
    scales = np.where(scales == 0, 1, scales).astype(np.float32)
    return np.rint(weights / scales).astype(np.int8), scales


def _unfolded(tensor: onnx.TensorProto, graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    """Return the nodes that turn a stored matrix, of shape (inputs, outputs), back into float32."""
    whole, scale = _store(tensor, graph, axis=0)
    return [
        helper.make_node("Cast", [whole], [f"{whole}_float"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", [f"{whole}_float", scale], [f"{tensor.name}_unfolded"]),
    ]


def _gathered(node: onnx.NodeProto, tensor: onnx.TensorProto, graph: onnx.GraphProto) -> list[onnx.NodeProto]:
    """Return the nodes that look stored rows up and turn those, and only those, back into float32."""
    whole, scale = _store(tensor, graph, axis=1)
    tokens, found = node.input[1], node.output[0]
    return [
        helper.make_node("Gather", [whole, tokens], [f"{found}_int8"], axis=0),
        helper.make_node("Cast", [f"{found}_int8"], [f"{found}_float"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", [scale, tokens], [f"{found}_scale"], axis=0),
        helper.make_node("Mul", [f"{found}_float", f"{found}_scale"], [found]),
    ]


def _store(tensor: onnx.TensorProto, graph: onnx.GraphProto, axis: int) -> tuple[str, str]:
    whole, scale = f"{tensor.name}_int8", f"{tensor.name}_scale"
    if whole not in {stored.name for stored in graph.initializer}:
        weights, scales = to_int8(numpy_helper.to_array(tensor), axis)
        graph.initializer.extend([numpy_helper.from_array(weights, whole), numpy_helper.from_array(scales, scale)])
    return whole, scale
