"""The folder of builds: a new one takes the old one's place whole, or not at all."""

import errno
import json
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from embeddings.build import (
    BuildFolder,
    Current,
    Manifest,
    hash_text,
    load_vectors,
    reusable_rows,
    save_vectors,
)
from embeddings.errors import BuildError, MissingBuildError
from tests.killed_build import NEW, OLD, write_build

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = Manifest("model", "hash", "query: ", "passage: ", 3, "version", "2026-01-01T00:00:00+00:00", ("a", "b", "c"))


@pytest.fixture
def built(tmp_path: Path) -> BuildFolder:
    """Give a folder in which a build serves."""
    write_build(tmp_path, OLD)
    return BuildFolder(tmp_path)


def contents(root: Path) -> dict[str, bytes]:
    """Return every file under the root with its bytes, and every folder."""
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else b"" for path in root.rglob("*")}


@contextmanager
def disk_that_takes(count: int) -> Iterator[None]:
    """Have the kernel refuse to make any file longer than `count` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (count, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def assert_whole(root: Path) -> str:
    """Check that a build serves with every byte that it should have, and return its name."""
    folder = BuildFolder(root)
    current = folder.current()
    assert current.model == current.index
    name = current.model
    assert (folder.models / name / "model.onnx").read_bytes() == name.encode() * 10000
    assert (folder.models / name / "model.json").read_text(encoding="utf-8") == name
    assert Manifest.load(folder.indexes / name).knowledge_version == name
    assert load_vectors(folder.indexes / name, rows=2)[0, 0] == (name == NEW)
    return name


def test_a_finished_build_serves(built: BuildFolder) -> None:
    """`current` names the folders that were written, and they hold what was written."""
    assert built.current() == Current(model=OLD, index=OLD)
    assert assert_whole(built.root) == OLD


def test_nothing_is_created_before_something_is_written(tmp_path: Path) -> None:
    """To look for a build leaves no trace."""
    with pytest.raises(
        MissingBuildError, match=r"^The model and the vectors have not been built yet\. Run: make build$"
    ):
        BuildFolder(tmp_path / "build").current()
    assert contents(tmp_path) == {}


def test_a_build_killed_at_any_step_leaves_one_that_serves(tmp_path: Path) -> None:
    """Whenever SIGKILL comes, the old build or the new one serves whole, and the next build succeeds."""
    subprocess.run([sys.executable, "-m", "tests.killed_build", tmp_path], cwd=ROOT, check=True)
    roots = sorted(tmp_path.iterdir(), key=lambda root: int(root.name))
    served = [assert_whole(root) for root in roots]
    assert served == sorted(served, reverse=True), "once the new build serves, it goes on serving"
    assert served.count(OLD) > 10
    assert served[-1] == NEW
    for root in roots:
        write_build(root, NEW)
        assert assert_whole(root) == NEW


def test_a_build_that_fails_changes_nothing(built: BuildFolder) -> None:
    """An error in the middle of a folder goes to the caller, and every file is as it was."""
    before = contents(built.root)
    with pytest.raises(ZeroDivisionError), built.new_folder(built.models, NEW) as folder:
        (folder / "model.onnx").write_bytes(b"half")
        raise ZeroDivisionError
    assert contents(built.root) == before


def test_a_full_disk_is_one_sentence(built: BuildFolder) -> None:
    """ENOSPC names the folder and the reason, says that the old build serves, and leaves it alone."""
    before = contents(built.root)
    sentence = (
        r"^The build could not be written to indexes/: No space left on device\. The previous build still serves\.$"
    )
    with pytest.raises(BuildError, match=sentence), built.new_folder(built.indexes, NEW):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert contents(built.root) == before


def test_a_disk_that_really_refuses_is_one_sentence(built: BuildFolder) -> None:
    """The kernel refuses the vectors half-way: the half is removed and the old build serves."""
    before = contents(built.root)
    with (
        pytest.raises(BuildError, match=r"^The build could not be written to indexes/: .*still serves\.$"),
        disk_that_takes(1000),
        built.new_folder(built.indexes, NEW) as folder,
    ):
        save_vectors(folder, np.zeros((1000, 3), dtype=np.float32))
    assert contents(built.root) == before


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """A file where the build should go is named, and stays."""
    (tmp_path / "models").write_text("in the way", encoding="utf-8")
    folder = BuildFolder(tmp_path)
    with pytest.raises(BuildError, match=r"^The build could not be written to models/: "):
        folder.new_folder(folder.models, NEW).__enter__()
    assert (tmp_path / "models").read_text(encoding="utf-8") == "in the way"


def test_a_current_that_cannot_be_written_is_one_sentence(built: BuildFolder) -> None:
    """When the last step is refused, what served still does."""
    with pytest.raises(BuildError, match=r"still serves\.$"), disk_that_takes(5):
        built.set_current(Current(model=NEW, index=NEW))
    assert assert_whole(built.root) == OLD


def test_a_folder_made_again_takes_the_place_of_the_old_one(built: BuildFolder) -> None:
    """No file of the old folder stays in the new one."""
    with built.new_folder(built.models, OLD) as folder:
        (folder / "other").write_bytes(b"")
    assert [path.name for path in (built.models / OLD).iterdir()] == ["other"]


def test_another_user_may_serve_what_was_built(built: BuildFolder) -> None:
    """Folders are open to read: who builds an image and who runs it are two users."""
    for folder in (built.models / OLD, built.indexes / OLD):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755


def test_the_build_before_is_kept_and_older_ones_go(built: BuildFolder) -> None:
    """Of builds 1 to 4, the fourth serves, the third is the way back, and folders in the making are nobody's."""
    (built.models / ".new-in-the-making").mkdir()
    for number in range(1, 5):
        for parent in (built.models, built.indexes):
            (parent / str(number)).mkdir()
            os.utime(parent / str(number), (number, number))
    os.utime(built.models / OLD, (0, 0))
    os.utime(built.indexes / OLD, (0, 0))
    built.set_current(Current(model="4", index="4"))
    assert sorted(path.name for path in built.models.iterdir()) == [".new-in-the-making", "3", "4"]
    assert sorted(path.name for path in built.indexes.iterdir()) == ["3", "4"]


