"""axe-core on the widget, in every state, mode and colour scheme."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.replies import problem, reply
from tests.browser.stage import INLINE, Stage

pytestmark = pytest.mark.browser

_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def _answered(stage: Stage) -> None:
    stage.can(reply())
    stage.send("nos concurrents")
    expect(stage.log.locator(".line")).to_be_visible()


def _unfolded(stage: Stage) -> None:
    stage.unfold()


def _confirm(stage: Stage) -> None:
    stage.can(reply("confirm"))
    stage.send("le bidule")
    expect(stage.log.locator(".turn").last.locator(".chip")).to_have_count(2)


def _declined(stage: Stage) -> None:
    stage.can(reply("declined"))
    stage.send("la météo")
    expect(stage.log.locator(".turn").last.locator(".chip")).to_have_count(2)


def _failed(stage: Stage) -> None:
    stage.can(problem(503, "…"), 503)
    stage.send("nos concurrents")
    expect(stage.error).not_to_be_empty()


def _busy(stage: Stage) -> None:
    stage.page.route("**/api/v1/answers", lambda route: None)
    stage.send("nos concurrents")
    expect(stage.page.locator("replique-chat .busy")).to_be_visible()


def _long(stage: Stage) -> None:
    stage.field.fill("x" * 2000)


def _empty(stage: Stage) -> None:
    expect(stage.log.locator(".chip")).to_have_count(5)


@pytest.mark.parametrize("mode", ["bubble", "inline", "page"])
@pytest.mark.parametrize("state", [_empty, _answered, _unfolded, _confirm, _declined, _failed, _busy, _long])
def test_axe_finds_nothing(stage: Stage, state: Callable[[Stage], None], mode: str) -> None:
    """axe-core has no complaint, whatever the state, the mode and the colours."""
    stage.can_starters()
    if mode == "page":
        stage.open()
    elif mode == "inline":
        stage.open_site(INLINE)
    else:
        stage.open("/web/embed.html")
        assert stage.violations() == []
        stage.page.get_by_role("button", name="Une objection\u202f?").click()
    state(stage)
    for scheme in _SCHEMES:
        stage.page.emulate_media(color_scheme=scheme)
        stage.look(f"axe-{mode}{state.__name__}-{scheme}")
        assert stage.violations() == []
