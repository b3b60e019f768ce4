"""The HTTP contract, endpoint by endpoint: success, bad input, failure."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from app.main import create_app
from app.middleware import MAX_BODY
from app.responder import Responder
from app.settings import Settings
from tests.fakes import WordCountEncoder, small_responder

ANSWERS, BATCH = "/api/v1/answers", "/api/v1/answers/batch"
COMPETITORS = "nos concurrents vont copier notre travail"

REPLY_FIELDS = {
    *("reply_id", "outcome", "language", "message", "matches", "answers", "suggestions", "context"),
    *("small_talk_id", "knowledge_version", "model_version"),
}
ANSWER_FIELDS = {
    *("rank", "argument_id", "objection_id", "title", "one_liner", "summary", "body", "concession", "return_question"),
    *("example", "anticipates", "language", "confidence", "similarity", "best_grade", "sources"),
}
SOURCE_FIELDS = {
    *("source_id", "title", "authors", "publisher", "year", "older_than_five_years", "type", "grade", "url"),
    *("citation", "caveat"),
}


def ask(client: TestClient, objection: object, **fields: object) -> dict[str, Any]:
    """Post one message and return the reply to it."""
    response = client.post(ANSWERS, json={"objection": objection, **fields})
    assert response.status_code == 200, response.text
    return dict(response.json())


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    """Check that a response is a problem that a person can read, and return it."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body = dict(response.json())
    assert body.keys() - {"errors"} == {"type", "title", "status", "detail"}
    assert body["status"] == status
    assert "Traceback" not in response.text
    return body


# What an answer holds


def test_a_reply_has_every_field_of_the_contract(client: TestClient) -> None:
    """Nothing is missing and nothing more is said."""
    reply = ask(client, COMPETITORS)
    assert reply.keys() == REPLY_FIELDS
    assert reply["outcome"] == "answered"
    assert reply["language"] == "fr"
    assert (reply["knowledge_version"], reply["model_version"]) == ("small", "word-counts@1")
    assert [match.keys() for match in reply["matches"]] == [
        {"objection_id", "title", "confidence", "similarity"} for _ in reply["matches"]
    ]
    assert reply["matches"][0]["objection_id"] == "concurrence"
    assert reply["context"] == {"objection_id": "concurrence", "shown": [reply["answers"][0]["argument_id"]]}


def test_each_answer_is_whole_and_sourced(client: TestClient) -> None:
    """Ranks count from 1, every text of the argument is there, and so is each of its sources."""
    answers = ask(client, COMPETITORS, language="en")["answers"]
    assert [answer["rank"] for answer in answers] == [1, 2, 3]
    for answer in answers:
        assert answer.keys() == ANSWER_FIELDS
        assert [source.keys() for source in answer["sources"]] == [SOURCE_FIELDS, SOURCE_FIELDS]
        assert answer["body"].startswith("**Body** of")
    assert {answer["argument_id"]: answer["language"] for answer in answers} == {
        "licences": "en",
        "gouvernance": "en",
        "mutualiser": "fr",  # nobody translated it yet, and it says so
    }


def test_a_source_is_cited_with_its_caveat(client: TestClient) -> None:
    """Citation and caveat are in the language of the reply; what is not known is null."""
    study, law = ask(client, COMPETITORS, language="en")["answers"][0]["sources"]
    assert study == {
        "source_id": "etude",
        "title": "Governing the Commons",
        "authors": "Elinor Ostrom and Charlotte Hess",
        "publisher": "Journal of Commons",
        "year": 1990,
        "older_than_five_years": True,
        "type": "article-journal",
        "grade": "A",
        "url": "https://doi.org/10.1000/commons",
        "citation": "Elinor Ostrom and Charlotte Hess (1990). Governing the Commons. Journal of Commons.",
        "caveat": "An old study.",
    }
    assert (law["year"], law["url"], law["caveat"]) == (None, None, None)


