"""The chat page of the service, from the visitor's chair."""

import pytest
from playwright.sync_api import expect

from tests.browser.replies import reply
from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


def test_visitor_types_sends_and_reads_ranked_answers_with_their_sources(stage: Stage) -> None:
    """The page shows what the real service answers, in its order, with the sources in sight."""
    objection = "nos concurrents vont copier notre travail"
    answered = stage.page.request.post(f"{stage.service}/api/v1/answers", data={"objection": objection}).json()
    first, *others = answered["answers"]
    stage.open()
    stage.send(objection)
    expect(stage.log).to_contain_text("You fear concurrence (fr).")
    expect(stage.log.locator(".line")).to_have_text(first["one_liner"])
    expect(stage.log.locator(".other h3")).to_have_text([other["title"] for other in others])
    source = stage.log.locator(".answer .source").first
    expect(source).to_be_visible()
    expect(source).to_contain_text("Elinor Ostrom et Charlotte Hess, 1990")
    expect(source.get_by_role("link")).to_have_attribute("href", "https://doi.org/10.1000/commons")
    stage.look("page-real-service")


def test_page_has_titles_landmarks_and_a_way_past_them(stage: Stage) -> None:
    """The page names itself once, has a main landmark, and a link that skips to it."""
    stage.open()
    assert stage.page.locator("html").get_attribute("lang") == "fr"
    expect(stage.page.get_by_role("heading", level=1)).to_have_text("Réplique")
    stage.page.keyboard.press("Tab")
    expect(stage.page.get_by_role("link", name="Aller à la conversation")).to_be_focused()
    stage.page.keyboard.press("Enter")
    expect(stage.page.get_by_role("main")).to_be_focused()


def test_page_speaks_english_when_its_address_says_so(stage: Stage) -> None:
    """`/?lang=en` turns the page and the widget into English, and stores nothing."""
    stage.open("/?lang=en")
    expect(stage.page).to_have_title("Réplique: answering the objections to digital commons")
    expect(stage.page.get_by_label("Your objection")).to_be_visible()
    expect(stage.page.get_by_role("link", name="Français")).to_be_visible()
    expect(stage.page.get_by_role("link", name="English")).to_be_hidden()
    expect(stage.log.get_by_role("button", name="concurrence (en)")).to_be_visible()
    stage.send("our competitors will copy our work")
    expect(stage.log.locator(".line")).to_contain_text("in one line (en)")
    expect(stage.log).to_contain_text("What is right in the objection")
    assert stage.page.context.cookies() == []
    assert stage.page.evaluate("localStorage.length + sessionStorage.length") == 0
    stage.look("page-english")


def test_page_offers_the_commonest_objections_at_once(stage: Stage) -> None:
    """The first five objections are chips; tapping one sends its title, its id and its language."""
    stage.can_starters()
    stage.can(reply())
    stage.open()
    expect(stage.log.locator(".chip")).to_have_count(5)
    stage.look("page-empty")
    stage.log.get_by_role("button", name="Nous allons perdre la maîtrise").click()
    expect(stage.log.locator(".line")).to_be_visible()
    assert stage.sent[0]["objection"] == "Nous allons perdre la maîtrise"
    assert stage.sent[0]["context"] == {"objection_id": "maitrise"}
    assert stage.sent[0]["language"] == "fr"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_answer_is_shown_below_its_question(stage: Stage, scheme: str) -> None:
    """After an answer, the question is on top of the window and the field still in reach."""
    stage.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    stage.can_starters()
    stage.can(reply())
    stage.open()
    stage.send("Si on publie ça, nos concurrents vont se servir.")
    question = stage.log.locator(".yours")
    expect(question).to_be_in_viewport()
    box = question.bounding_box()
    assert box is not None and 0 <= box["y"] < 120
    expect(stage.field).to_be_in_viewport()
    stage.look(f"page-answer-{scheme}")
    stage.look(f"page-answer-{scheme}-whole", whole=True)


def test_narrow_phone_never_scrolls_sideways(stage: Stage) -> None:
    """At 320 pixels, with long words and everything unfolded, nothing is wider than the window."""
    stage.page.set_viewport_size({"width": 320, "height": 640})
    stage.can_starters()
    stage.can(reply())
    stage.open()
    stage.look("page-320-empty")
    stage.send("Anticonstitutionnellement" * 8)
    expect(stage.log.locator(".line")).to_be_visible()
    for summary in stage.log.locator("summary").all():
        if summary.is_visible():
            summary.click()
    assert not stage.overflows()
    stage.look("page-320-answer", whole=True)


def test_zoom_of_200_percent_keeps_everything_in_reach(stage: Stage) -> None:
    """A window of half the size (a zoom of 200 %) shows the answer and leads to the field."""
    stage.page.set_viewport_size({"width": 640, "height": 400})
    stage.can_starters()
    stage.can(reply())
    stage.open()
    stage.send("nos concurrents")
    expect(stage.log.locator(".line")).to_be_in_viewport()
    assert not stage.overflows()
    stage.field.press("x")
    expect(stage.field).to_be_in_viewport()


def test_page_stays_light_and_asks_nobody_else(stage: Stage, service: str) -> None:
    """The first page weighs less than 100 kB, and every request goes to our own server."""
    sizes: list[int] = []
    stage.page.on("response", lambda response: sizes.append(len(response.body())))
    stage.open()
    expect(stage.log.locator(".chip").first).to_be_visible()
    assert sum(sizes) < 100_000
    assert all(url.startswith(service) for url in stage.requests)
