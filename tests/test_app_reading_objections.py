"""In which order, under which objection and under which number an argument is read."""

from dataclasses import replace

from app.reading.arguments import Reading, arguments_for
from app.reading.contents import find_argumentaire, start_reading
from app.reading.objections import view_chapters, view_leftover, view_objection_page
from knowledge import Knowledge
from tests.fakes import EN, FR, make_argument, small_knowledge


def reading(knowledge: Knowledge | None = None) -> Reading:
    """Return the reading of the default argumentaire in French."""
    knowledge = knowledge or small_knowledge()
    return start_reading(find_argumentaire(knowledge, None, None), knowledge, FR, 2026)


def test_who_answers_an_objection_first_comes_first() -> None:
    """Then the order of the argumentaire decides; what the argumentaire does not hold is left out."""
    read = reading()
    found = arguments_for(read.knowledge.objections["concurrence"], read)
    assert [argument.id for argument in found] == ["mutualiser", "licences", "gouvernance"]


def test_stronger_evidence_comes_first_among_equals() -> None:
    """Two arguments that answer an objection equally well are told apart by their best source."""
    knowledge = small_knowledge()
    weak = replace(knowledge.arguments["mutualiser"], sources=("atelier",))
    read = reading(replace(knowledge, arguments={**knowledge.arguments, "mutualiser": weak}))
    found = arguments_for(read.knowledge.objections["concurrence"], read)
    assert [argument.id for argument in found] == ["licences", "mutualiser", "gouvernance"]


def test_the_booklet_tells_each_argument_once() -> None:
    """Under the objection that it answers best; elsewhere there is a link with its number."""
    first, second = view_chapters(reading())
    assert [(one.number, one.anchor) for one in first.arguments] == [("1.1", "mutualiser"), ("1.2", "licences")]
    assert [(one.number, one.anchor) for one in second.arguments] == [("2.1", "gouvernance"), ("2.2", "sortie")]
    assert [(one.number, one.address.anchor) for one in first.elsewhere] == [("2.1", "gouvernance")]
    assert [(one.number, one.address.anchor) for one in second.elsewhere] == [("1.2", "licences")]


def test_the_page_of_an_objection_tells_all_its_arguments() -> None:
    """Those that the booklet tells elsewhere too, with links to what else they answer and to the neighbours."""
    page = view_objection_page("maitrise", reading())
    assert [one.anchor for one in page.objection.arguments] == ["gouvernance", "sortie", "licences"]
    assert [one.title for one in page.objection.arguments[0].also_answers] == ["concurrence (fr)"]
    assert page.objection.arguments[1].also_answers == ()
    assert page.before is not None and str(page.before.address) == "/argumentaire/concurrence?lang=fr"
    assert page.after is None


def test_the_come_back_is_a_link_when_the_argumentaire_holds_it() -> None:
    """An objection of another audience is no come-back here."""
    knowledge = small_knowledge()
    for anticipated, expected in (("maitrise", "maitrise (fr)"), ("securite", None)):
        licences = replace(knowledge.arguments["licences"], anticipates=anticipated)
        read = reading(replace(knowledge, arguments={**knowledge.arguments, "licences": licences}))
        told = view_chapters(read)[0].arguments[1]
        assert (told.comeback.title if told.comeback else None) == expected


def test_an_argument_that_answers_nothing_here_is_not_lost() -> None:
    """It stands at the end of the booklet."""
    knowledge = small_knowledge()
    default = knowledge.default_argumentaire
    held = replace(default, arguments=(*default.arguments, "audit"))
    read = reading(replace(knowledge, argumentaires={**knowledge.argumentaires, default.id: held}))
    assert [one.anchor for one in view_leftover(read)] == ["audit"]
    assert view_leftover(reading()) == ()


def test_an_argument_with_the_id_of_an_objection_has_an_anchor_of_its_own() -> None:
    """Ids of objections and of arguments are chosen apart; one page shows both."""
    knowledge = small_knowledge()
    default = knowledge.default_argumentaire
    same = make_argument("maitrise", "maitrise")
    held = replace(default, arguments=(*default.arguments, "maitrise"))
    changed = replace(
        knowledge,
        arguments={**knowledge.arguments, "maitrise": same},
        argumentaires={**knowledge.argumentaires, default.id: held},
    )
    assert [one.anchor for one in view_chapters(reading(changed))[1].arguments] == [
        "gouvernance",
        "sortie",
        "maitrise_",
    ]


def test_a_text_in_one_language_is_told_in_it() -> None:
    """`mutualiser` exists in French only."""
    english = start_reading(small_knowledge().default_argumentaire, small_knowledge(), EN, 2026)
    told = view_chapters(english)[0].arguments
    assert [(one.language, one.title) for one in told] == [(FR, "mutualiser (fr)"), (EN, "licences (en)")]
