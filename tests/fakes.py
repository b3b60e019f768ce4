"""A small encoder, a small knowledge and a responder over both: real classes, no model, no disk."""

import re
from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

import numpy as np

from app.assembly import make_argument_index, make_recogniser
from app.listener import Listener
from app.passages import passages
from app.responder import Responder
from embeddings.calibration import Calibration
from embeddings.encoder import Encoder, Vectors
from embeddings.index import normalise
from embeddings.lexical import LexicalClassifier
from knowledge import (
    Argument,
    Argumentaire,
    ArgumentaireText,
    ArgumentText,
    Grade,
    Knowledge,
    Language,
    Nature,
    Objection,
    ObjectionText,
    Phrasing,
    SmallTalk,
    Source,
)

FR, EN = Language.FR, Language.EN
QUERY_PREFIX = "query: "

_PHRASINGS: Mapping[str, Mapping[Language, Sequence[str]]] = {
    "concurrence": {
        FR: (
            "nos concurrents vont en profiter",
            "nos concurrents vont copier notre travail",
            "la concurrence va récupérer notre travail",
            "les concurrents vont profiter de notre travail gratuitement",
        ),
        EN: ("our competitors will profit from it", "our competitors will copy our work"),
    },
    "maitrise": {
        FR: (
            "on perd le contrôle du projet",
            "nous allons perdre la maîtrise du projet",
            "qui garde le contrôle du projet",
            "comment garder la maîtrise du projet",
        ),
        EN: ("we lose control of the project", "who keeps control of the project"),
    },
    "securite": {
        FR: (
            "le code ouvert est une faille de sécurité",
            "les pirates vont trouver une faille dans le code",
            "et la sécurité du code",
        ),
        EN: ("open code is a security risk", "hackers will find security holes in the code"),
    },
    "salutation": {FR: ("bonjour", "bonjour à tous", "bonsoir à tous"), EN: ("hello", "hello there")},
    "aide": {FR: ("comment ça marche ici", "comment ça marche"), EN: ("how does this work", "how does it work")},
    "hors-sujet": {
        FR: ("une recette de tarte aux pommes", "quel temps fait-il demain", "une recette de soupe pour demain"),
        EN: ("a recipe for apple pie", "what is the weather tomorrow"),
    },
}


