"""Typography: quotes, apostrophes and spaces, as the texts of each language write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.findings import Finding
from knowledge.shown_texts import ShownText
from knowledge.values import Language


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is wrong wherever the pattern matches, in the languages that have the rule."""

    pattern: re.Pattern[str]
    message: str
    languages: tuple[Language, ...] = tuple(Language)


_RULES = (
    _Rule(re.compile(r"'"), "A straight apostrophe stands {here}: write ’."),
    _Rule(re.compile(r'"'), "A straight quote stands {here}: write « and ».", (Language.FR,)),
    _Rule(re.compile(r'"'), "A straight quote stands {here}: write “ and ”.", (Language.EN,)),
    # Neither the indentation of a list nor the two spaces that break a line in Markdown.
    _Rule(re.compile(r"(?<=\S)[^\S\n]{2,}(?=\S)"), "Two spaces stand {here}: write one."),
    # Not inside 5230:2020 or 10:30, nor after another mark as in (?) and ?!, nor the ! of a Markdown image.
    _Rule(
        re.compile(r"(?<![\u202f?!(])(?:[;?%»]|!(?!\[)|(?<!\d):|:(?!\d))"),
        "A narrow no-break space (U+202F) is missing before a mark {here}.",
        (Language.FR,),
    ),
    _Rule(
        re.compile(r"«(?!\u202f)"),
        "A narrow no-break space (U+202F) is missing after « {here}.",
        (Language.FR,),
    ),
    _Rule(re.compile(r"(?<=\w)[^\S\n][;:?!%]"), "A space stands before a mark {here}: write none.", (Language.EN,)),
)
_AROUND = 15  # characters shown on either side: enough to find the place in a long line


def check_typography(shown: ShownText) -> Iterator[Finding]:
    """Give every mark and space of a text that is not as its language writes it."""
    sentences = shown.sentences
    for rule in _RULES:
        if shown.language in rule.languages:
            for match in rule.pattern.finditer(sentences):
                message = rule.message.format(here=f"in “{_around(shown.text, match.start(), match.end())}”")
                yield shown.finding(match.start(), message)


def _around(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - _AROUND) : end + _AROUND].split())
