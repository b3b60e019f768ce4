"""The lint: what a careful reviewer would say of a knowledge that loads; nothing in it keeps it from being served."""

from collections.abc import Iterator, Sequence
from itertools import chain

from knowledge.evidence import check_evidence
from knowledge.findings import Finding
from knowledge.limits import check_limits
from knowledge.shelf import Located, Shelf
from knowledge.shown_texts import list_shown_texts
from knowledge.typography import check_typography
from knowledge.values import Argument, Objection
from knowledge.word_list import Avoided, check_words


def examine(shelf: Shelf, words: Sequence[Avoided], year: int) -> Iterator[Finding]:
    """Give every finding in a shelf that has no problems; `year` is the one that the age of sources counts from."""
    yield from _drafts(shelf)
    yield from check_limits(shelf)
    yield from check_evidence(shelf, year)
    for shown in list_shown_texts(shelf):
        yield from check_typography(shown)
        yield from check_words(shown, words)


def _drafts(shelf: Shelf) -> Iterator[Finding]:
    for located in chain[Located[Objection] | Located[Argument]](shelf.objections, shelf.arguments):
        if located.value.draft:
            document = located.document
            message = "This is a draft that nobody has reviewed yet."
            yield Finding(document.path, document.line("status"), message, notice=True)
