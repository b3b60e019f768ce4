"""The server as a person starts it: a process, its exit code and what it says."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from app.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 180  # seconds, on a machine that does much else


def start(port: int, **environment: str) -> subprocess.Popen[str]:
    """Start the server as its own process, with these variables besides the usual ones."""
    command = [sys.executable, "-m", "scripts.serve", "--port", str(port)]
    plain: Mapping[str, str] = {key: value for key, value in os.environ.items() if not key.startswith("REPLIQUE_")}
    return subprocess.Popen(
        command, cwd=ROOT, env={**plain, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def refusal(**environment: str) -> str:
    """Return what a server says that does not start, and check that it says so in the exit code."""
    process = start(free_port(), **environment)
    out, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert out == ""
    assert "Traceback" not in told
    return told


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(process: subprocess.Popen[str], port: int) -> None:
    """Wait until the server answers its probe."""
    for _ in range(PATIENCE * 10):
        assert process.poll() is None, process.communicate()[1]
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=PATIENCE) as response:
                assert response.status == 200
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError("the server did not become ready")


def test_without_a_build_it_says_what_to_run(tmp_path: Path) -> None:
    """One plain sentence, and no traceback."""
    told = refusal(REPLIQUE_BUILD=str(tmp_path))
    assert told == "The model and the vectors have not been built yet. Run: make build\n"


def test_bad_knowledge_is_told_line_by_line(tmp_path: Path) -> None:
    """An empty folder has no objections, and the message says what is missing."""
    told = refusal(REPLIQUE_KNOWLEDGE=str(tmp_path))
    assert told.startswith("The knowledge has ")
    assert "sources.yaml:1: This file is missing" in told


def test_a_bad_setting_is_named() -> None:
    """The sentence has the key and the value."""
    told = refusal(REPLIQUE_THREADS="many")
    assert told == "REPLIQUE_THREADS has the value 'many'; a whole number, 0 or more, was expected.\n"


@pytest.mark.model
def test_a_build_out_of_step_says_what_to_run(tmp_path: Path) -> None:
    """Knowledge that was edited after the build is not served with vectors of the old texts."""
    edited = tmp_path / "knowledge"
    shutil.copytree(Settings().knowledge, edited, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (edited / "objections" / "concurrence.md").open("a", encoding="utf-8") as file:
        file.write("\nOne sentence more.\n")
    told = refusal(REPLIQUE_KNOWLEDGE=str(edited))
    assert told.startswith("The knowledge has changed since the build (it is ")
    assert told.endswith("Run: make build\n")
    assert told.count("\n") == 1


@pytest.fixture
def server() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Give a server that is ready, with its port; whatever happens, it is ended."""
    port = free_port()
    process = start(port)
    try:
        wait_until_ready(process, port)
        yield process, port
    finally:
        process.kill()
        process.communicate()


@pytest.mark.model
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_stops_when_asked(server: tuple[subprocess.Popen[str], int], asked: signal.Signals) -> None:
    """It says where it is, answers, and ends cleanly on Ctrl-C or when its container stops."""
    process, port = server
    with urlopen(f"http://127.0.0.1:{port}/api/v1/version") as response:
        assert response.status == 200
    process.send_signal(asked)
    out, told = process.communicate(timeout=PATIENCE)
    assert process.returncode in (0, 128 + asked, -asked)
    assert told == f"Réplique answers on http://localhost:{port} (Ctrl-C stops it)\n"
    assert out == ""


@pytest.mark.model
def test_a_taken_port_is_said_in_one_sentence() -> None:
    """Before anything is loaded: what, where, and what to do, and no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "scripts.serve", "--port", str(port)]
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in found.stderr
    assert f"PORT={port + 1} make serve" in found.stderr
    assert "Traceback" not in found.stderr
