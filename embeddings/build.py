"""The folder of everything that is rebuilt, and how a new build takes the place of the old one.

    build/
      models/<hash>/       model.onnx, tokenizer.json, model.json
      indexes/<name>/      vectors.npy, manifest.json, lexical.*, calibration.json
      current.json         which model and which index serve

A build is written beside the one that serves and becomes current by one atomic rename of `current.json`. A build that
is killed, or runs out of disk, at any moment leaves the old one serving.
"""

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from embeddings.encoder import Vectors
from embeddings.errors import BuildError, MissingBuildError

_CURRENT_FILE = "current.json"
_VECTORS_FILE = "vectors.npy"
_MANIFEST_FILE = "manifest.json"
_FOLDER_MODE = 0o755  # a temporary folder opens to its maker only; the user who serves may be another
_UNFINISHED = ".new-"  # then the number of the process that builds
_KEPT_BUILDS = 2  # the one that serves and the one before it, for a quick way back


@dataclass(frozen=True, slots=True)
class Current:
    """The names of the model folder and the index folder that serve."""

    model: str
    index: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made of: the model, the knowledge, and the hash of each embedded text, row by row."""

    model_id: str
    model_hash: str
    query_prefix: str
    passage_prefix: str
    dimension: int
    knowledge_version: str
    built_at: str
    text_hashes: tuple[str, ...]

    def save(self, folder: Path) -> None:
        """Write the manifest to `folder`."""
        (folder / _MANIFEST_FILE).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Manifest":
        """Read a manifest back.

        :raises MissingBuildError: when it is missing or cannot be read.
        """
        try:
            values = json.loads((folder / _MANIFEST_FILE).read_text(encoding="utf-8"))
            return cls(**{**values, "text_hashes": tuple(values["text_hashes"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise MissingBuildError(f"The manifest of the vectors cannot be read ({error}). Run: make build") from error


def hash_text(text: str) -> str:
    """Return the hash by which an embedded text, prefix included, is known."""
    return sha256(text.encode("utf-8")).hexdigest()[:20]


class BuildFolder:
    """Reads and replaces the current build."""

    def __init__(self, root: Path) -> None:
        """Name the folder; nothing is created before something is written."""
        self.root = root
        self.models = root / "models"
        self.indexes = root / "indexes"

    def current(self) -> Current:
        """Return what serves.

        :raises MissingBuildError: when nothing has been built, or its files are gone.
        """
        path = self.root / _CURRENT_FILE
        try:
            current = Current(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError as error:
            raise MissingBuildError("The model and the vectors have not been built yet. Run: make build") from error
        except (OSError, ValueError, TypeError) as error:
            raise MissingBuildError(f"{_CURRENT_FILE} cannot be read ({error}). Run: make build") from error
        for folder in (self.models / current.model, self.indexes / current.index):
            if not folder.is_dir():
                raise MissingBuildError(
                    f"The build lacks its folder {folder.parent.name}/{folder.name}. Run: make build"
                )
        return current

    def set_current(self, current: Current) -> None:
        """Make a finished build the one that serves, in one atomic step, and drop builds nobody will go back to."""
        with _saying_what_failed(self.root):
            temporary = self.root / f"{_CURRENT_FILE}.{os.getpid()}"
            temporary.write_text(json.dumps(asdict(current), indent=2) + "\n", encoding="utf-8")
            _flush(temporary)
            temporary.replace(self.root / _CURRENT_FILE)
        self._forget(self.models, current.model)
        self._forget(self.indexes, current.index)

    @contextmanager
    def new_folder(self, parent: Path, name: str) -> Iterator[Path]:
        """Give a temporary folder that takes its final name when the block ends well, and is removed when it does not.

        :raises BuildError: when the disk refuses.
        """
        with _saying_what_failed(parent):
            parent.mkdir(parents=True, exist_ok=True)
            _clear_abandoned(parent)
            temporary = Path(mkdtemp(prefix=f"{_UNFINISHED}{os.getpid()}-", dir=parent))
        try:
            with _saying_what_failed(parent):
                yield temporary
                for file in temporary.iterdir():
                    _flush(file)
                temporary.chmod(_FOLDER_MODE)
                shutil.rmtree(parent / name, ignore_errors=True)
                temporary.replace(parent / name)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    @staticmethod
    def _forget(parent: Path, current: str) -> None:
        others = sorted(
            (folder for folder in parent.iterdir() if folder.name != current and not folder.name.startswith(".")),
            key=lambda folder: folder.stat().st_mtime,
            reverse=True,
        )
        for folder in others[_KEPT_BUILDS - 1 :]:
            shutil.rmtree(folder, ignore_errors=True)


def _clear_abandoned(parent: Path) -> None:
    """Remove what builds that were killed left behind: unfinished folders whose process is gone."""
    for folder in parent.glob(f"{_UNFINISHED}*-*"):
        process = folder.name.removeprefix(_UNFINISHED).split("-")[0]
        if process.isdecimal() and not _is_running(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def save_vectors(folder: Path, vectors: Vectors) -> None:
    """Write vectors, float32 of shape (texts, dimension), to `folder`."""
    np.save(folder / _VECTORS_FILE, vectors)


def load_vectors(folder: Path, rows: int) -> Vectors:
    """Read the vectors of `folder`, mapped from the disk.

    :raises MissingBuildError: when they are missing, damaged, or not `rows` rows.
    """
    try:
        vectors: Vectors = np.load(folder / _VECTORS_FILE, mmap_mode="r")
    except (OSError, EOFError, ValueError) as error:
        raise MissingBuildError(f"The vectors cannot be read ({error}). Run: make build") from error
    if vectors.ndim != 2 or len(vectors) != rows:
        raise MissingBuildError(f"The vectors have the shape {vectors.shape}, not {rows} rows. Run: make build")
    return vectors


def reusable_rows(old: Manifest, new_hashes: Sequence[str]) -> dict[int, int]:
    """Return, for each new row whose text has a vector already, the old row that holds it."""
    old_rows = {text_hash: row for row, text_hash in enumerate(old.text_hashes)}
    return {row: old_rows[text_hash] for row, text_hash in enumerate(new_hashes) if text_hash in old_rows}


@contextmanager
def _saying_what_failed(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise BuildError(
            f"The build could not be written to {folder.name}/: {reason}. The previous build still serves."
        ) from error


def _flush(path: Path) -> None:
    """Wait until the file is on the disk, so that a rename never points at half a file."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
