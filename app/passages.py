"""Says which texts of the knowledge are searched, and what each of them stands for.

An argument is seen from several sides (its title and one-liner, its summary, the phrasings of the objections that it
answers), each with a vector of its own: one concatenated text would blur them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge import Knowledge, Language, Phrasing

INDEXED = 8  # phrasings of a label in a file


class View(StrEnum):
    """The side from which a text shows what it stands for."""

    PHRASING = "phrasing"
    OBJECTION = "objection"
    CLAIM = "claim"  # an argument's title and one-liner
    SUMMARY = "summary"  # an argument's summary


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to embed: what it shows, of which objection, small talk or argument, in which language."""

    view: View
    target: str
    language: Language
    text: str

    @property
    def is_query(self) -> bool:
        """Whether the text is what a person would type, rather than what would be found."""
        return self.view in (View.PHRASING, View.OBJECTION)


def passages(knowledge: Knowledge) -> tuple[Passage, ...]:
    """Return every searched text of the knowledge, in a fixed order."""
    return (
        *(Passage(View.PHRASING, said.label, said.language, said.text) for said in _indexed(knowledge.phrasings)),
        *_objection_passages(knowledge),
        *_argument_passages(knowledge),
    )


def _indexed(phrasings: Sequence[Phrasing]) -> list[Phrasing]:
    """Return up to `INDEXED` phrasings of each label in each file, spread evenly over the file.

    The trained model and the lexical channel have learned from all of them; compared with all of them, a text is drawn
    to the odd one out. `embeddings/README.md` has the measure.
    """
    rows: dict[tuple[str, str], list[int]] = {}
    for row, phrasing in enumerate(phrasings):
        rows.setdefault((phrasing.collection, phrasing.label), []).append(row)
    kept = {found[len(found) * place // INDEXED] for found in rows.values() for place in range(INDEXED)}
    return [phrasings[row] for row in sorted(kept)]


def _objection_passages(knowledge: Knowledge) -> list[Passage]:
    return [
        Passage(View.OBJECTION, objection.id, language, text.title)
        for objection in knowledge.objections.values()
        for language, text in objection.texts.items()
    ]


def _argument_passages(knowledge: Knowledge) -> list[Passage]:
    found: list[Passage] = []
    for argument in knowledge.arguments.values():
        for language, text in argument.texts.items():
            claim = text.title if text.title == text.one_liner else f"{text.title}. {text.one_liner}"
            found.append(Passage(View.CLAIM, argument.id, language, claim))
            found.append(Passage(View.SUMMARY, argument.id, language, text.summary))
    return found


def rows_showing(found: Sequence[Passage], *views: View) -> list[int]:
    """Return the rows of the passages seen from one of these sides."""
    return [row for row, passage in enumerate(found) if passage.view in views]
