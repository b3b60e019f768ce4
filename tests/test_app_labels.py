"""The labels among which a text is recognised."""

from dataclasses import replace

from app.labels import BACKGROUND, background_labels, move_labels, recognised_labels
from knowledge import Language, Move, Phrasing
from knowledge.phrasings import BACKGROUND as BACKGROUND_OF_PHRASINGS
from tests.fakes import small_knowledge


def test_an_argumentaire_hears_its_own_objections_and_all_that_is_none() -> None:
    """Objections of other argumentaires are left out; small talk of any and the background stay."""
    knowledge = small_knowledge()
    innovation, public = knowledge.argumentaires["innovation"], knowledge.argumentaires["public"]
    nobodys = ("salutation", "aide", "hors-sujet")
    assert recognised_labels(knowledge, innovation) == ("concurrence", "maitrise", *nobodys)
    assert recognised_labels(knowledge, public) == ("maitrise", "securite", *nobodys)
    assert background_labels(knowledge) == nobodys


def test_the_background_has_one_name() -> None:
    """The core and the reader of phrasings mean the same label."""
    assert BACKGROUND == BACKGROUND_OF_PHRASINGS


def test_only_moves_that_people_were_heard_to_say_are_recognised() -> None:
    """A move without phrasings would be compared to nothing."""
    knowledge = small_knowledge()
    assert move_labels(knowledge) == ()
    said = Phrasing("et la source ?", Language.FR, Move.SOURCE, (), "question", "tests", "fakes")
    assert move_labels(replace(knowledge, phrasings=(*knowledge.phrasings, said))) == ("source",)
