"""Turns texts into unit vectors: the contract, and the two engines that honour it.

`OnnxEncoder` serves (ONNX Runtime and a tokenizer, nothing heavier); `SentenceTransformerEncoder` builds, trains and
checks. Both give the same vectors for the same folder, which a test holds.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from embeddings.errors import MissingBuildError, ModelError

Vectors = npt.NDArray[np.float32]

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
DESCRIPTION_FILE = "model.json"
_CHUNK = 32  # texts in one forward pass: larger passes gain nothing on two cores and hold more memory


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """What a built model says of itself, written beside its weights."""

    model_id: str
    model_hash: str
    dimension: int
    max_tokens: int
    pad_id: int
    pad_token: str
    query_prefix: str
    passage_prefix: str

    def save(self, folder: Path) -> None:
        """Write the description to `folder`."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"
        (folder / DESCRIPTION_FILE).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "ModelDescription":
        """Read the description of the model in `folder`.

        :raises MissingBuildError: when the folder holds no readable description.
        """
        path = folder / DESCRIPTION_FILE
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            raise MissingBuildError("The model has not been built yet. Run: make build") from error
        except (OSError, ValueError, TypeError) as error:
            raise MissingBuildError(
                f"The built model cannot be read ({path.name}: {error}). Run: make build"
            ) from error


class Encoder(Protocol):
    """Turns texts into vectors; prefixes are the caller's business."""

    def encode(self, texts: Sequence[str], /, progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one unit vector a text: float32, shape (texts, dimension)."""
        ...


class OnnxEncoder:
    """The serving engine: an exported model run by ONNX Runtime on the CPU."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        """Load the model in `folder`.

        :param threads: threads of one forward pass; 0 leaves the choice to ONNX Runtime.
        :raises MissingBuildError: when the folder holds no built model.
        :raises ModelError: when the runtime refuses the model.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        self.description = ModelDescription.load(folder)
        for name in (MODEL_FILE, TOKENIZER_FILE):
            if not (folder / name).is_file():
                raise MissingBuildError(f"The built model lacks {name}. Run: make build")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3  # errors only: warnings of the runtime are no news to the person who serves
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        except Exception as error:  # the runtime and the tokenizer raise bare exceptions of their own
            raise ModelError(f"The built model is damaged ({_first_line(error)}). Run: make clean build") from error
        self._tokenizer.enable_truncation(self.description.max_tokens)
        self._tokenizer.enable_padding(pad_id=self.description.pad_id, pad_token=self.description.pad_token)

    def encode(self, texts: Sequence[str], /, progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one unit vector a text: float32, shape (texts, dimension).

        Texts of like length go through together, so that little padding is computed.

        :param progress: called after each pass with the number of texts it held.
        """
        vectors = np.zeros((len(texts), self.description.dimension), dtype=np.float32)
        by_length = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for start in range(0, len(texts), _CHUNK):
            rows = by_length[start : start + _CHUNK]
            encodings = self._tokenizer.encode_batch([texts[row] for row in rows])
            feed = {
                "input_ids": np.array([encoding.ids for encoding in encodings], dtype=np.int64),
                "attention_mask": np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64),
            }
            vectors[rows] = self._session.run(None, feed)[0]
            if progress is not None:
                progress(len(rows))
        return vectors


class SentenceTransformerEncoder:
    """The building engine: any SentenceTransformer, by hub id or folder."""

    def __init__(self, model: str | Path) -> None:
        """Load a SentenceTransformer.

        :raises ModelError: when there is no such model, or it cannot be loaded.
        """
        from sentence_transformers import SentenceTransformer

        try:
            self.model = SentenceTransformer(str(model), device="cpu")
        except (OSError, ValueError) as error:
            raise ModelError(f"The model {model} cannot be loaded: {_first_line(error)}") from error

    def encode(self, texts: Sequence[str], /, progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one unit vector a text: float32, shape (texts, dimension)."""
        encoded = self.model.encode(list(texts), prompt="", normalize_embeddings=True, show_progress_bar=False)
        if progress is not None:
            progress(len(texts))
        return np.asarray(encoded, dtype=np.float32)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
