"""The widget when things go wrong: it says so kindly, keeps the text, and sends nothing twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.replies import problem, reply
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser

TEXT = "nos concurrents vont en profiter"


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (429, "Beaucoup de demandes arrivent en ce moment."),
        (500, "Le service ne peut pas répondre pour le moment."),
        (503, "Le service ne peut pas répondre pour le moment."),
    ],
)
def test_busy_or_broken_service_is_told_and_the_text_kept(inline: Stage, status: int, told: str) -> None:
    """After a 429 or a 5xx the text is back in the field, and one button sends it again."""
    inline.can(problem(status, "Détail technique."), status)
    inline.can(reply())
    inline.send(TEXT)
    expect(inline.error).to_contain_text(told)
    expect(inline.field).to_have_value(TEXT)
    expect(inline.log.locator(".yours")).to_have_count(0)
    inline.look(f"inline-error-{status}")
    inline.page.get_by_role("button", name="Réessayer").click()
    expect(inline.log.locator(".line")).to_be_visible()
    expect(inline.error).to_be_empty()
    expect(inline.field).to_be_focused()
    expect(inline.field).to_have_value("")
    assert [message["objection"] for message in inline.sent] == [TEXT, TEXT]


def test_refusal_shows_what_the_service_says(inline: Stage) -> None:
    """A 4xx shows the detail of the problem and what it says of each field."""
    refusal = problem(422, "Un champ est à corriger.", "au plus 2000 caractères sont acceptés")
    inline.can(refusal, 422)
    inline.send(TEXT)
    expect(inline.error).to_contain_text("Un champ est à corriger. au plus 2000 caractères sont acceptés")
    expect(inline.page.get_by_role("button", name="Réessayer")).to_be_visible()


def test_refusal_without_a_reason_is_still_told(inline: Stage) -> None:
    """A 4xx whose body says nothing gets a sentence of ours."""
    inline.can({}, 403)
    inline.send(TEXT)
    expect(inline.error).to_contain_text("Le message n’a pas pu être traité.")


def test_offline_is_told_and_survived(inline: Stage) -> None:
    """Without a network the text is kept; back online, one button sends it."""
    inline.can(reply())
    inline.page.context.set_offline(True)
    inline.page.unroute("**/api/v1/answers")
    inline.send(TEXT)
    expect(inline.error).to_contain_text("La connexion n’a pas abouti.")
    expect(inline.field).to_have_value(TEXT)
    inline.page.context.set_offline(False)
    inline.page.get_by_role("button", name="Réessayer").click()
    expect(inline.log.locator(".turn").last).to_contain_text("concurrence (fr)")


def test_answer_that_is_not_json_is_told(inline: Stage) -> None:
    """A proxy's HTML page in the place of a reply is an error of the service, not a silence."""
    inline.page.route("**/api/v1/answers", lambda route: route.fulfill(body="<html>Connectez-vous</html>"))
    inline.send(TEXT)
    expect(inline.error).to_contain_text("Le service ne peut pas répondre pour le moment.")


def test_mended_text_is_what_a_retry_sends(inline: Stage) -> None:
    """When the visitor changes the text after a failure, the retry sends the new text."""
    inline.can({}, 503)
    inline.can(reply())
    inline.send(TEXT)
    expect(inline.error).not_to_be_empty()
    inline.field.fill("autre chose")
    inline.page.get_by_role("button", name="Réessayer").click()
    expect(inline.log.locator(".line")).to_be_visible()
    assert inline.sent[1]["objection"] == "autre chose"


def test_failed_chip_leaves_a_draft_alone(inline: Stage) -> None:
    """A chip that cannot be sent does not replace what the visitor was typing; the retry sends the chip again."""
    inline.can({}, 503)
    inline.can(reply())
    inline.field.fill("un brouillon")
    inline.log.get_by_role("button", name="Nous allons perdre la maîtrise").click()
    expect(inline.error).not_to_be_empty()
    expect(inline.field).to_have_value("un brouillon")
    inline.page.get_by_role("button", name="Réessayer").click()
    expect(inline.log.locator(".line")).to_be_visible()
    assert [message["objection"] for message in inline.sent] == ["Nous allons perdre la maîtrise"] * 2
    assert inline.sent[1]["context"] == {"objection_id": "maitrise"}
    expect(inline.field).to_have_value("un brouillon")


def test_nothing_is_sent_twice_while_waiting(inline: Stage) -> None:
    """Enter, the button and a chip do nothing while an answer is on its way; what is typed meanwhile stays."""
    answer_it = _hold(inline.page)
    inline.send(TEXT)
    expect(inline.page.locator("replique-chat .busy")).to_be_visible()
    expect(inline.page.get_by_role("status").first).to_contain_text("je cherche", ignore_case=True)
    inline.look("inline-busy")
    inline.send("encore")
    inline.page.get_by_role("button", name="Envoyer").click(force=True)  # it says that it is disabled
    inline.log.get_by_role("button", name="Nous allons perdre la maîtrise").click()
    expect(inline.field).to_have_value("encore")
    answer_it()
    expect(inline.log.locator(".line")).to_have_count(1)
    expect(inline.log.locator(".yours")).to_have_count(1)
    assert inline.calls().count("/api/v1/answers") == 1


def test_slow_answer_is_announced_as_slow(stage: Stage) -> None:
    """After four seconds the widget says that it is still searching."""
    stage.page.clock.install()
    stage.can_starters()
    stage.open_site("<replique-chat mode='inline'></replique-chat>")
    _hold(stage.page)
    stage.send(TEXT)
    stage.page.clock.fast_forward(4100)
    expect(stage.page.get_by_role("status").first).to_have_text("C’est plus long que d’habitude, je cherche encore…")


def test_answer_that_comes_after_the_element_left_changes_nothing(inline: Stage) -> None:
    """Removed while waiting, the widget gives up its request, and comes back with the text and without an error."""
    answer_it = _hold(inline.page)
    inline.send(TEXT)
    expect(inline.page.locator("replique-chat .busy")).to_be_visible()
    chat = inline.page.locator("replique-chat").element_handle()
    inline.page.evaluate("chat => { window.parent_ = chat.parentNode; chat.remove(); }", chat)
    answer_it()
    inline.page.evaluate("chat => window.parent_.append(chat)", chat)
    expect(inline.field).to_have_value(TEXT)
    expect(inline.error).to_be_empty()
    expect(inline.log.locator(".yours")).to_have_count(0)


def _hold(page: Page) -> Callable[[], None]:
    """Keep every message waiting until the returned function is called."""
    waiting: list[Route] = []
    page.route("**/api/v1/answers", lambda route: waiting.append(route))

    def answer_all() -> None:
        while waiting:
            waiting.pop().fulfill(json=reply())

    return answer_all
