"""Drafts: what an argumentaire page says, put into the shape of the knowledge for a person to write out.

A page has one sentence per objection and per argument. A draft says nothing more than that sentence does.
"""

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from knowledge.citations import PageSource
from knowledge.layouts import ONE_LINER_LIMIT
from knowledge.prose import Sentence
from knowledge.values import (
    Argument,
    Argumentaire,
    ArgumentaireText,
    ArgumentText,
    Grade,
    Language,
    Nature,
    Objection,
    ObjectionText,
    Source,
)
from knowledge.wording import shorten

TITLE_LIMIT = 70  # one line on a telephone held sideways

_BLOCK_START = re.compile(r"^(?=[#`~<])")  # these would open a heading, code or HTML instead of a sentence
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def draft_objection(identifier: str, sentence: Sentence) -> Objection:
    """Draft an objection from its sentence."""
    text = ObjectionText(
        title=_title(sentence),
        echo=f"Je comprends : {_closed(sentence.whole)}",
        explanation=_field(_closed(sentence.whole)),
    )
    return Objection(
        id=identifier,
        nature=Nature.LEGITIMATE_CONCERN,
        texts=MappingProxyType({Language.FR: text}),
        origin=sentence.text,
        draft=True,
    )


def draft_argument(identifier: str, sentence: Sentence, answers: Sequence[str], sources: Sequence[str]) -> Argument:
    """Draft an argument from its sentence; it answers all the objections given, because the page does not choose."""
    whole = _field(_closed(sentence.whole))
    one_liner = whole if len(whole) <= ONE_LINER_LIMIT else shorten(_field(_closed(sentence.text)), ONE_LINER_LIMIT)
    return Argument(
        id=identifier,
        texts=MappingProxyType({Language.FR: ArgumentText(_title(sentence), one_liner, whole)}),
        answers=tuple(answers),
        sources=tuple(sources),
        origin=sentence.text,
        draft=True,
    )


def draft_argumentaire(identifier: str, title: str, audience: str, origin: str) -> Argumentaire:
    """Draft an argumentaire that holds nothing yet."""
    text = ArgumentaireText(title=_field(title), audience=_field(audience))
    return Argumentaire(
        id=identifier,
        texts=MappingProxyType({Language.FR: text}),
        objections=(),
        arguments=(),
        small_talk=(),
        sources=(),
        origin=origin,
    )


def draft_source(identifier: str, source: PageSource) -> Source:
    """Draft a source from the words in which a page names it: a workshop's word, which is grade D."""
    csl: dict[str, Any] = {"id": identifier, "type": "document", "title": source.text}
    years = _YEAR.findall(source.text)
    if years:
        csl["issued"] = {"date-parts": [[int(years[-1])]]}
    if source.url:
        csl["URL"] = source.url
    return Source(identifier, Grade.D, MappingProxyType(csl), MappingProxyType({}), "seen")


def _title(sentence: Sentence) -> str:
    return _field(shorten(sentence.text[0].upper() + sentence.text[1:], TITLE_LIMIT))


def _field(text: str) -> str:
    return _BLOCK_START.sub(r"\\", text)


def _closed(text: str) -> str:
    return text if text.endswith(("?", "!", "…", ":")) else f"{text}."
