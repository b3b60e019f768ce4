"""Measures the recognition on labelled texts: `python -m scripts.evaluate [--data FILE ...] [--report OUT.html]`.

Without `--data` it measures on the dev set, `knowledge/evaluation/*.csv`, which nothing is trained or indexed on (the
calibration is fitted on it). `--compare A.json B.json` says which of two reports is better, and how sure that is.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from app.assembly import load_responder
from app.responder import Responder
from app.settings import Settings, SettingsError
from embeddings.augmentation import with_greeting, with_typos, without_accents
from embeddings.errors import EmbeddingsError
from embeddings.evaluation import (
    Judgement,
    Recognition,
    calibration_error,
    compare,
    recognition,
    recognition_by,
    separation,
)
from knowledge import KnowledgeError
from scripts.judging import (
    Labelled,
    UnreadableDataError,
    judge,
    load_judgements,
    measure_latency,
    read_labelled,
    save_judgements,
)

_ROBUSTNESS_TEXTS = 300  # objections rewritten in each way: the drop is then known to about two points
_LATENCY_TEXTS = 200
_LENGTHS = (("short", 40), ("medium", 120), ("long", 10_000))  # characters, at most


@dataclass(frozen=True, slots=True)
class Report:
    """Everything measured in one run."""

    judged: Sequence[Judgement]
    slices: dict[str, list[Recognition]]
    robustness: list[Recognition]
    latencies: list[float]

    def summary(self) -> dict[str, object]:
        """Return the figures without the texts."""
        p50, p99 = np.quantile(self.latencies, [0.5, 0.99])
        return {
            "overall": asdict(recognition("all", self.judged)),
            "slices": {name: [asdict(one) for one in found] for name, found in self.slices.items()},
            "separation": asdict(separation(self.judged)),
            "calibration_error": calibration_error(self.judged),
            "robustness": [asdict(one) for one in self.robustness],
            "latency_ms": {"p50": float(p50), "p99": float(p99)},
        }


def main(arguments: list[str] | None = None) -> int:
    """Measure or compare; return the exit code."""
    options = _parse(arguments)
    console = Console()
    try:
        if options.compare:
            _print_comparison(console, *(load_judgements(path) for path in options.compare))
            return 0
        settings = Settings.from_environment()
        files = options.data or sorted((settings.knowledge / "evaluation").glob("*.csv"))
        texts = [text for path in files for text in read_labelled(path)]
        report = measure(load_responder(settings), texts)
    except (EmbeddingsError, KnowledgeError, SettingsError, UnreadableDataError) as error:
        Console(stderr=True).print(str(error), markup=False, highlight=False, style="red", soft_wrap=True)
        return 1
    _print_report(console, report)
    if options.json:
        save_judgements(options.json, report.judged, report.summary())
    if options.report:
        from scripts.evaluation_page import write_page  # matplotlib is only needed here

        write_page(options.report, report.judged, report.summary())
        console.print(f"The report is in {options.report}", highlight=False)
    return 0


def measure(responder: Responder, texts: Sequence[Labelled]) -> Report:
    """Judge the texts, whole and rewritten as hurried people would."""
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
        judged, slices, _robustness(responder, objections), measure_latency(responder, texts[:_LATENCY_TEXTS])
    )


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


def _print_report(console: Console, report: Report) -> None:
    table = Table("slice", "texts", "top-1", "top-3", "MRR", title="Recognition of objections")
    everything = {"all": [recognition("all", report.judged)], **report.slices, "rewritten": report.robustness}
    for name, found in everything.items():
        for one in found:
            rates = f"{one.top_1:.1%}", f"{one.top_3:.1%}", f"{one.mean_reciprocal_rank:.3f}"
            table.add_row(f"{name}: {one.name}", str(one.texts), *rates)
        table.add_section()
    console.print(table)
    for line in _other_lines(report):
        console.print(line, highlight=False)


def _other_lines(report: Report) -> list[str]:
    apart = separation(report.judged)
    return [
        f"Background: {apart.background} texts, AUROC {apart.area_under_roc:.3f}, "
        f"false answers at 90 % coverage {apart.false_answers_at_coverage:.1%}",
        f"Outcomes of objections: answered {apart.answered:.1%}, answered or asked about {apart.heard:.1%}",
        f"Outcomes of background: answered {apart.falsely_answered:.1%}, "
        f"answered or asked about {apart.falsely_heard:.1%}",
        f"Calibration: expected error {calibration_error(report.judged):.3f}",
        f"Latency: {np.median(report.latencies):.1f} ms (median of {len(report.latencies)})",
    ]


def _print_comparison(console: Console, a: Sequence[Judgement], b: Sequence[Judgement]) -> None:
    found = compare(a, b)
    console.print(
        f"B minus A: {found.difference:+.1%} top-1 (95 % interval {found.low:+.1%} to {found.high:+.1%}); "
        f"B is better with probability {found.probability_that_b_is_better:.1%}",
        highlight=False,
    )


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.evaluate", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--data", type=Path, nargs="+", help="labelled texts, JSON lines or CSV, instead of the dev set"
    )
    parser.add_argument("--report", type=Path, help="write a self-contained HTML page")
    parser.add_argument("--json", type=Path, help="write the figures and every judgement")
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("A", "B"), help="two files that --json wrote")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
