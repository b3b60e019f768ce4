"""What the committed adapter reaches on the dev set is held."""

import pytest

from app.assembly import load_responder
from app.settings import Settings
from embeddings.evaluation import Judgement
from scripts.baseline import Baseline
from scripts.judging import judge, read_labelled

BEFORE = Baseline({"voices": 0.90, "public": 0.80}, 0.03)


def judgement(group: str, accepted: str, ranked: tuple[str, ...], heard: float) -> Judgement:
    """Return a judgement of a text; objections are `a` and `b`."""
    is_objection = accepted in ("a", "b")
    return Judgement("x", "fr", "neutral", group, (accepted,), is_objection, ranked, (0.9, 0.1), heard, "answered")


def test_the_figures_are_of_each_file_and_of_the_background() -> None:
    """One objection of two is missed in a file, and one text of background of two is louder than nine objections."""
    judged = [
        judgement("voices", "a", ("a", "b"), 0.9),
        judgement("voices", "a", ("b", "a"), 0.9),
        judgement("public", "b", ("b", "a"), 0.9),
        judgement("voices", "none", ("a", "b"), 0.95),
        judgement("voices", "none", ("a", "b"), 0.1),
    ]
    assert Baseline.of(judged) == Baseline({"public": 1.0, "voices": 0.5}, 0.5)


@pytest.mark.parametrize(
    ("now", "worse"),
    [
        (Baseline({"voices": 0.885, "public": 0.785}, 0.045), []),
        (Baseline({"voices": 0.95, "public": 0.9}, 0.0), []),
        (Baseline({"voices": 0.87, "public": 0.8}, 0.03), ["top-1 on voices fell from 90.0% to 87.0%"]),
        (Baseline({"voices": 0.9}, 0.03), ["top-1 on public fell from 80.0% to 0.0%"]),
        (Baseline({"voices": 0.9, "public": 0.8}, 0.06), ["false answers rose from 3.0% to 6.0%"]),
    ],
    ids=["within two points", "better", "a fall", "a file that is gone", "more false answers"],
)
def test_a_fall_of_more_than_two_points_is_named(now: Baseline, worse: list[str]) -> None:
    """What is tolerated is not said."""
    assert BEFORE.falls(now) == worse


@pytest.mark.model
def test_recognition_has_not_fallen() -> None:
    """Another text, weight or library may move a text or two, not the whole; `scripts.evaluate --keep` sets it anew."""
    settings = Settings()
    responder = load_responder(settings)
    baseline = Baseline.load()
    texts = [
        text for name in baseline.top_1 for text in read_labelled(settings.knowledge / "evaluation" / f"{name}.csv")
    ]
    texts += read_labelled(settings.knowledge / "evaluation" / "everyday-background.csv")
    assert baseline.falls(Baseline.of(judge(responder, texts))) == []