def test_numbers_are_rounded(client: TestClient) -> None:
    """Beyond four decimals a probability or a cosine is noise."""
    reply = ask(client, COMPETITORS)
    for part in reply["matches"] + reply["answers"]:
        for number in (part["confidence"], part["similarity"]):
            assert number == round(number, 4)
            assert -1 <= number <= 1


@pytest.mark.parametrize(
    ("objection", "outcome", "suggested"),
    [
        ("les concurrents prennent le contrôle", "confirm", 2),
        ("une recette de tarte", "declined", 2),
        ("bonjour", "small_talk", 0),
    ],
)
def test_every_other_outcome_has_its_shape(client: TestClient, objection: str, outcome: str, suggested: int) -> None:
    """Without answers there is a message, and themes to choose from unless it was small talk."""
    reply = ask(client, objection)
    assert (reply["outcome"], reply["answers"]) == (outcome, [])
    assert reply["message"]
    assert [suggestion.keys() for suggestion in reply["suggestions"]] == [{"objection_id", "title"}] * suggested
    assert (reply["small_talk_id"] is not None) == (outcome == "small_talk")
    assert (reply["matches"] == []) == (outcome == "small_talk")


def test_a_conversation_shows_nothing_twice(client: TestClient) -> None:
    """The client hands the context back as it got it, and each argument comes once."""
    context, shown = {"objection_id": "concurrence", "shown": []}, []
    for _ in range(3):
        reply = ask(client, "un autre ?", context={**context, "move": "another"}, limit=1)
        shown.append(reply["answers"][0]["argument_id"])
        context = reply["context"]
    assert sorted(shown) == ["gouvernance", "licences", "mutualiser"]
    assert ask(client, "un autre ?", context={**context, "move": "another"})["outcome"] == "declined"


def test_fields_of_a_newer_client_are_ignored(client: TestClient) -> None:
    """What the contract does not name changes nothing."""
    assert ask(client, COMPETITORS, mood="grim", context={"theme": "dark"})["outcome"] == "answered"


# Batches


def test_a_batch_equals_one_by_one(client: TestClient) -> None:
    """The replies come in order, and only their ids differ from those of single messages."""
    items: list[dict[str, Any]] = [
        {"objection": COMPETITORS, "limit": 1},
        {"objection": "bonjour"},
        {"objection": "une recette"},
        {"objection": "la sécurité du code", "argumentaire": "public"},
        {"objection": "who keeps control", "context": {"objection_id": None, "shown": ["sortie"], "move": None}},
    ] * 5
    response = client.post(BATCH, json={"items": items})
    assert response.status_code == 200
    together = response.json()["items"]
    alone = [ask(client, **item) for item in items]
    for reply in together + alone:
        reply.pop("reply_id")
    assert together == alone


def test_a_batch_takes_256_messages_and_no_more(client: TestClient) -> None:
    """One more is a problem that names the field and the limit, and none is no batch."""
    full = client.post(BATCH, json={"items": [{"objection": "bonjour"}] * 256})
    assert len(full.json()["items"]) == 256
    problem = assert_problem(client.post(BATCH, json={"items": [{"objection": "bonjour"}] * 257}), 422)
    assert problem["errors"] == [{"field": "items", "message": "au plus 256 éléments sont acceptés"}]
    assert_problem(client.post(BATCH, json={"items": []}), 422)


def test_a_bad_message_in_a_batch_is_named_by_its_place(client: TestClient) -> None:
    """Who sends a hundred messages is told which one to mend."""
    items = [{"objection": "bonjour"}, {"objection": "bonjour"}, {"objection": " "}]
    problem = assert_problem(client.post(BATCH, json={"items": items}), 422)
    assert [error["field"] for error in problem["errors"]] == ["items.2.objection"]


def test_the_longest_batch_fits_the_limit_of_its_body(client: TestClient) -> None:
    """256 messages of 2,000 accented characters are more than 16 KiB and are welcome."""
    response = client.post(BATCH, json={"items": [{"objection": "é" * 2000}] * 256})
    assert response.status_code == 200


