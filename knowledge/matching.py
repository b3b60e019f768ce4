"""Which sentence of a page is which text of the knowledge: the `origin` of a text is the sentence it came from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from knowledge.prose import Sentence
from knowledge.shelf import Located
from knowledge.values import Argument, Objection
from knowledge.wording import comparable, slug, unique

# Above it, a sentence is an earlier one retouched; two sentences of the seed page are alike to 0.51 at most.
RETOUCHED = 0.75

Item = TypeVar("Item", Argument, Objection)


@dataclass(frozen=True, slots=True)
class Match(Generic[Item]):
    """A sentence of the page, the id it has or gets, and the text that stands under this id already."""

    id: str
    sentence: Sentence
    found: Located[Item] | None = None

    @property
    def retouched(self) -> bool:
        """Tell whether the page says it in other words than those that the text was made from."""
        return self.found is not None and not _same(self.found.value.origin, self.sentence)


def match(
    sentences: Sequence[Sentence], located: Sequence[Located[Item]], own: Collection[str], taken: Collection[str]
) -> tuple[Match[Item], ...]:
    """Match each sentence, in the order of the page; one that the page repeats is taken once.

    :param own: the ids that the argumentaire of the page holds: only these can have been retouched.
    :param taken: the ids that a new text cannot have.
    """
    distinct: dict[str, Sentence] = {}
    for sentence in sentences:
        distinct.setdefault(comparable(sentence.text), sentence)
    exact = {key: _find_exact(sentence, located, own) for key, sentence in distinct.items()}
    used = {found.value.id for found in exact.values() if found}
    spare = [one for one in located if one.value.id in own and one.value.origin and one.value.id not in used]
    names = set(taken)
    matches: list[Match[Item]] = []
    for key, sentence in distinct.items():
        found = exact[key] or _take_retouched(sentence, spare)
        identifier = found.value.id if found else unique(slug(sentence.text), names)
        names.add(identifier)
        matches.append(Match(identifier, sentence, found))
    return tuple(matches)


def _find_exact(sentence: Sentence, located: Sequence[Located[Item]], own: Collection[str]) -> Located[Item] | None:
    same = [one for one in located if _same(one.value.origin, sentence)]
    return min(same, key=lambda one: one.value.id not in own, default=None)


def _take_retouched(sentence: Sentence, spare: list[Located[Item]]) -> Located[Item] | None:
    """Take, out of those that no sentence of the page matches, the text that this one was before it was retouched."""
    identifier = slug(sentence.text)
    best = max(spare, key=lambda one: (one.value.id == identifier, _likeness(one.value.origin, sentence)), default=None)
    if best is None or (best.value.id != identifier and _likeness(best.value.origin, sentence) < RETOUCHED):
        return None
    spare.remove(best)
    return best


def _same(origin: str, sentence: Sentence) -> bool:
    return comparable(origin) in (comparable(sentence.text), comparable(sentence.whole))


def _likeness(origin: str, sentence: Sentence) -> float:
    return SequenceMatcher(None, comparable(origin), comparable(sentence.text), autojunk=False).ratio()
