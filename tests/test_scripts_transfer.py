"""Training on one subject must not cost the others."""

from pathlib import Path

import pytest

from app.settings import Settings
from embeddings.build import BuildFolder
from embeddings.encoder import Encoder, OnnxEncoder
from scripts.transfer import Subject, base_encoder, read_subjects, top_1
from tests.fakes import WordCountEncoder

_SUBJECTS = Path(__file__).resolve().parent.parent / "knowledge" / "evaluation" / "other-subjects"
_TOLERATED = 0.02  # of the texts may be lost to training


def test_the_nearest_phrasings_decide() -> None:
    """Two texts share their words with the phrasings of their label, a third with those of another."""
    known = (
        ("trop cher", "prix"),
        ("le prix est trop cher", "prix"),
        ("du bruit", "bruit"),
        ("bruit la nuit", "bruit"),
    )
    heard = (("c'est trop cher", "prix"), ("du bruit", "bruit"), ("bruit la nuit", "prix"))
    assert top_1(WordCountEncoder(), Subject("fake", known, heard), "") == pytest.approx(2 / 3)


def test_every_subject_has_enough_to_measure() -> None:
    """Six objections by eight phrasings, and texts of other people in both languages, none of them known."""
    subjects = read_subjects(_SUBJECTS)
    assert [subject.name for subject in subjects] == ["heat-network", "open-data"]
    for subject in subjects:
        assert len({label for _, label in subject.known}) == 6
        assert len(subject.known) == 48
        assert len(subject.heard) >= 80
        assert not {text for text, _ in subject.known} & {text for text, _ in subject.heard}


@pytest.fixture(scope="module")
def base() -> Encoder:
    """Return the base model."""
    return base_encoder()


@pytest.mark.model
@pytest.mark.parametrize("subject", read_subjects(_SUBJECTS), ids=lambda subject: subject.name)
def test_training_costs_other_subjects_nothing(base: Encoder, subject: Subject) -> None:
    """A new argumentaire, added without training, is heard as well as by the base model."""
    folder = BuildFolder(Settings().build)
    trained = OnnxEncoder(folder.models / folder.current().model)
    prefix = trained.description.query_prefix
    assert top_1(trained, subject, prefix) >= top_1(base, subject, prefix) - _TOLERATED
