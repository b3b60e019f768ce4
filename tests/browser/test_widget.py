"""The widget: what it takes from the visitor, what it sends, what it tells the page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.replies import reply
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


def test_message_is_sent_as_the_contract_says(inline: Stage) -> None:
    """The trimmed text goes out with no language, so that the service detects it, and no context at first."""
    inline.can(reply())
    inline.send("  nos concurrents ")
    expect(inline.log.locator(".line")).to_be_visible()
    assert inline.sent == [{"objection": "nos concurrents", "language": None, "argumentaire": None, "context": None}]


def test_context_goes_back_with_the_next_message(inline: Stage) -> None:
    """What the service returned as context is sent back: it keeps nothing itself."""
    inline.can(reply())
    inline.send("un")
    expect(inline.log.locator(".line")).to_have_count(1)
    inline.send("deux")
    expect(inline.log.locator(".line")).to_have_count(2)
    assert inline.sent[1]["context"] == {"objection_id": "concurrence", "shown": ["innovation"]}


def test_shift_enter_makes_a_line_and_the_button_sends(inline: Stage) -> None:
    """Shift + Enter breaks the line; the button sends both lines, and they are shown as typed."""
    inline.can(reply("small_talk"))
    inline.field.fill("une")
    inline.field.press("Shift+Enter")
    inline.field.press_sequentially("deux")
    assert inline.sent == []
    inline.page.get_by_role("button", name="Envoyer").click()
    expect(inline.log.locator(".yours")).to_contain_text("une\ndeux", use_inner_text=True)
    assert inline.sent[0]["objection"] == "une\ndeux"
    expect(inline.field).to_have_value("")


def test_blank_message_is_not_sent(inline: Stage) -> None:
    """Spaces alone send nothing, and the widget says what it expects."""
    inline.send("   ")
    expect(inline.page.locator("replique-chat [role=status]").first).to_have_text("Écrivez d’abord une objection.")
    assert "/api/v1/answers" not in inline.calls()


def test_right_to_left_text_is_shown_from_its_side(inline: Stage) -> None:
    """What a visitor types in Arabic is laid out from right to left, in the field and in the conversation."""
    inline.can(reply("declined"))
    inline.field.fill("منافسونا سيستفيدون")
    assert inline.field.evaluate("node => getComputedStyle(node).direction") == "rtl"
    inline.field.press("Enter")
    said = inline.log.locator(".yours .said")
    expect(said).to_have_text("منافسونا سيستفيدون")
    assert said.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_counter_appears_near_the_limit(inline: Stage) -> None:
    """From 1,800 characters on the widget counts; the field takes no more than 2,000."""
    counter = inline.page.locator("replique-chat .counter")
    inline.field.fill("x" * 1799)
    expect(counter).to_be_hidden()
    inline.field.fill("x" * 1850)
    expect(counter).to_have_text(re.compile(r"^1.850 caractères sur 2.000$"))
    inline.look("inline-counter")
    expect(inline.field).to_have_attribute("maxlength", "2000")


def test_events_carry_the_reply(inline: Stage) -> None:
    """A page that listens hears of answers, of refusals to answer and of errors, with their details."""
    inline.page.evaluate(
        """() => { window.heard = [];
            for (const name of ['answer', 'declined', 'error'])
                document.addEventListener(`replique:${name}`, ({ type, detail, composed }) =>
                    window.heard.push([type, detail.outcome ?? detail.kind, composed])); }"""
    )
    inline.can(reply())
    inline.can(reply("declined"))
    inline.can({}, 503)
    for count, text in enumerate(("un", "deux", "trois"), start=1):
        inline.send(text)
        inline.page.wait_for_function("count => window.heard.length === count", arg=count)
    assert inline.page.evaluate("window.heard") == [
        ["replique:answer", "answered", True],
        ["replique:declined", "declined", True],
        ["replique:error", "service", True],
    ]
