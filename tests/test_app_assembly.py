"""What has to be in step before anything is answered; and real messages, on the built model."""

from dataclasses import replace
from pathlib import Path

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from app.assembly import check_in_step, load_responder
from app.decision import Outcome
from app.reply import Context, Reply, Request
from app.responder import Responder
from app.settings import Settings
from embeddings.build import Manifest
from embeddings.encoder import ModelDescription
from embeddings.errors import MissingBuildError, StaleBuildError
from knowledge import KnowledgeError, Language, Move, read_evaluation
from tests.fakes import small_knowledge

DESCRIPTION = ModelDescription("model", "hash", 3, 512, "query: ", "passage: ")
MANIFEST = Manifest("model", "hash", "query: ", "passage: ", 3, "small", "today", ())

# Written for this test, as people speak; no phrasing and no text of the dev set comes near them.
EVERYDAY = {
    "eloignement": (
        "Nous on vend des assurances auto, je vois pas le rapport avec les wikis et compagnie",
        "C'est sympa pour les geeks et les associations, mais nous on fabrique des yaourts",
        "I run a chain of hotels, this open commons stuff belongs to tech people",
        "Honnêtement ça concerne plutôt les mairies et l'administration, pas une boîte comme la nôtre",
        "On est dans le BTP monsieur, nous c'est le béton",
    ),
    "impact": (
        "Et concrètement, dans un an, qu'est-ce qu'on aura gagné ?",
        "Montrez-moi un seul chiffre qui prouve que ça marche",
        "Sounds lovely but I can't see what result it would give us",
        "Encore un truc à la mode dont il ne restera rien",
        "Franchement je doute que ça ait le moindre effet sur nos résultats",
    ),
    "maitrise": (
        "Si demain la communauté part dans une autre direction, on fait quoi ?",
        "Je refuse que des inconnus décident de notre feuille de route à notre place",
        "Who gets the final say once it's out in the open? Not us, I bet",
        "N'importe qui pourra venir modifier ce qu'on a fait, non merci",
        "Une fois que c'est publié on n'a plus la main dessus",
    ),
    "modele-economique": (
        "Si c'est gratuit, comment vous faites pour payer les développeurs ?",
        "Je comprends pas où est l'argent dans votre histoire",
        "Where does the revenue come from if anyone can have it for nothing?",
        "Qui met la main à la poche pour entretenir tout ça à la fin du mois ?",
        "On ne bâtit pas une entreprise rentable en donnant ce qu'on produit",
    ),
    "concurrence": (
        "Autant envoyer directement nos plans à nos rivaux",
        "Le voisin d'en face va se servir chez nous et nous prendre nos clients",
        "Amazon va tout aspirer et nous écraser avec notre propre boulot",
        "We'd be handing our secret sauce to the other guys",
        "On aura bossé deux ans pour que les autres du secteur s'en servent sans rien faire",
    ),
}
FEWEST_RIGHT = 18  # of the 25 above, in the first place
NEAR = 0.6  # cosine of pieces of words from which two texts are one reworded


def test_a_build_of_other_knowledge_is_stale() -> None:
    """The message names both versions and what to run."""
    check_in_step(MANIFEST, small_knowledge(), DESCRIPTION)
    sentence = r"^The knowledge has changed .*it is new, the vectors are of small\)\. Run: make build$"
    with pytest.raises(StaleBuildError, match=sentence):
        check_in_step(MANIFEST, replace(small_knowledge(), version="new"), DESCRIPTION)


def test_vectors_of_another_model_are_stale() -> None:
    """Cosines between vectors of two models mean nothing."""
    with pytest.raises(StaleBuildError, match=r"^The vectors were made with another model \(hash\).*\(other\)"):
        check_in_step(MANIFEST, small_knowledge(), replace(DESCRIPTION, model_hash="other"))


def test_nothing_built_is_said_so(tmp_path: Path) -> None:
    """The real knowledge with an empty build folder is a build that is missing."""
    with pytest.raises(MissingBuildError, match=r"have not been built yet\. Run: make build$"):
        load_responder(Settings(build=tmp_path))


def test_no_knowledge_is_said_so(tmp_path: Path) -> None:
    """An empty folder has problems, and they are told before any model is loaded."""
    with pytest.raises(KnowledgeError, match=r"^The knowledge has \d+ problems"):
        load_responder(Settings(knowledge=tmp_path, build=tmp_path))


@pytest.fixture(scope="module")
def built() -> Responder:
    """Give the responder that serves; without a build, the tests fail with the sentence that says what to run."""
    return load_responder(Settings())


def likeliest(reply: Reply) -> str | None:
    """Return the objection that comes first, or None for small talk."""
    return reply.matches[0].objection_id if reply.matches else None


