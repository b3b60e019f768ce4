"""The widget: how it shows each kind of reply."""

import pytest
from playwright.sync_api import expect

from tests.browser.replies import answer, reply
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


def test_answer_shows_everything_a_person_needs(inline: Stage) -> None:
    """What was heard and how surely, one-liner, title, concession, sources with grade and caveat, return question."""
    inline.can(reply())
    inline.send("nos concurrents")
    expect(inline.log).to_contain_text("vous craignez que vos concurrents")
    expect(inline.log).to_contain_text("J’en suis sûr.")
    first = inline.log.locator(".answer")
    expect(first.locator(".line")).to_contain_text("En contribuant, vous apprenez")
    expect(first.get_by_role("heading", level=3)).to_have_text(
        "Contribuer fait apprendre ce que le simple usage n’apprend pas"
    )
    expect(first).to_contain_text("Ce qui est juste dans l’objection")
    source = first.get_by_role("list", name="Sources").get_by_role("listitem").first
    expect(source).to_be_visible()
    expect(source).to_contain_text("Niveau de preuve A")
    expect(source).to_contain_text("Frank Nagle, 2018, Organization Science · étude relue par des pairs")
    expect(source).to_contain_text("Réserve\u202f: «\u202fJusqu’à\u202f»")
    expect(source.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
    expect(first).to_contain_text("À demander en retour")
    inline.look("inline-answer")


@pytest.mark.parametrize(
    ("confidence", "words"), [(0.8, "J’en suis sûr."), (0.5, "J’en suis assez sûr."), (0.49, "Je n’en suis pas sûr.")]
)
def test_confidence_is_said_in_words(inline: Stage, confidence: float, words: str) -> None:
    """A probability is shown as words, never as a number."""
    match = {"objection_id": "x", "title": "x", "confidence": confidence, "similarity": 0.5}
    inline.can(reply(matches=[match]))
    inline.send("nos concurrents")
    expect(inline.log.locator(".message + .small")).to_have_text(words)


def test_details_unfold_the_summary_and_the_body(inline: Stage) -> None:
    """The body's Markdown becomes paragraphs, a list, bold, italic and a link."""
    inline.can(reply())
    inline.send("nos concurrents")
    text = inline.log.locator(".answer .text")
    expect(text).to_be_hidden()
    inline.log.locator(".answer").get_by_text("Plus de détails").click()
    expect(text.locator(".summary")).to_be_visible()
    expect(text.locator("strong")).to_have_text("Frank Nagle")
    expect(text.locator("em")).to_have_text("celles qui ne font qu’utiliser")
    expect(text.locator("ul > li")).to_have_count(3)
    expect(text.get_by_role("link")).to_have_attribute("href", "https://ohwr.org/project/white-rabbit")
    assert "**" not in text.inner_text()


def test_other_answers_are_one_tap_away_in_their_order(inline: Stage) -> None:
    """Answers of lower ranks show title and one-liner; a tap shows the same as for the first."""
    inline.can(reply())
    inline.send("nos concurrents")
    others = inline.log.locator(".other")
    expect(others).to_have_count(2)
    expect(inline.log).to_contain_text("2 autres arguments")
    second = others.first
    expect(second.locator("h3")).to_have_text("Partager ce qui ne distingue pas")
    expect(second.get_by_role("list", name="Sources")).to_be_hidden()
    second.locator("summary").first.click()
    expect(second.get_by_role("list", name="Sources")).to_be_visible()
    expect(second).to_contain_text("La limite entre les deux couches bouge")
    inline.look("inline-second-answer")


def test_copy_takes_the_one_liner_and_its_sources(inline: Stage) -> None:
    """The clipboard receives text to paste anywhere, with every source and its address."""
    inline.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    inline.can(reply())
    inline.send("nos concurrents")
    inline.log.locator(".answer").get_by_role("button", name="Copier avec les sources").click()
    expect(inline.log.locator(".answer .copy")).to_have_text("Copié")
    copied: str = inline.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("En contribuant, vous apprenez de toute une communauté")
    assert "- Frank Nagle (2018). Learning by Contributing. Organization Science. https://doi.org/10.1287/" in copied


@pytest.mark.parametrize("outcome", ["confirm", "declined"])
def test_themes_are_chips_that_send_their_title(inline: Stage, outcome: str) -> None:
    """When unsure or without an answer, the widget offers themes; a tap sends the title with the objection's id."""
    inline.can(reply(outcome))
    inline.can(reply())
    inline.send("et le bidule\u202f?")
    chips = inline.log.locator(".turn").last.locator(".chip")
    expect(chips).to_have_text(["Nous allons perdre la maîtrise", "Nos concurrents vont en profiter"])
    inline.look(f"inline-{outcome}")
    chips.first.click()
    expect(inline.log.locator(".line")).to_be_visible()
    assert inline.sent[1]["objection"] == "Nous allons perdre la maîtrise"
    assert inline.sent[1]["language"] == "fr"
    assert inline.sent[1]["context"] == {"objection_id": "maitrise", "shown": []}


def test_small_talk_is_answered_by_its_message_alone(inline: Stage) -> None:
    """A greeting gets a greeting, without arguments, chips or confidence."""
    inline.can(reply("small_talk"))
    inline.send("bonjour")
    turn = inline.log.locator(".turn").last
    expect(turn.locator(".message")).to_contain_text("Quelle est votre objection")
    expect(turn.locator(".answer, .chip, .small")).to_have_count(0)


def test_html_in_a_reply_is_shown_as_text(inline: Stage) -> None:
    """Neither tags nor script addresses in any field of a reply become more than text."""
    html = "<img src=x onerror='window.hacked = 1'><b>gras</b>"
    source = {"source_id": "s", "title": html, "authors": html, "grade": "A", "url": "javascript:window.hacked=1"}
    fields = dict.fromkeys(("title", "one_liner", "summary", "concession", "return_question"), html)
    poisoned = {**fields, "body": f"{html} [lien](javascript:alert(1)) **{html}**", "sources": [source]}
    inline.can(reply(message=html, answers=[answer(1, poisoned), answer(2, poisoned)]))
    inline.send(html)
    expect(inline.log.locator(".line")).to_have_text(html)
    expect(inline.log.locator(".yours")).to_contain_text(html)
    expect(inline.log.locator("img, script, b, .source a, .text a")).to_have_count(0)
    assert inline.page.evaluate("window.hacked") is None
