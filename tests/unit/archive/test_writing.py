"""The old content or the new, never half; and a clear sentence when the disk refuses."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.archive.conftest import Killed, contents, killed_at

from pressmark.archive import writing
from pressmark.archive.writing import (
    append_line,
    create_folder_atomically,
    cut_back,
    remove_leftovers,
    write_atomically,
)
from pressmark.errors import OutputError, PressmarkTaken, UnsafePath

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions and no limits")


def failing(number: int):
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_new_content_replaces_old_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "text.xml"
    write_atomically(path, b"old")
    write_atomically(path, b"new\r\n")
    assert contents(tmp_path) == {"text.xml": b"new\r\n"}


@pytest.mark.parametrize(
    ("call", "number", "word"),
    [
        ("fsync", errno.ENOSPC, "full"),
        ("write", errno.EDQUOT, "share"),
        ("replace", errno.EACCES, "allow"),
        ("open", errno.EROFS, "not written"),
        ("open", errno.EIO, "error"),
    ],
)
def test_a_disk_that_refuses_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, word: str
) -> None:
    path = tmp_path / "text.xml"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing(number))
        with pytest.raises(OutputError, match=word) as caught:
            write_atomically(path, b"new")
    assert caught.value.place == str(path)
    assert caught.value.hint
    assert contents(tmp_path) == {"text.xml": b"old"}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no such folder"):
        write_atomically(tmp_path / "nowhere" / "text.xml", b"new")


def test_a_short_write_is_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: really(descriptor, bytes(data)[:3]))
    write_atomically(tmp_path / "text.xml", b"0123456789")
    assert (tmp_path / "text.xml").read_bytes() == b"0123456789"


def test_a_kill_at_any_call_leaves_old_or_new(tmp_path: Path) -> None:
    path = tmp_path / "text.xml"
    seen = set()
    for call in range(12):
        path.write_bytes(b"old")
        try:
            with killed_at(call):
                write_atomically(path, b"new")
        except Killed:
            pass
        seen.add(path.read_bytes())
        remove_leftovers(tmp_path)
        assert [one.name for one in tmp_path.iterdir()] == ["text.xml"]
    assert seen == {b"old", b"new"}


@posix_only
def test_permissions_are_kept_and_links_replaced(tmp_path: Path) -> None:
    path, outside = tmp_path / "text.xml", tmp_path / "outside"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    outside.write_bytes(b"not ours")
    path.unlink()
    path.symlink_to(outside)
    write_atomically(path, b"new")
    assert (path.is_symlink(), outside.read_bytes()) == (False, b"not ours")


def test_windows_is_given_time_to_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really, waits = os.replace, []

    def held(*arguments: object) -> None:
        if len(waits) < 3:
            raise PermissionError(errno.EACCES, "held")
        really(*arguments)

    monkeypatch.setattr(writing, "ON_WINDOWS", True)
    monkeypatch.setattr(writing.time, "sleep", waits.append)
    monkeypatch.setattr(os, "replace", held)
    write_atomically(tmp_path / "text.xml", b"new")
    assert (tmp_path / "text.xml").read_bytes() == b"new"
    assert waits == sorted(waits)


def test_windows_that_never_lets_go_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "ON_WINDOWS", True)
    monkeypatch.setattr(writing.time, "sleep", lambda _: None)
    monkeypatch.setattr(os, "replace", failing(errno.EACCES))
    with pytest.raises(OutputError, match="allow"):
        write_atomically(tmp_path / "text.xml", b"new")


def test_a_line_is_added_and_the_old_length_told(tmp_path: Path) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"one\n")
    assert append_line(path, b"two\n") == 4
    assert path.read_bytes() == b"one\ntwo\n"
    cut_back(path, 4)
    assert path.read_bytes() == b"one\n"


@pytest.mark.parametrize("line", [b"", b"two", b"two\nthree\n", b"two\nthree"])
def test_what_is_not_one_line_is_refused(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"one\n")
    with pytest.raises(ValueError, match="line feed"):
        append_line(path, line)
    assert path.read_bytes() == b"one\n"


def test_a_line_half_written_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"one\n")
    really = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: really(descriptor, data[:2]))
    with pytest.raises(OutputError, match="full"):
        append_line(path, b"two\n")
    assert path.read_bytes() == b"one\n"


def test_a_line_that_was_not_flushed_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "history.jsonl"
    path.write_bytes(b"one\n")
    monkeypatch.setattr(os, "fsync", failing(errno.EIO))
    with pytest.raises(OutputError):
        append_line(path, b"two\n")
    assert path.read_bytes() == b"one\n"


def test_no_line_is_added_to_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        append_line(tmp_path / "history.jsonl", b"one\n")
    assert contents(tmp_path) == {}


FULL = """
import resource, sys
from pathlib import Path
from pressmark.archive.writing import append_line, write_atomically
from pressmark.errors import OutputError
folder = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
for refused in (
    lambda: write_atomically(folder / "text.xml", b"x" * 5000),
    lambda: append_line(folder / "history.jsonl", b"y" * 999 + b"\\n"),
):
    try:
        refused()
    except OutputError as error:
        print(error)
