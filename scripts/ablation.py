"""Measures what each channel of the recognition earns: `python -m scripts.ablation`.

Each variant is calibrated without the texts that it is judged on: the dev set is cut into folds, by author, and the
judgements of a fold come from a calibration fitted on the others. The differences are paired bootstraps.
"""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from app.assembly import load_responder
from app.decision import decide
from app.labels import background_labels, recognised_labels
from app.responder import Responder
from app.settings import Settings, SettingsError
from embeddings.calibration import Calibration, fit_calibration
from embeddings.errors import EmbeddingsError
from embeddings.evaluation import Judgement, calibration_error, compare, recognition, separation
from embeddings.recognition import Evidence
from knowledge import KnowledgeError, Phrasing
from scripts.building import read_dev_set

FOLDS = 5  # of the dev set, by author

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class DevSet:
    """Labelled texts, the evidence on each, and the labels that are nobody's objection."""

    texts: Sequence[Phrasing]
    evidence: Evidence
    background: Sequence[str]


def main() -> int:
    """Print the table; return the exit code."""
    console = Console()
    try:
        settings = Settings.from_environment()
        responder = load_responder(settings)
        dev_set = gather(responder, read_dev_set(settings.knowledge, responder.knowledge))
    except (EmbeddingsError, KnowledgeError, SettingsError) as error:
        Console(stderr=True).print(str(error), markup=False, highlight=False, style="red", soft_wrap=True)
        return 1
    judged = {name: judge_across(variant) for name, variant in variants(dev_set).items()}
    console.print(_table(judged))
    return 0


def gather(responder: Responder, texts: Sequence[Phrasing]) -> DevSet:
    """Return the evidence on the texts whose label is among those recognised."""
    knowledge = responder.knowledge
    labels = recognised_labels(knowledge, knowledge.default_argumentaire)
    kept = [text for text in texts if text.label in labels]
    return DevSet(kept, responder.listener.evidence([text.text for text in kept], labels), background_labels(knowledge))


def variants(dev_set: DevSet) -> Mapping[str, DevSet]:
    """Return the dev set as each variant of the recognition sees it; a silent channel says zero of every label."""
    evidence = dev_set.evidence
    silent = np.zeros_like(evidence.similarities)
    return {
        "both channels": dev_set,
        "nearest phrasings alone": replace(dev_set, evidence=replace(evidence, lexical=silent)),
        "words alone": replace(dev_set, evidence=replace(evidence, similarities=silent)),
    }


def judge_across(dev_set: DevSet) -> list[Judgement]:
    """Judge each text by a calibration that saw neither it nor anything of its author."""
    fold_of = _folds([text.text if text.label in dev_set.background else text.author for text in dev_set.texts])
    judged: dict[int, Judgement] = {}
    for fold in range(FOLDS):
        calibration = _fit(dev_set, np.flatnonzero(fold_of != fold))
        for row in np.flatnonzero(fold_of == fold):
            judged[int(row)] = _judge(dev_set, int(row), calibration)
    return [judged[row] for row in range(len(dev_set.texts))]


def _folds(authors: Sequence[str]) -> Rows:
    """Deal the authors, those with most texts first, each to the fold that has the fewest texts.

    Two authors wrote the background: dealt as wholes they would leave folds without any, so that theirs go one by one.
    """
    sizes = Counter(authors)
    filled, fold_of_author = [0] * FOLDS, dict[str, int]()
    for author in sorted(sizes, key=lambda author: (-sizes[author], author)):
        fold_of_author[author] = filled.index(min(filled))
        filled[fold_of_author[author]] += sizes[author]
    return np.array([fold_of_author[author] for author in authors])


def _rows(evidence: Evidence, rows: Rows) -> Evidence:
    return replace(evidence, similarities=evidence.similarities[rows], lexical=evidence.lexical[rows])


def _fit(dev_set: DevSet, rows: Rows) -> Calibration:
    accepted = [(dev_set.texts[row].label, *dev_set.texts[row].also) for row in rows]
    return fit_calibration(_rows(dev_set.evidence, rows), accepted, dev_set.background)


def _judge(dev_set: DevSet, row: int, calibration: Calibration) -> Judgement:
    text, evidence = dev_set.texts[row], _rows(dev_set.evidence, np.array([row]))
    probabilities = calibration.probabilities(evidence, dev_set.background)[0]
    decision = decide(
        evidence.labels,
        probabilities,
        evidence.similarities[0],
        small_talk=(),
        background=dev_set.background,
        calibration=calibration,
    )
    objections = {
        label: float(probability)
        for label, probability in zip(evidence.labels, probabilities, strict=True)
        if label not in dev_set.background
    }
    ranked = tuple(sorted(objections, key=lambda label: -objections[label]))
    return Judgement(
        text=text.text,
        language=text.language,
        register=text.register,
        group=text.collection,
        accepted=(text.label, *text.also),
        is_objection=text.label in objections,
        ranked=ranked,
        confidences=tuple(objections[label] for label in ranked),
        heard=sum(objections.values()),
        outcome=decision.outcome.value,
    )


def _table(judged: Mapping[str, Sequence[Judgement]]) -> Table:
    table = Table("variant", "top-1", "difference", "95 % interval", "AUROC", "false answers", "ECE")
    whole = next(iter(judged.values()))
    for name, found in judged.items():
        change, apart = compare(whole, found), separation(found)
        table.add_row(
            name,
            f"{recognition(name, found).top_1:.1%}",
            f"{change.difference:+.1%}",
            f"{change.low:+.1%} to {change.high:+.1%}",
            f"{apart.area_under_roc:.3f}",
            f"{apart.false_answers_at_coverage:.1%}",
            f"{calibration_error(found):.3f}",
        )
    return table


if __name__ == "__main__":
    sys.exit(main())
