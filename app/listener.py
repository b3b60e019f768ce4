"""Hears what a text says: one of the objections of an argumentaire, small talk, a move, or nothing of ours."""

from collections.abc import Sequence

import numpy as np

from app.decision import Decision, Hearing, decide
from app.labels import background_labels, move_labels, recognised_labels
from embeddings.calibration import Calibration
from embeddings.encoder import Encoder, Vectors
from embeddings.recognition import Evidence, Recogniser
from knowledge import Argumentaire, Knowledge, Move

_SHOUTED_WORDS = 3  # fewer may be an acronym or a name


class Listener:
    """Holds the encoder, the phrasings and the calibration; texts are cleaned before they reach any of them."""

    def __init__(
        self,
        *,
        knowledge: Knowledge,
        encoder: Encoder,
        query_prefix: str,
        recogniser: Recogniser,
        calibration: Calibration,
    ) -> None:
        """Put the parts together; the recogniser knows the phrasings of the knowledge."""
        self._knowledge = knowledge
        self._encoder = encoder
        self._query_prefix = query_prefix
        self._recogniser = recogniser
        self._calibration = calibration
        self._background = background_labels(knowledge)
        self._moves = move_labels(knowledge)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector a cleaned text: float32, shape (texts, dimension)."""
        return self._encoder.encode([self._query_prefix + calm(text) for text in texts])

    def evidence(self, texts: Sequence[str], labels: Sequence[str]) -> Evidence:
        """Return what each channel says of the texts for each of the labels, before calibration."""
        cleaned = [clean(text) for text in texts]
        return self._recogniser.evidence(cleaned, self.encode(cleaned), labels)

    def hear(self, argumentaire: Argumentaire, text: str, vector: Vectors) -> Hearing:
        """Return what is heard in a cleaned text: the decision, and the probability of every label."""
        labels = recognised_labels(self._knowledge, argumentaire)
        evidence = self._recogniser.evidence([text], vector[np.newaxis, :], labels)
        probabilities = self._calibration.probabilities(evidence, self._background)[0]
        decision: Decision = decide(
            labels,
            probabilities,
            evidence.similarities[0],
            small_talk=argumentaire.small_talk,
            background=self._background,
            calibration=self._calibration,
        )
        return Hearing(decision, dict(zip(labels, probabilities.tolist(), strict=True)))

    def hear_move(self, argumentaire: Argumentaire, text: str, vector: Vectors) -> Move | None:
        """Return the likeliest move when a cleaned text is likely enough to be one, or None."""
        labels = (*recognised_labels(self._knowledge, argumentaire), *self._moves)
        evidence = self._recogniser.evidence([text], vector[np.newaxis, :], labels)
        probabilities = self._calibration.probabilities(evidence, (*self._background, *self._moves))[0]
        moves = probabilities[len(labels) - len(self._moves) :]
        if not self._moves or moves.sum() < self._calibration.move_threshold:
            return None
        return Move(self._moves[int(np.argmax(moves))])


def clean(text: str) -> str:
    """Return the text without control characters and with white space folded, so that padding changes nothing."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def calm(text: str) -> str:
    """Return a text that is typed all in capitals in lower case: the model hears shouting as another language.

    On the dev set in capitals this recovers all the 4.7 points of top-1 that they cost. A lone acronym stays.
    """
    return text.lower() if text.isupper() and len(text.split()) >= _SHOUTED_WORDS else text
