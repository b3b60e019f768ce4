"""Replaces a build again and again, and is killed by SIGKILL one step later each time.

Run as `python -m tests.killed_build FOLDER`. In `FOLDER/1`, `FOLDER/2`... stands what a kill at that step left; in the
last one the build was finished. A step is anything of which Python tells its audit hooks: a file opened, a folder made,
renamed or removed; and `half-written`, which the build below announces in the middle of a file.
"""

import os
import signal
import sys
from itertools import count
from pathlib import Path

import numpy as np

from embeddings.build import BuildFolder, Current, Manifest, save_vectors

OLD, NEW = "old", "new"


def write_build(root: Path, name: str) -> None:
    """Write a small build whose every file follows from its name."""
    folder = BuildFolder(root)
    with folder.new_folder(folder.models, name) as model:
        with (model / "model.onnx").open("wb") as file:
            file.write(name.encode() * 5000)
            file.flush()
            sys.audit("half-written")
            file.write(name.encode() * 5000)
        (model / "model.json").write_text(name, encoding="utf-8")
    with folder.new_folder(folder.indexes, name) as index:
        vectors = np.full((2, 3), len(name), dtype=np.float32)
        vectors[0, 0] = name == NEW
        save_vectors(index, vectors)
        Manifest("model", name, "query: ", "passage: ", 3, name, "today", ("a", "b")).save(index)
    folder.set_current(Current(model=name, index=name))


def _kill_at(step: int) -> None:
    steps = count(1)

    def hook(event: str, _arguments: object) -> None:
        # Only what touches the disk: Python tells its hooks of many things more.
        if event.startswith(("open", "os.", "shutil.", "tempfile.", "half-written")) and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def main(folder: Path) -> None:
    """Kill a build at its first step, then at its second, until one is finished."""
    for step in count(1):
        root = folder / str(step)
        root.mkdir()
        write_build(root, OLD)
        child = os.fork()
        if child == 0:
            _kill_at(step)
            write_build(root, NEW)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
