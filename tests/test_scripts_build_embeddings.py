"""Building: what is made again, what is kept, and what a person is told."""

import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from app.passages import passages
from app.settings import Settings
from embeddings.build import BuildFolder, Manifest, load_vectors
from embeddings.encoder import ModelDescription, OnnxEncoder
from embeddings.errors import BuildError
from embeddings.model_source import ModelSource
from knowledge import Phrasing
from scripts.build_embeddings import main
from scripts.building import Builder, current_problem, index_name, prefixed, read_dev_set
from tests.builders import write_knowledge
from tests.fakes import FR, small_knowledge

SOURCE = ModelSource(None)
SAID = small_knowledge().phrasings
# Enough texts of every label to learn from, and others to calibrate on.
KNOWLEDGE = replace(
    small_knowledge(),
    phrasings=tuple(replace(one, text=f"{one.text} {number}") for number in range(8) for one in SAID),
)
DEV_SET = tuple(replace(one, text=f"{one.text} encore {number}") for number in range(4) for one in SAID)


def test_an_index_is_known_by_all_it_is_made_of() -> None:
    """Another model, another knowledge or another dev set is another index; the same again is the same."""
    name = index_name(SOURCE, KNOWLEDGE, DEV_SET)
    assert name == index_name(ModelSource(None), replace(KNOWLEDGE), DEV_SET)
    others = {
        index_name(ModelSource("another/model"), KNOWLEDGE, DEV_SET),
        index_name(SOURCE, replace(KNOWLEDGE, version="2"), DEV_SET),
        index_name(SOURCE, KNOWLEDGE, DEV_SET[1:]),
        index_name(SOURCE, KNOWLEDGE, (replace(DEV_SET[0], label="maitrise"), *DEV_SET[1:])),
    }
    assert len(others | {name}) == 5


def test_texts_take_the_prefix_of_their_kind() -> None:
    """What people would type is a query, what is found is a passage."""
    description = ModelDescription("model", "hash", 3, 512, "query: ", "passage: ")
    texts = [prefixed(passage, description) for passage in passages(KNOWLEDGE)]
    assert "query: nos concurrents vont en profiter 0" in texts
    assert "query: maitrise (fr)" in texts
    assert "passage: Summary of audit (en)." in texts


def test_a_knowledge_without_dev_set_has_an_empty_one(tmp_path: Path) -> None:
    """Somebody's own knowledge need not come with texts to measure on."""
    assert read_dev_set(tmp_path, KNOWLEDGE) == ()


def test_check_says_that_nothing_was_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 1, the sentence says what to run, and nothing is written."""
    root = write_knowledge(tmp_path / "knowledge")
    assert main(["--check", "--knowledge", str(root), "--build", str(tmp_path / "build")]) == 1
    assert capsys.readouterr().err == "The model and the vectors have not been built yet. Run: make build\n"
    assert not (tmp_path / "build").exists()


def test_bad_knowledge_is_told_by_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is built from knowledge with problems."""
    root = write_knowledge(tmp_path / "knowledge")
    (root / "objections" / "concurrence.md").write_text("# Français\n", encoding="utf-8")
    assert main(["--knowledge", str(root), "--build", str(tmp_path / "build")]) == 1
    told = capsys.readouterr().err
    assert told.startswith("The knowledge has ")
    assert "knowledge/objections/concurrence.md:1: " in told
    assert "Traceback" not in told
    assert not (tmp_path / "build").exists()


