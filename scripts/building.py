"""What a build is made of, step by step: the model, the vectors, the lexical channel, the calibration."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.assembly import make_recogniser
from app.passages import Passage, passages
from embeddings.build import BuildFolder, Current, Manifest, hash_text, load_vectors, reusable_rows, save_vectors
from embeddings.calibration import Calibration
from embeddings.encoder import ModelDescription, OnnxEncoder, Vectors
from embeddings.errors import EmbeddingsError, MissingBuildError
from embeddings.model_source import ADAPTER_FOLDER, ModelSource
from embeddings.recognition import Recogniser
from knowledge import Knowledge, Phrasing, read_evaluation
from scripts.fitting import FEWEST_DEV_TEXTS, calibrate, check_background, fit_lexical

_FORMAT = "2"  # of the index folder: what an older version of the project built is built again


def index_name(source: ModelSource, knowledge: Knowledge, dev_set: Sequence[Phrasing]) -> str:
    """Return the name of the index folder: it changes with the model, the knowledge and the dev set."""
    rows = (f"{text.label} {' '.join(text.also)} {text.text}" for text in dev_set)
    dev_hash = sha256("\n".join(rows).encode()).hexdigest()
    return sha256(f"{_FORMAT} {source.fingerprint()} {knowledge.version} {dev_hash}".encode()).hexdigest()[:12]


def current_problem(folder: BuildFolder, source: ModelSource, knowledge: Knowledge, dev_set: Sequence[Phrasing]) -> str:
    """Return what keeps the build from being current, in one sentence, or the empty string."""
    try:
        current = folder.current()
        ModelDescription.load(folder.models / current.model)
        Manifest.load(folder.indexes / current.index)
    except MissingBuildError as error:
        return str(error)
    if current.model != source.fingerprint():
        return f"The build was made with another model than {source.model_id}. Run: make build"
    if current.index != index_name(source, knowledge, dev_set):
        return "The knowledge or the dev set has changed since the build. Run: make build"
    return ""


class Builder:
    """Makes a new build beside the current one and puts it in its place."""

    def __init__(self, folder: BuildFolder, source: ModelSource, console: Console) -> None:
        """Name what to build from and where to."""
        self._folder = folder
        self._source = source
        self._console = console

    def build(self, knowledge: Knowledge, dev_set: Sequence[Phrasing]) -> str:
        """Build what is missing and return a sentence that says what was done.

        :raises EmbeddingsError: when a step fails; the previous build then still serves.
        """
        check_background(knowledge)
        model_folder = self._folder.models / self._source.fingerprint()
        encoder = self._encoder(model_folder)
        found = passages(knowledge)
        texts = [prefixed(passage, encoder.description) for passage in found]
        kept = self._reusable_vectors(encoder.description, texts)
        vectors = self._vectors(encoder, texts, kept)
        name = index_name(self._source, knowledge, dev_set)
        with self._folder.new_folder(self._folder.indexes, name) as index_folder:
            save_vectors(index_folder, vectors)
            self._manifest(encoder.description, knowledge, texts).save(index_folder)
            with self._step("Fitting the lexical channel"):
                lexical = fit_lexical(knowledge)
                lexical.save(index_folder)
            recogniser = make_recogniser(found, vectors, lexical)
            self._calibrate(encoder, recogniser, knowledge, dev_set).save(index_folder)
        self._folder.set_current(Current(model=model_folder.name, index=name))
        return f"Embedded {len(texts) - len(kept)} of {len(texts)} texts ({len(kept)} unchanged); the new build serves."

    def _vectors(self, encoder: OnnxEncoder, texts: Sequence[str], kept: Mapping[int, Vectors]) -> Vectors:
        """Return a vector a text, encoding only those that are not kept."""
        vectors = np.zeros((len(texts), encoder.description.dimension), dtype=np.float32)
        new_rows = [row for row in range(len(texts)) if row not in kept]
        vectors[new_rows] = self._encode(encoder, [texts[row] for row in new_rows], "Embedding texts")
        for row, vector in kept.items():
            vectors[row] = vector
        return vectors

    def _encoder(self, model_folder: Path) -> OnnxEncoder:
        try:
            return OnnxEncoder(model_folder)
        except EmbeddingsError:  # it is missing, or a file of it is damaged: either way it is made again
            with self._step("Building the model (about a minute, once)"):
                self._build_model()
            return OnnxEncoder(model_folder)

    def _build_model(self) -> None:
        # torch and its libraries are slow to import, and only this step needs them.
        from embeddings.adapter_weights import apply_adapter
        from embeddings.base_model import build_base_model
        from embeddings.encoder import SentenceTransformerEncoder
        from embeddings.export import export_model

        with (
            TemporaryDirectory() as scratch,
            self._folder.new_folder(self._folder.models, self._source.fingerprint()) as model_folder,
        ):
            if self._source.reference is None:
                model = build_base_model(Path(scratch))
                apply_adapter(model, ADAPTER_FOLDER)
            else:
                model = SentenceTransformerEncoder(self._source.reference).model
            export_model(model, self._source.model_id, model_folder)

    def _reusable_vectors(self, description: ModelDescription, texts: Sequence[str]) -> dict[int, Vectors]:
        try:
            index_folder = self._folder.indexes / self._folder.current().index
            old = Manifest.load(index_folder)
            old_vectors = load_vectors(index_folder, len(old.text_hashes))
        except MissingBuildError:
            return {}
        if old.model_hash != description.model_hash:
            return {}
        rows = reusable_rows(old, [hash_text(text) for text in texts])
        return {row: old_vectors[old_row] for row, old_row in rows.items()}

    def _manifest(self, description: ModelDescription, knowledge: Knowledge, texts: Sequence[str]) -> Manifest:
        return Manifest(
            model_id=description.model_id,
            model_hash=description.model_hash,
            query_prefix=description.query_prefix,
            passage_prefix=description.passage_prefix,
            dimension=description.dimension,
            knowledge_version=knowledge.version,
            built_at=datetime.now(UTC).isoformat(timespec="seconds"),
            text_hashes=tuple(hash_text(text) for text in texts),
        )

    def _calibrate(
        self, encoder: OnnxEncoder, recogniser: Recogniser, knowledge: Knowledge, dev_set: Sequence[Phrasing]
    ) -> Calibration:
        if len(dev_set) < FEWEST_DEV_TEXTS:
            return Calibration.load(ADAPTER_FOLDER)
        prefix = encoder.description.query_prefix
        vectors = self._encode(encoder, [prefix + text.text for text in dev_set], "Calibrating on the dev set")
        return calibrate(recogniser, knowledge, dev_set, vectors)

    def _encode(self, encoder: OnnxEncoder, texts: Sequence[str], title: str) -> Vectors:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._console, disable=not texts) as progress:
            task = progress.add_task(title, total=len(texts))
            return encoder.encode(texts, progress=lambda count: progress.advance(task, count))

    def _step(self, title: str) -> "Progress":
        progress = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=self._console)
        progress.add_task(title, total=None)
        return progress


def prefixed(passage: Passage, description: ModelDescription) -> str:
    """Return the text as the model must see it."""
    return (description.query_prefix if passage.is_query else description.passage_prefix) + passage.text


def read_dev_set(folder: Path, knowledge: Knowledge) -> tuple[Phrasing, ...]:
    """Return the dev set, empty when the knowledge has none."""
    return read_evaluation(folder, knowledge) if (folder / "evaluation").is_dir() else ()
