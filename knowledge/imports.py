"""What an import of a page does to the knowledge, worked out as a whole before any file is touched."""

from dataclasses import replace
from pathlib import Path, PurePath

from knowledge.drafts import draft_argument, draft_argumentaire, draft_objection
from knowledge.errors import InvalidKnowledgeError, Problem
from knowledge.layouts import ARGUMENT, OBJECTION
from knowledge.matching import Match, match
from knowledge.pages import Page
from knowledge.phrasings import RESERVED
from knowledge.references import bibliography_step, find_references
from knowledge.shelf import Located, Shelf, read_shelf
from knowledge.steps import Step, argumentaire_step, item_step
from knowledge.values import Argument, Argumentaire, Objection
from knowledge.wording import comparable, slug
from knowledge.writing import write_argument, write_objection

_ID_WORDS = 8  # a file name says no more about its audience


def plan_import(page: Page, root: Path, identifier: str | None = None) -> tuple[Step, ...]:
    """Plan the import of a page under the id given, or under the one that its argumentaire has or gets.

    Raise InvalidKnowledgeError when what stands in the knowledge folder cannot be read: an import never guesses.
    """
    root = root.resolve()
    problems: list[Problem] = []
    shelf = read_shelf(root, problems)
    if problems:
        raise InvalidKnowledgeError(tuple(sorted(set(problems))))
    standing = _find_argumentaire(page, shelf, identifier)
    draft = _draft(page, shelf, identifier)
    own = standing.value if standing else draft
    references = find_references(page, shelf, own.sources)
    reserved = (*shelf.objection_ids, *shelf.small_talk_ids, *RESERVED)
    objections = match(page.objections, shelf.objections, own.objections, reserved)
    arguments = match(page.arguments, shelf.arguments, own.arguments, shelf.argument_ids)
    value = replace(
        own,
        texts=draft.texts,
        objections=tuple(one.id for one in objections),
        arguments=tuple(one.id for one in arguments),
        sources=references.ids,
    )
    return (
        bibliography_step(root, references.missing, page),
        *(item_step(root, OBJECTION, one, _objection_text(one)) for one in objections),
        *(item_step(root, ARGUMENT, one, _argument_text(one, value)) for one in arguments),
        argumentaire_step(root, value, standing),
    )


def _objection_text(found: Match[Objection]) -> str:
    return write_objection(draft_objection(found.id, found.sentence))


def _argument_text(found: Match[Argument], argumentaire: Argumentaire) -> str:
    return write_argument(draft_argument(found.id, found.sentence, argumentaire.objections, argumentaire.sources))


def _find_argumentaire(page: Page, shelf: Shelf, identifier: str | None) -> Located[Argumentaire] | None:
    """Find the argumentaire that the page is for: by the id asked for, else by its file name or its origin."""
    names = {identifier} if identifier else {page.path.stem, _default_id(page)}
    by_name = (located for located in shelf.argumentaires if located.value.id in names)
    by_origin = (located for located in shelf.argumentaires if not identifier and _is_origin(located.value, page))
    return next(by_name, None) or next(by_origin, None)


def _is_origin(argumentaire: Argumentaire, page: Page) -> bool:
    origin = argumentaire.origin
    return PurePath(origin).name == page.path.name or comparable(origin) == comparable(page.title)


def _draft(page: Page, shelf: Shelf, identifier: str | None) -> Argumentaire:
    draft = draft_argumentaire(identifier or _default_id(page), page.title, page.audience, page.path.name)
    return replace(
        draft,
        small_talk=shelf.small_talk_ids,
        default=not any(located.value.default for located in shelf.argumentaires),
    )


def _default_id(page: Page) -> str:
    return slug(page.path.stem.removeprefix("argumentaire-"), _ID_WORDS, "argumentaire")
