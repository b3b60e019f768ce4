"""A real Chromium, the real service on a free port, and pages that refuse to stay silent about errors."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from os import environ
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, expect, sync_playwright

from app.main import create_app
from app.settings import Settings
from tests.browser.stage import INLINE, Stage, site
from tests.fakes import small_responder

_CANDIDATES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_START_WITHIN = 60  # seconds for the service to listen, and for a cold browser to show its first page
_STEP_WITHIN = 20_000  # milliseconds for a step in the browser: generous, for machines that share their cores


@pytest.fixture(scope="session")
def service() -> Iterator[str]:
    """Run the real application over the small knowledge, and give its address."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        app = create_app(Settings(), small_responder())
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        _wait_until_started(server)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(_START_WITHIN)


# Of the package, not of the session: while Playwright runs, its event loop would be in the way of other tests.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start Chromium once for all the tests of this folder."""
    expect.set_options(timeout=_STEP_WITHIN)
    with sync_playwright() as playwright:
        path = _chromium() or playwright.chromium.executable_path
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        except Error as error:
            pytest.fail(
                f"No Chromium could be started ({path}). Install one (`apt-get install chromium` or "
                f"`playwright install chromium`) or name it in REPLIQUE_CHROMIUM. {error.message}",
                pytrace=False,
            )
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a new profile, in French, without motion."""
    context = browser.new_context(
        locale="fr-FR", viewport={"width": 1280, "height": 800}, reduced_motion="reduce", accept_downloads=False
    )
    context.set_default_timeout(_STEP_WITHIN)
    context.set_default_navigation_timeout(_START_WITHIN * 1000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Give a page; the test fails if it logs an error or a warning, or breaks its content security policy."""
    page = context.new_page()
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A refused request is logged by the browser itself; tests of errors provoke them.
        asked_for = message.text.startswith("Failed to load resource") and "/api/v1/" in message.location["url"]
        if message.type in ("error", "warning") and not asked_for:
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
def foreign_site(service: str) -> Iterator[str]:
    """Serve, from another origin and under the strictest policy, a page that embeds the widget; give its address.

    A page made up by Playwright would not do: Chromium asks permission before an unplaced site reaches this machine.
    """
    policy = f"default-src 'none'; script-src {service}; connect-src {service}; base-uri 'none'"
    html = site("<replique-chat></replique-chat>", script=f"{service}/widget.js")

    class ForeignSite(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-security-policy", policy)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), ForeignSite) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def stage(page: Page, service: str) -> Stage:
    """Give the page with what tests do to it."""
    return Stage(page, service)


@pytest.fixture
def inline(stage: Stage) -> Stage:
    """Give a site that holds a chat in its text."""
    stage.can_starters()
    stage.open_site(INLINE)
    return stage


def _chromium() -> str | None:
    named = environ.get("REPLIQUE_CHROMIUM")
    if named and not (Path(named).is_file() or shutil.which(named)):
        pytest.fail(f"REPLIQUE_CHROMIUM names {named!r}, which does not exist.", pytrace=False)
    for candidate in (named, *_CANDIDATES):
        if candidate and (found := shutil.which(candidate)):
            return found
    return None


def _wait_until_started(server: uvicorn.Server) -> None:
    give_up = monotonic() + _START_WITHIN
    while not server.started:
        if monotonic() > give_up:
            pytest.fail(f"The service did not listen within {_START_WITHIN} seconds.", pytrace=False)
        sleep(0.02)
