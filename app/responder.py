"""Answers one message: text to vector, to labels, to decision, to ranked arguments, to reply."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import uuid4

import numpy as np

from app.decision import Decision, Hearing, Match, Outcome
from app.language import detect_language
from app.listener import Listener, clean
from app.ranking import RankedArgument, rank_arguments
from app.reply import MAX_SHOWN, Context, Reply, Request
from app.wording import Wording, say
from embeddings.encoder import Vectors
from embeddings.index import VectorIndex
from knowledge import Argumentaire, Knowledge, Language, Move

Text = TypeVar("Text")

_MOVES_ON_THE_LAST = (Move.DEEPER, Move.EXAMPLE, Move.SOURCE)  # they ask more of the argument shown last
_CHOSEN_CONFIDENCE = 1.0  # an objection that the person picked from a list is not guessed


class UnknownArgumentaireError(LookupError):
    """The message names an argumentaire that the knowledge does not hold."""


class Responder:
    """Holds everything an answer needs; it keeps nothing of what people say."""

    def __init__(
        self,
        *,
        knowledge: Knowledge,
        listener: Listener,
        argument_index: VectorIndex,
        model_version: str,
    ) -> None:
        """Put the parts together; `argument_index` has an argument id as key of each of its rows."""
        self.knowledge = knowledge
        self.model_version = model_version
        self.listener = listener
        self._argument_index = argument_index

    def answer(self, request: Request) -> Reply:
        """Answer one message.

        :raises UnknownArgumentaireError: when the message names an argumentaire that does not exist.
        """
        return self.answer_all([request])[0]

    def answer_all(self, requests: Sequence[Request]) -> list[Reply]:
        """Answer several messages, encoded together; each reply is what `answer` would give."""
        argumentaires = [self.argumentaire(request.argumentaire_id) for request in requests]
        texts = [clean(request.text) for request in requests]
        vectors = self.listener.encode(texts)
        return [
            self._reply(request, argumentaire, text, vector)
            for request, argumentaire, text, vector in zip(requests, argumentaires, texts, vectors, strict=True)
        ]

    def hear_all(self, texts: Sequence[str], argumentaire_id: str | None = None) -> list[Hearing]:
        """Return what is heard in each text, whole: the decision, and the probability of every label."""
        argumentaire = self.argumentaire(argumentaire_id)
        cleaned = [clean(text) for text in texts]
        vectors = self.listener.encode(cleaned)
        return [self.listener.hear(argumentaire, text, vector) for text, vector in zip(cleaned, vectors, strict=True)]

    def hear_move(self, text: str, argumentaire_id: str | None = None) -> Move | None:
        """Return the move that a text makes when an argument was just shown, or None when it says something else."""
        cleaned = clean(text)
        return self.listener.hear_move(self.argumentaire(argumentaire_id), cleaned, self.listener.encode([cleaned])[0])

    def argumentaire(self, argumentaire_id: str | None) -> Argumentaire:
        """Return the argumentaire, or the default one when nobody chose.

        :raises UnknownArgumentaireError: when it does not exist.
        """
        if argumentaire_id is None:
            return self.knowledge.default_argumentaire
        if argumentaire_id not in self.knowledge.argumentaires:
            raise UnknownArgumentaireError(argumentaire_id)
        return self.knowledge.argumentaires[argumentaire_id]

    def _reply(self, request: Request, argumentaire: Argumentaire, text: str, vector: Vectors) -> Reply:
        language = request.language or detect_language(text)
        request = self._with_move(request, argumentaire, text, vector)
        decision = self._decide(request.context, argumentaire, text, vector)
        answers: list[RankedArgument] = []
        if decision.outcome is Outcome.ANSWERED:
            answers = self._ranked(request, argumentaire, decision, vector)
        return Reply(
            reply_id=uuid4().hex,
            outcome=decision.outcome if answers or decision.outcome is not Outcome.ANSWERED else Outcome.DECLINED,
            language=language,
            message=self._message(decision, language, has_answers=bool(answers)),
            matches=decision.matches,
            answers=tuple(answers),
            suggestions=_suggestions(decision, has_answers=bool(answers)),
            context=_next_context(request.context, decision, answers),
            small_talk_id=decision.small_talk_id,
        )

    def _decide(self, context: Context, argumentaire: Argumentaire, text: str, vector: Vectors) -> Decision:
        if context.objection_id in argumentaire.objections and self._is_chosen(context, text):
            chosen = Match(context.objection_id, _CHOSEN_CONFIDENCE, _CHOSEN_CONFIDENCE)
            return Decision(Outcome.ANSWERED, (chosen,))
        return self.listener.hear(argumentaire, text, vector).decision

    def _with_move(self, request: Request, argumentaire: Argumentaire, text: str, vector: Vectors) -> Request:
        """Return the request with the move that its words make, when they speak of what was shown before."""
        context = request.context
        if context.move is not None or context.objection_id not in argumentaire.objections or not context.shown:
            return request
        move = self.listener.hear_move(argumentaire, text, vector)
        return replace(request, context=replace(context, move=move)) if move else request

    def _is_chosen(self, context: Context, text: str) -> bool:
        """Say whether the person picked the objection of the context: by a move, or by tapping its title."""
        if context.move is not None or context.objection_id is None:
            return context.move is not None
        titles = self.knowledge.objections[context.objection_id].texts.values()
        return text in {clean(title.title) for title in titles}

    def _ranked(
        self, request: Request, argumentaire: Argumentaire, decision: Decision, vector: Vectors
    ) -> list[RankedArgument]:
        arguments = [self.knowledge.arguments[argument_id] for argument_id in argumentaire.arguments]
        shown = request.context.shown
        if request.context.move in _MOVES_ON_THE_LAST and shown:
            arguments, shown = [argument for argument in arguments if argument.id == shown[-1]], ()
        return rank_arguments(arguments, decision.raised, self._nearness(vector), shown=shown)[: request.limit]

    def _nearness(self, vector: Vectors) -> Mapping[str, float]:
        similarities = self._argument_index.similarities(vector[np.newaxis, :])[0]
        nearest: dict[str, float] = {}
        for argument_id, similarity in zip(self._argument_index.keys, similarities, strict=True):
            nearest[argument_id] = max(nearest.get(argument_id, -1.0), float(similarity))
        return nearest

    def _message(self, decision: Decision, language: Language, *, has_answers: bool) -> str:
        if decision.outcome is Outcome.SMALL_TALK and decision.small_talk_id is not None:
            return in_language(self.knowledge.small_talk[decision.small_talk_id].replies, language)
        if decision.outcome is Outcome.ANSWERED and has_answers:
            objection = self.knowledge.objections[decision.matches[0].objection_id]
            return in_language(objection.texts, language).echo
        if decision.outcome is Outcome.ANSWERED:
            return say(Wording.EXHAUSTED, language)
        return say(Wording.CONFIRM if decision.outcome is Outcome.CONFIRM else Wording.DECLINED, language)


def in_language(texts: Mapping[Language, Text], language: Language) -> Text:
    """Return the text in the language, or in the one language it exists in."""
    return texts[language] if language in texts else next(iter(texts.values()))


def _suggestions(decision: Decision, *, has_answers: bool) -> tuple[str, ...]:
    if decision.outcome is Outcome.SMALL_TALK or has_answers:
        return ()
    return tuple(match.objection_id for match in decision.matches)


def _next_context(context: Context, decision: Decision, answers: Sequence[RankedArgument]) -> Context:
    shown = tuple(dict.fromkeys((*context.shown, *(ranked.argument.id for ranked in answers[:1]))))[-MAX_SHOWN:]
    if not answers:
        return Context(objection_id=context.objection_id, shown=shown)
    return Context(objection_id=decision.matches[0].objection_id, shown=shown)
