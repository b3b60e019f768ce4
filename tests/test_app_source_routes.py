"""The endpoints of the bibliography: lists, files, and what is refused."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pybtex.database import parse_string

BIBTEX, CSL_JSON = "application/x-bibtex; charset=utf-8", "application/vnd.citationstyles.csl+json; charset=utf-8"
PLACES = [
    ("/api/v1/sources", "sources", ["etude", "loi", "atelier"]),
    ("/api/v1/objections/concurrence/sources", "concurrence", ["etude", "loi"]),
    ("/api/v1/arguments/licences/sources", "licences", ["etude", "loi"]),
]
each_place = pytest.mark.parametrize(("path", "name", "ids"), PLACES)


@each_place
def test_sources_are_listed(client: TestClient, path: str, name: str, ids: list[str]) -> None:
    """Without a format, each source is the one of /sources/{id}, once, in the order of the arguments."""
    items = client.get(path, params={"language": "en"}).json()["items"]
    assert [item["source_id"] for item in items] == ids
    for item in items:
        assert client.get(f"/api/v1/sources/{item['source_id']}", params={"language": "en"}).json() == item


@each_place
def test_sources_are_exported_as_bibtex(client: TestClient, path: str, name: str, ids: list[str]) -> None:
    """The file has its media type and its name, and pybtex reads it."""
    response = client.get(path, params={"format": "bibtex", "language": "en"})
    assert response.status_code == 200
    assert response.headers["content-type"] == BIBTEX
    assert response.headers["content-disposition"] == f'attachment; filename="replique-{name}.bib"'
    entries = parse_string(response.text, "bibtex").entries
    assert list(entries) == ids
    assert entries["etude"].fields["annote"] == "An old study."
    assert [str(person) for person in entries["etude"].persons["author"]] == ["Ostrom, Elinor", "Hess, Charlotte"]


@each_place
def test_sources_are_exported_as_csl_json(client: TestClient, path: str, name: str, ids: list[str]) -> None:
    """The file is a list of CSL items; the caveat is in the language of the browser."""
    response = client.get(path, params={"format": "csl-json"}, headers={"accept-language": "fr"})
    assert response.headers["content-type"] == CSL_JSON
    assert response.headers["content-disposition"] == f'attachment; filename="replique-{name}.json"'
    items = json.loads(response.content.decode("utf-8"))
    assert [item["id"] for item in items] == ids
    assert items[0]["annote"] == "Étude ancienne."
    assert items[0]["issued"] == {"date-parts": [[1990, 5]]}


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("fr", "valeurs acceptées\u202f: 'bibtex' ou 'csl-json'"),
        ("en", "accepted values: 'bibtex' or 'csl-json'"),
    ],
)
@each_place
def test_an_unknown_format_is_refused(
    client: TestClient, path: str, name: str, ids: list[str], language: str, message: str
) -> None:
    """The field, and what it may be, are named in the language of the caller."""
    response = client.get(path, params={"format": "ris"}, headers={"accept-language": language})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["errors"] == [{"field": "format", "message": message}]


@pytest.mark.parametrize("kind", ["objections", "arguments", "sources"])
def test_what_does_not_exist_has_no_sources(client: TestClient, kind: str) -> None:
    """An unknown id is a problem, whether a file was asked for or not."""
    path = f"/api/v1/{kind}/nulle-part" + ("" if kind == "sources" else "/sources")
    for params in ({}, {"format": "bibtex"}):
        response = client.get(path, params=params)
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


def test_an_argument_tells_its_best_grade(client: TestClient) -> None:
    """The strongest of its sources counts, wherever the argument is shown."""
    assert client.get("/api/v1/arguments/licences").json()["best_grade"] == "A"
    summaries = client.get("/api/v1/objections/concurrence").json()["arguments"]
    assert {summary["best_grade"] for summary in summaries} == {"A"}


@pytest.mark.parametrize(("source_id", "old"), [("etude", True), ("loi", None)])
def test_a_source_tells_whether_it_is_old(client: TestClient, source_id: str, old: bool | None) -> None:
    """More than five years is old; a document without a year is neither old nor recent."""
    assert client.get(f"/api/v1/sources/{source_id}").json()["older_than_five_years"] is old


@pytest.mark.parametrize("path", ["/sources", "/objections/{objection_id}/sources", "/arguments/{argument_id}/sources"])
def test_the_document_shows_what_each_format_looks_like(client: TestClient, path: str) -> None:
    """The examples of the OpenAPI document are files that a reference manager would read."""
    operation: dict[str, Any] = client.get("/openapi.json").json()["paths"][f"/api/v1{path}"]["get"]
    content = operation["responses"]["200"]["content"]
    assert content.keys() == {
        "application/json",
        "application/x-bibtex",
        "application/vnd.citationstyles.csl+json",
    }
    [key] = parse_string(content["application/x-bibtex"]["example"], "bibtex").entries
    [item] = content["application/vnd.citationstyles.csl+json"]["example"]
    assert key == item["id"] == "ostrom-1990-principes"
    [parameter] = [one for one in operation["parameters"] if one["name"] == "format"]
    assert parameter["required"] is False
