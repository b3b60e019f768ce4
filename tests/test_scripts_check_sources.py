"""The command that checks the bibliography, and what it asks of the network."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts.check_sources import main
from scripts.dead_links import Answer, ask_links
from tests.builders import replace_in, write_knowledge

STATUSES = {"/alive": 200, "/missing": 404, "/gone": 410, "/forbidden": 403, "/broken": 500, "/busy": 429}


class Site(ThreadingHTTPServer):
    """A site on this machine that counts what it is asked, and how much of it at once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Page)
        self.asked: list[tuple[str, str]] = []
        self.under_way = 0
        self.most = 0
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        """The address of the site, without a last slash."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Page(BaseHTTPRequestHandler):
    """Answers with the status that the path stands for."""

    server: Site

    def do_HEAD(self) -> None:
        """Answer who asks for the head."""
        self._answer(405 if self.path == "/head-refused" else STATUSES.get(self.path, 200))

    def do_GET(self) -> None:
        """Answer who asks for the page."""
        self._answer(STATUSES.get(self.path, 200))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self, status: int) -> None:
        with self.server.lock:
            self.server.asked.append((self.command, self.path))
            self.server.under_way += 1
            self.server.most = max(self.server.most, self.server.under_way)
        if self.path.startswith("/slow"):
            time.sleep(0.3)
        with self.server.lock:
            self.server.under_way -= 1
        self.send_response(301 if self.path == "/moved" else status)
        if self.path == "/moved":
            self.send_header("Location", "/alive")
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def site() -> Iterator[Site]:
    """Give a site that runs during the test."""
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        site.shutdown()
        thread.join()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a small valid knowledge folder."""
    return write_knowledge(tmp_path / "knowledge")


def lead_to(root: Path, url: str) -> None:
    """Give the first source an address, on line 4."""
    title = "  title: Learning by Contributing\n"
    replace_in(root / "sources.yaml", title, f"{title}  URL: {url}\n")


# Offline


def test_a_sound_bibliography_is_told_with_its_weak_points(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a careful reader would look at again is listed with file and line, and the exit status is 0."""
    assert main(["--root", str(root)]) == 0
    told = capsys.readouterr().out
    assert "Older than five years (1):\nknowledge/sources.yaml:6: 2018, Learning by Contributing\n" in told
    assert 'Cited from memory (1):\nknowledge/sources.yaml:20: Atelier "Disséminer les communs"\n' in told
    assert "Without a year (1):\nknowledge/sources.yaml:16: " in told
    assert told.endswith("The bibliography is sound: 2 sources.\n")


def test_quiet_tells_only_what_has_to_be_mended(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a gate that runs at every change, the rest would be noise."""
    assert main(["--root", str(root), "--quiet"]) == 0
    assert capsys.readouterr().out == "The bibliography is sound: 2 sources.\n"


def test_a_problem_has_its_line_and_fails(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit status is 1, and editors find the place."""
    lead_to(root, "ftp://example.org")
    assert main(["--root", str(root), "--quiet"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        'knowledge/sources.yaml:4: "ftp://example.org" is not an address of the web: '
        "it starts with https:// or http://.",
        "The bibliography has 1 problem.",
    ]


def test_offline_nothing_opens_a_socket(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --online, the network may be cut."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    lead_to(root, "https://example.org/")
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert main(["--root", str(root)]) == 0


# Online


def test_going_online_without_the_http_client_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who serves need not have it: one sentence says how to get it, and no traceback."""
    monkeypatch.setattr("scripts.check_sources.find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="2"):
        main(["--root", str(root), "--online"])
    assert capsys.readouterr().err.endswith("--online needs the package httpx2: pip install httpx2\n")


def test_a_page_that_is_gone_has_to_be_mended(root: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """A dead link is a problem of the line that holds it."""
    lead_to(root, f"{site.url}/missing")
    assert main(["--root", str(root), "--online", "--quiet"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"knowledge/sources.yaml:4: {site.url}/missing: the site answers 404.",
        "The bibliography has 1 problem.",
    ]


def test_a_page_that_answers_is_fine(root: Path, site: Site) -> None:
    """Nothing is told of it."""
    lead_to(root, f"{site.url}/alive")
    assert main(["--root", str(root), "--online"]) == 0


def test_what_the_network_hides_is_told_and_does_not_fail(
    root: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    """A site that refuses programs may still have the page."""
    lead_to(root, f"{site.url}/forbidden")
    assert main(["--root", str(root), "--online"]) == 0
    expected = f"Not known to answer (1):\nknowledge/sources.yaml:4: {site.url}/forbidden: the site answers 403.\n"
    assert expected in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/alive", Answer.ALIVE),
        ("/moved", Answer.ALIVE),
        ("/head-refused", Answer.ALIVE),
        ("/missing", Answer.DEAD),
        ("/gone", Answer.DEAD),
        ("/forbidden", Answer.UNKNOWN),
        ("/broken", Answer.UNKNOWN),
        ("/busy", Answer.UNKNOWN),
    ],
)
def test_a_status_says_what_is_known_of_a_page(site: Site, path: str, answer: Answer) -> None:
    """Only a page that the site says is gone is dead."""
    url = site.url + path
    assert ask_links([url])[url].answer is answer


def test_the_head_is_asked_first_and_the_page_when_it_is_refused(site: Site) -> None:
    """A page that exists is never fetched; an address given twice is asked once."""
    ask_links([f"{site.url}/alive", f"{site.url}/alive", f"{site.url}/head-refused"], at_once=1)
    assert site.asked == [("HEAD", "/alive"), ("HEAD", "/head-refused"), ("GET", "/head-refused")]


def test_no_answer_is_unknown() -> None:
    """A machine without network learns nothing, and says why."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    assert (ask_links([url])[url].answer, ask_links([url])[url].reason) == (Answer.UNKNOWN, "no answer (ConnectError)")


def test_a_slow_page_is_unknown(site: Site) -> None:
    """Nobody waits longer than the limit."""
    url = f"{site.url}/slow"
    assert ask_links([url], seconds=0.05)[url].answer is Answer.UNKNOWN


def test_few_pages_are_asked_at_once(site: Site) -> None:
    """However many addresses there are, a site sees a bounded number of requests."""
    links = ask_links([f"{site.url}/slow{number}" for number in range(6)], at_once=2)
    assert {link.answer for link in links.values()} == {Answer.ALIVE}
    assert 1 <= site.most <= 2
