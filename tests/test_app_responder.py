"""From a message to its reply, over the small knowledge."""

from dataclasses import replace

import pytest

from app.decision import Outcome
from app.reply import Context, Reply, Request
from app.responder import Responder, UnknownArgumentaireError, in_language
from app.wording import Wording, say
from knowledge import Move, Phrasing
from tests.fakes import EN, FR, small_calibration, small_knowledge, small_responder

COMPETITORS = "nos concurrents vont copier notre travail"
CONTROL = "qui garde la maîtrise du projet ?"
BOTH = "les concurrents prennent le contrôle"
OFF_TOPIC = "une recette de tarte pour demain"


def said(reply: Reply) -> list[str]:
    """Return the ids of the arguments of a reply, in order."""
    return [ranked.argument.id for ranked in reply.answers]


def test_an_objection_is_recognised_and_answered(responder: Responder) -> None:
    """The message echoes the objection, and its arguments come best first."""
    reply = responder.answer(Request(COMPETITORS))
    assert reply.outcome is Outcome.ANSWERED
    assert reply.matches[0].objection_id == "concurrence"
    assert reply.matches[0].confidence > 0.9
    assert reply.message == "You fear concurrence (fr)."
    assert set(said(reply)) == {"mutualiser", "licences", "gouvernance"}
    assert {ranked.objection_id for ranked in reply.answers} == {"concurrence"}
    assert reply.suggestions == ()


def test_the_next_message_knows_what_was_shown(responder: Responder) -> None:
    """Only the first answer counts as shown: the others stand folded below it."""
    reply = responder.answer(Request(COMPETITORS))
    assert reply.context == Context("concurrence", (said(reply)[0],))


def test_matches_are_sorted_and_at_most_three(responder: Responder) -> None:
    """Whatever the outcome, the likeliest comes first."""
    for text in (COMPETITORS, CONTROL, BOTH, OFF_TOPIC):
        confidences = [match.confidence for match in responder.answer(Request(text)).matches]
        assert 1 <= len(confidences) <= 3
        assert confidences == sorted(confidences, reverse=True)


def test_hesitation_asks_which(responder: Responder) -> None:
    """Two objections as likely are both suggested, and nothing is answered."""
    reply = responder.answer(Request(BOTH))
    assert reply.outcome is Outcome.CONFIRM
    assert set(reply.suggestions) == {"concurrence", "maitrise"}
    assert (reply.answers, reply.message) == ((), say(Wording.CONFIRM, FR))


def test_what_is_not_known_is_declined_with_near_themes(responder: Responder) -> None:
    """No argument is made up; the nearest objections are offered."""
    reply = responder.answer(Request(OFF_TOPIC))
    assert reply.outcome is Outcome.DECLINED
    assert (reply.answers, reply.message) == ((), say(Wording.DECLINED, FR))
    assert set(reply.suggestions) == {"concurrence", "maitrise"}


def test_small_talk_is_answered_in_kind(responder: Responder) -> None:
    """A greeting gets a greeting: no match, no suggestion, and the thread is not lost."""
    reply = responder.answer(Request("bonjour à tous", context=Context("maitrise", ("sortie",))))
    assert (reply.outcome, reply.small_talk_id) == (Outcome.SMALL_TALK, "salutation")
    assert reply.message == "Bonjour ! Quelle est votre objection ?"
    assert (reply.matches, reply.answers, reply.suggestions) == ((), (), ())
    assert reply.context == Context("maitrise", ("sortie",))


def test_two_objections_in_one_message_are_both_answered() -> None:
    """The likelier one is echoed, and arguments for the other follow."""
    easier = replace(small_calibration(), which_threshold=0.3)
    reply = small_responder(calibration=easier).answer(Request(BOTH))
    assert reply.outcome is Outcome.ANSWERED
    assert {ranked.objection_id for ranked in reply.answers} == {"concurrence", "maitrise"}
    assert len(set(said(reply))) == len(said(reply)) == 4


def test_several_messages_get_the_replies_of_one_by_one(responder: Responder) -> None:
    """A batch changes nothing but the ids of the replies, and keeps the order."""
    requests = [
        Request(COMPETITORS, limit=1),
        Request("our competitors will profit", argumentaire_id="innovation"),
        Request("et la sécurité du code ?", argumentaire_id="public"),
        Request("", language=EN),
        Request("bonjour"),
        Request(COMPETITORS, context=Context("concurrence", ("mutualiser",), Move.ANOTHER)),
        *[Request(f"{text} {number}") for number in range(20) for text in (COMPETITORS, OFF_TOPIC, BOTH)],
    ]
    together = responder.answer_all(requests)
    alone = [responder.answer(request) for request in requests]
    assert [replace(reply, reply_id="") for reply in together] == [replace(reply, reply_id="") for reply in alone]
    assert len({reply.reply_id for reply in together + alone}) == 2 * len(requests)


