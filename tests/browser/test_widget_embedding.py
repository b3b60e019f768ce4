"""The widget on pages of other people: in a bubble, two at once, included twice, removed, foreign, strict."""

import pytest
from playwright.sync_api import expect

from tests.browser.replies import reply
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


def test_closed_bubble_asks_for_nothing(stage: Stage) -> None:
    """Before the visitor opens it, the widget makes no request and sets no cookie; opened, it asks for the chips."""
    stage.open("/web/embed.html")
    launcher = stage.page.get_by_role("button", name="Une objection\u202f?")
    expect(launcher).to_be_visible()
    stage.page.wait_for_load_state("networkidle")
    assert stage.calls() == []
    stage.look("bubble-closed")
    launcher.click()
    expect(stage.log.locator(".chip").first).to_be_visible()
    assert stage.calls() == ["/api/v1/objections"]
    assert stage.page.context.cookies() == []


def test_bubble_is_a_dialog_that_escape_closes(stage: Stage) -> None:
    """Opening moves the focus to the field; Escape closes, and gives the focus back to the button."""
    stage.can_starters()
    stage.can(reply())
    stage.open("/web/embed.html")
    launcher = stage.page.get_by_role("button", name="Une objection\u202f?")
    launcher.press("Enter")
    dialog = stage.page.get_by_role("dialog", name="Réplique")
    expect(dialog).to_be_visible()
    expect(stage.field).to_be_focused()
    stage.look("bubble-open")
    stage.send("nos concurrents")
    expect(stage.log.locator(".line")).to_be_visible()
    stage.look("bubble-answer")
    stage.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(launcher).to_be_focused()
    launcher.click()
    expect(stage.log.locator(".line")).to_be_visible()
    stage.page.get_by_role("button", name="Fermer la conversation").click()
    expect(launcher).to_be_focused()


def test_bubble_covers_a_phone_and_keeps_focus_inside(stage: Stage) -> None:
    """On a phone the open bubble takes the whole screen, and the page behind is out of reach."""
    stage.page.set_viewport_size({"width": 320, "height": 640})
    stage.can_starters()
    stage.can(reply())
    stage.open("/web/embed.html")
    stage.page.get_by_role("button", name="Une objection\u202f?").click()
    box = stage.page.get_by_role("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 320, "height": 640}
    assert stage.page.locator("replique-chat dialog").evaluate("dialog => dialog.matches(':modal')")
    stage.send("nos concurrents")
    expect(stage.log.locator(".line")).to_be_visible()
    assert not stage.overflows()
    stage.look("bubble-320")
    stage.page.keyboard.press("Escape")
    expect(stage.page.get_by_role("button", name="Une objection\u202f?")).to_be_focused()


def test_rules_of_the_page_do_not_reach_inside(stage: Stage) -> None:
    """The rude rules of the demo page (`button`, `*`, a serif body) change nothing in the widget."""
    stage.open("/web/embed.html")
    stage.page.get_by_role("button", name="Une objection\u202f?").click()
    for part in ("label", "textarea", ".send"):
        style = stage.page.locator(f"replique-chat {part}").evaluate(
            "node => (({ letterSpacing, textTransform, fontFamily }) => "
            "[letterSpacing, textTransform, fontFamily.includes('system-ui')])(getComputedStyle(node))"
        )
        assert style == ["normal", "none", True]


def test_script_included_twice_is_harmless(stage: Stage) -> None:
    """A page that includes the script twice has one working widget, and no error."""
    stage.can(reply())
    stage.open_site("<replique-chat mode='inline'></replique-chat>", repeat=2)
    stage.send("nos concurrents")
    expect(stage.log.locator(".line")).to_have_count(1)
    assert len(stage.sent) == 1


def test_removed_and_added_again_it_goes_on(stage: Stage) -> None:
    """Out of the page and back, the conversation is still there, and one message is sent once."""
    stage.can_starters()
    stage.can(reply())
    stage.open_site("<replique-chat mode='inline'></replique-chat>")
    expect(stage.log.locator(".chip")).to_have_count(5)
    stage.send("un")
    expect(stage.log.locator(".line")).to_have_count(1)
    chat = stage.page.locator("replique-chat").element_handle()
    for _ in range(2):
        stage.page.evaluate("chat => { const home = chat.parentNode; chat.remove(); home.append(chat); }", chat)
    expect(stage.log.locator(".chip")).to_have_count(5)
    stage.send("deux")
    expect(stage.log.locator(".line")).to_have_count(2)
    assert [message["objection"] for message in stage.sent] == ["un", "deux"]


def test_moved_while_its_chips_are_on_their_way_it_still_shows_them(stage: Stage) -> None:
    """Moved in the page before its first request came back, the widget asks again."""
    stage.can_starters()
    stage.open_site("<div id='there'></div>")
    stage.page.evaluate(
        """() => {
            const chat = document.createElement('replique-chat');
            chat.setAttribute('mode', 'inline');
            document.querySelector('main').append(chat);
            document.querySelector('#there').append(chat);
        }"""
    )
    expect(stage.log.locator(".chip")).to_have_count(5)


def test_two_widgets_on_a_page_do_not_meddle(stage: Stage) -> None:
    """Each of two widgets holds its own conversation, in its own language."""
    stage.can(reply())
    stage.open_site(
        "<replique-chat mode='inline' id='a'></replique-chat>"
        "<replique-chat mode='inline' lang='en' id='b'></replique-chat>"
    )
    first, second = stage.page.locator("#a"), stage.page.locator("#b")
    expect(second.get_by_label("Your objection")).to_be_visible()
    first.get_by_label("Votre objection").fill("nos concurrents")
    first.get_by_label("Votre objection").press("Enter")
    expect(first.locator(".line")).to_have_count(1)
    expect(second.locator(".line")).to_have_count(0)


def test_foreign_site_with_a_strict_policy_can_embed_it(stage: Stage, foreign_site: str) -> None:
    """On another origin, the widget asks the origin of its script: the page allows that origin and nothing else."""
    stage.page.goto(foreign_site)
    stage.page.get_by_role("button", name="Une objection\u202f?").click()
    expect(stage.log.get_by_role("button", name="concurrence (fr)")).to_be_visible()
    stage.send("nos concurrents vont copier notre travail")
    expect(stage.log.locator(".source").first).to_be_visible()
    expect(stage.page.locator("replique-chat .send")).to_have_css("background-color", "rgb(13, 92, 99)")
