"""Evidence: each objection has enough answers, of which enough rest on more than a workshop, and none on old news."""

from collections.abc import Iterator

from knowledge.findings import Finding
from knowledge.shelf import Located, Shelf
from knowledge.values import Argument, Argumentaire, Grade, Source

ANSWERS = 6  # a person who is not convinced can ask for another several times
EVIDENCED_ANSWERS = 3
YEARS = 5  # an older study or case may no longer hold


def check_evidence(shelf: Shelf, year: int) -> Iterator[Finding]:
    """Give the objections that lack answers, the arguments that answer none, and those whose sources are all old."""
    sources = {source.value.id: source.value for source in shelf.sources or ()}
    for argumentaire in shelf.argumentaires:
        arguments = [one for one in shelf.arguments if one.value.id in argumentaire.value.arguments]
        yield from _short_of_answers(argumentaire, arguments, shelf, sources)
        yield from _answering_nothing(argumentaire, arguments)
    for argument in shelf.arguments:
        yield from _old(argument, sources, year)


def _short_of_answers(
    argumentaire: Located[Argumentaire], arguments: list[Located[Argument]], shelf: Shelf, sources: dict[str, Source]
) -> Iterator[Finding]:
    drafts = {objection.value.id for objection in shelf.objections if objection.value.draft}
    for index, objection in enumerate(argumentaire.value.objections):
        answers = [one.value for one in arguments if objection in one.value.answers]
        evidenced = [one for one in answers if any(sources[name].grade is not Grade.D for name in one.sources)]
        # As long as drafts are among what is counted, the count is not what the argumentaire will hold.
        notice = objection in drafts or any(one.draft for one in answers)
        document = argumentaire.document
        line = document.line("objections", index)
        if len(answers) < ANSWERS:
            message = f'The objection "{objection}" is answered by {_arguments(answers)}; it needs {ANSWERS}.'
            yield Finding(document.path, line, message, notice)
        if len(evidenced) < EVIDENCED_ANSWERS:
            message = (
                f'The objection "{objection}" is answered by {_arguments(evidenced)} with a source of grade A, B or C'
            )
            yield Finding(document.path, line, f"{message}; it needs {EVIDENCED_ANSWERS}.", notice)


def _arguments(values: list[Argument]) -> str:
    return "1 argument" if len(values) == 1 else f"{len(values)} arguments"


def _answering_nothing(argumentaire: Located[Argumentaire], arguments: list[Located[Argument]]) -> Iterator[Finding]:
    document, value = argumentaire.document, argumentaire.value
    for argument in arguments:
        if set(argument.value.answers).isdisjoint(value.objections):
            line = document.line("arguments", value.arguments.index(argument.value.id))
            message = f'The argument "{argument.value.id}" answers none of the objections of this argumentaire.'
            yield Finding(document.path, line, message, argument.value.draft)


def _old(argument: Located[Argument], sources: dict[str, Source], year: int) -> Iterator[Finding]:
    """Tell the newest year when it is old; a source without a year, such as a living page, is taken for none."""
    years = [known for name in argument.value.sources if (known := sources[name].year) is not None]
    if years and max(years) < year - YEARS:
        document = argument.document
        message = (
            f"The newest dated source is of {max(years)}, more than {YEARS} years ago: see whether it still holds."
        )
        yield Finding(document.path, document.line("sources"), message, notice=True)
