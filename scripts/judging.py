"""Runs the service's recognition over labelled texts, and reads or writes what it judged."""

import csv
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.labels import background_labels
from app.reply import Context, Request
from app.responder import Responder
from embeddings.evaluation import Judgement
from embeddings.metrics import discounted_gain
from knowledge import Move


class UnreadableDataError(ValueError):
    """A file of labelled texts cannot be read."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text to judge with its labels, main one first, and the group (file or origin) that it belongs to."""

    text: str
    language: str
    labels: tuple[str, ...]
    register: str
    group: str


def read_labelled(path: Path) -> list[Labelled]:
    """Read labelled texts: JSON lines (`text, lang, label, also, register`) or CSV with the columns of the phrasings.

    :raises UnreadableDataError: naming the file, the line and what is wrong.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableDataError(f"{path} cannot be read: {error}.") from error
    rows: list[tuple[int, dict[str, object]]]
    if path.suffix == ".csv":
        rows = [(number, dict(row)) for number, row in enumerate(csv.DictReader(content.splitlines()), start=2)]
    else:
        rows = [(number, _json_row(path, number, line)) for number, line in enumerate(content.splitlines(), start=1)]
    return [_labelled(path, number, row) for number, row in rows]


@dataclass(frozen=True, slots=True)
class Graded:
    """A text with the objection it raises and how good each argument is as an answer: 3 best, 1 acceptable."""

    text: str
    objection_id: str
    grades: Mapping[str, int]


def read_graded(path: Path) -> list[Graded]:
    """Read graded rankings: CSV with `text, language, label, grades`, a grade written `argument-id:3`.

    :raises UnreadableDataError: naming the file and what is wrong.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [Graded(row["text"], row["label"], _grades(row["grades"])) for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as error:
        raise UnreadableDataError(f"{path} cannot be read as graded rankings ({error}).") from error


def _grades(cell: str) -> Mapping[str, int]:
    return {argument_id: int(grade) for argument_id, _, grade in (pair.partition(":") for pair in cell.split())}


def _json_row(path: Path, number: int, line: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UnreadableDataError(f"{path}:{number}: this line is not JSON ({error}).") from error
    if not isinstance(row, dict):
        raise UnreadableDataError(f"{path}:{number}: an object with text, lang and label was expected.")
    return row


def _labelled(path: Path, number: int, row: dict[str, object]) -> Labelled:
    also = row.get("also") or []
    others = also.split() if isinstance(also, str) else [str(one) for one in also] if isinstance(also, list) else []
    try:
        return Labelled(
            text=str(row["text"]),
            language=str(row.get("lang") or row["language"]),
            labels=(str(row["label"]), *others),
            register=str(row.get("register") or "unknown"),
            group=path.stem,
        )
    except KeyError as error:
        raise UnreadableDataError(f"{path}:{number}: the field {error} is missing.") from error


def judge(responder: Responder, texts: Iterable[Labelled]) -> list[Judgement]:
    """Return what the responder hears in each text, beside what is right."""
    background = set(background_labels(responder.knowledge))
    judged: list[Judgement] = []
    for text in texts:
        hearing = responder.hear_all([text.text])[0]
        objections = {label: p for label, p in hearing.probabilities.items() if label not in background}
        ranked = sorted(objections, key=lambda label: -objections[label])
        judged.append(
            Judgement(
                text=text.text,
                language=text.language,
                register=text.register,
                group=text.group,
                accepted=text.labels,
                is_objection=text.labels[0] in objections,
                ranked=tuple(ranked),
                confidences=tuple(objections[label] for label in ranked),
                heard=sum(objections.values()),
                outcome=hearing.decision.outcome.value,
            )
        )
    return judged


def hear_moves(responder: Responder, texts: Iterable[Labelled]) -> list[tuple[str, str | None]]:
    """Return for each text its label and the move that is heard in it when an argument was just shown."""
    return [(text.labels[0], responder.hear_move(text.text)) for text in texts]


@dataclass(frozen=True, slots=True)
class RankedText:
    """The rebuttals that answer a graded text once its objection is known, and the gain (nDCG) of their order.

    `seen_gain` is that of what a person sees, who may be asked or declined: 0 then.
    """

    graded: Graded
    shown: tuple[str, ...]
    gain: float
    seen_gain: float


def rank_rebuttals(responder: Responder, graded: Iterable[Graded]) -> list[RankedText]:
    """Return how the responder orders the rebuttals of each text."""
    ranked = []
    for text in graded:
        known = responder.answer(Request(text.text, context=Context(text.objection_id, (), Move.ANOTHER)))
        seen = responder.answer(Request(text.text))
        shown, on_screen = (tuple(one.argument.id for one in reply.answers) for reply in (known, seen))
        gain, seen_gain = (discounted_gain(order, text.grades) for order in (shown, on_screen))
        ranked.append(RankedText(text, shown, gain, seen_gain))
    return ranked


def measure_latency(responder: Responder, texts: Sequence[Labelled]) -> list[float]:
    """Return how long each text takes alone, in milliseconds, after one text that warms everything up."""
    responder.hear_all([texts[0].text])
    durations = []
    for text in texts:
        started = time.perf_counter()
        responder.hear_all([text.text])
        durations.append(1000 * (time.perf_counter() - started))
    return durations


def save_judgements(path: Path, judged: Sequence[Judgement], summary: dict[str, object]) -> None:
    """Write what was judged, with its summary, as JSON."""
    content = {"summary": summary, "judgements": [asdict(judgement) for judgement in judged]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_judgements(path: Path) -> list[Judgement]:
    """Read back what was judged.

    :raises UnreadableDataError: when the file is not one that `save_judgements` wrote.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["judgements"]
        return [Judgement(**_with_tuples(row)) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableDataError(f"{path} is not a report of scripts.evaluate ({error}).") from error


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
