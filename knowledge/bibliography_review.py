"""Reviews the bibliography: what has to be mended, and what a careful reader would look at again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.bibliography import CHECKED, LocatedSource
from knowledge.checks import check_shelf
from knowledge.duplicates import find_duplicates
from knowledge.errors import Problem
from knowledge.identifiers import doi_fault, url_fault
from knowledge.shelf import SOURCES_FILE, read_shelf

_SEEN, _FROM_MEMORY = CHECKED


@dataclass(frozen=True, slots=True)
class Review:
    """What was found; only `problems` have to be mended, the rest is told with its place.

    :param addresses: each address that a reader is sent to, once a source, as the message of its place.
    """

    count: int
    problems: tuple[Problem, ...]
    undated: tuple[Problem, ...]
    old: tuple[Problem, ...]
    from_memory: tuple[Problem, ...]
    without_address: tuple[Problem, ...]
    addresses: tuple[Problem, ...]


def review_bibliography(root: Path, this_year: int) -> Review:
    """Read the bibliography of a knowledge folder and review it; the rest of the folder only says what it cites."""
    root = root.resolve()
    ours = (Path(root.name), Path(root.name) / SOURCES_FILE)
    found: list[Problem] = []
    shelf = read_shelf(root, found)
    malformed = any(problem.path in ours for problem in found)
    # An entry of another form than expected cannot be asked for its title or its year.
    sources = () if malformed else shelf.sources or ()
    problems = [problem for problem in (*found, *check_shelf(shelf)) if problem.path in ours]
    problems += [problem for source in sources for problem in _problems(source, this_year)]
    problems += find_duplicates(sources)
    return Review(
        count=len(sources),
        problems=tuple(sorted(set(problems))),
        undated=tuple(one.problem("title", one.value.title) for one in sources if one.value.year is None),
        old=tuple(
            one.problem("issued", f"{one.value.year}, {one.value.title}")
            for one in sorted(sources, key=lambda one: one.value.year or 0)
            if one.value.is_old(this_year)
        ),
        from_memory=tuple(
            one.problem("checked", one.value.title) for one in sources if one.value.checked == _FROM_MEMORY
        ),
        without_address=tuple(one.problem("title", one.value.title) for one in sources if not _addresses(one)),
        addresses=tuple(address for one in sources for address in _addresses(one)),
    )


def _problems(source: LocatedSource, this_year: int) -> Iterator[Problem]:
    csl, year = source.value.csl, source.value.year
    if "DOI" in csl and (fault := doi_fault(csl["DOI"])):
        yield source.problem("DOI", fault)
    if "URL" in csl and (fault := url_fault(csl["URL"])):
        yield source.problem("URL", fault)
    if year is not None and year > this_year:
        yield source.problem("issued", f'"{source.value.id}" is of {year}, which has not come yet.')
    if source.value.checked == _SEEN and "checked_in" not in source.lines:
        message = f'"{source.value.id}" was seen: say where in "checked_in", in a few words.'
        yield source.problem("checked", message)


def _addresses(source: LocatedSource) -> list[Problem]:
    """Return the DOI's address and the URL, as far as they are sound."""
    doi, url = source.value.csl.get("DOI"), source.value.csl.get("URL")
    found = []
    if doi and not doi_fault(doi):
        found.append(source.problem("DOI", f"https://doi.org/{doi}"))
    if url and not url_fault(url):
        found.append(source.problem("URL", url))
    return found
