"""Writing files so that a crash, a full disk or a pulled plug leaves the old content or the new, never half.

The order is the usual one: write beside the target, flush to the disk, rename over the target, flush the
folder (POSIX ``rename``; on Windows ``MoveFileEx`` with replacement, which ``os.replace`` calls).
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TypeVar

from pressmark.errors import OutputError, PressmarkTaken, UnsafePath

LEFTOVER_PREFIX = ".tmp-"
ON_WINDOWS = os.name == "nt"
WINDOWS_WAITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8)  # seconds; a scanner or a reader lets go within them

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_OLD_FILE = os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_FOLDERS_CANNOT_BE_FLUSHED = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM}
_REASONS = {
    errno.ENOSPC: ("the disk is full", "Make room on the disk and do it again"),
    errno.EDQUOT: ("your share of the disk is used up", "Delete something of yours and do it again"),
    errno.EFBIG: ("the file would be larger than this disk allows", "Keep the archive on another disk"),
    errno.EACCES: (
        "the operating system does not allow it to be written",
        "Close other programs that have it open, or ask for the right to write in this folder",
    ),
    errno.EROFS: ("the disk can be read but not written", "Copy the archive to a disk that can be written"),
    errno.ENOENT: ("there is no such folder", "Make the folder first, or look for a slip in its name"),
    errno.ENAMETOOLONG: ("the path is too long", "Keep the archive nearer to the top of the disk"),
    errno.EXDEV: ("the folder is on another disk", "Keep the whole archive on one disk"),
}
_REASONS[errno.EPERM] = _REASONS[errno.EACCES]

_Result = TypeVar("_Result")


def refused(path: Path, error: OSError) -> OutputError:
    """The error to raise when the operating system refuses to write ``path``."""
    why, hint = _REASONS.get(
        error.errno or 0, (error.strerror or "the disk refused it", "Look whether the disk is sound")
    )
    return OutputError(f"cannot write: {why}", place=str(path), hint=f"{hint}; nothing was overwritten")


def patiently(operation: Callable[[], _Result]) -> _Result:
    """The result of ``operation``, tried again for about 1.5 seconds on Windows where another process holds
    the file (a search index, a virus scanner, a reader). Elsewhere the first refusal is final.
    """
    for seconds in WINDOWS_WAITS if ON_WINDOWS else ():
        try:
            return operation()
        except PermissionError:
            time.sleep(seconds)
    return operation()


def write_atomically(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` whole: whoever looks finds the old content or the new.

    Permissions of an existing file are kept; a symbolic link is replaced and not followed.
    Raises ``OutputError``; then the old content stands and nothing is left beside it.
    """
    with staged(path, data) as put:
        put()
    flush_folder(path.parent)


@contextmanager
def staged(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """``data`` flushed to disk beside ``path``; calling the yielded function renames it to ``path``.

    All that can fill the disk is over when the block begins. Without the call nothing changes. The folder
    is not flushed (``flush_folder``). Raises ``OutputError`` on entry and from the call.
    """
    temporary = _beside(path.parent)
    try:
        try:
            _write_new(temporary, data)
            _keep_mode(path, temporary)
        except OSError as error:
            raise refused(path, error) from error
        yield lambda: _put(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def append_line(path: Path, line: bytes) -> int:
    """Add one line to a file in one write and flush it; the file's former length in bytes.

    ``line`` must end in its only ``\\n``. Raises ``OutputError``; then the file has its former length again.
    """
    if not line.endswith(b"\n") or line.count(b"\n") != 1:
        raise ValueError("a line ends in its only line feed")
    try:
        descriptor = patiently(lambda: os.open(path, _OLD_FILE))
    except OSError as error:
        raise refused(path, error) from error
    try:
        length = os.fstat(descriptor).st_size
        try:
            if os.write(descriptor, line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(descriptor)
        except BaseException:
            os.ftruncate(descriptor, length)
            raise
    except OSError as error:
        raise refused(path, error) from error
    finally:
        os.close(descriptor)
    return length


def cut_back(path: Path, length: int) -> None:
    """Shorten a file to its first ``length`` bytes and flush it. Raises ``OutputError``."""
    try:
        descriptor = patiently(lambda: os.open(path, _OLD_FILE))
        try:
            os.ftruncate(descriptor, length)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise refused(path, error) from error


def flush_folder(folder: Path) -> None:
    """Make renames in ``folder`` survive a power cut. Windows has no such call and does not need it (its
    file system keeps a journal of names). Raises ``OutputError`` on a failing disk.
    """
    if ON_WINDOWS:
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _FOLDERS_CANNOT_BE_FLUSHED:
            raise refused(folder, error) from error


def make_folder(folder: Path) -> None:
    """Make ``folder`` and what is missing above it. Raises ``OutputError``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused(folder, error) from error


def create_folder_atomically(target: Path, files: Mapping[str, bytes], staging: Path) -> None:
    """Make the folder ``target`` with all of ``files`` (path with ``/`` below the target → bytes) at once.

    It is built inside ``staging``, which must be on the same disk, and renamed; a kill at any moment leaves
    nothing at ``target`` or the whole (and perhaps empty folders above it).
    Raises ``PressmarkTaken`` where something stands at ``target``, ``UnsafePath`` for a file name that leads
    out of it, ``OutputError`` where the disk refuses; then nothing is at ``target``.
    """
    for name in files:
        _require_below(name)
    _require_free(target)
    make_folder(staging)
    make_folder(target.parent)
    building = _beside(staging)
    try:
        _build(building, files)
        _require_free(target)
        patiently(lambda: building.rename(target))
    except OSError as error:
        if error.errno in {errno.EEXIST, errno.ENOTEMPTY}:
            raise _taken(target) from error
        raise refused(target, error) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    flush_folder(target.parent)
    flush_folder(target.parent.parent)


def remove_leftovers(folder: Path) -> int:
    """Delete what killed runs left in ``folder`` (names that begin with ``.tmp-``); how many there were.

    Only for the holder of the archive's lock, as a leftover looks like another writer's work in hand. One
    that Windows still holds is left for the next time: it does no harm.
    """
    if not folder.is_dir():
        return 0
    leftovers = [path for path in folder.iterdir() if path.name.startswith(LEFTOVER_PREFIX)]
    for path in leftovers:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
    return len(leftovers)


def _beside(folder: Path) -> Path:
    return folder / f"{LEFTOVER_PREFIX}{secrets.token_hex(8)}"


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, _NEW_FILE, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _keep_mode(old: Path, new: Path) -> None:
    if ON_WINDOWS or not old.exists() or old.is_symlink():
        return
    new.chmod(stat.S_IMODE(old.stat().st_mode))


def _put(temporary: Path, path: Path) -> None:
    try:
        patiently(lambda: temporary.replace(path))
    except OSError as error:
        raise refused(path, error) from error


def _build(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    folders = {folder}
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_new(path, data)
        folders.update(parent for parent in path.parents if parent.is_relative_to(folder))
    for below in folders:
        flush_folder(below)


def _require_below(name: str) -> None:
    path = PurePosixPath(name)
    windows = PureWindowsPath(name)
    if not path.name or path.is_absolute() or windows.anchor or "\\" in name or ".." in path.parts:
        raise UnsafePath("the name leads out of its folder", place=name, hint="Give the file a plain name")


def _require_free(target: Path) -> None:
    if os.path.lexists(target):
        raise _taken(target)


def _taken(target: Path) -> PressmarkTaken:
    return PressmarkTaken(
        "something stands at this pressmark already", place=str(target), hint="Choose another pressmark"
    )
