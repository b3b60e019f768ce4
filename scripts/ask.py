"""Answers one objection in the terminal: `python -m scripts.ask "nos concurrents vont en profiter"`."""

import argparse
import sys

from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel
from rich.text import Text

from app.assembly import load_responder
from app.presentation import show_reply
from app.reply import Request
from app.responder import UnknownArgumentaireError
from app.schemas import AnswerOut, ReplyOut, SourceOut
from app.settings import Settings, SettingsError
from embeddings.errors import EmbeddingsError
from knowledge import KnowledgeError, Language

_HEADINGS = {
    Language.FR: {"concession": "Ce qui est juste", "question": "À demander ensuite", "sources": "Sources"},
    Language.EN: {"concession": "What is right in it", "question": "To ask next", "sources": "Sources"},
}


def main(arguments: list[str] | None = None) -> int:
    """Answer, and return the exit code: 0 answered, 1 not, 2 when it cannot be asked."""
    options = _parse(arguments)
    console = Console()
    text = " ".join(options.objection).strip()
    if not text:
        Console(stderr=True).print("Type an objection, for example: python -m scripts.ask 'we lose control'")
        return 2
    try:
        responder = load_responder(Settings.from_environment())
        language = Language(options.language) if options.language else None
        reply = responder.answer(Request(text, language, options.argumentaire, options.limit))
    except (EmbeddingsError, KnowledgeError, SettingsError) as error:
        Console(stderr=True).print(str(error), markup=False, highlight=False, style="red", soft_wrap=True)
        return 2
    except UnknownArgumentaireError as error:
        Console(stderr=True).print(f"There is no argumentaire {error}.", markup=False, highlight=False)
        return 2
    shown = show_reply(reply, responder)
    if options.json:
        sys.stdout.write(shown.model_dump_json(indent=2) + "\n")
    else:
        print_reply(shown, console, full=options.full)
    return 0 if shown.answers else 1


def print_reply(reply: ReplyOut, console: Console, *, full: bool) -> None:
    """Print a reply as one would read it before a meeting."""
    console.print(Text(reply.message, style="bold"))
    for match in reply.matches:
        console.print(Text(f"  {match.confidence:4.0%}  {match.title}  ({match.objection_id})", style="dim"))
    for suggestion in reply.suggestions:
        console.print(Text(f"  → {suggestion.title}"))
    for answer in reply.answers:
        console.print(_panel(answer, reply.language))
        if full:
            console.print(Markdown(answer.body))


def _panel(answer: AnswerOut, language: Language) -> Panel:
    headings = _HEADINGS[language]
    lines = Text()
    lines.append(answer.one_liner + "\n\n", style="bold")
    lines.append(answer.summary + "\n")
    for heading, content in (("concession", answer.concession), ("question", answer.return_question)):
        if content:
            lines.append(f"\n{headings[heading]}: ", style="italic")
            lines.append(content + "\n")
    lines.append(f"\n{headings['sources']}\n", style="italic")
    for source in answer.sources:
        lines.append(_source_lines(source))
    return Panel(lines, title=f"{answer.rank}. {answer.title}", title_align="left")


def _source_lines(source: SourceOut) -> str:
    lines = [f"  [{source.grade}] {source.citation}"]
    lines += [f"      {detail}" for detail in (source.url, source.caveat) if detail]
    return "\n".join(lines) + "\n"


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.ask", description=__doc__)
    parser.add_argument("objection", nargs="+", help="the objection, in French or English")
    parser.add_argument("--language", choices=[language.value for language in Language], help="language of the answer")
    parser.add_argument("--argumentaire", help="an argumentaire's id, else the default one")
    parser.add_argument(
        "--limit", type=int, choices=range(1, 21), metavar="1-20", default=3, help="how many arguments (default: 3)"
    )
    parser.add_argument("--full", action="store_true", help="show the full text of each argument")
    parser.add_argument("--json", action="store_true", help="print the reply as the API gives it")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
