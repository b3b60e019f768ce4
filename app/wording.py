"""The few sentences of the service that are not in the knowledge, in French and English.

French sentences carry narrow no-break spaces before their double punctuation.
"""

from enum import StrEnum

from knowledge import Language


class Wording(StrEnum):
    """A sentence that the service says on its own behalf."""

    CONFIRM = "confirm"
    DECLINED = "declined"
    EXHAUSTED = "exhausted"


_SENTENCES: dict[Wording, dict[Language, str]] = {
    Wording.CONFIRM: {
        Language.FR: "Je ne suis pas sûr d’avoir bien compris. Vouliez-vous dire l’une de ces objections\u202f?",
        Language.EN: "I am not sure I understood. Did you mean one of these objections?",
    },
    Wording.DECLINED: {
        Language.FR: "Je n’ai pas de réponse sourcée à cela. Voici les thèmes les plus proches que je connais.",
        Language.EN: "I have no sourced answer to that. Here are the nearest themes that I know.",
    },
    Wording.EXHAUSTED: {
        Language.FR: "J’ai dit tout ce que je sais sur ce point. Voici les thèmes voisins.",
        Language.EN: "I have said all I know on this point. Here are the neighbouring themes.",
    },
}


def say(sentence: Wording, language: Language) -> str:
    """Return the sentence in the language."""
    return _SENTENCES[sentence][language]
