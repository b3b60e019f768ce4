"""The dev set is of other authors than what is learned, and repeats none of it."""

from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge import Knowledge, Phrasing, load_knowledge, read_evaluation

_KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"
_NEAR = 0.8  # cosine of character n-grams from which two texts are rewordings of each other


def _read() -> tuple[Knowledge, tuple[Phrasing, ...]]:
    knowledge = load_knowledge(_KNOWLEDGE)
    return knowledge, read_evaluation(_KNOWLEDGE, knowledge)


def test_nobody_who_wrote_objections_to_learn_from_wrote_objections_of_the_dev_set() -> None:
    """Neighbours of one author are alike: those who wrote objections stand on one side, and so for background."""
    knowledge, dev_set = _read()
    for of_objections in (True, False):
        learned = {one.author for one in knowledge.phrasings if (one.label in knowledge.objections) is of_objections}
        measured = {one.author for one in dev_set if (one.label in knowledge.objections) is of_objections}
        assert learned & measured == set()


def test_no_text_of_the_dev_set_is_nearly_one_that_is_learned() -> None:
    """A dev text that is close to a learned one would measure memory, not hearing."""
    knowledge, dev_set = _read()
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, strip_accents="unicode")
    learned = pieces.fit_transform([one.text for one in knowledge.phrasings])
    nearness = (pieces.transform([one.text for one in dev_set]) @ learned.T).max(axis=1).toarray().ravel()
    too_near = [dev_set[row].text for row in np.flatnonzero(nearness >= _NEAR)]
    assert too_near == []


def test_the_dev_set_is_large_enough_to_measure_on() -> None:
    """Every objection has dev texts in both languages, and there is background to decline."""
    knowledge, dev_set = _read()
    for objection_id in knowledge.objections:
        languages = {one.language for one in dev_set if one.label == objection_id}
        assert len([one for one in dev_set if one.label == objection_id]) >= 40
        assert len(languages) == 2
    assert len([one for one in dev_set if one.label == "hors-sujet"]) >= 100
