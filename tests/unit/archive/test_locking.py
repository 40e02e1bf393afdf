"""One writer at a time; a killed one blocks nobody."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pressmark.archive.locking import writing
from pressmark.errors import ArchiveBusy, OutputError, UnsafePath

HOLDER = """
import sys
from pathlib import Path
from pressmark.archive.locking import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def held_elsewhere(root: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", HOLDER, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline().strip() == b"held"
        try:
            yield holder
        finally:
            holder.kill()


def test_a_busy_archive_is_refused_after_the_timeout(tmp_path: Path) -> None:
    with (
        held_elsewhere(tmp_path),
        pytest.raises(ArchiveBusy, match="another Pressmark") as caught,
        writing(tmp_path, timeout=0.1),
    ):
        pytest.fail("two writers at once")
    assert caught.value.hint
    assert caught.value.place == str(tmp_path)


def test_a_killed_holder_blocks_nobody(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as holder:
        holder.kill()
        holder.wait()
        with writing(tmp_path, timeout=2):
            pass


def test_a_long_wait_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressmark.archive.locking.PATIENCE", 0.1)
    told = []
    with held_elsewhere(tmp_path) as holder:

        def let_go() -> None:
            told.append("waiting")
            holder.stdin.write(b"\n")
            holder.stdin.flush()

        with writing(tmp_path, timeout=10, on_wait=let_go):
            assert told == ["waiting"]


def test_a_free_archive_is_not_waited_for(tmp_path: Path) -> None:
    with writing(tmp_path, on_wait=lambda: pytest.fail("nobody held it")):
        pass


def test_blocks_nest_and_let_go_only_at_the_outermost(tmp_path: Path) -> None:
    with writing(tmp_path):
        with writing(tmp_path, timeout=0), writing(tmp_path / ".." / tmp_path.name, timeout=0):
            pass
        assert not acquired_in_a_thread(tmp_path)
    assert acquired_in_a_thread(tmp_path)


def test_threads_take_turns(tmp_path: Path) -> None:
    inside, most = [], []

    def work() -> None:
        for _ in range(5):
            with writing(tmp_path):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.001)
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 15


def test_an_error_inside_lets_go(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), writing(tmp_path):
        raise RuntimeError
    assert acquired_in_a_thread(tmp_path)


def test_a_linked_lock_folder_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    root = tmp_path / "archive"
    root.mkdir()
    try:
        (root / ".pressmark").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("this account may not make symbolic links")
    with pytest.raises(UnsafePath), writing(root):
        pass
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError), writing(tmp_path / "file"):
        pass


def acquired_in_a_thread(root: Path) -> bool:
    result = []

    def attempt() -> None:
        try:
            with writing(root, timeout=0.05):
                result.append(True)
        except ArchiveBusy:
            result.append(False)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return result[0]
