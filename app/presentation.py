"""Turns values of the core and of the knowledge into the shapes of the contract, in one language."""

from datetime import date

from app.catalogue_schemas import ArgumentaireOut, ArgumentOut, ArgumentSummaryOut, ObjectionOut
from app.citation import authors, cite, link
from app.ranking import RankedArgument
from app.reply import Context, Reply, Request
from app.responder import Responder, in_language
from app.schemas import (
    AnswerIn,
    AnswerOut,
    ContextOut,
    MatchOut,
    ReplyOut,
    SourceOut,
    SuggestionOut,
)
from knowledge import Argument, Argumentaire, Grade, Knowledge, Language, Objection, Source

_DECIMALS = 4  # of a probability or a cosine: more is noise


def to_request(body: AnswerIn) -> Request:
    """Return the message that a body holds."""
    context = Context()
    if body.context is not None:
        context = Context(body.context.objection_id, tuple(body.context.shown), body.context.move)
    return Request(body.objection, body.language, body.argumentaire, body.limit, context)


def show_reply(reply: Reply, responder: Responder) -> ReplyOut:
    """Return the reply as the contract has it."""
    knowledge, language = responder.knowledge, reply.language
    return ReplyOut(
        reply_id=reply.reply_id,
        outcome=reply.outcome,
        language=language,
        message=reply.message,
        matches=[
            MatchOut(
                objection_id=match.objection_id,
                title=_objection_title(knowledge, match.objection_id, language),
                confidence=round(match.confidence, _DECIMALS),
                similarity=round(match.similarity, _DECIMALS),
            )
            for match in reply.matches
        ],
        answers=[_show_answer(ranked, rank, knowledge, language) for rank, ranked in enumerate(reply.answers, start=1)],
        suggestions=[
            SuggestionOut(objection_id=id_, title=_objection_title(knowledge, id_, language))
            for id_ in reply.suggestions
        ],
        context=ContextOut(objection_id=reply.context.objection_id, shown=list(reply.context.shown)),
        small_talk_id=reply.small_talk_id,
        knowledge_version=knowledge.version,
        model_version=responder.model_version,
    )


def _show_answer(ranked: RankedArgument, rank: int, knowledge: Knowledge, language: Language) -> AnswerOut:
    shown = show_argument(ranked.argument, knowledge, language)
    spoken = language if language in ranked.argument.texts else next(iter(ranked.argument.texts))
    return AnswerOut(
        rank=rank,
        objection_id=ranked.objection_id,
        language=spoken,
        confidence=round(ranked.confidence, _DECIMALS),
        similarity=round(ranked.similarity, _DECIMALS),
        **shown.model_dump(exclude={"answers"}),
    )


def show_argument(argument: Argument, knowledge: Knowledge, language: Language) -> ArgumentOut:
    """Return an argument, whole."""
    text = in_language(argument.texts, language)
    return ArgumentOut(
        argument_id=argument.id,
        title=text.title,
        one_liner=text.one_liner,
        summary=text.summary,
        body=text.body,
        concession=text.concession,
        return_question=text.return_question,
        example=text.example,
        answers=list(argument.answers),
        anticipates=argument.anticipates,
        best_grade=best_grade(argument, knowledge),
        sources=[show_source(knowledge.sources[source_id], language) for source_id in argument.sources],
    )


def show_objection(objection: Objection, knowledge: Knowledge, language: Language) -> ObjectionOut:
    """Return an objection with the arguments that answer it: those that answer it best come first."""
    text = in_language(objection.texts, language)
    return ObjectionOut(
        objection_id=objection.id,
        title=text.title,
        nature=objection.nature,
        explanation=text.explanation,
        avoid=text.avoid,
        arguments=[
            ArgumentSummaryOut(
                argument_id=argument.id,
                title=in_language(argument.texts, language).title,
                one_liner=in_language(argument.texts, language).one_liner,
                best_grade=best_grade(argument, knowledge),
            )
            for argument in arguments_answering(objection, knowledge)
        ],
    )


def arguments_answering(objection: Objection, knowledge: Knowledge) -> list[Argument]:
    """Return the arguments that answer an objection: those that answer it best come first."""
    answering = [argument for argument in knowledge.arguments.values() if objection.id in argument.answers]
    return sorted(answering, key=lambda argument: argument.answers.index(objection.id))


def best_grade(argument: Argument, knowledge: Knowledge) -> Grade:
    """Return the grade of the strongest source of an argument."""
    return min(knowledge.sources[source_id].grade for source_id in argument.sources)


def show_argumentaire(argumentaire: Argumentaire, language: Language) -> ArgumentaireOut:
    """Return an argumentaire with the ids of what it holds."""
    text = in_language(argumentaire.texts, language)
    return ArgumentaireOut(
        argumentaire_id=argumentaire.id,
        title=text.title,
        audience=text.audience,
        description=text.description,
        origin=argumentaire.origin,
        default=argumentaire.default,
        objections=list(argumentaire.objections),
        arguments=list(argumentaire.arguments),
    )


def show_source(source: Source, language: Language) -> SourceOut:
    """Return a source with its citation and its caveat."""
    return SourceOut(
        source_id=source.id,
        title=source.title,
        authors=authors(source, language),
        publisher=str(source.csl.get("publisher") or source.csl.get("container-title") or ""),
        year=source.year,
        older_than_five_years=source.is_old(date.today().year),
        type=str(source.csl["type"]),
        grade=source.grade,
        url=link(source),
        citation=cite(source, language),
        caveat=in_language(source.caveats, language) if source.caveats else None,
    )


def _objection_title(knowledge: Knowledge, objection_id: str, language: Language) -> str:
    return in_language(knowledge.objections[objection_id].texts, language).title
