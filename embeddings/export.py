"""Exports a SentenceTransformer to ONNX and quantises it, so that serving needs neither torch nor its libraries."""

import shutil
import warnings
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from sentence_transformers import SentenceTransformer

from embeddings.encoder import MODEL_FILE, TOKENIZER_FILE, ModelDescription
from embeddings.errors import ModelError
from embeddings.quantisation import quantise_weights

_OPSET = 17  # the newest that ONNX Runtime's quantiser and its fusions both know
_HASH_LENGTH = 12


class _PooledEncoder(torch.nn.Module):
    """The whole SentenceTransformer as a function of two tensors, which is what ONNX can hold."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        embedding: torch.Tensor = self.model({"input_ids": input_ids, "attention_mask": attention_mask})[
            "sentence_embedding"
        ]
        return torch.nn.functional.normalize(embedding, dim=1)


def export_model(model: SentenceTransformer, model_id: str, folder: Path, *, quantise: bool = True) -> ModelDescription:
    """Write the model to `folder` as ONNX (weights in int8 unless told otherwise), with its tokenizer and description.

    :raises ModelError: when the model has no fast tokenizer, without which serving would need transformers.
    """
    tokenizer = model.tokenizer
    if not hasattr(tokenizer, "backend_tokenizer"):
        raise ModelError(f"The model {model_id} has no fast tokenizer (tokenizer.json), so it cannot be served.")
    with TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        _export(model, full)
        if quantise:
            quantise_weights(full, folder / MODEL_FILE)
        else:
            shutil.move(full, folder / MODEL_FILE)
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.backend_tokenizer.save(str(folder / TOKENIZER_FILE))
    description = ModelDescription(
        model_id=model_id,
        model_hash=hash_files([folder / MODEL_FILE, folder / TOKENIZER_FILE]),
        dimension=int(model.get_embedding_dimension() or 0),
        max_tokens=int(model.max_seq_length or tokenizer.model_max_length),
        query_prefix=model.prompts.get("query") or "",
        passage_prefix=model.prompts.get("passage") or model.prompts.get("document") or "",
    )
    description.save(folder)
    return description


def hash_files(paths: list[Path]) -> str:
    """Return a short digest of the files' contents."""
    digest = sha256()
    for path in paths:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()[:_HASH_LENGTH]


def _export(model: SentenceTransformer, path: Path) -> None:
    example = torch.ones(2, 8, dtype=torch.int64)
    batch_and_tokens = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings():
        # The older exporter is chosen knowingly; what it says may vary while it traces is constant in our model.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _PooledEncoder(model).eval(),
            (example, example),
            str(path),
            input_names=["input_ids", "attention_mask"],
            output_names=["embedding"],
            dynamic_axes={
                "input_ids": batch_and_tokens,
                "attention_mask": batch_and_tokens,
                "embedding": {0: "batch"},
            },
            opset_version=_OPSET,
            dynamo=False,  # the newer exporter needs a second package and gives the same graph
        )