# Bad input


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "objection"),
        ({"objection": ""}, "objection"),
        ({"objection": " \t\n\u00a0 "}, "objection"),
        ({"objection": " " * 10000}, "objection"),
        ({"objection": "x" * 2001}, "objection"),
        ({"objection": None}, "objection"),
        ({"objection": 3}, "objection"),
        ({"objection": ["non"]}, "objection"),
        ({"objection": "x", "limit": 0}, "limit"),
        ({"objection": "x", "limit": 21}, "limit"),
        ({"objection": "x", "limit": 2.5}, "limit"),
        ({"objection": "x", "limit": "5"}, "limit"),
        ({"objection": "x", "limit": True}, "limit"),
        ({"objection": "x", "limit": None}, "limit"),
        ({"objection": "x", "language": "de"}, "language"),
        ({"objection": "x", "language": 1}, "language"),
        ({"objection": "x", "argumentaire": "nowhere"}, "argumentaire"),
        ({"objection": "x", "argumentaire": ""}, "argumentaire"),
        ({"objection": "x", "argumentaire": {}}, "argumentaire"),
        ({"objection": "x", "context": "concurrence"}, "context"),
        ({"objection": "x", "context": []}, "context"),
        ({"objection": "x", "context": {"shown": "licences"}}, "context.shown"),
        ({"objection": "x", "context": {"shown": [1]}}, "context.shown.0"),
        ({"objection": "x", "context": {"shown": ["a"] * 201}}, "context.shown"),
        ({"objection": "x", "context": {"shown": ["a" * 101]}}, "context.shown.0"),
        ({"objection": "x", "context": {"move": "sing"}}, "context.move"),
        ([], ""),
        ("nos concurrents", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_a_bad_field_is_named(client: TestClient, body: object, field: str) -> None:
    """Each refusal is a 422 that names one field and says why."""
    problem = assert_problem(client.post(ANSWERS, json=body), 422)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert problem["errors"][0]["message"]


@pytest.mark.parametrize("text", ["\\ud800", "non \\udfff", "\\ud800\\ud800"])
def test_lone_surrogates_are_no_text(client: TestClient, text: str) -> None:
    """JSON can spell half a character; no field takes it."""
    for body in (f'{{"objection": "{text}"}}', f'{{"objection": "x", "argumentaire": "{text}"}}'):
        problem = assert_problem(client.post(ANSWERS, content=body, headers={"content-type": "application/json"}), 422)
        assert "Unicode" in problem["errors"][0]["message"]
    shown = f'{{"objection": "x", "context": {{"shown": ["{text}"]}}}}'
    assert_problem(client.post(ANSWERS, content=shown, headers={"content-type": "application/json"}), 422)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"objection=non",
        b'{"objection": "x",}',
        b"\xff\xfe{}",
        b'{"objection": "\xe9"}',
        b"[" * 16000,
        b'{"objection": "x", "limit": ' + b"9" * 5000 + b"}",
        b"\x00",
    ],
)
def test_what_is_not_json_is_a_400(client: TestClient, body: bytes) -> None:
    """Cut, misspelled, in another encoding or made to hurt: the answer is a sentence, without a list of fields."""
    problem = assert_problem(client.post(ANSWERS, content=body, headers={"content-type": "application/json"}), 400)
    assert "JSON" in problem["detail"]
    assert "errors" not in problem


@pytest.mark.parametrize("body", [b"", b'{"objection": "x", "limit": NaN}', b'{"objection": "x", "limit": 1e999}'])
def test_no_body_and_no_number_are_a_422(client: TestClient, body: bytes) -> None:
    """What Python reads and the contract does not is refused by its field."""
    assert_problem(client.post(ANSWERS, content=body, headers={"content-type": "application/json"}), 422)


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
def test_another_content_type_is_refused(client: TestClient, content_type: str) -> None:
    """A form of another site cannot post what a browser would let pass without asking."""
    body = json.dumps({"objection": COMPETITORS})
    assert_problem(client.post(ANSWERS, content=body, headers={"content-type": content_type}), 422)


