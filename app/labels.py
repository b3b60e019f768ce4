"""Names the labels among which a text is recognised, for one argumentaire."""

from knowledge import Argumentaire, Knowledge, Move

BACKGROUND = "hors-sujet"  # the label of texts that are nobody's objection


def recognised_labels(knowledge: Knowledge, argumentaire: Argumentaire) -> tuple[str, ...]:
    """Return the objections of the argumentaire, then every label that is not an objection."""
    return (*argumentaire.objections, *background_labels(knowledge))


def background_labels(knowledge: Knowledge) -> tuple[str, ...]:
    """Return the labels that are nobody's objection: small talk, and everything else."""
    return (*knowledge.small_talk, BACKGROUND)


def move_labels(knowledge: Knowledge) -> tuple[str, ...]:
    """Return the moves that the knowledge has phrasings of: what people say of an argument once they have read it."""
    said = {phrasing.label for phrasing in knowledge.phrasings}
    return tuple(move for move in Move if move in said)
