"""Replies as the service gives them, with texts as long as real ones."""

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]

_NAGLE: Json = {
    "source_id": "nagle-2018",
    "title": "Learning by Contributing: Gaining Competitive Advantage Through Contribution to "
    "Crowdsourced Public Goods",
    "authors": "Frank Nagle",
    "publisher": "Organization Science",
    "year": 2018,
    "type": "article-journal",
    "grade": "A",
    "url": "https://doi.org/10.1287/orsc.2018.1202",
    "citation": "Frank Nagle (2018). Learning by Contributing. Organization Science.",
    "caveat": "«\u202fJusqu’à\u202f»\u202f: c’est un maximum, pas une moyenne.",
}
_WHITE_RABBIT: Json = {
    "source_id": "white-rabbit",
    "title": "White Rabbit et la licence CERN-OHL",
    "authors": "CERN",
    "publisher": "CERN",
    "year": 2020,
    "type": "webpage",
    "grade": "C",
    "url": "https://ohwr.org/project/white-rabbit",
    "citation": "CERN (2020). White Rabbit et la licence CERN-OHL.",
    "caveat": None,
}
_WORKSHOP: Json = {
    "source_id": "atelier-5",
    "title": "Atelier n° 5 «\u202fDisséminer les communs\u202f»",
    "authors": "Lab SoNum et Inno³",
    "publisher": "",
    "year": 2019,
    "type": "event",
    "grade": "D",
    "url": None,
    "citation": "Lab SoNum et Inno³ (2019). Atelier n° 5 «\u202fDisséminer les communs\u202f».",
    "caveat": None,
}
_SURVEY: Json = {
    "source_id": "enquete",
    "title": "The Value of Open Source Software",
    "authors": "Manuel Hoffmann, Frank Nagle et Yanuo Zhou",
    "publisher": "Harvard Business School",
    "year": 2024,
    "type": "report",
    "grade": "B",
    "url": "https://hbswk.hbs.edu/item/open-source-software-the-nine-trillion-resource-companies-take-for-granted",
    "citation": "Manuel Hoffmann, Frank Nagle et Yanuo Zhou (2024). The Value of Open Source Software.",
    "caveat": None,
}
_CONTRIBUTE: Json = {
    "argument_id": "innovation",
    "title": "Contribuer fait apprendre ce que le simple usage n’apprend pas",
    "one_liner": "En contribuant, vous apprenez de toute une communauté\u202f; ceux qui se contentent d’utiliser "
    "n’ont pas ces retours.",
    "summary": "Les entreprises qui contribuent au logiciel libre en tirent davantage que celles qui se contentent de "
    "l’utiliser\u202f: jusqu’à 100 % de valeur productive en plus, selon une étude de 2018.",
    "body": "L’effet a été mesuré. Dans une étude de 2018, **Frank Nagle** compare des entreprises qui contribuent à "
    "*celles qui ne font qu’utiliser*.\n\nTrois questions utiles\u202f:\n- que voulons-nous apprendre\u202f?\n- de qui "
    "exactement\u202f?\n- que gardons-nous pour nous\u202f?\n\nVoir [la page du projet](https://ohwr.org/project/white-rabbit).",
    "concession": "Toutes les contributions ne se valent pas\u202f: le gain mesuré est un maximum, observé sur le "
    "logiciel libre, et rien ne le garantit pour un projet donné.",
    "return_question": "Sur quel composant vos équipes auraient-elles le plus à apprendre d’autres utilisateurs\u202f?",
    "sources": [_NAGLE, _WHITE_RABBIT],
}
_LAYER: Json = {
    "argument_id": "couche",
    "title": "Partager ce qui ne distingue pas",
    "one_liner": "Mettez en commun ce que tout votre secteur refait chacun de son côté, gardez ce qui vous distingue.",
    "summary": "La plupart des briques d’un produit ne se voient pas du client. Les partager coûte peu.",
    "body": "Le reste du texte.",
    "concession": "La limite entre les deux couches bouge avec le temps.",
    "return_question": "Qu’est-ce que vos clients n’ont jamais remarqué\u202f?",
    "sources": [_SURVEY],
}
_LICENCE: Json = {
    "argument_id": "licence",
    "title": "Une licence à réciprocité oblige les suivants à rendre",
    "one_liner": "Avec une licence à réciprocité, un concurrent qui améliore votre travail doit le publier.",
    "summary": "La licence fixe les règles du jeu, et elles sont opposables.",
    "body": "Le reste du texte.",
    "concession": "Faire respecter une licence demande du temps et parfois un juriste.",
    "return_question": "Quelles améliorations voudriez-vous récupérer\u202f?",
    "sources": [_WORKSHOP],
}

STARTERS: Json = {
    "items": [
        {"objection_id": "concurrence", "title": "Nos concurrents vont en profiter"},
        {"objection_id": "maitrise", "title": "Nous allons perdre la maîtrise"},
        {"objection_id": "ressources", "title": "Nous n’avons ni le temps ni les moyens"},
        {"objection_id": "securite", "title": "Un code ouvert est plus facile à attaquer"},
        {"objection_id": "modele-economique", "title": "On ne gagne pas d’argent avec du gratuit"},
        {"objection_id": "juridique", "title": "C’est trop risqué juridiquement"},
    ]
}


def reply(outcome: str = "answered", **changes: Any) -> Json:
    """Return a reply of this outcome, with some of its fields changed."""
    shared: dict[str, Any] = {
        "reply_id": "r1",
        "outcome": outcome,
        "language": "fr",
        "matches": [],
        "answers": [],
        "suggestions": [],
        "context": {"objection_id": None, "shown": []},
        "small_talk_id": None,
        "knowledge_version": "k1",
        "model_version": "m1",
    }
    return {**shared, **_OUTCOMES[outcome], **changes}


def answer(rank: int, argument: Json = _CONTRIBUTE, **changes: Any) -> Json:
    """Return an argument in its rank, with some of its fields changed."""
    place = {"rank": rank, "objection_id": "concurrence", "language": "fr", "confidence": 0.9, "similarity": 0.8}
    return {**argument, **place, **changes}


def problem(status: int, detail: str, *messages: str) -> Json:
    """Return an error as the service tells it."""
    body: dict[str, Any] = {"type": f"/problems/{status}", "title": "Erreur", "status": status, "detail": detail}
    if messages:
        body["errors"] = [{"field": "objection", "message": message} for message in messages]
    return body


_THEMES = [
    {"objection_id": "maitrise", "title": "Nous allons perdre la maîtrise"},
    {"objection_id": "concurrence", "title": "Nos concurrents vont en profiter"},
]
_OUTCOMES: Mapping[str, Json] = {
    "answered": {
        "message": "Je comprends\u202f: vous craignez que vos concurrents profitent de vos contributions.",
        "matches": [
            {
                "objection_id": "concurrence",
                "title": "Nos concurrents vont en profiter",
                "confidence": 0.93,
                "similarity": 0.81,
            }
        ],
        "answers": [answer(1), answer(2, _LAYER), answer(3, _LICENCE)],
        "context": {"objection_id": "concurrence", "shown": ["innovation"]},
    },
    "confirm": {
        "message": "Je ne suis pas sûr d’avoir bien compris. Vouliez-vous dire l’une de ces objections\u202f?",
        "suggestions": _THEMES,
    },
    "declined": {
        "message": "Je n’ai pas de réponse sourcée à cela. Voici les thèmes les plus proches que je connais.",
        "suggestions": _THEMES,
    },
    "small_talk": {"message": "Bonjour\u202f! Quelle est votre objection\u202f?", "small_talk_id": "salutation"},
}