@pytest.mark.model
def test_the_example_of_the_documentation_is_answered(built: Responder) -> None:
    """Competition comes first, and each answer is whole and carries a source."""
    reply = built.answer(Request("Nos concurrents vont récupérer notre travail gratuitement"))
    assert (reply.outcome, likeliest(reply), reply.language) == (Outcome.ANSWERED, "concurrence", Language.FR)
    assert reply.matches[0].confidence > 0.5
    assert 1 <= len(reply.answers) <= 5
    for ranked in reply.answers:
        assert ranked.argument.sources
        assert set(ranked.argument.sources) <= set(built.knowledge.sources)
        assert "concurrence" in ranked.argument.answers
        assert 0 < ranked.similarity <= 1
        text = ranked.argument.texts[Language.FR]
        assert text.one_liner and text.summary and text.body and text.concession and text.return_question


@pytest.mark.model
def test_the_same_objection_in_english_is_answered_in_english(built: Responder) -> None:
    """The other language leads to the same objection."""
    reply = built.answer(Request("Our competitors will take our work for free"))
    assert (reply.outcome, likeliest(reply), reply.language) == (Outcome.ANSWERED, "concurrence", Language.EN)
    assert reply.message == built.knowledge.objections["concurrence"].texts[Language.EN].echo


@pytest.mark.model
def test_everyday_words_are_recognised(built: Responder) -> None:
    """Of 25 texts that nothing was learned or tuned on, at least 18 have their objection first."""
    right = [
        text
        for objection_id, texts in EVERYDAY.items()
        for text in texts
        if likeliest(built.answer(Request(text))) == objection_id
    ]
    assert sum(map(len, EVERYDAY.values())) == 25
    assert len(right) >= FEWEST_RIGHT


@pytest.mark.model
def test_everyday_words_were_never_seen(built: Responder) -> None:
    """None of the 25 stands among the phrasings or in the dev set, nor nearly: else they would prove nothing."""
    dev_set = read_evaluation(Settings().knowledge, built.knowledge)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, strip_accents="unicode")
    seen = pieces.fit_transform([one.text for one in (*built.knowledge.phrasings, *dev_set)])
    texts = [text for of_one_objection in EVERYDAY.values() for text in of_one_objection]
    nearest = (pieces.transform(texts) @ seen.T).max(axis=1).toarray().ravel()
    assert [text for text, cosine in zip(texts, nearest, strict=True) if cosine >= NEAR] == []


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Quelle heure est-il à Tokyo ?",
        "asdfgh jklm",
        "What's a good recipe for lasagna?",
        "🙂",
        "l'imprimante du 3e ne marche plus",
    ],
)
def test_what_is_nobodys_objection_is_not_answered(built: Responder, text: str) -> None:
    """Declining well beats answering badly."""
    reply = built.answer(Request(text))
    assert reply.outcome is not Outcome.ANSWERED
    assert reply.answers == ()


@pytest.mark.model
@pytest.mark.parametrize(("text", "small_talk_id"), [("Bonjour !", "salutation"), ("merci beaucoup", "remerciement")])
def test_small_talk_is_heard(built: Responder, text: str, small_talk_id: str) -> None:
    """A greeting or a thank-you gets its reply."""
    reply = built.answer(Request(text))
    assert (reply.outcome, reply.small_talk_id) == (Outcome.SMALL_TALK, small_talk_id)


@pytest.mark.model
def test_a_batch_equals_one_by_one_on_the_real_model(built: Responder) -> None:
    """Neither company nor padding changes a vector: confidences are equal to the last bit."""
    requests = [Request(text) for texts in EVERYDAY.values() for text in texts]
    requests += [Request("non"), Request("Une très longue objection. " * 60), Request("")]
    together = built.answer_all(requests)
    alone = [built.answer(request) for request in requests]
    assert [replace(reply, reply_id="") for reply in together] == [replace(reply, reply_id="") for reply in alone]


@pytest.mark.model
@pytest.mark.parametrize("objection_id", EVERYDAY)
def test_every_argument_of_an_objection_is_given_once(built: Responder, objection_id: str) -> None:
    """Asking for another again and again brings each argument that answers it, and then the end."""
    arguments = built.knowledge.arguments.values()
    expected = {argument.id for argument in arguments if objection_id in argument.answers}
    context, shown = Context(objection_id, (), Move.ANOTHER), list[str]()
    while (reply := built.answer(Request("un autre ?", context=context))).answers:
        shown.append(reply.answers[0].argument.id)
        context = replace(reply.context, move=Move.ANOTHER)
    assert sorted(shown) == sorted(expected)
    assert len(shown) >= 2
