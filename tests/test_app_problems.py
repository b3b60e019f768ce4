"""Errors as people read them, in both languages."""

import re

import pytest
from pydantic import BaseModel, ValidationError

from app.problems import _FIELD_MESSAGES, problem
from app.schemas import AnswerIn, BatchIn
from knowledge import Language
from tests.fakes import EN, FR

STATUSES = (400, 404, 405, 413, 422, 500)

# For each kind of refusal a body that earns it, and the field that is named.
REFUSALS: dict[str, tuple[type[BaseModel], object, str]] = {
    "missing": (AnswerIn, {}, "objection"),
    "string_type": (AnswerIn, {"objection": 1}, "objection"),
    "string_too_short": (AnswerIn, {"objection": "  "}, "objection"),
    "string_too_long": (AnswerIn, {"objection": "x" * 2001}, "objection"),
    "string_unicode": (AnswerIn, {"objection": "\ud800"}, "objection"),
    "int_type": (AnswerIn, {"objection": "x", "limit": "5"}, "limit"),
    "greater_than_equal": (AnswerIn, {"objection": "x", "limit": 0}, "limit"),
    "less_than_equal": (AnswerIn, {"objection": "x", "limit": 21}, "limit"),
    "enum": (AnswerIn, {"objection": "x", "language": "de"}, "language"),
    "list_type": (AnswerIn, {"objection": "x", "context": {"shown": "all"}}, "context.shown"),
    "too_long": (BatchIn, {"items": [{"objection": "x"}] * 257}, "items"),
    "too_short": (BatchIn, {"items": []}, "items"),
    "model_attributes_type": (BatchIn, {"items": [[]]}, "items.0"),
}
NOT_FROM_BODIES = {"not_unicode", "unknown_argumentaire"}


def refusal(kind: str, language: Language) -> dict[str, str]:
    """Return the one entry of `errors` that the body of this kind earns."""
    model, body, _ = REFUSALS[kind]
    with pytest.raises(ValidationError) as caught:
        model.model_validate(body, from_attributes=True)
    (found,) = caught.value.errors()
    assert found["type"] == kind
    (told,) = problem(422, language, [{**found, "loc": ("body", *found["loc"])}])["errors"]
    return dict(told)


def test_every_kind_of_refusal_has_its_case() -> None:
    """The table of messages holds no kind that is not tried below."""
    assert set(_FIELD_MESSAGES) == set(REFUSALS) | NOT_FROM_BODIES


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", REFUSALS)
def test_each_refusal_names_its_field_and_says_why(kind: str, language: Language) -> None:
    """The field is a path in the body, and the message is a phrase with its numbers filled in."""
    told = refusal(kind, language)
    assert told["field"] == REFUSALS[kind][2]
    assert told["message"]
    assert "{" not in told["message"]


def test_numbers_stand_in_the_messages() -> None:
    """The limit that was passed is told, in the language of the caller."""
    assert refusal("string_too_long", FR)["message"] == "au plus 2000 caractères sont acceptés"
    assert refusal("string_too_long", EN)["message"] == "at most 2000 characters are accepted"
    assert refusal("less_than_equal", EN)["message"] == "the largest value is 20"
    assert "256" in refusal("too_long", FR)["message"]


@pytest.mark.parametrize("kind", REFUSALS)
def test_french_and_english_differ(kind: str) -> None:
    """No sentence was left in the other language."""
    assert refusal(kind, FR)["message"] != refusal(kind, EN)["message"]


@pytest.mark.parametrize("kind", sorted(NOT_FROM_BODIES))
def test_our_own_refusals_are_told_too(kind: str) -> None:
    """Kinds that the core raises have their sentence in both languages."""
    french, english = (problem(422, language, [{"loc": ("argumentaire",), "type": kind}]) for language in (FR, EN))
    assert french["errors"][0]["field"] == "argumentaire"
    assert french["errors"][0]["message"] != english["errors"][0]["message"]


def test_a_kind_that_nobody_foresaw_is_told_plainly() -> None:
    """A newer pydantic may name a refusal of which we have no sentence."""
    (told,) = problem(422, EN, [{"loc": ("body", "x"), "type": "brand_new", "ctx": {"a": "{b}"}}])["errors"]
    assert told == {"field": "x", "message": "this value is not accepted"}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("status", STATUSES)
def test_each_status_has_its_sentences(status: int, language: Language) -> None:
    """Type, title and detail are there, and `errors` only when fields were refused."""
    body = problem(status, language)
    assert body.keys() == {"type", "title", "status", "detail"}
    assert (body["type"], body["status"]) == (f"/problems/{status}", status)
    assert body["detail"].endswith((".", "”.", "»."))
    assert body["title"] != problem(status, EN if language is FR else FR)["title"]


@pytest.mark.parametrize(("status", "kind"), [(418, 400), (406, 400), (503, 500), (599, 500)])
def test_other_statuses_take_the_nearest_sentences(status: int, kind: int) -> None:
    """What the framework may answer by itself keeps its status and is told as its family is."""
    body = problem(status, EN)
    assert (body["status"], body["type"]) == (status, f"/problems/{kind}")


def test_french_double_punctuation_has_its_narrow_space() -> None:
    """No colon or guillemet touches a word in a French sentence."""
    told = [problem(status, FR)["detail"] for status in STATUSES]
    told += [messages[FR] for messages in _FIELD_MESSAGES.values()]
    assert not [sentence for sentence in told if re.search(r"\w[:;?!»]|«\w| [:;?!»]", sentence.replace("/api", ""))]
