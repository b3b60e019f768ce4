"""Measures recognition over labelled texts: by slice, rewritten as hurried people would, moves apart, and how fast."""

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from app.responder import Responder
from embeddings.augmentation import with_greeting, with_typos, without_accents
from embeddings.evaluation import Judgement, Recognition, calibration_error, recognition, recognition_by, separation
from knowledge import Move
from scripts.judging import Graded, Labelled, RankedText, hear_moves, judge, measure_latency, rank_rebuttals

_ROBUSTNESS_TEXTS = 300  # objections rewritten in each way: the drop is then known to about two points
_LATENCY_TEXTS = 200
_LENGTHS = (("short", 40), ("medium", 120), ("long", 10_000))  # characters, at most


@dataclass(frozen=True, slots=True)
class MoveRecognition:
    """How well the moves said in words are told from each other and from everything else."""

    moves: int
    right: float
    others: int
    taken_for_a_move: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well the rebuttals are ordered: mean nDCG at 5 of what people see, and once the objection is known."""

    texts: int
    seen: float
    objection_known: float


@dataclass(frozen=True, slots=True)
class Report:
    """Everything measured in one run."""

    judged: Sequence[Judgement]
    slices: dict[str, list[Recognition]]
    robustness: list[Recognition]
    moves: MoveRecognition | None
    rankings: Sequence[RankedText]
    latencies: list[float]

    @property
    def ranking(self) -> Ranking | None:
        """The means over the graded texts, if there are any."""
        if not self.rankings:
            return None
        seen, known = np.mean([(one.seen_gain, one.gain) for one in self.rankings], axis=0)
        return Ranking(len(self.rankings), float(seen), float(known))

    def summary(self) -> dict[str, Any]:
        """Return the figures without the texts."""
        p50, p99 = np.quantile(self.latencies, [0.5, 0.99])
        return {
            "overall": asdict(recognition("all", self.judged)),
            "slices": {name: [asdict(one) for one in found] for name, found in self.slices.items()},
            "separation": asdict(separation(self.judged)),
            "calibration_error": calibration_error(self.judged),
            "robustness": [asdict(one) for one in self.robustness],
            "moves": asdict(self.moves) if self.moves else None,
            "ranking": asdict(self.ranking) if self.ranking else None,
            "latency_ms": {"p50": float(p50), "p99": float(p99)},
        }


def measure(responder: Responder, texts: Sequence[Labelled], graded: Sequence[Graded] = ()) -> Report:
    """Judge the texts, whole and rewritten as hurried people would; moves apart, as said after an argument."""
    everything, texts = texts, [text for text in texts if text.labels[0] not in tuple(Move)]
    judged = judge(responder, track(texts, "Judging", console=Console(stderr=True), transient=True))
    slices = {
        "file": recognition_by(judged, lambda one: one.group),
        "objection": recognition_by(judged, lambda one: one.accepted[0]),
        "language": recognition_by(judged, lambda one: one.language),
        "register": recognition_by(judged, lambda one: one.register),
        "length": recognition_by(judged, _length),
    }
    objections = [text for text, one in zip(texts, judged, strict=True) if one.is_objection][:_ROBUSTNESS_TEXTS]
    return Report(
        judged,
        slices,
        _robustness(responder, objections),
        _move_recognition(responder, everything),
        rank_rebuttals(responder, graded),
        measure_latency(responder, texts[:_LATENCY_TEXTS]),
    )


def _move_recognition(responder: Responder, texts: Sequence[Labelled]) -> MoveRecognition | None:
    """Measure the moves; an objection typed after an argument, too, must stay an objection."""
    heard = hear_moves(responder, track(texts, "Hearing moves", console=Console(stderr=True), transient=True))
    moves = [label == move for label, move in heard if label in tuple(Move)]
    taken = [move is not None for label, move in heard if label not in tuple(Move)]
    if not moves or not taken:
        return None
    return MoveRecognition(len(moves), float(np.mean(moves)), len(taken), float(np.mean(taken)))


def _robustness(responder: Responder, texts: Sequence[Labelled]) -> list[Recognition]:
    dice = random.Random(3)
    rewritten = {
        "as typed": texts,
        "no accents": [replace(text, text=without_accents(text.text)) for text in texts],
        "typos": [replace(text, text=with_typos(text.text, dice)) for text in texts],
        "capitals": [replace(text, text=text.text.upper()) for text in texts],
        "greeting in front": [replace(text, text=with_greeting(text.text, text.language, dice)) for text in texts],
    }
    steps = track(rewritten.items(), "Rewriting", console=Console(stderr=True), transient=True)
    return [recognition(name, judge(responder, found)) for name, found in steps]


def _length(judgement: Judgement) -> str:
    return next(name for name, most in _LENGTHS if len(judgement.text) <= most)