"""


@posix_only
def test_a_real_limit_of_the_system_leaves_both_files_whole(tmp_path: Path) -> None:
    (tmp_path / "text.xml").write_bytes(b"old")
    (tmp_path / "history.jsonl").write_bytes(b"one\n")
    done = subprocess.run([sys.executable, "-c", FULL, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout.count("cannot write") == 2
    assert contents(tmp_path) == {"text.xml": b"old", "history.jsonl": b"one\n"}


FILES = {"text.xml": b"<TEI/>", "source/page.txt": b"page", "pages/1/scan.png": b""}


def test_a_folder_comes_whole(tmp_path: Path) -> None:
    target = tmp_path / "texts" / "sedova" / "letter"
    create_folder_atomically(target, FILES, tmp_path / "staging")
    assert contents(target) == FILES
    assert list((tmp_path / "staging").iterdir()) == []


def test_a_kill_at_any_call_leaves_no_folder_or_the_whole(tmp_path: Path) -> None:
    seen = set()
    for call in range(60):
        root = tmp_path / str(call)
        root.mkdir()
        target = root / "texts" / "sedova" / "letter"
        try:
            with killed_at(call):
                create_folder_atomically(target, FILES, root / "staging")
        except Killed:
            pass
        assert not target.exists() or contents(target) == FILES
        seen.add(target.exists())
        remove_leftovers(root / "staging")
        assert not (root / "staging").exists() or not any((root / "staging").iterdir())
    assert seen == {False, True}


@pytest.mark.parametrize("there", ["a file", "an empty folder", "a full folder"])
def test_what_stands_at_the_target_is_never_replaced(tmp_path: Path, there: str) -> None:
    target = tmp_path / "texts" / "letter"
    target.parent.mkdir()
    if there == "a file":
        target.write_bytes(b"mine")
    else:
        target.mkdir()
        if there == "a full folder":
            (target / "text.xml").write_bytes(b"mine")
    before = contents(tmp_path)
    with pytest.raises(PressmarkTaken):
        create_folder_atomically(target, FILES, tmp_path / "staging")
    assert contents(tmp_path) == before


def test_a_full_disk_leaves_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(errno.ENOSPC))
        with pytest.raises(OutputError, match="full"):
            create_folder_atomically(tmp_path / "texts" / "letter", FILES, tmp_path / "staging")
    assert contents(tmp_path) == {}
    assert not (tmp_path / "texts" / "letter").exists()


@pytest.mark.parametrize("name", ["../evil", "/evil", "a/../../evil", "..\\evil", "C:evil", "C:/evil", "", "."])
def test_names_that_lead_out_of_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsafePath):
        create_folder_atomically(tmp_path / "texts" / "letter", {name: b"x"}, tmp_path / "staging")
    assert contents(tmp_path) == {}


def test_only_leftovers_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".tmp-1").write_bytes(b"half")
    (tmp_path / ".tmp-2" / "source").mkdir(parents=True)
    (tmp_path / "text.xml").write_bytes(b"mine")
    (tmp_path / ".tmpfile").write_bytes(b"mine")
    assert remove_leftovers(tmp_path) == 2
    assert set(contents(tmp_path)) == {"text.xml", ".tmpfile"}
    assert remove_leftovers(tmp_path / "nowhere") == 0