def test_what_serves_is_kept_however_old(built: BuildFolder) -> None:
    """Going back to an old build does not drop it for newer ones."""
    for number in (1, 2):
        (built.models / str(number)).mkdir()
    os.utime(built.models / OLD, (0, 0))
    built.set_current(Current(model=OLD, index=OLD))
    assert (built.models / OLD).is_dir()
    assert built.current().model == OLD


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b"null", b'{"model": "old"}', b'{"model": "old", "index": "old", "x": 1}']
)
def test_an_unreadable_current_is_a_missing_build(built: BuildFolder, content: bytes) -> None:
    """Whatever stands in `current.json`, the message names it and says what to run."""
    (built.root / "current.json").write_bytes(content)
    with pytest.raises(MissingBuildError, match=r"^current\.json cannot be read \(.*\)\. Run: make build$"):
        built.current()


@pytest.mark.parametrize(("gone", "named"), [("models/old", "models/old"), ("indexes/old", "indexes/old")])
def test_a_folder_that_is_gone_is_named(built: BuildFolder, gone: str, named: str) -> None:
    """The message names the folder, not where it is on the disk."""
    (built.root / gone).rename(built.root / "elsewhere")
    with pytest.raises(MissingBuildError, match=rf"^The build lacks its folder {named}\. Run: make build$"):
        built.current()


def test_a_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    """Prefixes, hashes and their order survive the disk."""
    MANIFEST.save(tmp_path)
    assert Manifest.load(tmp_path) == MANIFEST


@pytest.mark.parametrize(
    "content", [None, b"", b"\xff", b"[]", b"{}", b'{"text_hashes": 3}', b'{"text_hashes": [], "x": 1}']
)
def test_an_unreadable_manifest_is_a_missing_build(tmp_path: Path, content: bytes | None) -> None:
    """A manifest that is gone or damaged is one sentence that says what to run."""
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(
        MissingBuildError, match=r"^The manifest of the vectors cannot be read \(.*\)\. Run: make build$"
    ):
        Manifest.load(tmp_path)


def test_vectors_come_back_as_they_were(tmp_path: Path) -> None:
    """Every float survives the disk."""
    vectors = np.random.default_rng(42).normal(size=(4, 3)).astype(np.float32)
    save_vectors(tmp_path, vectors)
    assert np.array_equal(load_vectors(tmp_path, rows=4), vectors)


def test_vectors_of_another_count_are_refused(tmp_path: Path) -> None:
    """Rows that do not match the manifest would put answers under the wrong texts."""
    save_vectors(tmp_path, np.zeros((4, 3), dtype=np.float32))
    with pytest.raises(MissingBuildError, match=r"^The vectors have the shape \(4, 3\), not 5 rows\. Run: make build$"):
        load_vectors(tmp_path, rows=5)


def test_vectors_cut_short_are_a_missing_build(tmp_path: Path) -> None:
    """A file that ends anywhere too early is refused."""
    save_vectors(tmp_path, np.ones((4, 3), dtype=np.float32))
    whole = (tmp_path / "vectors.npy").read_bytes()
    for length in range(0, len(whole), 7):
        (tmp_path / "vectors.npy").write_bytes(whole[:length])
        with pytest.raises(MissingBuildError, match=r"^The vectors cannot be read \("):
            load_vectors(tmp_path, rows=4)


def test_vectors_that_would_run_code_are_refused(tmp_path: Path) -> None:
    """A pickle is not read, whoever wrote it there."""
    np.save(tmp_path / "vectors.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(MissingBuildError, match="cannot be read"):
        load_vectors(tmp_path, rows=1)


def test_rows_of_unchanged_texts_are_found_again() -> None:
    """A text keeps its vector wherever it moved; a new text has none."""
    assert reusable_rows(MANIFEST, ["c", "new", "a", "c"]) == {0: 2, 2: 0, 3: 2}
    assert reusable_rows(MANIFEST, []) == {}


def test_texts_are_known_by_all_their_characters() -> None:
    """Accents, capitals and the prefix make another text."""
    hashes = {hash_text(text) for text in ("query: été", "query: ete", "passage: été", "query: Été", "query: été ")}
    assert len(hashes) == 5
    assert hash_text("query: été") == hash_text("query: été")
    assert json.dumps(hash_text("été")).isascii()


def test_what_a_killed_build_left_is_removed_by_the_next_one(built: BuildFolder) -> None:
    """A folder of a process that is gone goes; that of a process that still builds stays."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, living = built.models / f".new-{gone.pid}-abc", built.models / f".new-{os.getpid()}-abc"
    left.mkdir()
    living.mkdir()
    with built.new_folder(built.models, "next"):
        pass
    assert not left.exists()
    assert living.exists()
