"""A whole evaluation, over the small knowledge."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.responder import Responder
from knowledge import Language, Move, Phrasing
from scripts.evaluate import main
from scripts.evaluation_page import write_page
from scripts.judging import Graded, Labelled, UnreadableDataError, read_graded, save_judgements
from scripts.measurement import measure
from tests.fakes import small_knowledge, small_responder

COMPETITORS = "nos concurrents vont copier notre travail"
TEXTS = [
    Labelled(COMPETITORS, "fr", ("concurrence",), "neutral", "one"),
    Labelled("we lose control of the project", "en", ("maitrise",), "sms", "two"),
    Labelled("une recette de tarte aux pommes", "fr", ("hors-sujet",), "neutral", "two"),
]


@pytest.fixture(scope="module")
def listener() -> Responder:
    """Return a responder that knows how people ask for another argument."""
    knowledge = small_knowledge()
    said = Phrasing("un autre argument", Language.FR, Move.ANOTHER, (), "neutral", "tests", "fakes")
    return small_responder(replace(knowledge, phrasings=(*knowledge.phrasings, said)))


def test_every_slice_is_measured(listener: Responder) -> None:
    """Files, languages, registers and lengths each have their line, and rewritten texts too."""
    report = measure(listener, TEXTS)
    names = {slice_: [one.name for one in found] for slice_, found in report.slices.items()}
    assert names["file"] == ["one", "two"]
    assert names["language"] == ["en", "fr"]
    assert names["register"] == ["neutral", "sms"]
    assert [one.top_1 for one in report.slices["file"]] == [1.0, 1.0]
    assert [one.name for one in report.robustness][:2] == ["as typed", "no accents"]
    assert len(report.latencies) == 3
    assert report.moves is None
    assert report.ranking is None


def test_moves_are_measured_apart(listener: Responder) -> None:
    """A move is right when its own name is heard; other texts must not be taken for one."""
    moves = [
        Labelled("un autre argument", "fr", ("another",), "neutral", "moves"),
        Labelled("un autre argument", "fr", ("source",), "neutral", "moves"),
    ]
    report = measure(listener, [*TEXTS, *moves])
    assert len(report.judged) == len(TEXTS)
    assert report.moves is not None
    assert (report.moves.moves, report.moves.right) == (2, 0.5)
    assert (report.moves.others, report.moves.taken_for_a_move) == (3, 0.0)


def test_the_order_of_rebuttals_is_measured_as_seen_and_once_known(listener: Responder) -> None:
    """A text that is declined shows nothing, yet its arguments have an order once the objection is known."""
    declined = Graded("une recette de soupe", "concurrence", {"licences": 3, "mutualiser": 2, "gouvernance": 1})
    report = measure(listener, TEXTS, [declined])
    assert report.ranking is not None
    assert report.ranking.seen == 0
    assert report.ranking.objection_known > 0.5


def test_the_page_shows_where_the_order_is_wrong(listener: Responder, tmp_path: Path) -> None:
    """One self-contained page: no address to fetch, the plots, the confusions and the rankings."""
    graded = Graded("les <concurrents>", "concurrence", {"gouvernance": 3})
    wrong = Labelled(COMPETITORS, "fr", ("maitrise",), "neutral", "one")
    write_page(tmp_path / "page.html", measure(listener, [*TEXTS, wrong], [graded]))
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "les &lt;concurrents&gt;" in page
    assert page.count("<svg") == 3
    assert f'<td>maitrise</td><td>concurrence</td><td class="number">1</td><td><p>{COMPETITORS}</p></td>' in page
    assert "src=" not in page
    assert "<link" not in page


def test_grades_are_read(tmp_path: Path) -> None:
    """A grade is written after the id of its argument."""
    path = tmp_path / "graded.csv"
    path.write_text("text,language,label,grades\nx,fr,concurrence,licences:3 mutualiser:1\n", encoding="utf-8")
    assert read_graded(path) == [Graded("x", "concurrence", {"licences": 3, "mutualiser": 1})]


@pytest.mark.parametrize("content", ["text,label\nx,y\n", "text,label,grades\nx,y,licences:best\n"])
def test_bad_grades_are_named(tmp_path: Path, content: str) -> None:
    """The message has the file."""
    path = tmp_path / "graded.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableDataError, match=r"graded\.csv cannot be read"):
        read_graded(path)


def test_two_reports_are_compared(listener: Responder, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command says by how much B is better, and how sure that is."""
    report = measure(listener, TEXTS)
    worse = [replace(one, ranked=tuple(reversed(one.ranked))) for one in report.judged]
    save_judgements(tmp_path / "a.json", worse, {})
    save_judgements(tmp_path / "b.json", report.judged, report.summary())
    assert main(["--compare", str(tmp_path / "a.json"), str(tmp_path / "b.json")]) == 0
    assert "B minus A: +100.0% top-1" in capsys.readouterr().out


def test_a_missing_report_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command fails with a sentence."""
    assert main(["--compare", str(tmp_path / "a.json"), str(tmp_path / "b.json")]) == 1
    assert "is not a report" in capsys.readouterr().err
