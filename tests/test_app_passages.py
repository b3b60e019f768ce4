"""Which texts are searched."""

from dataclasses import replace

from app.passages import Passage, View, passages, rows_showing
from knowledge import Language, Phrasing
from tests.fakes import EN, FR, make_argument, small_knowledge


def test_every_side_of_the_knowledge_is_searched() -> None:
    """Phrasings, titles of objections, claims and summaries of arguments, in each language that they have."""
    knowledge = small_knowledge()
    found = passages(knowledge)
    assert [passage.text for passage in found if passage.view is View.PHRASING] == [
        phrasing.text for phrasing in knowledge.phrasings
    ]
    assert Passage(View.OBJECTION, "securite", EN, "securite (en)") in found
    assert Passage(View.CLAIM, "audit", FR, "audit (fr). audit in one line (fr)") in found
    assert Passage(View.SUMMARY, "audit", EN, "Summary of audit (en).") in found


def test_an_argument_in_one_language_is_searched_in_that_one() -> None:
    """No text is made up for the missing language."""
    found = [passage for passage in passages(small_knowledge()) if passage.target == "mutualiser"]
    assert [(passage.view, passage.language) for passage in found] == [(View.CLAIM, FR), (View.SUMMARY, FR)]


def test_a_one_liner_that_is_the_title_is_not_said_twice() -> None:
    """The claim is then the title alone."""
    argument = make_argument("audit", "securite", languages=[FR])
    text = replace(argument.texts[FR], one_liner=argument.texts[FR].title)
    knowledge = replace(small_knowledge(), arguments={"audit": replace(argument, texts={FR: text})})
    assert [passage.text for passage in passages(knowledge) if passage.view is View.CLAIM] == ["audit (fr)"]


def test_only_what_people_would_type_is_a_query() -> None:
    """Phrasings and titles of objections take the prefix of queries, the texts of arguments that of passages."""
    for passage in passages(small_knowledge()):
        assert passage.is_query == (passage.view in (View.PHRASING, View.OBJECTION))


def test_the_order_is_fixed_and_rows_point_into_it() -> None:
    """The rows of a view lead back to its passages, and two readings give the same rows."""
    found = passages(small_knowledge())
    assert found == passages(small_knowledge())
    rows = rows_showing(found, View.CLAIM, View.SUMMARY)
    assert {found[row].view for row in rows} == {View.CLAIM, View.SUMMARY}
    others = rows_showing(found, View.PHRASING, View.OBJECTION)
    assert sorted(rows + others) == list(range(len(found)))


def _said(label: str, collection: str, count: int) -> list[Phrasing]:
    texts = [f"{label} {collection} {number}" for number in range(count)]
    return [Phrasing(text, Language.FR, label, (), "neutral", "tests", collection) for text in texts]


def test_a_few_phrasings_of_each_label_and_file_are_indexed_spread_over_the_file() -> None:
    """A short file is indexed whole; of a long one, eight rows, the first among them and none twice."""
    phrasings = (*_said("maitrise", "short", 3), *_said("maitrise", "long", 80), *_said("securite", "long", 8))
    found = passages(replace(small_knowledge(), phrasings=phrasings))
    texts = [passage.text for passage in found if passage.view is View.PHRASING]
    assert texts[:3] == [f"maitrise short {number}" for number in range(3)]
    assert texts[3:11] == [f"maitrise long {number}" for number in range(0, 80, 10)]
    assert texts[11:] == [f"securite long {number}" for number in range(8)]
