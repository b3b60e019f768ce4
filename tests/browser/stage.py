"""What the browser tests do to a page: open, type, send, can an answer, look."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.replies import STARTERS, reply

INLINE = "<replique-chat mode='inline'></replique-chat>"
STRICT_CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
OUTPUT = Path(__file__).parent / "output"
_ANSWERS = "**/api/v1/answers"
_OBJECTIONS = "**/api/v1/objections?*"
_AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def site(body: str, *, script: str, lang: str = "fr", repeat: int = 1) -> str:
    """Return the page of some site, with `body`, which includes the script `repeat` times."""
    scripts = f"<script src='{script}' defer></script>" * repeat
    return f"<!doctype html><html lang='{lang}'><title>Site</title><main><h1>Site</h1>{body}</main>{scripts}</html>"


class Stage:
    """A page with a chat on it; locators reach into the widget's shadow root."""

    def __init__(self, page: Page, service: str) -> None:
        """Stand on `page`, with the service at the address `service`."""
        self.page = page
        self.service = service
        self.sent: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self._canned: list[tuple[int, Mapping[str, Any], Mapping[str, str]]] = []
        page.on("request", lambda request: self.requests.append(request.url))

    @property
    def field(self) -> Locator:
        """The field to type in."""
        return self.page.locator("replique-chat textarea")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    @property
    def error(self) -> Locator:
        """What says that something went wrong."""
        return self.page.locator("replique-chat [role=alert]")

    def open(self, path: str = "/") -> None:
        """Open a page of the service."""
        self.page.goto(self.service + path)

    def open_site(
        self, body: str, *, lang: str = "fr", address: str | None = None, policy: str = STRICT_CSP, repeat: int = 1
    ) -> None:
        """Open a page of some site, beside the service, under a strict policy."""
        address = address or f"{self.service}/a-site"
        html = site(body, script=f"{self.service}/widget.js", lang=lang, repeat=repeat)
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": policy}
        self.page.route(address, lambda route: route.fulfill(body=html, headers=headers))
        self.page.goto(address)

    def can(self, body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        """Answer the next message with `body`; the last one canned serves for all that follow."""
        if not self._canned:
            self.page.route(_ANSWERS, self._fulfill)
        self._canned.append((status, body, headers or {}))

    def can_starters(self) -> None:
        """Serve a list of real-looking objections."""
        self.page.route(_OBJECTIONS, lambda route: route.fulfill(json=STARTERS))

    def send(self, text: str) -> None:
        """Type a message and press Enter."""
        self.field.fill(text)
        self.field.press("Enter")

    def unfold(self) -> None:
        """Get an answer and open everything in it."""
        self.can(reply())
        self.send("nos concurrents")
        expect(self.log.locator(".line")).to_be_visible()
        for summary in self.log.locator(".other > summary, .answer .more > summary").all():
            summary.click()

    def calls(self) -> list[str]:
        """Return the paths of the API that the page asked for."""
        paths = [urlsplit(url).path for url in self.requests]
        return [path for path in paths if path.startswith("/api/")]

    def violations(self) -> list[str]:
        """Return what axe-core finds wrong in the page, shadow roots included."""
        self.page.evaluate(_AXE)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def overflows(self) -> bool:
        """Say whether the page, or the widget inside it, is wider than the window."""
        wide: bool = self.page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll('replique-chat')].some((node) =>
                [node, ...(node.shadowRoot?.querySelectorAll('.panel, .log, .foot') ?? [])].some((part) =>
                    part.scrollWidth > Math.min(part.clientWidth, window.innerWidth) && part.clientWidth > 0))"""
        )
        return wide

    def look(self, name: str, *, whole: bool = False) -> None:
        """Take a picture of the window, or of the whole page, to be looked at by a person."""
        OUTPUT.mkdir(exist_ok=True)
        self.page.screenshot(path=OUTPUT / f"{name}.png", full_page=whole)

    def _fulfill(self, route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        self.sent.append(body)
        status, answer, headers = self._canned.pop(0) if len(self._canned) > 1 else self._canned[0]
        kind = "application/json" if status < 400 else "application/problem+json"
        route.fulfill(status=status, body=json.dumps(answer), headers={"content-type": kind, **headers})