def test_no_message_gives_no_reply(responder: Responder) -> None:
    """An empty batch is empty."""
    assert responder.answer_all([]) == []
    assert responder.hear_all([]) == []


def test_an_argumentaire_answers_its_own_objections_with_its_own_arguments(responder: Responder) -> None:
    """Security is heard where it belongs, and control is answered by that argumentaire's one argument for it."""
    text = "le code ouvert est une faille de sécurité"
    elsewhere = responder.answer(Request(text))
    assert "securite" not in [match.objection_id for match in elsewhere.matches]
    assert said(responder.answer(Request(text, argumentaire_id="public"))) == ["audit"]
    assert said(responder.answer(Request(CONTROL, argumentaire_id="public"))) == ["gouvernance"]


def test_small_talk_of_another_argumentaire_is_declined(responder: Responder) -> None:
    """It is still recognised, so that it is not taken for an objection."""
    reply = responder.answer(Request("comment ça marche", argumentaire_id="public"))
    assert (reply.outcome, reply.small_talk_id) == (Outcome.DECLINED, None)


def test_an_unknown_argumentaire_is_refused(responder: Responder) -> None:
    """One bad message in a batch refuses it: a reply from another argumentaire would mislead."""
    with pytest.raises(UnknownArgumentaireError, match="nowhere"):
        responder.answer_all([Request(COMPETITORS), Request(COMPETITORS, argumentaire_id="nowhere")])


def test_no_more_than_the_limit_is_answered(responder: Responder) -> None:
    """The limit cuts the end of the same list."""
    whole = said(responder.answer(Request(COMPETITORS, limit=20)))
    for limit in (1, 2, 3):
        assert said(responder.answer(Request(COMPETITORS, limit=limit))) == whole[:limit]


def test_the_language_is_detected_or_chosen(responder: Responder) -> None:
    """The reply is in the language of the message unless the person chose the other."""
    assert responder.answer(Request("our competitors will copy our work")).language is EN
    assert responder.answer(Request(COMPETITORS)).language is FR
    chosen = responder.answer(Request(COMPETITORS, language=EN))
    assert (chosen.language, chosen.message) == (EN, "You fear concurrence (en).")


@pytest.mark.parametrize(
    "padded",
    [
        f"\x00{COMPETITORS}\x07",
        f"  {COMPETITORS}\r\n\n",
        COMPETITORS.replace(" ", "\u202f \t"),
        f"{COMPETITORS}{' ' * 900}",
    ],
)
def test_padding_changes_nothing(responder: Responder, padded: str) -> None:
    """Control characters, no-break spaces and blank lines are not heard."""
    plain = responder.answer(Request(COMPETITORS))
    assert replace(responder.answer(Request(padded)), reply_id=plain.reply_id) == plain


@pytest.mark.parametrize("move", [Move.ANOTHER, Move.NOT_CONVINCED])
def test_arguing_back_brings_what_was_not_shown(responder: Responder, move: Move) -> None:
    """The objection is remembered, whatever the words of the message, and what was shown stays away."""
    reply = responder.answer(Request("non", context=Context("concurrence", ("licences",), move)))
    assert reply.outcome is Outcome.ANSWERED
    assert set(said(reply)) == {"mutualiser", "gouvernance"}
    assert reply.context.objection_id == "concurrence"
    assert reply.context.shown == ("licences", said(reply)[0])


@pytest.mark.parametrize("move", [Move.DEEPER, Move.EXAMPLE, Move.SOURCE])
def test_asking_more_of_an_argument_brings_it_back_alone(responder: Responder, move: Move) -> None:
    """The last one shown is meant, and it is not counted twice."""
    reply = responder.answer(Request("plus", context=Context("concurrence", ("licences", "mutualiser"), move)))
    assert said(reply) == ["mutualiser"]
    assert reply.context.shown == ("licences", "mutualiser")


@pytest.mark.parametrize("move", Move)
def test_a_move_with_nothing_shown_starts_at_the_best(responder: Responder, move: Move) -> None:
    """A client that lost what it showed gets the same as a first answer."""
    first = responder.answer(Request("encore", context=Context("maitrise", (), move)))
    assert first.outcome is Outcome.ANSWERED
    assert set(said(first)) == {"gouvernance", "licences", "sortie"}