class WordCountEncoder:
    """Counts the words of a text in as many bins as there are dimensions: texts that share words are near."""

    def __init__(self, dimension: int = 256) -> None:
        self.dimension = dimension

    def encode(self, texts: Sequence[str], /, progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one vector a text, which depends on the text alone."""
        counts = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower().removeprefix(QUERY_PREFIX)):
                counts[row, crc32(word.encode()) % self.dimension] += 1
            if progress is not None:
                progress(1)
        return normalise(counts)


def small_responder(knowledge: Knowledge | None = None, calibration: Calibration | None = None) -> Responder:
    """Put a responder together over the small knowledge, with words in the place of meaning."""
    knowledge = knowledge or small_knowledge()
    encoder: Encoder = WordCountEncoder()
    found = passages(knowledge)
    vectors = encoder.encode([passage.text for passage in found])
    phrasings = knowledge.phrasings
    lexical = LexicalClassifier.fit([said.text for said in phrasings], [said.label for said in phrasings])
    return Responder(
        knowledge=knowledge,
        listener=Listener(
            knowledge=knowledge,
            encoder=encoder,
            query_prefix=QUERY_PREFIX,
            recogniser=make_recogniser(found, vectors, lexical),
            calibration=calibration or small_calibration(),
        ),
        argument_index=make_argument_index(found, vectors),
        model_version="word-counts@1",
    )


def small_calibration() -> Calibration:
    """Weigh words and nearness so that a text that shares most of its words with a phrasing is heard."""
    return Calibration(
        similarity_weight=10,
        lexical_weight=1,
        background_bias=1,
        answer_threshold=0.6,
        confirm_threshold=0.4,
        which_threshold=0.5,
        fitted_on=0,
    )


def small_knowledge() -> Knowledge:
    """Return two argumentaires over three objections, five arguments and three sources."""
    return Knowledge(
        argumentaires={one.id: one for one in (_argumentaire(), _public_argumentaire())},
        objections={id_: _objection(id_) for id_ in ("concurrence", "maitrise", "securite")},
        arguments={one.id: one for one in _arguments()},
        sources={one.id: one for one in _sources()},
        small_talk={
            "salutation": SmallTalk("salutation", {FR: "Bonjour ! Quelle est votre objection ?", EN: "Hello!"}),
            "aide": SmallTalk("aide", {FR: "Écrivez une objection."}),
        },
        phrasings=tuple(
            Phrasing(text, language, label, (), "neutral", "tests", "fakes")
            for label, texts in _PHRASINGS.items()
            for language, said in texts.items()
            for text in said
        ),
        version="small",
    )


def make_argument(id_: str, *answers: str, languages: Sequence[Language] = (FR, EN)) -> Argument:
    """Return an argument that answers the objections, best first, with every field filled."""
    return Argument(
        id=id_,
        texts={
            language: ArgumentText(
                title=f"{id_} ({language})",
                one_liner=f"{id_} in one line ({language})",
                summary=f"Summary of {id_} ({language}).",
                body=f"**Body** of {id_} ({language}).",
                concession=f"Concession of {id_} ({language}).",
                return_question=f"Question of {id_} ({language})?",
                example=f"Example of {id_} ({language}).",
            )
            for language in languages
        },
        answers=answers,
        sources=("etude", "loi"),
    )


def _arguments() -> tuple[Argument, ...]:
    return (
        make_argument("audit", "securite"),
        make_argument("gouvernance", "maitrise", "concurrence"),
        make_argument("licences", "concurrence", "maitrise"),
        make_argument("mutualiser", "concurrence", languages=[FR]),
        make_argument("sortie", "maitrise"),
    )


def _objection(id_: str) -> Objection:
    texts = {
        language: ObjectionText(f"{id_} ({language})", f"You fear {id_} ({language}).", f"Why {id_} ({language}).")
        for language in (FR, EN)
    }
    return Objection(id_, Nature.LEGITIMATE_CONCERN, texts)


def _argumentaire() -> Argumentaire:
    return Argumentaire(
        id="innovation",
        texts={FR: ArgumentaireText("Innovation", "Directions"), EN: ArgumentaireText("Innovation (en)", "Directors")},
        objections=("concurrence", "maitrise"),
        arguments=("mutualiser", "licences", "gouvernance", "sortie"),
        small_talk=("salutation", "aide"),
        sources=("atelier",),
        origin="a workshop",
        default=True,
    )


def _public_argumentaire() -> Argumentaire:
    return Argumentaire(
        id="public",
        texts={FR: ArgumentaireText("Secteur public", "Collectivités")},
        objections=("maitrise", "securite"),
        arguments=("gouvernance", "audit"),
        small_talk=("salutation",),
        sources=(),
    )


def _sources() -> tuple[Source, ...]:
    people = [{"family": "Ostrom", "given": "Elinor"}, {"family": "Hess", "given": "Charlotte"}]
    study = {
        "id": "etude",
        "type": "article-journal",
        "title": "Governing the Commons",
        "author": people,
        "issued": {"date-parts": [[1990, 5]]},
        "container-title": "Journal of Commons",
        "DOI": "10.1000/commons",
        "URL": "https://example.org/elsewhere",
    }
    law = {"id": "loi", "type": "legislation", "title": "Loi 2016-1321", "publisher": "République française"}
    workshop = {"id": "atelier", "type": "event", "title": "Atelier", "author": [{"literal": "Lab SoNum"}]}
    return (
        Source("etude", Grade.A, study, {FR: "Étude ancienne.", EN: "An old study."}, "seen"),
        Source("loi", Grade.A, law, {}, "seen"),
        Source("atelier", Grade.D, workshop, {}, "from memory"),
    )
