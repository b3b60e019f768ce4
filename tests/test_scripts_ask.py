"""One objection answered in the terminal."""

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from app.presentation import show_reply
from app.reply import Request
from app.responder import Responder
from knowledge import Language
from scripts.ask import main, print_reply

COMPETITORS = "nos concurrents vont copier notre travail"


def printed(responder: Responder, text: str, language: Language | None = None, *, full: bool = False) -> str:
    """Return what a person reads."""
    page = StringIO()
    reply = show_reply(responder.answer(Request(text, language)), responder)
    print_reply(reply, Console(file=page, width=100), full=full)
    return page.getvalue()


def test_an_answer_is_read_with_its_sources(responder: Responder) -> None:
    """What was heard and how surely, then each argument: what to say, what is right, what to ask, the sources."""
    page = printed(responder, COMPETITORS)
    assert page.startswith("You fear concurrence (fr).\n")
    assert "(concurrence)" in page
    assert "99%" in page or "100%" in page
    for expected in (
        "1. ",
        "licences in one line (fr)",
        "Ce qui est juste",
        "Question of licences (fr)?",
        "[A] Elinor Ostrom et Charlotte Hess (1990).",
        "https://doi.org/10.1000/commons",
        "Étude ancienne.",
    ):
        assert expected in page
    assert "Body of" not in page


def test_the_full_text_is_shown_on_demand(responder: Responder) -> None:
    """Markdown is rendered, not printed."""
    page = printed(responder, COMPETITORS, full=True)
    assert "Body of licences (fr)." in page
    assert "**" not in page


def test_headings_follow_the_language(responder: Responder) -> None:
    """An English reader gets English headings."""
    page = printed(responder, COMPETITORS, Language.EN)
    assert "What is right in it" in page
    assert "To ask next" in page


def test_what_is_not_known_is_said_with_near_themes(responder: Responder) -> None:
    """A declined objection has its sentence and an arrow before each theme."""
    page = printed(responder, "une recette de tarte")
    assert page.startswith("Je n’ai pas de réponse sourcée à cela.")
    assert "→ concurrence (fr)" in page


def test_square_brackets_are_text(responder: Responder) -> None:
    """What people and editors write is not taken for the terminal's markup."""
    assert "[A] " in printed(responder, COMPETITORS)


@pytest.mark.parametrize("text", ["", "   "])
def test_a_blank_objection_is_refused_with_an_example(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is loaded for it, and the exit code tells a script that nothing was asked."""
    assert main([text]) == 2
    assert "for example" in capsys.readouterr().err


def test_a_missing_build_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence says what to run."""
    monkeypatch.setenv("REPLIQUE_BUILD", str(tmp_path))
    assert main([COMPETITORS]) == 2
    assert capsys.readouterr().err == "The model and the vectors have not been built yet. Run: make build\n"


@pytest.mark.parametrize("limit", ["0", "21", "-1", "many"])
def test_a_limit_out_of_bounds_is_refused(limit: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The bounds are those of the API."""
    with pytest.raises(SystemExit) as caught:
        main([COMPETITORS, "--limit", limit])
    assert caught.value.code == 2
    assert "--limit" in capsys.readouterr().err


@pytest.mark.model
def test_an_objection_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    """On the build that serves, an answer with a source comes out and the exit code is 0."""
    assert main(["Nos concurrents vont récupérer", "notre travail gratuitement"]) == 0
    page = capsys.readouterr().out
    assert "(concurrence)" in page
    assert "1. " in page
    assert "Sources" in page


@pytest.mark.model
def test_the_reply_can_be_read_by_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints what the API gives, and nothing else."""
    assert main(["we lose control of the roadmap", "--json", "--limit", "1", "--language", "fr"]) == 0
    reply = json.loads(capsys.readouterr().out)
    assert (reply["outcome"], reply["language"]) == ("answered", "fr")
    assert reply["matches"][0]["objection_id"] == "maitrise"
    assert len(reply["answers"]) == 1
    assert reply["answers"][0]["sources"]


@pytest.mark.model
def test_what_is_declined_has_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    """1 tells a script that there was no answer."""
    assert main(["Quelle heure est-il à Tokyo ?"]) == 1
    assert capsys.readouterr().out


@pytest.mark.model
def test_an_unknown_argumentaire_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is that of a question that could not be asked."""
    assert main([COMPETITORS, "--argumentaire", "nowhere"]) == 2
    assert capsys.readouterr().err == "There is no argumentaire nowhere.\n"
