"""What a built model says of itself, and what is said when it cannot be used."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from embeddings.encoder import DESCRIPTION_FILE, MODEL_FILE, TOKENIZER_FILE, ModelDescription, OnnxEncoder
from embeddings.errors import MissingBuildError, ModelError

DESCRIPTION = ModelDescription(
    model_id="modèle",
    model_hash="0123456789ab",
    dimension=384,
    max_tokens=512,
    query_prefix="query: ",
    passage_prefix="passage: ",
)


def test_a_description_comes_back_as_it_was(tmp_path: Path) -> None:
    """Prefixes keep their last space and names their accents."""
    DESCRIPTION.save(tmp_path)
    assert ModelDescription.load(tmp_path) == DESCRIPTION


def test_no_description_means_not_built(tmp_path: Path) -> None:
    """An empty folder, or none, is a model that was not built."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(MissingBuildError, match=r"^The model has not been built yet\. Run: make build$"):
            ModelDescription.load(folder)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[1]",
        b"null",
        json.dumps({**asdict(DESCRIPTION), "extra": 1}).encode(),
        json.dumps({"model_id": "only"}).encode(),
    ],
)
def test_an_unreadable_description_is_named(tmp_path: Path, content: bytes) -> None:
    """Damage of any kind is one sentence with the name of the file and what to run."""
    (tmp_path / DESCRIPTION_FILE).write_bytes(content)
    with pytest.raises(MissingBuildError, match=r"^The built model cannot be read \(model\.json: .*Run: make build$"):
        ModelDescription.load(tmp_path)


@pytest.mark.parametrize("missing", [MODEL_FILE, TOKENIZER_FILE])
def test_a_missing_file_of_the_model_is_named(tmp_path: Path, missing: str) -> None:
    """The message names the file that is gone."""
    DESCRIPTION.save(tmp_path)
    for name in {MODEL_FILE, TOKENIZER_FILE} - {missing}:
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(MissingBuildError, match=rf"^The built model lacks {missing}\. Run: make build$"):
        OnnxEncoder(tmp_path)


def test_a_damaged_model_is_one_sentence(tmp_path: Path) -> None:
    """What the runtime says is cut to a line, with no folder in it, and the person hears what to run."""
    DESCRIPTION.save(tmp_path)
    (tmp_path / MODEL_FILE).write_bytes(b"not a model")
    (tmp_path / TOKENIZER_FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match=r"^The built model is damaged \(.*\)\. Run: make clean build$") as caught:
        OnnxEncoder(tmp_path)
    assert "\n" not in str(caught.value)
