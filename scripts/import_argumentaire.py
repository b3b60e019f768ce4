"""Import an argumentaire page into the knowledge folder, as drafts for a person to write out.

Run `python -m scripts.import_argumentaire PAGE.md`. The page has a title, a line `Cible :`, a list of objections, a
list of arguments (nested or not) and, in hints, `Source :`. It becomes an argumentaire, one file for each objection
and argument, and entries of `sources.yaml`.

A sentence of the page is recognised by the `origin` of a file, so that the import can be run again at any time:

- created: the sentence was new, and its draft has been written;
- unchanged: the file is what the page gives;
- kept: a person has edited the file, and it stays as it is; `--diff` shows how it differs from what the page gives. A
  sentence that the page now puts in other words, and ids that an edited argumentaire lacks, are shown in any case;
- extended: `sources.yaml` got entries at its end, or an argumentaire that nobody edited got the new ids.

Nothing is written before all has been read and checked. The exit status is 2 when the page cannot be read, and 1 when
the knowledge folder cannot be read or written.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from knowledge import InvalidKnowledgeError, PageError, UnwritableError
from knowledge.headers import ID_RULE, is_id
from knowledge.imports import plan_import
from knowledge.pages import read_page
from knowledge.steps import Fate, Step, carry_out


def main(arguments: Sequence[str] | None = None) -> int:
    """Import the page, say what became of each file and give the exit status."""
    options = _parser().parse_args(arguments)
    try:
        steps = plan_import(read_page(options.page), options.root, options.id)
        if not options.dry_run:
            carry_out(steps)
    except PageError as error:
        return _give_up(2, str(error), "Nothing was written.")
    except InvalidKnowledgeError as error:
        advice = "Nothing was written; mend this first, then run the import again."
        return _give_up(1, *map(str, error.problems), advice)
    except UnwritableError as error:
        advice = "What stood there is unharmed; make room or check the rights, then run the import again."
        return _give_up(1, str(error), advice)
    for step in steps:
        _say(*_tell(step, options.root, options.diff))
    _say(_sum_up(steps, options.dry_run))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="import_argumentaire", description="Import an argumentaire page.")
    parser.add_argument("page", type=Path, metavar="PAGE.md", help="the page to read")
    parser.add_argument("--root", type=Path, default=Path("knowledge"), help="the knowledge folder (knowledge)")
    parser.add_argument("--id", type=_identifier, help="the id of the argumentaire")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")
    parser.add_argument("--diff", action="store_true", help="show how edited files differ from what the page gives")
    return parser


def _identifier(text: str) -> str:
    if not is_id(text):
        raise argparse.ArgumentTypeError(f'"{text}" is not an id: {ID_RULE}')
    return text


def _tell(step: Step, root: Path, with_diff: bool) -> list[str]:
    shown = step.path.relative_to(root.resolve().parent)
    reason = f" ({step.reason})" if step.reason else ""
    lines = [f"{step.fate}: {shown}{reason}", *step.advice]
    return [*lines, *step.diff] if with_diff and step.fate is Fate.KEPT else lines


def _say(*lines: str, stderr: bool = False) -> None:
    # Plain lines: texts hold brackets, and editors turn `file:line: message` into links.
    Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=True).print(*lines, sep="\n")


def _give_up(status: int, *lines: str) -> int:
    _say(*lines, stderr=True)
    return status


def _sum_up(steps: Sequence[Step], dry_run: bool) -> str:
    counts = Counter(step.fate for step in steps)
    if not counts[Fate.CREATED] and not counts[Fate.EXTENDED]:
        if any(step.advice for step in steps):
            return "Nothing was written; the lines above that start with + are for you to take over."
        return "Nothing to do: every sentence of the page is in the knowledge."
    total = ", ".join(f"{counts[fate]} {fate}" for fate in Fate if counts[fate])
    return f"A dry run, nothing was written: {total}." if dry_run else f"Done: {total}."


if __name__ == "__main__":
    sys.exit(main())
