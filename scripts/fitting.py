"""What a build learns without training: the lexical channel, and the calibration on the dev set."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.labels import BACKGROUND, background_labels, move_labels, recognised_labels
from embeddings.calibration import FALSE_MOVE_RATE, Calibration, fit_calibration, lowest_threshold
from embeddings.encoder import Vectors
from embeddings.errors import BuildError
from embeddings.lexical import LexicalClassifier
from embeddings.recognition import Evidence, Recogniser
from knowledge import Knowledge, Phrasing

FEWEST_DEV_TEXTS = 100  # below this a calibration says more about the texts than about the model
_FEWEST_PHRASINGS = 30  # of a label, for its words to be learned rather than guessed


def check_background(knowledge: Knowledge) -> None:
    """Check that there is enough to learn what to decline from.

    :raises BuildError: when there is not.
    """
    count = sum(text.label == BACKGROUND for text in knowledge.phrasings)
    if count < _FEWEST_PHRASINGS:
        raise BuildError(
            f"The knowledge has {count} phrasings labelled {BACKGROUND}; at least {_FEWEST_PHRASINGS} are needed to "
            "learn what to decline. Copy knowledge/phrasings/not-objections.csv from the project."
        )


def fit_lexical(knowledge: Knowledge) -> LexicalClassifier:
    """Fit the lexical channel on the labels that have enough phrasings to learn words from."""
    counts = Counter(text.label for text in knowledge.phrasings)
    learned = [text for text in knowledge.phrasings if counts[text.label] >= _FEWEST_PHRASINGS]
    return LexicalClassifier.fit([text.text for text in learned], [text.label for text in learned])


def calibrate(
    recogniser: Recogniser, knowledge: Knowledge, dev_set: Sequence[Phrasing], vectors: Vectors
) -> Calibration:
    """Fit the calibration on the dev texts whose label is recognised in the default argumentaire.

    :param vectors: one row a dev text, float32, shape (texts, dimension).
    """
    labels = recognised_labels(knowledge, knowledge.default_argumentaire)
    rows = np.array([row for row, text in enumerate(dev_set) if text.label in labels])
    texts, accepted = [dev_set[row].text for row in rows], [(dev_set[row].label, *dev_set[row].also) for row in rows]
    evidence = recogniser.evidence(texts, vectors[rows], labels)
    calibration = fit_calibration(evidence, accepted, background_labels(knowledge))
    evidence = recogniser.evidence(texts, vectors[rows], (*labels, *move_labels(knowledge)))
    return _with_move_threshold(calibration, evidence, knowledge)


def _with_move_threshold(calibration: Calibration, evidence: Evidence, knowledge: Knowledge) -> Calibration:
    """Return the calibration with the threshold that few of these texts, none of which is a move, reach."""
    moves = move_labels(knowledge)
    probabilities = calibration.probabilities(evidence, (*background_labels(knowledge), *moves))
    heard = probabilities[:, [evidence.labels.index(move) for move in moves]].sum(axis=1)
    return replace(calibration, move_threshold=lowest_threshold(heard, FALSE_MOVE_RATE))
