"""The widget without a mouse, and through a screen reader's tree."""

import pytest
from playwright.sync_api import expect

from tests.browser.replies import answer, reply
from tests.browser.stage import INLINE, Stage

pytestmark = pytest.mark.browser


def test_everything_can_be_done_with_a_keyboard(stage: Stage) -> None:
    """From the page's start: skip, type, send, unfold the details, reach a source, copy: Tab, Enter and Space alone."""
    stage.can_starters()
    stage.can(reply())
    stage.open()
    expect(stage.log.locator(".chip")).to_have_count(5)
    keyboard = stage.page.keyboard
    keyboard.press("Tab")
    keyboard.press("Enter")
    for _ in range(6):  # past the five chips
        keyboard.press("Tab")
    expect(stage.field).to_be_focused()
    keyboard.type("nos concurrents")
    keyboard.press("Enter")
    expect(stage.log.locator(".line")).to_be_visible()
    # Backwards from the field: the last thing in reach of Tab comes first.
    for _ in range(2):
        keyboard.press("Shift+Tab")
    expect(stage.log.locator(".other > summary").first).to_be_focused()
    keyboard.press("Shift+Tab")
    expect(stage.log.locator(".answer .copy")).to_be_focused()
    for _ in range(3):
        keyboard.press("Shift+Tab")
    expect(stage.log.locator(".answer .more > summary")).to_be_focused()
    keyboard.press("Space")
    expect(stage.log.locator(".answer .text")).to_be_visible()
    stage.look("page-keyboard-focus")


def test_focus_is_never_hidden_behind_the_field(stage: Stage) -> None:
    """On the page, where the field stays at the bottom, Tab brings each control into plain sight."""
    stage.page.set_viewport_size({"width": 1280, "height": 600})
    stage.can_starters()
    stage.open()
    stage.unfold()
    stage.page.get_by_role("main").focus()
    in_sight = """node => {
        const root = node.getRootNode(), { x, y, width, height } = node.getClientRects()[0];
        return node.contains(root.elementFromPoint(x + width / 2, y + height / 2));
    }"""
    for control in stage.log.locator(":is(a, button, summary):visible").all():
        stage.page.keyboard.press("Tab")
        expect(control).to_be_focused()
        assert control.evaluate(in_sight), control.evaluate("node => node.outerHTML")


def test_finished_answer_is_announced_once(stage: Stage) -> None:
    """An answer enters the log in one piece, politely; the visitor's own words and the sources are not read out."""
    stage.can_starters()
    stage.can(reply())
    stage.open_site(INLINE)
    expect(stage.log).to_have_attribute("aria-live", "polite")
    stage.log.evaluate(
        """log => { window.added = []; new MutationObserver((records) => { for (const record of records)
            for (const node of record.addedNodes) if (!node.closest?.('[aria-live=off]')) window.added.push(1); }
        ).observe(log, { childList: true, subtree: true }); }"""
    )
    stage.send("nos concurrents")
    expect(stage.log.locator(".line")).to_be_visible()
    assert stage.page.evaluate("window.added.length") == 1
    for quiet in (".yours", ".answer .sources", ".others"):
        assert stage.log.locator(quiet).evaluate("node => node.closest('[aria-live]').ariaLive") == "off"


def test_screen_reader_hears_who_speaks_and_what_things_are(stage: Stage) -> None:
    """The accessibility tree names the conversation, the speakers, the heading, the list of sources and the grade."""
    stage.can_starters()
    stage.can(reply(answers=[answer(1)]))
    stage.open_site(INLINE)
    stage.send("nos concurrents")
    expect(stage.log.locator(".line")).to_be_visible()
    expect(stage.page.get_by_role("region", name="Réplique")).to_match_aria_snapshot(
        """
        - heading "Réplique" [level=2]
        - log "Conversation":
          - text: /Vous.. nos concurrents/
          - paragraph: /Réplique.. Je comprends/
          - heading "Contribuer fait apprendre ce que le simple usage n’apprend pas" [level=3]
          - list "Sources":
            - listitem:
              - text: Niveau de preuve A
              - paragraph:
                - link /Learning by Contributing.*nouvel onglet/
          - button "Copier avec les sources"
        - textbox "Votre objection"
        - button "Envoyer"
        """
    )


def test_passages_carry_their_language(stage: Stage) -> None:
    """In a French page, an English reply is marked English, and an argument that exists in French only stays French."""
    stage.can_starters()
    stage.can(reply(language="en", answers=[answer(1, language="fr")]))
    stage.open_site(INLINE)
    stage.send("our competitors")
    turn = stage.log.locator(".turn").last
    expect(turn).to_have_attribute("lang", "en")
    expect(turn.locator("hgroup")).to_have_attribute("lang", "fr")
    expect(turn).to_contain_text("What is right in the objection")


def test_targets_are_large_enough(stage: Stage) -> None:
    """Every control measures at least 24 by 24 pixels (WCAG 2.2, 2.5.8); links in a sentence are exempt."""
    stage.can_starters()
    stage.open_site(INLINE)
    stage.unfold()
    for control in stage.page.locator("replique-chat :is(button, summary, textarea)").all():
        box = control.bounding_box()
        if box is not None:
            assert min(box["width"], box["height"]) >= 24, control.evaluate("node => node.outerHTML")


def test_motion_follows_the_visitors_preference(stage: Stage) -> None:
    """The spinner turns only for visitors who have not asked for less motion."""
    stage.can_starters()
    stage.open_site(INLINE)
    stage.page.route("**/api/v1/answers", lambda route: None)
    stage.send("nos concurrents")
    motion = "node => getComputedStyle(node, '::before').animationName"
    status = stage.page.locator("replique-chat .status")
    assert status.evaluate(motion) == "none"
    stage.page.emulate_media(reduced_motion="no-preference")
    assert status.evaluate(motion) == "turn"
