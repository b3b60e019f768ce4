"""Decides what to do with a text from the probabilities of its labels: answer, ask, decline, or talk."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from embeddings.calibration import Calibration

MAX_MATCHES = 3  # more than three themes is a menu, not an answer
SECOND_OBJECTION = 0.25  # a second objection this likely is answered too


class Outcome(StrEnum):
    """What the system decided."""

    ANSWERED = "answered"
    CONFIRM = "confirm"
    DECLINED = "declined"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Match:
    """An objection recognised in a text, with its calibrated probability and the raw cosine."""

    objection_id: str
    confidence: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, the likeliest objections (likeliest first), and the small talk that was heard, if any."""

    outcome: Outcome
    matches: tuple[Match, ...]
    small_talk_id: str | None = None

    @property
    def raised(self) -> tuple[Match, ...]:
        """The objections to answer: the likeliest one, and others that the text raises too."""
        return tuple(m for rank, m in enumerate(self.matches) if rank == 0 or m.confidence >= SECOND_OBJECTION)


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is heard in a text: the decision, and the probability of every label it was weighed against."""

    decision: Decision
    probabilities: Mapping[str, float]


def decide(
    labels: Sequence[str],
    probabilities: npt.NDArray[np.float64],
    similarities: npt.NDArray[np.float32],
    small_talk: Collection[str],
    background: Collection[str],
    calibration: Calibration,
) -> Decision:
    """Decide for one text.

    :param probabilities: P(label), float64 of shape (labels,).
    :param similarities: the cosine of each label, float32 of shape (labels,).
    """
    objections = [column for column, label in enumerate(labels) if label not in background]
    matches = tuple(
        Match(labels[column], float(probabilities[column]), float(similarities[column]))
        for column in sorted(objections, key=lambda column: -probabilities[column])[:MAX_MATCHES]
    )
    heard = float(probabilities[objections].sum())
    likeliest = labels[int(np.argmax(probabilities))]
    if heard < calibration.answer_threshold and likeliest in small_talk:
        return Decision(Outcome.SMALL_TALK, (), small_talk_id=likeliest)
    if heard < calibration.confirm_threshold or not matches:
        return Decision(Outcome.DECLINED, matches)
    sure_which = matches[0].confidence >= calibration.which_threshold
    outcome = Outcome.ANSWERED if heard >= calibration.answer_threshold and sure_which else Outcome.CONFIRM
    return Decision(outcome, matches)
