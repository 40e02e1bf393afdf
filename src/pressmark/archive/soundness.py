"""Whether one text's folder holds together: what ``pressmark check`` says about its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pressmark.archive import splices
from pressmark.archive.history import HISTORY_FILE, Entry, History
from pressmark.archive.paths import TEXT_FILE, read_inside
from pressmark.errors import DamagedHistory, UnreadableFile, UnsafePath

_FROM_A_COPY = "Put it back from a copy of the archive"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to know about an archive: a sentence, what to do, and the path (or ``path:line``).

    It is wrong, unless it is only a ``notice``.
    """

    sentence: str
    hint: str
    place: str
    notice: bool = False


def unfinished(history: History, text: bytes, interrupted: Entry | None, *, folder: Path) -> Iterator[Problem]:
    """What keeps the text from being the last state of its history: a crash or a hand edit."""
    text_file = str(folder / TEXT_FILE)
    if history.is_torn:
        yield Problem(
            "the last line of the history was cut off when Pressmark was stopped",
            "Nothing is lost; the next change mends it",
            f"{folder / HISTORY_FILE}:{len(history.entries) + bool(history.torn)}",
        )
    if interrupted is not None:
        yield Problem(
            f"the change of {interrupted.when} is on record but was stopped before it reached the text",
            "Nothing is lost; the next change completes it",
            text_file,
        )
    elif hashlib.sha256(text).hexdigest() != history.last.after:
        yield Problem(
            f"the text was edited by hand since {history.last.when}",
            "If you meant it, put it on record under your name: pressmark adopt PRESSMARK",
            text_file,
            notice=True,
        )


def wrong_changes(entries: tuple[Entry, ...], text: bytes | None, *, place: str) -> Iterator[Problem]:
    """The newest entry whose changes do not lead back to the state that it names.

    ``text`` is the state after the last entry, ``None`` where it is not known. The search ends at an entry
    whose changes are not known.
    """
    for entry in reversed(entries):
        if text is None or entry.changes is None or entry.before is None:
            return
        try:
            text = splices.apply(splices.inverse(entry.changes), text, place=place)
        except DamagedHistory as error:
            yield Problem(error.message, error.hint, f"{place}:{entry.n}")
            return
        if entry.changes and hashlib.sha256(text).hexdigest() != entry.before:
            yield Problem(
                "the changes in this line do not lead back to the state that it names",
                _FROM_A_COPY,
                f"{place}:{entry.n}",
            )
            return


def wrong_sources(root: Path, folder: Path, sources: Mapping[str, str]) -> Iterator[Problem]:
    """The sources that are missing, unreadable or not what they were when they were received."""
    for name, expected in sources.items():
        try:
            data = read_inside(root, folder / name)
        except (UnsafePath, UnreadableFile) as error:
            yield Problem(error.message, error.hint, error.place)
            continue
        if data is None:
            yield Problem("a source is missing", _FROM_A_COPY, str(folder / name))
        elif hashlib.sha256(data).hexdigest() != expected:
            yield Problem("a source is not what was received", _FROM_A_COPY, str(folder / name))
