"""The pages for reading in a real browser: accessible, never wider than the window, laid out for paper."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.stage import OUTPUT, Stage

pytestmark = pytest.mark.browser

PAGES = {
    "booklet": "/argumentaire?lang=fr",
    "objection": "/argumentaire/concurrence?lang=fr",
    "sources": "/sources?lang=fr",
    "lost": "/argumentaire/nowhere?lang=fr",
}
_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
each_page = pytest.mark.parametrize("name", [name for name in PAGES if name != "lost"])


@each_page
def test_axe_finds_nothing_on_a_page_for_reading(stage: Stage, name: str) -> None:
    """axe-core has no complaint, in light and in dark."""
    stage.open(PAGES[name])
    for scheme in _SCHEMES:
        stage.page.emulate_media(color_scheme=scheme)
        stage.look(f"reading-{name}-{scheme}")
        assert stage.violations() == []


@each_page
@pytest.mark.parametrize("width", [320, 640])
def test_a_page_for_reading_never_scrolls_sideways(stage: Stage, name: str, width: int) -> None:
    """Neither on the narrowest phone nor at a zoom of 200 %."""
    stage.page.set_viewport_size({"width": width, "height": 640})
    stage.open(PAGES[name])
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= width
    stage.look(f"reading-{name}-{width}")


@each_page
def test_keyboard_skips_to_the_text(stage: Stage, name: str) -> None:
    """The first stop is a link past the navigation, which shows once it has the focus."""
    stage.open(PAGES[name])
    stage.page.keyboard.press("Tab")
    skip = stage.page.get_by_role("link", name="Aller au texte")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    stage.page.keyboard.press("Enter")
    expect(stage.page.get_by_role("main")).to_be_focused()


def test_a_deep_link_shows_its_argument(stage: Stage) -> None:
    """The contents, and any address with an anchor, lead to the argument that they name."""
    stage.open(PAGES["booklet"])
    stage.page.get_by_role("navigation", name="Sommaire").get_by_role("link", name="sortie (fr)").click()
    expect(stage.page).to_have_url(f"{stage.service}{PAGES['booklet']}#sortie")
    expect(stage.page.get_by_role("heading", name="sortie (fr)")).to_be_in_viewport()


def test_chat_and_pages_lead_to_each_other_in_one_language(stage: Stage) -> None:
    """From the English chat to the English arguments and back."""
    stage.can_starters()
    stage.open("/?lang=en")
    stage.page.get_by_role("link", name="All arguments").click()
    expect(stage.page).to_have_url(f"{stage.service}/argumentaire?lang=en")
    stage.page.get_by_role("link", name="Raise an objection").click()
    expect(stage.page.get_by_label("Your objection")).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_whole_without_javascript(browser: Browser, service: str, name: str) -> None:
    """Nothing waits for a script."""
    context = browser.new_context(locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(service + PAGES[name])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()


def test_paper_gets_a_booklet(stage: Stage) -> None:
    """A cover, no navigation, addresses of sources in full; and a PDF that a person can look at."""
    stage.open(PAGES["booklet"])
    stage.page.emulate_media(media="print")
    expect(stage.page.get_by_role("navigation", name="Pages et langue")).to_be_hidden()
    expect(stage.page.get_by_text("Lire cette objection seule").first).to_be_hidden()
    expect(stage.page.locator(".cover .mark")).to_be_visible()
    printed = stage.page.locator("#licences .document a").first.evaluate("a => getComputedStyle(a, '::after').content")
    assert "https://doi.org/10.1000/commons" in printed
    OUTPUT.mkdir(exist_ok=True)
    pdf = stage.page.pdf(path=OUTPUT / "reading-booklet.pdf", format="A4")
    assert pdf.count(b"/Type /Page\n") >= 4  # cover, contents and grades, and a chapter for each of two objections
