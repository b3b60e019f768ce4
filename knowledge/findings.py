"""Findings: what the lint says of a knowledge that loads and serves, either to be mended or only to be known."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that a reviewer would say, with its place; a notice is for a person to judge and fails nothing."""

    path: Path
    line: int
    message: str
    notice: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {'notice: ' if self.notice else ''}{self.message}"
