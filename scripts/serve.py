"""Serves the chat and the API: `python -m scripts.serve [--build] [--host HOST] [--port PORT]`."""

import argparse
import socket
import subprocess
import sys
from contextlib import suppress

import uvicorn
from fastapi import FastAPI
from rich.console import Console

from app.main import create_app
from app.settings import Settings, SettingsError
from embeddings.errors import BuildError, EmbeddingsError
from knowledge import KnowledgeError


class AddressError(OSError):
    """The address to listen on is in use, or is no address of this machine."""


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--build", action="store_true", help="first build what is missing or out of date")
    options = parser.parse_args(arguments)
    console = Console(stderr=True)
    try:
        # The address is taken before anything is loaded: one that is in use is said at once.
        listener = _listen(options.host, options.port)
        app = _app(build=options.build)
    except (AddressError, EmbeddingsError, KnowledgeError, SettingsError) as error:
        console.print(str(error), markup=False, highlight=False, style="red", soft_wrap=True)
        return 1
    shown_host = "localhost" if options.host in ("127.0.0.1", "0.0.0.0", "::") else options.host
    console.print(f"Réplique answers on http://{shown_host}:{options.port} (Ctrl-C stops it)", highlight=False)
    with suppress(KeyboardInterrupt):  # uvicorn has closed everything by the time it passes Ctrl-C on
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise AddressError(
            f"Réplique cannot listen on {host}:{port} ({reason}). Choose another port: PORT={port + 1} make serve"
        ) from error


def _app(*, build: bool) -> FastAPI:
    settings = Settings.from_environment()
    try:
        return create_app(settings)
    except BuildError:
        # Another process builds, so that torch's memory is given back before serving starts.
        if not build or subprocess.run([sys.executable, "-m", "scripts.build_embeddings"], check=False).returncode:
            raise
        return create_app(settings)


if __name__ == "__main__":
    sys.exit(main())
