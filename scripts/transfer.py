"""Measures what training cost other subjects: `python -m scripts.transfer`.

A facilitator may add an argumentaire on any subject with a few phrasings and no training. Each file of
`knowledge/evaluation/other-subjects/` has such phrasings (`known`) and what other people then say (`heard`); the
trained model and the base model each hear them by the nearest phrasings alone.
"""

import csv
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import Console
from rich.table import Table

from app.settings import Settings
from embeddings.build import BuildFolder
from embeddings.encoder import Encoder, OnnxEncoder, SentenceTransformerEncoder
from embeddings.errors import EmbeddingsError
from embeddings.index import VectorIndex
from embeddings.recognition import mean_of_nearest


@dataclass(frozen=True, slots=True)
class Subject:
    """An argumentaire that nothing was trained on: texts and labels, those indexed and those heard."""

    name: str
    known: tuple[tuple[str, str], ...]
    heard: tuple[tuple[str, str], ...]


def main() -> int:
    """Print the table; return the exit code."""
    settings = Settings.from_environment()
    try:
        folder = BuildFolder(settings.build)
        trained = OnnxEncoder(folder.models / folder.current().model, threads=settings.threads)
        base, prefix = base_encoder(), trained.description.query_prefix
        table = Table("subject", "texts heard", "base model", "trained model")
        for subject in read_subjects(settings.knowledge / "evaluation" / "other-subjects"):
            rates = [f"{top_1(encoder, subject, prefix):.1%}" for encoder in (base, trained)]
            table.add_row(subject.name, str(len(subject.heard)), *rates)
    except EmbeddingsError as error:
        Console(stderr=True).print(str(error), markup=False, highlight=False, style="red", soft_wrap=True)
        return 1
    Console().print(table)
    return 0


def read_subjects(folder: Path) -> list[Subject]:
    """Read every subject of the folder."""
    subjects = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [(row["set"], row["text"], row["label"]) for row in csv.DictReader(file)]
        known, heard = (tuple((text, label) for kind, text, label in rows if kind == one) for one in ("known", "heard"))
        subjects.append(Subject(path.stem, known, heard))
    return subjects


def base_encoder() -> Encoder:
    """Return the base model, without the adapter."""
    from embeddings.base_model import build_base_model  # torch, which only this step needs

    with TemporaryDirectory() as folder:
        model = build_base_model(Path(folder) / "parts")
        model.save(str(Path(folder) / "whole"))
        return SentenceTransformerEncoder(Path(folder) / "whole")


def top_1(encoder: Encoder, subject: Subject, query_prefix: str) -> float:
    """Return the share of what is heard whose label has the nearest phrasings."""
    labels = sorted({label for _, label in subject.known})
    vectors = encoder.encode([query_prefix + text for text, _ in subject.known])
    index = VectorIndex([label for _, label in subject.known], vectors)
    cosines = index.similarities(encoder.encode([query_prefix + text for text, _ in subject.heard]))
    rows = {label: np.flatnonzero([key == label for key in index.keys]) for label in labels}
    means = np.stack([mean_of_nearest(cosines[:, rows[label]]) for label in labels], axis=1)
    right = [labels[row] == label for row, (_, label) in zip(means.argmax(axis=1), subject.heard, strict=True)]
    return float(np.mean(right))


if __name__ == "__main__":
    sys.exit(main())