def test_a_body_over_16_kib_is_refused(client: TestClient) -> None:
    """One byte more than the limit is a 413, in one piece or in many; the limit itself is read."""
    body = json.dumps({"objection": COMPETITORS}).encode()
    headers = {"content-type": "application/json"}
    full = body + b" " * (MAX_BODY - len(body))
    assert client.post(ANSWERS, content=full, headers=headers).status_code == 200
    assert_problem(client.post(ANSWERS, content=full + b" ", headers=headers), 413)

    def pieces() -> Iterator[bytes]:
        yield full
        yield b" "

    assert_problem(client.post(ANSWERS, content=pieces(), headers=headers), 413)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2000,
        "🙂" * 2000,
        "🙂👍🏽👩‍👩‍👧",
        "\x00",
        "nos\x00concurrents\x00",
        "\u200b\u200d\ufeff",
        "لماذا نشارك عملنا مع منافسينا؟",
        "\u202eנסיון\u202c",
        "我们的竞争对手",
        "z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢",
        "<script>alert(1)</script>",
        "'; DROP TABLE answers; --",
        "{{7*7}} ${jndi:ldap://x} %s %n",
        "a\u0301" * 1000,
        "\uffff\ufffe",
        "." * 2000,
    ],
)
def test_odd_texts_get_a_normal_reply(client: TestClient, text: str) -> None:
    """Emoji, right-to-left, NUL and code are texts like any other, and are never echoed as instructions."""
    reply = ask(client, text)
    assert reply["outcome"] in ("answered", "confirm", "declined", "small_talk")
    assert text not in reply["message"]


def test_padding_is_trimmed_before_it_is_counted(client: TestClient) -> None:
    """10,000 spaces around an objection are not part of its 2,000 characters."""
    assert ask(client, f"{' ' * 5000}{COMPETITORS}{' ' * 5000}")["outcome"] == "answered"
    assert ask(client, f"  {'x' * 2000}  ")["outcome"]


def test_unknown_ids_in_the_context_are_no_error(client: TestClient) -> None:
    """The client's memory may be of another version of the knowledge."""
    context = {"objection_id": "gone", "shown": ["gone", "licences", ""][:2], "move": "deeper"}
    assert ask(client, COMPETITORS, context=context)["outcome"] == "answered"


words = st.text(max_size=300) | st.sampled_from([COMPETITORS, "control", "\x00", "bonjour", " "])
ids = st.text(max_size=120) | st.sampled_from(["concurrence", "maitrise", "securite", "licences", "sortie"])
values = st.none() | st.booleans() | st.integers() | st.floats() | ids | st.lists(ids, max_size=3)
contexts = values | st.fixed_dictionaries(
    {},
    optional={
        "objection_id": ids | values,
        "shown": st.lists(ids, max_size=5) | values,
        "move": st.sampled_from(["another", "deeper", "not_convinced", "example", "source"]) | values,
    },
)


@given(
    objection=words | values,
    context=contexts,
    limit=st.integers(0, 21) | values,
    language=st.sampled_from(["fr", "en"]) | values,
)
@settings(max_examples=200, deadline=None)
def test_any_message_gets_a_reply_or_a_problem(
    client: TestClient, objection: object, context: object, limit: object, language: object
) -> None:
    """Whatever the fields hold, the answer is a whole reply or a 4xx that names what is wrong."""
    body = {"objection": objection, "context": context, "limit": limit, "language": language}
    response = client.post(ANSWERS, content=json.dumps(body), headers={"content-type": "application/json"})
    if response.status_code != 200:
        assert response.status_code in (400, 422)
        assert_problem(response, response.status_code)
        return
    reply = response.json()
    assert reply.keys() == REPLY_FIELDS
    assert all(answer["sources"] for answer in reply["answers"])
    assert (reply["outcome"] == "answered") == bool(reply["answers"])
    shown = reply["context"]["shown"]
    assert len(shown) == len(set(shown))


# Knowledge


