"""The texts that people read, each with its place: the fields of every file, and the caveats of the sources."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from knowledge.findings import Finding
from knowledge.shelf import Located, Shelf
from knowledge.values import Argument, Argumentaire, Language, Objection, SmallTalk

# Code and addresses obey other rules than sentences do.
_NOT_SENTENCES = re.compile(r"`[^`]*`|(?<=\]\()[^)\s]*|<[a-z]+:[^>\s]*>|\bhttps?://[^\s)]+")


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text in one language, with the line that it starts on and the attribute that it fills."""

    text: str
    language: Language
    attribute: str
    path: Path
    line: int
    draft: bool = False

    @property
    def sentences(self) -> str:
        """The text with its code and addresses made blank, every other character in its place."""
        return blank(_NOT_SENTENCES, self.text)

    def finding(self, offset: int, message: str) -> Finding:
        """Say that something is wrong at a character of this text, which in a draft is only a notice."""
        return Finding(self.path, self.line + self.text.count("\n", 0, offset), message, self.draft)


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Put as many letters in the place of what matches, so that the offsets of the rest stay right."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", "x", match[0]), text)


def list_shown_texts(shelf: Shelf) -> Iterator[ShownText]:
    """Give every text that people read."""
    every = chain[Located[Argumentaire] | Located[Objection] | Located[Argument] | Located[SmallTalk]](
        shelf.argumentaires, shelf.objections, shelf.arguments, shelf.small_talk
    )
    for located in every:
        document, draft = located.document, is_draft(located.value)
        for language, part in document.parts.items():
            for attribute, field in part.fields.items():
                yield ShownText(field.text, language, attribute, document.path, field.text_line, draft)
    for source in shelf.sources or ():
        for language, caveat in source.value.caveats.items():
            # YAML folds the lines of a caveat, so that only the line of its key is known.
            yield ShownText(
                " ".join(caveat.split("\n")), language, "caveat", source.path, source.lines.get("caveat", source.line)
            )


def is_draft(value: object) -> bool:
    """Tell whether nobody has reviewed a value yet."""
    return isinstance(value, Argument | Objection) and value.draft
