"""The widget as its README tells hosts to shape it: attributes, slots, properties, words, methods."""

import pytest
from playwright.sync_api import expect

from tests.browser.replies import STARTERS, reply
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


def test_attributes_are_the_interface(stage: Stage) -> None:
    """Language, greeting, argumentaire, theme and address of the service come from attributes, and may change."""
    stage.page.route(
        "http://other.test/**",
        lambda route: route.fulfill(
            json=reply() if route.request.method == "POST" else STARTERS, headers={"access-control-allow-origin": "*"}
        ),
    )
    stage.open_site(
        "<replique-chat mode='inline' lang='en' greeting='Welcome.' argumentaire='public' theme='dark'"
        " api='http://other.test/replique/'></replique-chat>",
        policy="default-src 'self'; connect-src http://other.test",
    )
    expect(stage.log).to_contain_text("Welcome.")
    expect(stage.log.locator(".chip")).to_have_count(5)
    assert stage.requests[-1] == "http://other.test/replique/api/v1/objections?language=en&argumentaire=public"
    expect(stage.page.locator("replique-chat .panel")).to_have_css("background-color", "rgb(22, 25, 28)")
    stage.page.locator("replique-chat").evaluate("chat => { chat.lang = 'fr'; chat.setAttribute('mode', 'bubble'); }")
    expect(stage.page.get_by_role("button", name="Une objection\u202f?")).to_be_visible()


def test_language_comes_from_the_page_then_from_the_browser(stage: Stage) -> None:
    """Without `lang`, the widget speaks the page's language, or the browser's when it does not speak the page's."""
    stage.open_site("<replique-chat mode='inline'></replique-chat>", lang="en-GB")
    expect(stage.page.get_by_label("Your objection")).to_be_visible()
    stage.open_site("<replique-chat mode='inline'></replique-chat>", lang="de", address=f"{stage.service}/other-site")
    expect(stage.page.get_by_label("Votre objection")).to_be_visible()


def test_slots_properties_and_words_can_be_replaced(stage: Stage) -> None:
    """A host gives its own header and privacy notice, its colours, and its words."""
    stage.open_site(
        "<replique-chat mode='inline'><strong slot='header'>Nos réponses</strong>"
        "<span slot='privacy'>Notre notice.</span></replique-chat>"
    )
    expect(stage.page.get_by_text("Notre notice.")).to_be_visible()
    expect(stage.page.get_by_text("Aucun cookie.")).to_be_hidden()
    stage.page.evaluate(
        """() => {
            customElements.get('replique-chat').strings.fr.send = 'Demander';
            const chat = document.querySelector('replique-chat');
            chat.style.setProperty('--replique-accent', 'rgb(120, 20, 60)');
            chat.lang = 'fr';
        }"""
    )
    send = stage.page.get_by_role("button", name="Demander")
    expect(send).to_have_css("background-color", "rgb(120, 20, 60)")
    stage.look("inline-customised")


def test_request_is_the_one_method_to_override(stage: Stage) -> None:
    """A host that replaces `request` sees every exchange and can answer in the service's place."""
    stage.open_site("<div id='there'></div>")
    stage.page.evaluate(
        """reply => {
            class Offline extends customElements.get('replique-chat') {
                request(path) {
                    return Promise.resolve(Response.json(path.includes('answers') ? reply : { items: [] }));
                }
            }
            customElements.define('offline-chat', Offline);
            const chat = document.createElement('offline-chat');
            chat.setAttribute('mode', 'inline');
            document.querySelector('#there').append(chat);
            chat.ask('nos concurrents');
        }""",
        reply(),
    )
    expect(stage.log.locator(".line")).to_be_visible()
    assert stage.calls() == []
