"""Serves the chat and the API: `python -m scripts.serve [--build] [--host HOST] [--port PORT]`."""

import argparse
import subprocess
import sys

import uvicorn
from fastapi import FastAPI
from rich.console import Console

from app.main import create_app
from app.settings import Settings, SettingsError
from embeddings.errors import BuildError, EmbeddingsError
from knowledge import KnowledgeError


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--build", action="store_true", help="first build what is missing or out of date")
    options = parser.parse_args(arguments)
    console = Console(stderr=True)
    try:
        app = _app(build=options.build)
    except (EmbeddingsError, KnowledgeError, SettingsError) as error:
        console.print(str(error), markup=False, highlight=False, style="red", soft_wrap=True)
        return 1
    shown_host = "localhost" if options.host in ("127.0.0.1", "0.0.0.0", "::") else options.host
    console.print(f"Réplique answers on http://{shown_host}:{options.port} (Ctrl-C stops it)", highlight=False)
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning")
    return 0


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
