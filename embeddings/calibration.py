"""Turns evidence into probabilities that mean what they say, and derives the bands of the decision from them.

The weights are fitted by maximum likelihood on the dev set (multinomial logistic regression with three parameters,
a generalisation of temperature scaling: Guo et al., ICML 2017). The thresholds follow from a stated false-answer
rate: the share of texts that are nobody's objection and are answered all the same.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from embeddings.errors import MissingBuildError
from embeddings.recognition import Evidence

FALSE_ANSWER_RATE = 0.03  # of background texts may be answered
FALSE_HEARING_RATE = 0.10  # of background texts may be answered or met with "did you mean"
FALSE_MOVE_RATE = 0.02  # of other texts, typed after an argument, may be taken for a word on that argument
WRONG_OBJECTION_RATE = 0.10  # of answered objections may be taken for another one
_FILE = "calibration.json"
_GRID = 1000  # steps of probability among which a threshold is chosen

Probabilities = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The weights of the channels, and the bands of the decision.

    A text is answered when P(it raises an objection) reaches `answer_threshold` and the likeliest objection reaches
    `which_threshold`; it is met with "did you mean" from `confirm_threshold`; below that it is declined. After an
    argument, a text is taken for a move when P(it is one, whichever) reaches `move_threshold`.
    """

    similarity_weight: float
    lexical_weight: float
    background_bias: float
    answer_threshold: float
    confirm_threshold: float
    which_threshold: float
    fitted_on: int
    move_threshold: float = 0.5

    def probabilities(self, evidence: Evidence, background: Collection[str]) -> Probabilities:
        """Return P(label) for each text: float64, shape (texts, labels), each row summing to 1.

        :param background: the labels that are nobody's objection.
        """
        parameters = np.array([self.similarity_weight, self.lexical_weight, self.background_bias])
        return _softmax(_features(evidence, background) @ parameters)

    def save(self, folder: Path) -> None:
        """Write the calibration to `folder`."""
        (folder / _FILE).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Calibration":
        """Read a calibration back.

        :raises MissingBuildError: when the file is missing or cannot be read.
        """
        try:
            return cls(**json.loads((folder / _FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise MissingBuildError(f"The calibration cannot be read ({error}). Run: make build") from error


def fit_calibration(
    evidence: Evidence, accepted: Sequence[Collection[str]], background: Collection[str]
) -> Calibration:
    """Fit the weights and the thresholds on labelled texts that nothing was trained or indexed on.

    :param accepted: for each text the labels that are right, the main one and those it also raises.
    """
    from scipy.optimize import minimize

    features = _features(evidence, background)
    right = np.array([[label in labels for label in evidence.labels] for labels in accepted])

    def loss(parameters: npt.NDArray[np.float64]) -> float:
        return float(-np.log((_softmax(features @ parameters) * right).sum(axis=1) + 1e-12).mean())

    found = minimize(loss, x0=np.array([20.0, 0.5, 0.0]), method="Nelder-Mead", options={"maxiter": 600})
    similarity_weight, lexical_weight, background_bias = (float(value) for value in found.x)
    unfinished = Calibration(similarity_weight, lexical_weight, background_bias, 1.0, 1.0, 1.0, len(accepted))
    probabilities = unfinished.probabilities(evidence, background)
    heard = objection_probability(probabilities, evidence.labels, background)
    is_background = np.array([set(labels) <= set(background) for labels in accepted])
    objections = [column for column, label in enumerate(evidence.labels) if label not in background]
    likeliest = probabilities[:, objections].max(axis=1)[~is_background]
    is_right = right[:, objections][np.arange(len(accepted)), probabilities[:, objections].argmax(axis=1)]
    return Calibration(
        similarity_weight,
        lexical_weight,
        background_bias,
        answer_threshold=lowest_threshold(heard[is_background], FALSE_ANSWER_RATE),
        confirm_threshold=lowest_threshold(heard[is_background], FALSE_HEARING_RATE),
        which_threshold=_sure_enough(likeliest, is_right[~is_background]),
        fitted_on=len(accepted),
    )


def objection_probability(
    probabilities: Probabilities, labels: Sequence[str], background: Collection[str]
) -> npt.NDArray[np.float64]:
    """Return P(the text raises an objection, whichever it is): float64, shape (texts,).

    The sum over the objections separates them from background better than the likeliest one alone does: a text that
    hesitates between two objections is still an objection.
    """
    columns = [column for column, label in enumerate(labels) if label not in background]
    return np.asarray(probabilities[:, columns].sum(axis=1))


def lowest_threshold(heard: npt.NDArray[np.float64], rate: float) -> float:
    """Return the lowest probability that at most `rate` of these texts reach."""
    for step in range(1, _GRID):
        if (heard >= step / _GRID).mean() <= rate:
            return step / _GRID
    return 1.0


def _sure_enough(likeliest: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_]) -> float:
    """Return the lowest confidence from which at most `WRONG_OBJECTION_RATE` of the answers miss the objection."""
    for step in range(1, _GRID):
        answered = likeliest >= step / _GRID
        if answered.any() and (~is_right[answered]).mean() <= WRONG_OBJECTION_RATE:
            return step / _GRID
    return 1.0


def _features(evidence: Evidence, background: Collection[str]) -> npt.NDArray[np.float64]:
    bias = np.broadcast_to(
        np.array([label in background for label in evidence.labels], dtype=np.float64), evidence.similarities.shape
    )
    return np.stack([evidence.similarities, evidence.lexical, bias], axis=2).astype(np.float64)


def _softmax(scores: npt.NDArray[np.float64]) -> Probabilities:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))
