"""Ranks the arguments that answer what was heard.

An argument earns its rank from two views: the objections that people say it answers (an editorial link, best first,
weighed by how likely each objection is), and how near its own texts are to what the person typed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.decision import Match
from knowledge import Argument

_LINK_STRENGTHS = (1.0, 0.8, 0.65, 0.55, 0.5)  # of the first, second... objection that an argument answers
_NEARNESS_WEIGHT = 0.5  # what the nearest argument of all gains over the farthest


@dataclass(frozen=True, slots=True)
class RankedArgument:
    """An argument in its place, the objection it answers here, and why it stands there."""

    argument: Argument
    objection_id: str
    confidence: float
    similarity: float


def rank_arguments(
    arguments: Sequence[Argument],
    raised: Sequence[Match],
    nearness: Mapping[str, float],
    *,
    shown: Collection[str] = (),
) -> list[RankedArgument]:
    """Return the arguments that answer one of the raised objections, best first, without those already shown.

    :param nearness: the cosine of each argument's nearest text to what the person typed.
    """
    candidates = [
        ranked
        for argument in arguments
        if argument.id not in shown
        for ranked in [_best_link(argument, raised, nearness.get(argument.id, 0.0))]
        if ranked is not None
    ]
    if not candidates:
        return []
    lowest = min(ranked.similarity for ranked in candidates)
    spread = max(ranked.similarity for ranked in candidates) - lowest or 1.0

    def score(ranked: RankedArgument) -> float:
        return ranked.confidence + _NEARNESS_WEIGHT * raised[0].confidence * (ranked.similarity - lowest) / spread

    return sorted(candidates, key=lambda ranked: (-score(ranked), ranked.argument.id))


def _best_link(argument: Argument, raised: Sequence[Match], similarity: float) -> RankedArgument | None:
    links = [
        RankedArgument(argument, match.objection_id, match.confidence * _link_strength(argument, match), similarity)
        for match in raised
        if match.objection_id in argument.answers
    ]
    return max(links, key=lambda ranked: ranked.confidence, default=None)


def _link_strength(argument: Argument, match: Match) -> float:
    place = argument.answers.index(match.objection_id)
    return _LINK_STRENGTHS[min(place, len(_LINK_STRENGTHS) - 1)]
