"""Measures the recognition on labelled texts: `python -m scripts.evaluate [--data FILE ...] [--report OUT.html]`.

Without `--data` it measures on the dev set, `knowledge/evaluation/*.csv`, which nothing is trained or indexed on (the
calibration is fitted on it). `--compare A.json B.json` says which of two reports is better, and how sure that is.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from json import dumps
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from app.assembly import load_responder
from app.settings import Settings, SettingsError
from embeddings.errors import EmbeddingsError
from embeddings.evaluation import Judgement, calibration_error, compare, recognition, separation
from knowledge import KnowledgeError
from scripts.baseline import BASELINE, Baseline
from scripts.judging import UnreadableDataError, load_judgements, read_graded, read_labelled, save_judgements
from scripts.measurement import Report, measure


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
        rankings = [] if options.data else sorted((settings.knowledge / "evaluation" / "rankings").glob("*.csv"))
        graded = [text for path in rankings for text in read_graded(path)]
        report = measure(load_responder(settings), texts, graded)
    except (EmbeddingsError, KnowledgeError, SettingsError, UnreadableDataError) as error:
        Console(stderr=True).print(str(error), markup=False, highlight=False, style="red", soft_wrap=True)
        return 1
    _print_report(console, report)
    if options.json:
        save_judgements(options.json, report.judged, report.summary())
    if options.keep:
        BASELINE.write_text(dumps(asdict(Baseline.of(report.judged)), indent=2) + "\n", encoding="utf-8")
    if options.report:
        from scripts.evaluation_page import write_page  # matplotlib is only needed here

        write_page(options.report, report)
        console.print(f"The report is in {options.report}", highlight=False)
    return 0


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
    apart, moves, ranking = separation(report.judged), report.moves, report.ranking
    lines = [
        f"Background: {apart.background} texts, AUROC {apart.area_under_roc:.3f}, "
        f"false answers at 90 % coverage {apart.false_answers_at_coverage:.1%}",
        f"Outcomes of objections: answered {apart.answered:.1%}, answered or asked about {apart.heard:.1%}",
        f"Outcomes of background: answered {apart.falsely_answered:.1%}, "
        f"answered or asked about {apart.falsely_heard:.1%}",
        f"Calibration: expected error {calibration_error(report.judged):.3f}",
    ]
    if moves:
        lines.append(
            f"Moves: {moves.right:.1%} of {moves.moves} heard right, "
            f"{moves.taken_for_a_move:.1%} of {moves.others} other texts taken for one"
        )
    if ranking:
        seen, known = ranking.seen, ranking.objection_known
        lines.append(f"Rebuttals: nDCG@5 {seen:.3f} as seen, {known:.3f} once the objection is known")
    lines.append(f"Latency: {np.median(report.latencies):.1f} ms (median of {len(report.latencies)})")
    return lines


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
    parser.add_argument("--keep", action="store_true", help="make the figures the baseline that the tests hold")
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("A", "B"), help="two files that --json wrote")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
