"""One writer at a time per archive.

The lock is the operating system's (``flock``, ``LockFileEx``), so it falls with the process that holds it:
a killed Pressmark blocks nobody. Readers need no lock, since every file is replaced whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from pressmark.archive.paths import inside
from pressmark.archive.writing import make_folder, refused
from pressmark.errors import ArchiveBusy

DEFAULT_TIMEOUT = 30.0
PATIENCE = 1.0


@contextmanager
def writing(
    archive_folder: Path, *, timeout: float = DEFAULT_TIMEOUT, on_wait: Callable[[], None] | None = None
) -> Iterator[None]:
    """Hold the right to write to the archive for the length of the block.

    ``timeout`` is in seconds. ``on_wait`` is called once if the wait lasts longer than a second. Blocks nest:
    a thread that holds the right is given it again at once; other threads and processes wait.
    Raises ``ArchiveBusy`` after the timeout, ``OutputError`` where the archive cannot be written at all,
    ``UnsafePath`` where ``.pressmark`` is a link.
    """
    path = inside(archive_folder.resolve(), Path(".pressmark") / "lock")
    make_folder(path.parent)
    lock = FileLock(path, is_singleton=True)
    try:
        _acquire(lock, timeout=timeout, on_wait=on_wait)
    except Timeout as error:
        raise ArchiveBusy(
            "another Pressmark is writing to this archive",
            place=str(archive_folder),
            hint="Wait until it has finished, or close it, and do it again",
        ) from error
    except OSError as error:
        raise refused(path, error) from error
    try:
        yield
    finally:
        lock.release()


def _acquire(lock: BaseFileLock, *, timeout: float, on_wait: Callable[[], None] | None) -> None:
    if on_wait is None or timeout <= PATIENCE:
        lock.acquire(timeout=timeout)
        return
    try:
        lock.acquire(timeout=PATIENCE)
    except Timeout:
        on_wait()
        lock.acquire(timeout=timeout - PATIENCE)
