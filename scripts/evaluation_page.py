"""Writes the evaluation as one self-contained HTML page, with its plots."""

from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from jinja2 import Environment, FileSystemLoader
from matplotlib.figure import Figure

from embeddings.evaluation import Judgement, confusion, reliability
from scripts.measurement import Report

_MISTAKES = 40  # more than a person reads in one sitting
_CONFUSIONS = 10
_INK, _ACCENT = "#1c2333", "#2f5bd7"


def write_page(path: Path, report: Report) -> None:
    """Write the page to `path`."""
    judged, summary = report.judged, report.summary()
    matplotlib.rcParams.update({"svg.fonttype": "none", "font.family": "sans-serif", "text.color": _INK})
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
    wrong = [one for one in judged if one.is_objection and not one.is_right]
    answered = [one for one in judged if not one.is_objection and one.outcome == "answered"]
    page = environment.get_template("evaluation.html").render(
        texts=len(judged),
        figures=_figures(summary),
        plots=_plots(judged),
        slices={**summary["slices"], "rewriting": summary["robustness"]},
        confusions=_worst_confusions(wrong),
        rankings=sorted(report.rankings, key=lambda one: one.gain)[:_MISTAKES],
        mistakes=sorted(wrong, key=lambda one: -one.confidences[0])[:_MISTAKES],
        false_answers=sorted(answered, key=lambda one: -one.heard)[:_MISTAKES],
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _worst_confusions(wrong: Sequence[Judgement]) -> list[tuple[str, str, list[str]]]:
    """Return the pairs of labels that are confused most, the right one first, each with all its texts."""
    texts: dict[tuple[str, str], list[str]] = {}
    for one in wrong:
        texts.setdefault((one.accepted[0], one.ranked[0]), []).append(one.text)
    worst = sorted(texts.items(), key=lambda item: (-len(item[1]), item[0]))[:_CONFUSIONS]
    return [(right, heard, found) for (right, heard), found in worst]


def _figures(summary: dict[str, Any]) -> list[tuple[str, str]]:
    overall, apart = summary["overall"], summary["separation"]
    moves, ranking = summary["moves"], summary["ranking"]
    optional = [("moves heard right", f"{moves['right']:.1%}")] if moves else []
    optional += [("nDCG@5 of the rebuttals", f"{ranking['objection_known']:.3f}")] if ranking else []
    return [
        ("top-1", f"{overall['top_1']:.1%}"),
        ("top-3", f"{overall['top_3']:.1%}"),
        ("AUROC, objections against background", f"{apart['area_under_roc']:.3f}"),
        ("false answers at 90 % coverage", f"{apart['false_answers_at_coverage']:.1%}"),
        ("expected calibration error", f"{summary['calibration_error']:.3f}"),
        *optional,
        ("median latency", f"{summary['latency_ms']['p50']:.0f} ms"),
    ]


def _plots(judged: Sequence[Judgement]) -> list[tuple[str, str]]:
    return [
        ("Reliability: a dot on the line means that the confidence says the truth.", _reliability_plot(judged)),
        ("P(objection) of objections and of background.", _separation_plot(judged)),
        ("Confusions: the right label in rows, the recognised one in columns.", _confusion_plot(judged)),
    ]


def _reliability_plot(judged: Sequence[Judgement]) -> str:
    figure = Figure(figsize=(5, 4), layout="constrained")
    axes = figure.subplots()
    points = reliability(judged)
    axes.plot([0, 1], [0, 1], color="#b9c0cf", linewidth=1)
    axes.scatter([p[0] for p in points], [p[1] for p in points], s=[20 + p[2] / 2 for p in points], color=_ACCENT)
    axes.set(xlabel="confidence", ylabel="accuracy", xlim=(0, 1), ylim=(0, 1))
    return _svg(figure)


def _separation_plot(judged: Sequence[Judgement]) -> str:
    figure = Figure(figsize=(5, 4), layout="constrained")
    axes = figure.subplots()
    bins = [float(edge) for edge in np.linspace(0, 1, 21)]
    for name, wanted, colour in (("objections", True, _ACCENT), ("background", False, "#d7722f")):
        heard = [one.heard for one in judged if one.is_objection is wanted]
        axes.hist(heard, bins=bins, alpha=0.7, label=name, color=colour)
    axes.set(xlabel="P(objection)", ylabel="texts", yscale="log")
    axes.legend(frameon=False)
    return _svg(figure)


def _confusion_plot(judged: Sequence[Judgement]) -> str:
    labels = sorted({label for one in judged if one.is_objection for label in one.ranked})
    counts = confusion(judged, labels)
    figure = Figure(figsize=(6, 5.2), layout="constrained")
    axes = figure.subplots()
    axes.imshow(counts / np.maximum(counts.sum(axis=1, keepdims=True), 1), cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(labels)), labels, rotation=50, ha="right")
    axes.set_yticks(range(len(labels)), labels)
    for row, column in np.argwhere(counts > 0):
        colour = "white" if row == column else _INK
        axes.text(column, row, str(counts[row, column]), ha="center", va="center", fontsize=7, color=colour)
    return _svg(figure)


def _svg(figure: Figure) -> str:
    buffer = StringIO()
    figure.savefig(buffer, format="svg")
    drawn = buffer.getvalue()
    return drawn[drawn.index("<svg") :]
