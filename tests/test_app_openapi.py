"""The OpenAPI document, against the service that it describes."""

from typing import Any

import schemathesis
from hypothesis import settings

from app.main import create_app
from app.settings import Settings
from tests.fakes import small_responder

# A body of a good shape may be longer than 16 KiB: no schema can say so, and a 413 is right.
CONFIG = {
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ["2xx", 404, 413]},
        "negative_data_rejection": {"expected-statuses": [400, 404, 405, 413, 422]},
    }
}
contract = schemathesis.openapi.from_asgi(
    "/openapi.json",
    create_app(Settings(), small_responder()),
    config=schemathesis.Config.from_dict(CONFIG),
)


@contract.hook
def map_case(context: schemathesis.HookContext, case: "schemathesis.Case[Any]") -> "schemathesis.Case[Any]":
    """Make good requests good beyond what a schema can say."""
    if case.meta is not None and case.meta.generation.mode.is_positive:
        body: Any = case.body
        for message in body["items"] if case.path.endswith("/batch") else [body, case.query]:
            _make_sense_of(message)
    return case


def _make_sense_of(message: Any) -> None:
    if not isinstance(message, dict):
        return
    if message.get("argumentaire") is not None:
        message["argumentaire"] = "public"  # one that exists
    if "objection" in message:
        message["objection"] = f"non {message['objection']}"[:2000]  # not blank
    if "limit" in message:
        message["limit"] = int(message["limit"])  # to JSON Schema 5.0 is an integer too


@contract.parametrize()
@settings(max_examples=25, deadline=None)
def test_the_service_keeps_what_its_document_promises(case: "schemathesis.Case[Any]") -> None:
    """Requests made from the document, good and bad, get documented statuses, types and bodies."""
    case.call_and_validate()


def test_every_path_of_the_contract_is_described() -> None:
    """What the service answers is in its document, pages apart."""
    assert set(contract.raw_schema["paths"]) == {
        "/api/v1/answers",
        "/api/v1/answers/batch",
        "/api/v1/argumentaires",
        "/api/v1/objections",
        "/api/v1/objections/{objection_id}",
        "/api/v1/objections/{objection_id}/sources",
        "/api/v1/arguments/{argument_id}",
        "/api/v1/arguments/{argument_id}/sources",
        "/api/v1/sources",
        "/api/v1/sources/{source_id}",
        "/api/v1/version",
        "/livez",
        "/readyz",
    }
