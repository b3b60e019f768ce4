"""Labelled texts are read from CSV or JSON lines, judged by the service, and kept as JSON."""

from pathlib import Path

import pytest

from app.responder import Responder
from scripts.judging import Labelled, UnreadableDataError, judge, load_judgements, read_labelled, save_judgements


def test_json_lines_are_read(tmp_path: Path) -> None:
    """The format of the shared texts: text, lang, label, also, register."""
    path = tmp_path / "texts.jsonl"
    path.write_text('{"text": "x", "lang": "fr", "label": "a", "also": ["b"], "register": "sms"}\n', encoding="utf-8")
    assert read_labelled(path) == [Labelled("x", "fr", ("a", "b"), "sms", "texts")]


def test_csv_is_read(tmp_path: Path) -> None:
    """The format of the phrasings: other labels are separated by spaces."""
    path = tmp_path / "texts.csv"
    path.write_text('text,language,label,also,register,author\n"x, y",en,a,b c,formal,me\n', encoding="utf-8")
    assert read_labelled(path) == [Labelled("x, y", "en", ("a", "b", "c"), "formal", "texts")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"text": "x"', ":1: this line is not JSON"),
        ('{"text": "x", "lang": "fr", "label": "a"}\n{"lang": "fr"}', ":2: the field 'text' is missing"),
        ("[1]", ":1: an object"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, content: str, said: str) -> None:
    """The message has the file, the line, and what is wrong."""
    path = tmp_path / "texts.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableDataError, match=said):
        read_labelled(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    """A file that is not there gives a sentence, not a traceback."""
    with pytest.raises(UnreadableDataError, match=r"absent\.csv cannot be read"):
        read_labelled(tmp_path / "absent.csv")


def test_judging_tells_objections_from_background(responder: Responder) -> None:
    """Objections are ranked, background is what the knowledge holds as nobody's objection."""
    texts = [
        Labelled("nos concurrents vont copier notre travail", "fr", ("concurrence",), "neutral", "file"),
        Labelled("une recette de tarte aux pommes", "fr", ("hors-sujet",), "neutral", "file"),
    ]
    heard, declined = judge(responder, texts)
    assert (heard.is_objection, heard.is_right, heard.ranked[0]) == (True, True, "concurrence")
    assert not declined.is_objection
    assert heard.heard > declined.heard
    assert list(heard.confidences) == sorted(heard.confidences, reverse=True)


def test_judgements_come_back_as_they_were(responder: Responder, tmp_path: Path) -> None:
    """What is saved for a later comparison is read back equal."""
    judged = judge(responder, [Labelled("bonjour", "fr", ("salutation",), "neutral", "file")])
    save_judgements(tmp_path / "report.json", judged, {"top_1": 1})
    assert load_judgements(tmp_path / "report.json") == judged


def test_a_file_that_is_no_report_is_refused(tmp_path: Path) -> None:
    """Comparing with another kind of file says so."""
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UnreadableDataError, match="is not a report"):
        load_judgements(tmp_path / "other.json")
