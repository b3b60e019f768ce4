"""Every setting of the service, in one frozen value built from a mapping (the environment, in production)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_PREFIX = "REPLIQUE_"
_ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting has a value that cannot be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how much the service takes; each field is read from `REPLIQUE_<FIELD>`.

    | field | meaning |
    | --- | --- |
    | knowledge | folder of the argumentaires, objections, arguments and sources |
    | build | folder of the built model and vectors |
    | model | a SentenceTransformer, by id or folder, instead of the default model |
    | threads | texts encoded at once in a batch; 0 for one a core |
    | allowed_origins | sites, separated by commas, whose pages may call the API; `*` for all |
    | public_url | where people reach the service, such as `https://replique.example`, for links that must be whole |
    """

    knowledge: Path = _ROOT / "knowledge"
    build: Path = _ROOT / "embeddings" / "build"
    model: str | None = None
    threads: int = 0
    allowed_origins: tuple[str, ...] = ("*",)
    public_url: str = ""

    @classmethod
    def from_mapping(cls, values: Mapping[str, str]) -> "Settings":
        """Read the settings that `values` names; the others keep their default.

        :raises SettingsError: naming the key, the value and what was expected.
        """
        found = cls()
        return cls(
            knowledge=Path(values.get(f"{_PREFIX}KNOWLEDGE", found.knowledge)),
            build=Path(values.get(f"{_PREFIX}BUILD", found.build)),
            model=values.get(f"{_PREFIX}MODEL") or None,
            threads=_whole_number(values, "THREADS", found.threads),
            allowed_origins=_list(values, "ALLOWED_ORIGINS", found.allowed_origins),
            public_url=_address(values, "PUBLIC_URL", found.public_url),
        )

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read the settings from the process's environment."""
        return cls.from_mapping(os.environ)


def _whole_number(values: Mapping[str, str], name: str, default: int) -> int:
    given = values.get(_PREFIX + name)
    if given is None:
        return default
    if not given.isdecimal():
        raise SettingsError(f"{_PREFIX}{name} has the value {given!r}; a whole number, 0 or more, was expected.")
    return int(given)


def _list(values: Mapping[str, str], name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    given = values.get(_PREFIX + name)
    if given is None:
        return default
    return tuple(part.strip() for part in given.split(",") if part.strip())


def _address(values: Mapping[str, str], name: str, default: str) -> str:
    given = values.get(_PREFIX + name, default)
    parts = urlsplit(given)
    if given and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        expected = "an address such as https://replique.example was expected"
        raise SettingsError(f"{_PREFIX}{name} has the value {given!r}; {expected}.")
    return given.rstrip("/")
