"""Check the knowledge folder: every problem and notice with its file and line, then one line that counts.

Run `python -m scripts.lint_knowledge`, with `--root FOLDER` for another folder than `knowledge`. The exit status is 1
when something has to be mended. Notices, such as a draft or an old source, do not change it, and what concerns a draft
is a notice. The service answers from whatever loads, findings or not.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from knowledge import Finding, InvalidKnowledgeError, Knowledge, examine, load_knowledge, read_evaluation
from knowledge.shelf import read_shelf
from knowledge.word_list import read_word_list
from scripts.resemblance import find_resemblances


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the folder, say what was found and give the exit status."""
    parser = argparse.ArgumentParser(prog="lint_knowledge", description="Check the knowledge folder.")
    parser.add_argument("--root", type=Path, default=Path("knowledge"), help="the folder to check (knowledge)")
    root = parser.parse_args(arguments).root
    try:
        knowledge = load_knowledge(root)
        read_evaluation(root, knowledge)
        findings = sorted(_find(root))
    except InvalidKnowledgeError as error:
        _say(*map(str, error.problems))
        return 1
    _say(*map(str, findings))
    problems = sum(not finding.notice for finding in findings)
    if problems:
        _say(f"{_plural(problems, 'problem')} to mend, {_plural(len(findings) - problems, 'notice')}.")
        return 1
    _say(_count(knowledge))
    return 0


def _find(root: Path) -> Iterator[Finding]:
    words = read_word_list(root)
    shelf = read_shelf(root.resolve(), [])  # without problems, because the knowledge has been loaded
    yield from examine(shelf, words, date.today().year)
    yield from find_resemblances(shelf.arguments)


def _say(*lines: str) -> None:
    # Plain lines, never folded: editors and CI turn `file:line: message` into links.
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _count(knowledge: Knowledge) -> str:
    counts = (
        (len(knowledge.argumentaires), "argumentaire"),
        (len(knowledge.objections), "objection"),
        (len(knowledge.arguments), "argument"),
        (len(knowledge.sources), "source"),
        (len(knowledge.small_talk), "small-talk text"),
        (len(knowledge.phrasings), "phrasing"),
    )
    total = ", ".join(_plural(count, noun) for count, noun in counts)
    return f"The knowledge is sound (version {knowledge.version}): {total}."


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


if __name__ == "__main__":
    sys.exit(main())
