"""The endpoints of the bibliography: all of it, that of an objection or an argument, one source, each exportable."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from app.bibliography_export import MEDIA_TYPES, ExportFormat, export_sources
from app.catalogue_schemas import SourcesOut
from app.presentation import arguments_answering, show_source
from app.routes import ABSENT, REFUSED, ItemId, LanguageDep, ResponderDep, Responses
from app.schemas import SourceOut
from knowledge import Argument, Knowledge, Language, Source

_EXAMPLES = {
    ExportFormat.BIBTEX: """@book{ostrom-1990-principes,
\tauthor = {Ostrom, Elinor},
\tyear = {1990},
\ttitle = {{Governing the Commons: The Evolution of Institutions for Collective Action}},
\tentrysubtype = {book},
\tpublisher = {Cambridge University Press},
\tkeywords = {grade A}
}
""",
    ExportFormat.CSL_JSON: [
        {
            "id": "ostrom-1990-principes",
            "type": "book",
            "title": "Governing the Commons: The Evolution of Institutions for Collective Action",
            "author": [{"family": "Ostrom", "given": "Elinor"}],
            "issued": {"date-parts": [[1990]]},
            "publisher": "Cambridge University Press",
            "keyword": "grade A",
        }
    ],
}
_SCHEMAS = {
    ExportFormat.BIBTEX: {"type": "string"},
    ExportFormat.CSL_JSON: {"type": "array", "items": {"type": "object"}},
}
_SOURCES: Responses = {
    200: {
        "model": SourcesOut,
        "description": "The sources; with `format`, a file that reference managers import, whose keys are the ids",
        "content": {MEDIA_TYPES[form]: {"schema": _SCHEMAS[form], "example": _EXAMPLES[form]} for form in ExportFormat},
    }
}

bibliography = APIRouter(prefix="/api/v1", tags=["knowledge"])

FormatQuery = Annotated[
    ExportFormat | None,
    Query(
        alias="format",
        description="`bibtex` or `csl-json` for a file to import in a reference manager, else JSON of this service",
    ),
]


@bibliography.get("/sources", responses={**_SOURCES, **REFUSED}, response_model=SourcesOut, summary="List the sources")
def list_sources(responder: ResponderDep, language: LanguageDep, form: FormatQuery = None) -> SourcesOut | Response:
    """List the whole bibliography, or export it."""
    return _deliver(responder.knowledge.sources.values(), "sources", form, language)


@bibliography.get("/sources/{source_id}", responses=ABSENT, summary="Read a source")
def read_source(source_id: ItemId, responder: ResponderDep, language: LanguageDep) -> SourceOut:
    """Read one source: its citation, its grade, its caveat."""
    if source_id not in responder.knowledge.sources:
        raise HTTPException(404)
    return show_source(responder.knowledge.sources[source_id], language)


@bibliography.get(
    "/objections/{objection_id}/sources",
    responses={**_SOURCES, **ABSENT},
    response_model=SourcesOut,
    summary="List the sources of an objection",
)
def list_objection_sources(
    objection_id: ItemId, responder: ResponderDep, language: LanguageDep, form: FormatQuery = None
) -> SourcesOut | Response:
    """List, or export, the sources of the arguments that answer an objection, those of the best argument first."""
    knowledge = responder.knowledge
    if objection_id not in knowledge.objections:
        raise HTTPException(404)
    answering = arguments_answering(knowledge.objections[objection_id], knowledge)
    return _deliver(_cited(answering, knowledge), objection_id, form, language)


@bibliography.get(
    "/arguments/{argument_id}/sources",
    responses={**_SOURCES, **ABSENT},
    response_model=SourcesOut,
    summary="List the sources of an argument",
)
def list_argument_sources(
    argument_id: ItemId, responder: ResponderDep, language: LanguageDep, form: FormatQuery = None
) -> SourcesOut | Response:
    """List, or export, the sources of an argument."""
    knowledge = responder.knowledge
    if argument_id not in knowledge.arguments:
        raise HTTPException(404)
    return _deliver(_cited([knowledge.arguments[argument_id]], knowledge), argument_id, form, language)


def _cited(arguments: Iterable[Argument], knowledge: Knowledge) -> list[Source]:
    """Return what the arguments cite, each source once, in the order in which people meet them."""
    ids = dict.fromkeys(source_id for argument in arguments for source_id in argument.sources)
    return [knowledge.sources[source_id] for source_id in ids]


def _deliver(
    sources: Iterable[Source], name: str, form: ExportFormat | None, language: Language
) -> SourcesOut | Response:
    if form is None:
        return SourcesOut(items=[show_source(source, language) for source in sources])
    export = export_sources(list(sources), name, form, language)
    return Response(
        export.text,
        media_type=f"{export.media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{export.file_name}"'},
    )
