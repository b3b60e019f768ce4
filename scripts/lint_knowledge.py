"""Check the knowledge folder: every problem with its file and line, or one line that counts what is there.

Run `python -m scripts.lint_knowledge`, with `--root FOLDER` for another folder than `knowledge`. The exit status is 1
when something has to be mended. Warnings, such as a draft or a missing language, do not change it.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from knowledge import InvalidKnowledgeError, Knowledge, find_notices, load_knowledge


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the folder, say what was found and give the exit status."""
    parser = argparse.ArgumentParser(prog="lint_knowledge", description="Check the knowledge folder.")
    parser.add_argument("--root", type=Path, default=Path("knowledge"), help="the folder to check (knowledge)")
    root = parser.parse_args(arguments).root
    try:
        knowledge = load_knowledge(root)
    except InvalidKnowledgeError as error:
        _say(*map(str, error.problems))
        return 1
    _say(*(f"{notice.path}:{notice.line}: warning: {notice.message}" for notice in find_notices(knowledge, root)))
    _say(_count(knowledge))
    return 0


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
    total = ", ".join(f"{count} {noun}" if count == 1 else f"{count} {noun}s" for count, noun in counts)
    return f"The knowledge is sound (version {knowledge.version}): {total}."


if __name__ == "__main__":
    sys.exit(main())