def test_argumentaires_are_listed(client: TestClient) -> None:
    """Each has its audience and the ids of what it holds, and one is the default."""
    items = client.get("/api/v1/argumentaires", params={"language": "en"}).json()["items"]
    assert [item["argumentaire_id"] for item in items] == ["innovation", "public"]
    assert items[0] == {
        "argumentaire_id": "innovation",
        "title": "Innovation (en)",
        "audience": "Directors",
        "description": "",
        "origin": "a workshop",
        "default": True,
        "objections": ["concurrence", "maitrise"],
        "arguments": ["mutualiser", "licences", "gouvernance", "sortie"],
    }
    assert (items[1]["default"], items[1]["title"]) == (False, "Secteur public")


def test_objections_are_listed_by_argumentaire(client: TestClient) -> None:
    """The default one, or the one that is named, each in its order."""
    default = client.get("/api/v1/objections").json()["items"]
    assert [item["objection_id"] for item in default] == ["concurrence", "maitrise"]
    public = client.get("/api/v1/objections", params={"argumentaire": "public"}).json()["items"]
    assert [item["objection_id"] for item in public] == ["maitrise", "securite"]


def test_objections_of_an_unknown_argumentaire_are_a_problem(client: TestClient) -> None:
    """The message says where the list is."""
    problem = assert_problem(client.get("/api/v1/objections", params={"argumentaire": "nowhere"}), 422)
    assert problem["errors"][0]["field"] == "argumentaire"
    assert "/api/v1/argumentaires" in problem["errors"][0]["message"]


def test_an_objection_is_read_with_its_arguments(client: TestClient) -> None:
    """Those that answer it first of all come first."""
    found = client.get("/api/v1/objections/concurrence", params={"language": "en"}).json()
    assert (found["objection_id"], found["title"]) == ("concurrence", "concurrence (en)")
    assert (found["nature"], found["explanation"]) == ("legitimate-concern", "Why concurrence (en).")
    assert [argument["argument_id"] for argument in found["arguments"]] == ["licences", "mutualiser", "gouvernance"]
    assert found["arguments"][0]["one_liner"] == "licences in one line (en)"


def test_an_argument_is_read_whole(client: TestClient) -> None:
    """Every text, the objections that it answers and its sources."""
    found = client.get("/api/v1/arguments/licences", params={"language": "fr"}).json()
    assert (found["title"], found["body"]) == ("licences (fr)", "**Body** of licences (fr).")
    assert found["answers"] == ["concurrence", "maitrise"]
    assert [source["source_id"] for source in found["sources"]] == ["etude", "loi"]


def test_sources_are_listed_and_read(client: TestClient) -> None:
    """The list holds the whole bibliography, in the shape of a source read alone."""
    items = client.get("/api/v1/sources", params={"language": "fr"}).json()["items"]
    assert [item["source_id"] for item in items] == ["etude", "loi", "atelier"]
    assert items[0].keys() == SOURCE_FIELDS
    for item in items:
        assert client.get(f"/api/v1/sources/{item['source_id']}", params={"language": "fr"}).json() == item


@pytest.mark.parametrize("kind", ["objections", "arguments", "sources"])
@pytest.mark.parametrize("id_", ["nowhere", "..%2f..%2fetc", "%00", "%F0%9F%99%82", "%FF", "x" * 100])
def test_an_unknown_id_is_a_404(client: TestClient, kind: str, id_: str) -> None:
    """The problem names nothing of the disk."""
    problem = assert_problem(client.get(f"/api/v1/{kind}/{id_}", headers={"accept-language": "en"}), 404)
    assert problem["detail"] == "There is nothing at this address."


@pytest.mark.parametrize(
    "path", ["argumentaires", "objections", "objections/concurrence", "arguments/licences", "sources", "sources/loi"]
)
def test_a_language_that_is_not_ours_is_a_422(client: TestClient, path: str) -> None:
    """The accepted values are told."""
    problem = assert_problem(client.get(f"/api/v1/{path}", params={"language": "de"}), 422)
    assert problem["errors"][0]["field"] == "language"
    assert "'fr'" in problem["errors"][0]["message"]