def test_nothing_is_shown_twice_until_all_is_said(responder: Responder) -> None:
    """Asking for another brings each argument once, then the service says that it has said it all."""
    context, shown = Context("concurrence", (), Move.ANOTHER), []
    for _ in range(3):
        reply = responder.answer(Request("un autre", context=context))
        shown.append(said(reply)[0])
        context = replace(reply.context, move=Move.ANOTHER)
    assert sorted(shown) == ["gouvernance", "licences", "mutualiser"]
    last = responder.answer(Request("un autre", context=context))
    assert (last.outcome, last.answers) == (Outcome.DECLINED, ())
    assert last.message == say(Wording.EXHAUSTED, FR)
    assert last.context == Context("concurrence", tuple(shown))


@pytest.mark.parametrize("objection_id", [None, "nowhere", "securite"])
def test_a_move_on_an_objection_that_is_not_here_listens_to_the_words(
    responder: Responder, objection_id: str | None
) -> None:
    """An id that is unknown, or of another argumentaire, is as good as none."""
    reply = responder.answer(Request(COMPETITORS, context=Context(objection_id, (), Move.ANOTHER)))
    assert reply.matches[0].objection_id == "concurrence"
    assert reply.matches[0].confidence < 1


@pytest.fixture(scope="module")
def listener() -> Responder:
    """Return a responder that has heard what people say of an argument."""
    knowledge = small_knowledge()
    said = {Move.ANOTHER: ("un autre argument svp", "vous avez un autre argument"), Move.SOURCE: ("d'où ça sort",)}
    moves = [
        Phrasing(text, FR, move, (), "neutral", "tests", "fakes") for move, texts in said.items() for text in texts
    ]
    return small_responder(replace(knowledge, phrasings=(*knowledge.phrasings, *moves)))


def test_a_move_said_in_words_is_a_move(listener: Responder) -> None:
    """Whoever types "another one" gets what the button gives."""
    context = Context("concurrence", ("licences",))
    typed = listener.answer(Request("un autre argument", context=context))
    tapped = listener.answer(Request("un autre argument", context=replace(context, move=Move.ANOTHER)))
    assert replace(typed, reply_id=tapped.reply_id) == tapped
    assert said(listener.answer(Request("mais d'où ça sort", context=context))) == ["licences"]


@pytest.mark.parametrize(
    "context",
    [Context(), Context("concurrence"), Context(None, ("licences",)), Context("securite", ("licences",))],
    ids=["first message", "nothing shown", "no objection", "an objection of another argumentaire"],
)
def test_the_words_of_a_move_need_an_argument_to_speak_of(listener: Responder, context: Context) -> None:
    """Before anything was shown there is no other argument to ask for."""
    assert listener.answer(Request("un autre argument", context=context)).answers == ()


def test_another_objection_after_an_argument_is_heard_as_one(listener: Responder) -> None:
    """The talk may turn to another subject at any time."""
    reply = listener.answer(Request("on perd le contrôle du projet", context=Context("concurrence", ("licences",))))
    assert reply.matches[0].objection_id == "maitrise"
    assert reply.matches[0].confidence < 1


def test_what_was_shown_counts_without_a_move(responder: Responder) -> None:
    """Who types the same objection again gets the next argument."""
    first = responder.answer(Request(COMPETITORS))
    again = responder.answer(Request(COMPETITORS, context=first.context))
    assert said(again) == said(first)[1:]


def test_every_label_has_its_probability(responder: Responder) -> None:
    """What is heard is whole: the labels of the argumentaire, summing to 1, and the decision made from them."""
    (hearing,) = responder.hear_all([COMPETITORS])
    assert set(hearing.probabilities) == {"concurrence", "maitrise", "salutation", "aide", "hors-sujet"}
    assert sum(hearing.probabilities.values()) == pytest.approx(1)
    assert hearing.decision.matches == responder.answer(Request(COMPETITORS)).matches


def test_a_text_in_one_language_serves_both() -> None:
    """What nobody translated yet is given as it is."""
    small_talk = small_knowledge().small_talk["aide"].replies
    assert in_language(small_talk, EN) == in_language(small_talk, FR) == "Écrivez une objection."


def test_a_title_that_was_tapped_is_not_guessed_again(responder: Responder) -> None:
    """A suggestion sent back as its title, with its id, is that objection, whatever the words would say."""
    objection = responder.knowledge.objections["maitrise"]
    title = objection.texts[FR].title
    reply = responder.answer(Request(title, context=Context(objection_id="maitrise")))
    assert reply.outcome is Outcome.ANSWERED
    assert reply.matches[0].objection_id == "maitrise"
    assert reply.matches[0].confidence == 1
    other = responder.answer(Request("nos concurrents vont copier notre travail", context=Context("maitrise")))
    assert other.matches[0].objection_id == "concurrence"
