"""Which model is meant, and when it counts as another one."""

from pathlib import Path

import pytest

from embeddings import model_source
from embeddings.model_source import DEFAULT_MODEL_ID, ModelSource

DEFAULT = ModelSource(None)


@pytest.fixture
def adapter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder in the place of the committed adapter's."""
    monkeypatch.setattr(model_source, "ADAPTER_FOLDER", tmp_path)
    return tmp_path / "adapter_model.safetensors"


def test_the_default_model_is_known_by_our_name() -> None:
    """Answers name the base model with our adapter."""
    assert DEFAULT.model_id == DEFAULT_MODEL_ID


@pytest.mark.parametrize("reference", ["intfloat/multilingual-e5-base", "/models/multilingual-e5-base"])
def test_another_model_is_known_by_its_last_name(reference: str) -> None:
    """A folder on the disk of a server is nobody's business: only its last part is told."""
    assert ModelSource(reference).model_id == "multilingual-e5-base"


def test_the_fingerprint_is_short_and_stays(adapter: Path) -> None:
    """The same source has the same fingerprint, fit to be the name of a folder."""
    adapter.write_bytes(b"weights")
    assert DEFAULT.fingerprint() == ModelSource(None).fingerprint()
    assert len(DEFAULT.fingerprint()) == 12
    assert DEFAULT.fingerprint().isalnum()


def test_the_fingerprint_changes_with_the_adapter(adapter: Path) -> None:
    """Without adapter, with one and with another of the same size, the model is each time another one."""
    found = [DEFAULT.fingerprint()]
    for content in (b"weights of Monday", b"weights of Sunday"):
        adapter.write_bytes(content)
        found.append(DEFAULT.fingerprint())
    assert len(set(found)) == 3


def test_what_is_no_weight_changes_nothing(adapter: Path) -> None:
    """A report beside the weights does not call for another build."""
    before = DEFAULT.fingerprint()
    (adapter.parent / "training.json").write_text("{}", encoding="utf-8")
    assert DEFAULT.fingerprint() == before


def test_the_fingerprint_of_another_model_follows_its_files(tmp_path: Path) -> None:
    """A folder that was trained again is another model; an id of a hub is known by its name."""
    folder = ModelSource(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"one")
    before = folder.fingerprint()
    (tmp_path / "model.safetensors").write_bytes(b"other")
    assert folder.fingerprint() != before
    assert ModelSource("a/model").fingerprint() != ModelSource("b/model").fingerprint()