def test_the_language_of_texts_is_the_parameter_then_the_header(client: TestClient) -> None:
    """`?language=` wins over Accept-Language, which wins over French."""
    path, english = "/api/v1/arguments/licences", {"accept-language": "en"}
    assert client.get(path).json()["title"] == "licences (fr)"
    assert client.get(path, headers=english).json()["title"] == "licences (en)"
    assert client.get(path, headers=english, params={"language": "fr"}).json()["title"] == "licences (fr)"


# Operations and errors


def test_the_process_says_that_it_lives_and_can_answer(client: TestClient) -> None:
    """Two probes, for who restarts the process and for who sends it requests."""
    assert client.get("/livez").json() == {"status": "live"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_the_version_says_what_answers(client: TestClient) -> None:
    """Code, knowledge and model, each by its own version."""
    found = client.get("/api/v1/version").json()
    assert found["version"].count(".") == 2
    assert (found["knowledge_version"], found["model_version"]) == ("small", "word-counts@1")


@pytest.mark.parametrize(
    ("language", "title", "detail"), [("fr", "Introuvable", "adresse"), ("en", "Not found", "address")]
)
def test_problems_speak_the_language_of_the_caller(client: TestClient, language: str, title: str, detail: str) -> None:
    """An unknown address, in French and in English."""
    problem = assert_problem(client.get("/api/v1/nothing", headers={"accept-language": language}), 404)
    assert problem["title"] == title
    assert detail in problem["detail"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", ANSWERS, "POST"),
        ("DELETE", ANSWERS, "POST"),
        ("PUT", BATCH, "POST"),
        ("POST", "/api/v1/sources", "GET"),
        ("POST", "/livez", "GET"),
    ],
)
def test_another_method_is_a_405_that_says_which(client: TestClient, method: str, path: str, allowed: str) -> None:
    """The Allow header is the framework's, the body is ours."""
    response = client.request(method, path)
    assert_problem(response, 405)
    assert allowed in response.headers["allow"]


def test_what_breaks_on_our_side_is_a_plain_500(caplog: pytest.LogCaptureFixture) -> None:
    """The client hears one sentence without a word of the error; the log says where it was."""

    class Broken(WordCountEncoder):
        def encode(self, texts: Any, /, progress: Any = None) -> Any:
            raise RuntimeError("the secret of /srv/model.onnx")

    broken = small_responder()
    broken.listener._encoder = Broken()
    client = TestClient(create_app(Settings(), broken), raise_server_exceptions=False)
    response = client.post(ANSWERS, json={"objection": COMPETITORS}, headers={"accept-language": "en"})
    assert assert_problem(response, 500)["title"] == "Server error"
    assert "secret" not in response.text
    assert "POST /api/v1/answers" in caplog.text
    assert COMPETITORS not in caplog.text, "what people say is not logged"


# Browsers


@pytest.mark.parametrize("path", ["/livez", "/api/v1/sources", "/api/v1/nothing", "/openapi.json", "/docs"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    """Pages, data and errors alike."""
    headers = client.get(path).headers
    assert "frame-ancestors" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_pages_of_other_sites_may_ask(client: TestClient) -> None:
    """By default any page may hold the widget: the preflight is granted, without credentials."""
    asked = {"origin": "https://a.example", "access-control-request-method": "POST"}
    granted = client.options(ANSWERS, headers={**asked, "access-control-request-headers": "content-type"})
    assert granted.status_code == 200
    assert granted.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in granted.headers
    refused = client.post(ANSWERS, json={}, headers={"origin": "https://a.example"})
    assert refused.headers["access-control-allow-origin"] == "*", "a page can read why it was refused"


def test_the_sites_that_may_ask_can_be_named(responder: Responder) -> None:
    """With a list, other origins are not granted."""
    client = TestClient(create_app(Settings(allowed_origins=("https://a.example",)), responder))
    for origin, granted in (("https://a.example", "https://a.example"), ("https://b.example", None)):
        headers = client.get("/livez", headers={"origin": origin}).headers
        assert headers.get("access-control-allow-origin") == granted
