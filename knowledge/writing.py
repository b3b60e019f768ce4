"""From values to the text of their files: the inverse of reading, in one form, so that it can be compared."""

import sys
from collections.abc import Sequence

import yaml

from knowledge.layouts import ARGUMENT, ARGUMENTAIRE, OBJECTION, PART_TITLES, Layout
from knowledge.values import Argument, Argumentaire, Objection, Source

_LINE_LIMIT = 120  # what a Git web page shows without scrolling
_ANSWERS_COMMENT = "# The page does not say which objections this answers: keep those it does answer, best first."


def write_argumentaire(value: Argumentaire) -> str:
    """Write the file of an argumentaire."""
    header = [
        *_id_list("objections", value.objections),
        *_id_list("arguments", value.arguments),
        *_id_list("small_talk", value.small_talk),
        *_id_list("sources", value.sources),
        *_origin(value.origin),
        *(["default: true"] if value.default else []),
    ]
    return _document(ARGUMENTAIRE, header, value)


def write_objection(value: Objection) -> str:
    """Write the file of an objection."""
    return _document(OBJECTION, [f"nature: {value.nature}", *_origin(value.origin), *_status(value.draft)], value)


def write_argument(value: Argument) -> str:
    """Write the file of an argument; that of a draft says what its author has to decide."""
    header = [
        *([_ANSWERS_COMMENT] if value.draft else []),
        *_id_list("answers", value.answers),
        *([f"anticipates: {value.anticipates}"] if value.anticipates else []),
        *_id_list("sources", value.sources),
        *_origin(value.origin),
        *_status(value.draft),
    ]
    return _document(ARGUMENT, header, value)


def write_source(value: Source, checked_in: str) -> str:
    """Write the entry of a source, as an item of the list that the bibliography is."""
    entry = {**value.csl, "grade": str(value.grade), "checked": value.checked, "checked_in": checked_in}
    return yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=sys.maxsize, default_flow_style=None)


def _document(layout: Layout, header: Sequence[str], value: Argumentaire | Argument | Objection) -> str:
    blocks = ["\n".join(["---", *header, "---"])]
    for language, text in value.texts.items():
        blocks.append(f"# {PART_TITLES[language]}")
        for field in layout.fields:
            content = getattr(text, field.attribute)
            if content:
                blocks.extend([f"## {field.heading(language)}", content])
    return "\n\n".join(blocks) + "\n"


def _id_list(key: str, ids: Sequence[str]) -> list[str]:
    line = f"{key}: [{', '.join(ids)}]"
    if len(line) > _LINE_LIMIT:
        return [f"{key}:", *(f"  - {identifier}" for identifier in ids)]
    return [line] if ids else []


def _origin(origin: str) -> list[str]:
    return [f"origin: {_quoted(origin)}"] if origin else []


def _status(draft: bool) -> list[str]:
    return ["status: draft"] if draft else []


def _quoted(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, default_style='"', width=sys.maxsize).strip()
