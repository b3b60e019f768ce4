"""Limits of length and presence: both languages, every field, and as many words as people read."""

from collections.abc import Iterator

from knowledge.documents import Document
from knowledge.findings import Finding
from knowledge.layouts import ARGUMENT, OBJECTION, PART_TITLES, FieldLayout
from knowledge.parts import Field
from knowledge.shelf import Shelf
from knowledge.shown_texts import is_draft
from knowledge.values import Argumentaire, Language

SUMMARY_WORDS = 80  # what a person reads before the meeting starts
BODY_WORDS = (120, 250)  # enough to reason in, and still a minute of reading

# French against English, in characters. When these were chosen, the texts of 300 characters and more lay between 0.95
# and 1.20, the shorter ones between 0.76 and 1.52: past the limits, one language says more than the other.
LONG_TEXT = 300
LONG_RATIOS = (0.85, 1.30)
SHORT_RATIOS = (0.70, 1.60)


def check_limits(shelf: Shelf) -> Iterator[Finding]:
    """Give every text that is missing, too long, too short, or longer in one language than in the other."""
    for argumentaire in shelf.argumentaires:
        yield from _check(argumentaire.document, _is_in_the_making(argumentaire.value, shelf))
    for objection in shelf.objections:
        yield from _check(objection.document, objection.value.draft)
    for argument in shelf.arguments:
        yield from _check(argument.document, argument.value.draft)
    for small_talk in shelf.small_talk:
        yield from _check(small_talk.document, draft=False)


def count_words(text: str) -> int:
    """Count the words of a text; a mark that stands alone, as French punctuation does, is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _is_in_the_making(argumentaire: Argumentaire, shelf: Shelf) -> bool:
    objections = (one.value for one in shelf.objections if one.value.id in argumentaire.objections)
    arguments = (one.value for one in shelf.arguments if one.value.id in argumentaire.arguments)
    return any(map(is_draft, objections)) or any(map(is_draft, arguments))


def _check(document: Document, draft: bool) -> Iterator[Finding]:
    for line, message in (*_presence(document), *_words(document), *_ratios(document)):
        yield Finding(document.path, line, message, notice=draft)


def _presence(document: Document) -> Iterator[tuple[int, str]]:
    for language in Language:
        part = document.parts.get(language)
        if part is None:
            yield 1, f'The part "# {PART_TITLES[language]}" is missing: people get the other language.'
            continue
        for field in document.layout.fields:
            if field.attribute not in part.fields and _is_expected(field, document):
                yield part.line, f'The field "{field.heading(language)}" is missing in "# {PART_TITLES[language]}".'


def _is_expected(field: FieldLayout, document: Document) -> bool:
    """Tell whether a field must be written: every one of an argument or objection, or what the other language has."""
    told = any(field.attribute in part.fields for part in document.parts.values())
    return told or document.layout in (ARGUMENT, OBJECTION)


def _words(document: Document) -> Iterator[tuple[int, str]]:
    if document.layout is not ARGUMENT:
        return
    for part in document.parts.values():
        summary, body = part.fields.get("summary"), part.fields.get("body")
        if summary and (words := count_words(summary.text)) > SUMMARY_WORDS:
            yield summary.line, f"This summary has {words} words; {SUMMARY_WORDS} are the most that people read."
        if body and not BODY_WORDS[0] <= (words := count_words(body.text)) <= BODY_WORDS[1]:
            yield body.line, f"This text has {words} words; it needs {BODY_WORDS[0]} to {BODY_WORDS[1]}."


def _ratios(document: Document) -> Iterator[tuple[int, str]]:
    if len(document.parts) < len(Language):
        return
    french, english = (document.parts[language].fields for language in (Language.FR, Language.EN))
    for layout in document.layout.fields:
        fields = french.get(layout.attribute), english.get(layout.attribute)
        if fields[0] and fields[1]:
            yield from _ratio(layout, fields[0], fields[1])


def _ratio(layout: FieldLayout, french: Field, english: Field) -> Iterator[tuple[int, str]]:
    in_french, in_english = len(french.text), len(english.text)
    least, most = LONG_RATIOS if max(in_french, in_english) >= LONG_TEXT else SHORT_RATIOS
    if not least <= in_french / in_english <= most:
        longer, shorter = (layout.french, layout.english) if in_french > in_english else (layout.english, layout.french)
        counts = f"{in_french} characters in French, {in_english} in English"
        rule = f"French is to be {least:.2f} to {most:.2f} times as long as English"
        message = f'"{longer}" says more than "{shorter}": {counts}; {rule}.'
        yield min(french, english, key=lambda field: len(field.text)).line, message
