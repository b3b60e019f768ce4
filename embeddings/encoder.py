"""Turns texts into unit vectors: the contract, and the two engines that honour it.

`OnnxEncoder` serves (ONNX Runtime and a tokenizer, nothing heavier); `SentenceTransformerEncoder` builds, trains and
checks. Both give the same vectors for the same folder, which a test holds.
"""

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
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


@dataclass(frozen=True, slots=True)
class ModelDescription:
    """What a built model says of itself, written beside its weights."""

    model_id: str
    model_hash: str
    dimension: int
    max_tokens: int
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
    """The serving engine: an exported model run by ONNX Runtime on the CPU.

    Each text goes through alone, several at once on as many threads: on a CPU a pass of many texts is no faster than
    as many passes, padding included, and a text's vector does not depend on its company.
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        """Load the model in `folder`.

        :param threads: texts encoded at once; 0 for one a core.
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
        options.intra_op_num_threads = 1
        options.log_severity_level = 3  # errors only: warnings of the runtime are no news to the person who serves
        try:
            self._session = onnxruntime.InferenceSession(
                str(folder / MODEL_FILE), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        except Exception as error:  # the runtime and the tokenizer raise bare exceptions of their own
            raise ModelError(f"The built model is damaged ({_first_line(error)}). Run: make clean build") from error
        self._tokenizer.enable_truncation(self.description.max_tokens)
        self._threads = threads or os.cpu_count() or 1

    def encode(self, texts: Sequence[str], /, progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one unit vector a text: float32, shape (texts, dimension).

        :param progress: called after each text with the number 1.
        """
        vectors = np.zeros((len(texts), self.description.dimension), dtype=np.float32)
        if len(texts) == 1:  # no thread to start for the one text of a person
            vectors[0] = self._encode_one(texts[0])
            return vectors
        with ThreadPoolExecutor(self._threads) as pool:
            for row, vector in enumerate(pool.map(self._encode_one, texts)):
                vectors[row] = vector
                if progress is not None:
                    progress(1)
        return vectors

    def _encode_one(self, text: str) -> Vectors:
        encoding = self._tokenizer.encode(text)
        feed = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
        }
        vector: Vectors = self._session.run(None, feed)[0][0]
        return vector


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