@pytest.mark.model
def test_check_knows_the_build_that_serves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A copy of the knowledge is as current as the original; one word more in it is not."""
    copied = tmp_path / "knowledge"
    shutil.copytree(Settings().knowledge, copied, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    assert main(["--check", "--knowledge", str(copied)]) == 0
    assert capsys.readouterr().err == "The build is current.\n"
    assert main(["--knowledge", str(copied)]) == 0
    assert capsys.readouterr().err == "The build is current: nothing to do.\n"
    with (copied / "objections" / "concurrence.md").open("a", encoding="utf-8") as file:
        file.write("\nOne sentence more.\n")
    assert main(["--check", "--knowledge", str(copied)]) == 1
    assert capsys.readouterr().err == "The knowledge or the dev set has changed since the build. Run: make build\n"


@pytest.mark.model
def test_check_knows_another_model(capsys: pytest.CaptureFixture[str]) -> None:
    """The build that serves is not one of a model that was asked for now."""
    assert main(["--check", "--model", "another/model"]) == 1
    assert "another model than model" in capsys.readouterr().err


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a SentenceTransformer of one layer with random weights, as somebody's own model in a folder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    characters = ["[PAD]", "[UNK]", *(chr(code) for code in range(32, 256))]
    tokenizer = Tokenizer(models.WordLevel({piece: row for row, piece in enumerate(characters)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    torch.manual_seed(42)
    config = BertConfig(
        vocab_size=len(characters), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder / "encoder")
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]")  # type: ignore[no-untyped-call]  # transformers leaves it untyped
    fast.save_pretrained(folder / "encoder")
    encoder = Transformer(str(folder / "encoder"), max_seq_length=64)
    SentenceTransformer(modules=[encoder, Pooling(16)], device="cpu").save(str(folder / "tiny-model"))
    return folder / "tiny-model"


@pytest.mark.model
def test_any_sentence_transformer_can_be_built_from(tiny_model: Path, tmp_path: Path) -> None:
    """A model in a folder is exported, embeds the knowledge, and is served under its own name."""
    folder, source = BuildFolder(tmp_path), ModelSource(str(tiny_model))
    report = Builder(folder, source, Console(file=StringIO())).build(KNOWLEDGE, DEV_SET)
    count = len(passages(KNOWLEDGE))
    assert report == f"Embedded {count} of {count} texts (0 unchanged); the new build serves."
    assert current_problem(folder, source, KNOWLEDGE, DEV_SET) == ""
    current = folder.current()
    encoder = OnnxEncoder(folder.models / current.model)
    assert (encoder.description.model_id, encoder.description.dimension) == ("tiny-model", 16)
    vectors = load_vectors(folder.indexes / current.index, rows=count)
    texts = [prefixed(passage, encoder.description) for passage in passages(KNOWLEDGE)]
    assert np.array_equal(vectors, encoder.encode(texts))


@pytest.mark.model
def test_only_new_texts_are_embedded(tiny_model: Path, tmp_path: Path) -> None:
    """One phrasing more, in a file of its own, costs one vector; the others are the same to the last bit."""
    folder, source = BuildFolder(tmp_path), ModelSource(str(tiny_model))
    builder = Builder(folder, source, Console(file=StringIO()))
    builder.build(KNOWLEDGE, DEV_SET)
    before = folder.indexes / folder.current().index
    old_rows = dict(zip(Manifest.load(before).text_hashes, load_vectors(before, len(passages(KNOWLEDGE))), strict=True))
    new = Phrasing("on va tout nous prendre", FR, "concurrence", (), "neutral", "tests", "another file")
    grown = replace(KNOWLEDGE, phrasings=(new, *KNOWLEDGE.phrasings), version="grown")
    count = len(passages(grown))
    assert builder.build(grown, DEV_SET).startswith(f"Embedded 1 of {count} texts ({count - 1} unchanged)")
    after = folder.indexes / folder.current().index
    vectors = load_vectors(after, count)
    for text_hash, vector in zip(Manifest.load(after).text_hashes[1:], vectors[1:], strict=True):
        assert np.array_equal(vector, old_rows[text_hash])
    assert current_problem(folder, source, KNOWLEDGE, DEV_SET) != ""


def test_too_little_background_is_one_sentence(tmp_path: Path) -> None:
    """Without texts to decline, everything would be answered: the sentence says where to get some, before any work."""
    few = replace(KNOWLEDGE, phrasings=tuple(one for one in KNOWLEDGE.phrasings if one.label != "hors-sujet"))
    with pytest.raises(BuildError, match=r"^The knowledge has 0 phrasings labelled hors-sujet; .*not-objections\.csv"):
        Builder(BuildFolder(tmp_path), SOURCE, Console(file=StringIO())).build(few, DEV_SET)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.model
def test_a_damaged_model_is_built_again(tiny_model: Path, tmp_path: Path) -> None:
    """Half a file left by a bad disk does not have to be found and removed by hand."""
    folder, source = BuildFolder(tmp_path), ModelSource(str(tiny_model))
    builder = Builder(folder, source, Console(file=StringIO()))
    builder.build(KNOWLEDGE, DEV_SET)
    model = folder.models / folder.current().model / "model.onnx"
    whole = model.read_bytes()
    model.write_bytes(whole[: len(whole) // 2])
    builder.build(KNOWLEDGE, DEV_SET)
    assert OnnxEncoder(folder.models / folder.current().model).encode(["x"]).shape == (1, 16)


@pytest.mark.model
def test_a_model_that_is_not_there_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without a model is named, and nothing serves afterwards that did not before."""
    (tmp_path / "empty").mkdir()
    assert main(["--build", str(tmp_path / "build"), "--model", str(tmp_path / "empty")]) == 1
    told = capsys.readouterr().err
    assert "cannot be loaded" in told
    assert "Traceback" not in told
    assert not (tmp_path / "build" / "current.json").exists()
