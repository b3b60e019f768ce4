"""The text of one file: UTF-8, whatever the line ends; read without a traceback, written as a whole or not at all."""

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from knowledge.errors import Problem, UnwritableError

_LINE_END = re.compile(r"\r\n?")


def read_text(path: Path, shown: Path, problems: list[Problem]) -> str | None:
    """Read a file as UTF-8 with plain line ends; None, and a problem under the name `shown`, when that fails."""
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(Problem(shown, 1, f"This cannot be read: {error.strerror or error}."))
        return None
    try:
        return with_plain_line_ends(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # The decoder counts from after the byte order mark, if there is one; `object` is what it counts in.
        before = with_plain_line_ends(error.object[: error.start].decode("latin-1"))
        message = f"This is not UTF-8 text (byte 0x{error.object[error.start]:02X}); save the file as UTF-8."
        problems.append(Problem(shown, before.count("\n") + 1, message))
        return None


def with_plain_line_ends(text: str) -> str:
    """Turn the line ends of Windows and of old Macs into plain ones."""
    return _LINE_END.sub("\n", text)


def write_text(path: Path, text: str) -> None:
    """Write a whole file, with the line ends that it has if it is there; raise UnwritableError and leave it if not.

    The text goes to a temporary file beside it first, which then takes its place in one step.
    """
    path = path.resolve()  # a link stays a link
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w", encoding="utf-8", newline="\r\n" if _has_windows_line_ends(path) else "\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):  # why the file could not be written is what a person needs to hear
            temporary.unlink(missing_ok=True)
        raise UnwritableError(path, error.strerror or str(error)) from error


def _has_windows_line_ends(path: Path) -> bool:
    return path.exists() and b"\r\n" in path.read_bytes()
