"""What is heard in a text, before anything is answered."""

from dataclasses import replace

import numpy as np
import pytest

from app.listener import calm, clean
from knowledge import Language, Move, Phrasing
from tests.fakes import small_calibration, small_knowledge, small_responder

SAID = Phrasing("un autre argument", Language.FR, Move.ANOTHER, (), "neutral", "tests", "fakes")


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("NOS CONCURRENTS VONT EN PROFITER !", "nos concurrents vont en profiter !"),
        ("ON PERD LA MAÎTRISE", "on perd la maîtrise"),
        ("RGPD ?", "RGPD ?"),
        ("RGPD, CNIL et compagnie", "RGPD, CNIL et compagnie"),
        ("1 000 000 €", "1 000 000 €"),
        ("", ""),
    ],
)
def test_shouting_is_lowered_and_acronyms_stay(typed: str, heard: str) -> None:
    """Capitals say nothing when everything is in capitals; otherwise they may."""
    assert calm(typed) == heard


def test_cleaning_folds_what_is_not_seen() -> None:
    """Control characters, line breaks and no-break spaces become one space."""
    assert clean(" a\x00b\u202f\n\tc ") == "a b c"


def test_evidence_is_of_the_cleaned_text() -> None:
    """Padding changes neither channel."""
    listener = small_responder().listener
    labels = ("concurrence", "hors-sujet")
    plain, padded = (listener.evidence([text], labels) for text in ("nos concurrents", "  nos\u200b\nconcurrents "))
    assert np.array_equal(plain.lexical, padded.lexical)


@pytest.mark.parametrize(("threshold", "heard"), [(0.0, Move.ANOTHER), (1.0, None)])
def test_a_move_needs_the_probability_that_the_calibration_asks(threshold: float, heard: Move | None) -> None:
    """The threshold, not the likeliest label, decides."""
    knowledge = small_knowledge()
    knowledge = replace(knowledge, phrasings=(*knowledge.phrasings, SAID))
    responder = small_responder(knowledge, replace(small_calibration(), move_threshold=threshold))
    assert responder.hear_move("un autre argument") == heard


def test_without_phrasings_of_moves_none_is_heard() -> None:
    """A knowledge of before moves still answers."""
    responder = small_responder(calibration=replace(small_calibration(), move_threshold=0.0))
    assert responder.hear_move("un autre argument") is None
