"""The figures that the committed adapter reaches on the dev set, and how far a change may fall below them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from embeddings.evaluation import Judgement, recognition_by, separation
from embeddings.model_source import ADAPTER_FOLDER

BASELINE = ADAPTER_FOLDER / "baseline.json"
TOLERATED = 0.02  # of a rate: less than what other machines and other libraries change


@dataclass(frozen=True, slots=True)
class Baseline:
    """Top-1 of each file of the dev set, and the false answers at 90 % coverage."""

    top_1: Mapping[str, float]
    false_answers: float

    @classmethod
    def of(cls, judged: Sequence[Judgement]) -> "Baseline":
        """Return the figures of what was judged."""
        found = recognition_by(judged, lambda one: one.group)
        return cls(
            {one.name: round(one.top_1, 4) for one in found}, round(separation(judged).false_answers_at_coverage, 4)
        )

    @classmethod
    def load(cls, path: Path = BASELINE) -> "Baseline":
        """Read the committed figures."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def falls(self, now: "Baseline") -> list[str]:
        """Return in plain words what is worse now, by more than is tolerated."""
        worse = [
            f"top-1 on {name} fell from {before:.1%} to {now.top_1.get(name, 0.0):.1%}"
            for name, before in self.top_1.items()
            if now.top_1.get(name, 0.0) < before - TOLERATED
        ]
        if now.false_answers > self.false_answers + TOLERATED:
            worse.append(f"false answers rose from {self.false_answers:.1%} to {now.false_answers:.1%}")
        return worse
