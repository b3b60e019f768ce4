"""Check the bibliography: what has to be mended, and what a careful reader would look at again.

Run `python -m scripts.check_sources`, with `--root FOLDER` for another folder than `knowledge`, `--quiet` to hear only
of what has to be mended, and `--online` to ask each address whether it still answers. The exit status is 1 when
something has to be mended: a malformed, unused or double entry, or an address that is gone. Sources that are undated,
old or cited from memory are listed and do not change it, nor do addresses that the network keeps us from knowing.
Without `--online` nothing is asked of the network.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from knowledge import Problem, review_bibliography


def main(arguments: Sequence[str] | None = None) -> int:
    """Review the bibliography, say what was found and give the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.online and find_spec("httpx2") is None:
        parser.error("--online needs the package httpx2: pip install httpx2")
    review = review_bibliography(options.root, date.today().year)
    gone, unknown = _ask(review.addresses) if options.online else ([], [])
    problems = [*review.problems, *gone]
    _say(*map(str, problems))
    if not options.quiet:
        _list("Without a year", review.undated)
        _list("Older than five years", review.old)
        _list("Cited from memory", review.from_memory)
        _list("Without an address", review.without_address)
        _list("Not known to answer", unknown)
    if problems:
        _say(f"The bibliography has {_count(len(problems), 'problem')}.")
    else:
        _say(f"The bibliography is sound: {_count(review.count, 'source')}.")
    return 1 if problems else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="check_sources", description="Check the bibliography.")
    parser.add_argument("--root", type=Path, default=Path("knowledge"), help="the knowledge folder (knowledge)")
    parser.add_argument("--online", action="store_true", help="ask each address whether it still answers")
    parser.add_argument("--quiet", action="store_true", help="say only what has to be mended")
    return parser


def _ask(addresses: Sequence[Problem]) -> tuple[list[Problem], list[Problem]]:
    """Return the addresses that are gone, then those of which nothing could be known."""
    from scripts.dead_links import Answer, ask_links  # only who goes online needs the HTTP client

    links = ask_links(address.message for address in addresses)
    told = {
        answer: [
            Problem(address.path, address.line, f"{link.url}: {link.reason}.")
            for address in addresses
            if (link := links[address.message]).answer is answer
        ]
        for answer in Answer
    }
    return told[Answer.DEAD], told[Answer.UNKNOWN]


def _list(heading: str, places: Sequence[Problem]) -> None:
    if places:
        _say("", f"{heading} ({len(places)}):", *map(str, places))


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _say(*lines: str) -> None:
    # Plain lines, never folded: editors and CI turn `file:line: message` into links.
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
