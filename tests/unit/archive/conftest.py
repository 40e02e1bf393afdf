"""An archive folder with one text, and a disk that can be made to fail at any call."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pressmark.archive.store import TextStore

WHEN = "2026-11-23T15:04:05Z"
TEXT = "<TEI>\n<p>Père</p>\r\n<p>zwei\u2028drei\f</p>\n<p>end, without a line feed</p>".encode()

DISK_CALLS = ("open", "write", "fsync", "replace", "rename", "unlink", "mkdir", "ftruncate", "rmdir")


class Killed(BaseException):
    """The process ends here: nothing that it would still do is done."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "my-archive"


@pytest.fixture
def store(root: Path) -> TextStore:
    root.mkdir()
    sources = {"page.txt": b"as received"}
    return TextStore.create(root, "sedova/father-and-son", TEXT, sources=sources, who="Ada", when=WHEN)


@pytest.fixture
def change(store: TextStore) -> Callable[[bytes], object]:
    """Replace the text as it stands."""

    def replaced(new: bytes) -> object:
        return store.replace(new, expected_before=store.sha256(), who="Ada", action="decide", why="the scan", when=WHEN)

    return replaced


@contextmanager
def killed_at(call: int) -> Iterator[None]:
    """From the ``call``-th call of the disk on (from 0) every one raises ``Killed``; a write is half done."""
    with pytest.MonkeyPatch.context() as patch:
        calls = iter(range(1_000_000))
        for name in DISK_CALLS:
            patch.setattr(os, name, _counted(getattr(os, name), calls, call, half=name == "write"))
        yield


def _counted(really: Callable[..., object], calls: Iterator[int], last: int, *, half: bool) -> Callable[..., object]:
    def counted(*arguments: object, **options: object) -> object:
        number = next(calls)
        if number < last:
            return really(*arguments, **options)
        if half and number == last:
            descriptor, data = arguments
            really(descriptor, bytes(data)[: len(bytes(data)) // 2])
        raise Killed

    return counted


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
