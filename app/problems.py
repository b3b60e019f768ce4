"""Errors as people read them: one sentence in their language, in the form of RFC 9457."""

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge import Language

_TITLES: dict[int, dict[Language, str]] = {
    400: {Language.FR: "Requête illisible", Language.EN: "Unreadable request"},
    404: {Language.FR: "Introuvable", Language.EN: "Not found"},
    405: {Language.FR: "Méthode refusée", Language.EN: "Method not allowed"},
    413: {Language.FR: "Message trop long", Language.EN: "Message too large"},
    422: {Language.FR: "Requête invalide", Language.EN: "Invalid request"},
    500: {Language.FR: "Erreur du serveur", Language.EN: "Server error"},
}
_DETAILS: dict[int, dict[Language, str]] = {
    400: {
        Language.FR: "Le corps de la requête n’est pas du JSON en UTF-8.",
        Language.EN: "The body of the request is not JSON in UTF-8.",
    },
    404: {Language.FR: "Il n’y a rien à cette adresse.", Language.EN: "There is nothing at this address."},
    405: {
        Language.FR: "Cette adresse n’accepte pas cette méthode.",
        Language.EN: "This address does not take this method.",
    },
    413: {
        Language.FR: "Le corps de la requête dépasse la taille acceptée.",
        Language.EN: "The body of the request is larger than what is accepted.",
    },
    422: {
        Language.FR: "Un ou plusieurs champs sont à corriger\u202f: voir «\u202ferrors\u202f».",
        Language.EN: "One or more fields need correcting: see “errors”.",
    },
    500: {
        Language.FR: "Une erreur est survenue de notre côté. Réessayez dans un instant.",
        Language.EN: "Something went wrong on our side. Try again in a moment.",
    },
}
_FIELD_MESSAGES: dict[str, dict[Language, str]] = {
    "missing": {Language.FR: "ce champ est obligatoire", Language.EN: "this field is required"},
    "string_unicode": {
        Language.FR: "le texte contient des caractères qui ne sont pas de l’Unicode valide",
        Language.EN: "the text holds characters that are not valid Unicode",
    },
    "string_type": {Language.FR: "un texte est attendu", Language.EN: "a text is expected"},
    "string_too_short": {
        Language.FR: "au moins {min_length} caractère attendu",
        Language.EN: "at least {min_length} character is expected",
    },
    "string_too_long": {
        Language.FR: "au plus {max_length} caractères sont acceptés",
        Language.EN: "at most {max_length} characters are accepted",
    },
    "not_unicode": {
        Language.FR: "le texte contient des caractères qui ne sont pas de l’Unicode valide",
        Language.EN: "the text holds characters that are not valid Unicode",
    },
    "int_type": {Language.FR: "un nombre entier est attendu", Language.EN: "a whole number is expected"},
    "greater_than_equal": {Language.FR: "la valeur minimale est {ge}", Language.EN: "the smallest value is {ge}"},
    "less_than_equal": {Language.FR: "la valeur maximale est {le}", Language.EN: "the largest value is {le}"},
    "enum": {Language.FR: "valeurs acceptées\u202f: {expected}", Language.EN: "accepted values: {expected}"},
    "list_type": {Language.FR: "une liste est attendue", Language.EN: "a list is expected"},
    "too_short": {
        Language.FR: "au moins {min_length} élément attendu",
        Language.EN: "at least {min_length} item is expected",
    },
    "too_long": {
        Language.FR: "au plus {max_length} éléments sont acceptés",
        Language.EN: "at most {max_length} items are accepted",
    },
    "model_attributes_type": {Language.FR: "un objet JSON est attendu", Language.EN: "a JSON object is expected"},
    "unknown_argumentaire": {
        Language.FR: "cet argumentaire n’existe pas\u202f; la liste est à /api/v1/argumentaires",
        Language.EN: "there is no such argumentaire; the list is at /api/v1/argumentaires",
    },
}
_OTHER_MESSAGE = {Language.FR: "cette valeur n’est pas acceptée", Language.EN: "this value is not accepted"}


def problem(status: int, language: Language, errors: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return the body of an error.

    :param errors: what pydantic says of each refused field: its `loc`, `type` and `ctx`.
    """
    known = status if status in _TITLES else 500 if status >= 500 else 400
    body: dict[str, Any] = {
        "type": f"/problems/{known}",
        "title": _TITLES[known][language],
        "status": status,
        "detail": _DETAILS[known][language],
    }
    if errors:
        body["errors"] = [{"field": _field(error), "message": _message(error, language)} for error in errors]
    return body


def _field(error: Mapping[str, Any]) -> str:
    return ".".join(str(part) for part in error["loc"] if part not in ("body", "query", "path"))


def _message(error: Mapping[str, Any], language: Language) -> str:
    message = _FIELD_MESSAGES.get(error["type"], _OTHER_MESSAGE)[language]
    context = dict(error.get("ctx", {}))
    if language is Language.FR and "expected" in context:  # pydantic joins the values in English
        context["expected"] = str(context["expected"]).replace(" or ", " ou ")
    return message.format(**context)
