"""The endpoints of the HTTP contract (v1): each parses, calls the core, shapes the answer."""

from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Path, Query, Request
from pydantic import StringConstraints

from app.catalogue_schemas import ArgumentairesOut, ArgumentOut, ObjectionOut, ObjectionsOut
from app.handlers import preferred_language
from app.presentation import (
    show_argument,
    show_argumentaire,
    show_objection,
    show_reply,
    to_request,
)
from app.responder import Responder
from app.schemas import (
    AnswerIn,
    BatchIn,
    BatchOut,
    HealthOut,
    PlainText,
    ProblemOut,
    ReplyOut,
    VersionOut,
)
from knowledge import Argumentaire, Language

Responses = dict[int | str, dict[str, Any]]
_PROBLEM = {"model": ProblemOut, "content": {"application/problem+json": {}}}
REFUSED: Responses = {422: _PROBLEM}
_BODY_REFUSED: Responses = {400: _PROBLEM, 413: _PROBLEM, 422: _PROBLEM}
ABSENT: Responses = {404: _PROBLEM, 422: _PROBLEM}

api = APIRouter(prefix="/api/v1")
health = APIRouter()


def _responder(request: Request) -> Responder:
    responder: Responder = request.app.state.responder
    return responder


def _language(
    language: Annotated[Language | None, Query(description="Language of the texts, else Accept-Language")] = None,
    accept_language: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Language:
    return language or preferred_language(accept_language)


ResponderDep = Annotated[Responder, Depends(_responder)]
LanguageDep = Annotated[Language, Depends(_language)]
ItemId = Annotated[PlainText, StringConstraints(max_length=100), Path(description="The id of the item")]


@api.post("/answers", responses=_BODY_REFUSED, summary="Answer an objection", tags=["answers"])
def answer(body: AnswerIn, responder: ResponderDep) -> ReplyOut:
    """Say which objection is heard, how sure that is, and give ranked rebuttals with their sources."""
    return show_reply(responder.answer(to_request(body)), responder)


@api.post("/answers/batch", responses=_BODY_REFUSED, summary="Answer several objections", tags=["answers"])
def answer_batch(body: BatchIn, responder: ResponderDep) -> BatchOut:
    """Answer up to 256 messages in order: the same results as one by one, encoded together."""
    replies = responder.answer_all([to_request(item) for item in body.items])
    return BatchOut(items=[show_reply(reply, responder) for reply in replies])


@api.get("/argumentaires", responses=REFUSED, summary="List the argumentaires", tags=["knowledge"])
def list_argumentaires(responder: ResponderDep, language: LanguageDep) -> ArgumentairesOut:
    """List every argumentaire: its audience, its objections, its arguments."""
    found = responder.knowledge.argumentaires.values()
    return ArgumentairesOut(items=[show_argumentaire(argumentaire, language) for argumentaire in found])


@api.get("/objections", responses=REFUSED, summary="List the objections", tags=["knowledge"])
def list_objections(
    responder: ResponderDep,
    language: LanguageDep,
    argumentaire: Annotated[PlainText | None, Query(max_length=100, description="An id, else the default")] = None,
) -> ObjectionsOut:
    """List the objections of an argumentaire, in its order."""
    knowledge = responder.knowledge
    chosen: Argumentaire = responder.argumentaire(argumentaire)
    found = [knowledge.objections[objection_id] for objection_id in chosen.objections]
    return ObjectionsOut(items=[show_objection(objection, knowledge, language) for objection in found])


@api.get("/objections/{objection_id}", responses=ABSENT, summary="Read an objection", tags=["knowledge"])
def read_objection(objection_id: ItemId, responder: ResponderDep, language: LanguageDep) -> ObjectionOut:
    """Read one objection and the arguments that answer it."""
    if objection_id not in responder.knowledge.objections:
        raise HTTPException(404)
    return show_objection(responder.knowledge.objections[objection_id], responder.knowledge, language)


@api.get("/arguments/{argument_id}", responses=ABSENT, summary="Read an argument", tags=["knowledge"])
def read_argument(argument_id: ItemId, responder: ResponderDep, language: LanguageDep) -> ArgumentOut:
    """Read one argument, whole, with its sources."""
    if argument_id not in responder.knowledge.arguments:
        raise HTTPException(404)
    return show_argument(responder.knowledge.arguments[argument_id], responder.knowledge, language)


@api.get("/version", summary="Say what is running", tags=["operations"])
def read_version(responder: ResponderDep) -> VersionOut:
    """Say which code, knowledge and model answer."""
    return VersionOut(
        version=version("replique"),
        knowledge_version=responder.knowledge.version,
        model_version=responder.model_version,
    )


@health.get("/livez", summary="Is the process up?", tags=["operations"])
async def live() -> HealthOut:
    """Answer as soon as the process does."""
    return HealthOut(status="live")


@health.get("/readyz", summary="Can it answer?", tags=["operations"])
async def ready(responder: ResponderDep) -> HealthOut:
    """Answer once model, vectors and knowledge are loaded and in step: the service does not start otherwise."""
    return HealthOut(status="ready")
