"""``history.jsonl``: who changed a text, when, why, and what; one JSON object a line, only ever added to.

::

    {"n": 2, "when": "2026-11-23T15:04:05Z", "who": "Ada Volunteer", "action": "decide", "why": "the scan",
     "before": "9f86…", "after": "60303a…", "changes": [[12, ["takes place net only\\n"], ["…"]]]}

``before`` and ``after`` are SHA-256 of the whole ``text.xml``; each ``before`` is the ``after`` of the line
above, so the lines form a chain. The first line (``add``) has ``before`` null and no changes. A line that
changes nothing (a refusal, a note) has ``before`` = ``after``. ``changes`` null means that what stood before
is not known. Keys that this version does not know are kept in ``Entry.extra``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pressmark.archive.splices import Splice, splice_from_json
from pressmark.errors import DamagedHistory

HISTORY_FILE = "history.jsonl"
KEYS = ("n", "when", "who", "action", "why", "before", "after", "changes")

_SHA256 = re.compile(r"[0-9a-f]{64}")
_HINT = "Put history.jsonl back from a copy of the archive, and leave it to Pressmark to write"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a history.

    ``n`` counts from 1; ``when`` is ISO 8601 in UTC; ``who`` is empty where the hand is unknown; ``changes``
    are in the lines of the text before, ``None`` where they are not known.
    """

    n: int
    when: str
    who: str
    action: str
    why: str
    before: str | None
    after: str
    changes: tuple[Splice, ...] | None = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_note(self) -> bool:
        """Whether the text is the same before and after."""
        return self.before == self.after

    @property
    def by_unknown_hand(self) -> bool:
        """Whether the change was made outside Pressmark and only found by it."""
        return self.action == "edit" and not self.who

    def line(self) -> bytes:
        """The entry as a line of the file, keys in their fixed order, ``\\n`` at the end.

        Raises ``ValueError`` where ``extra`` repeats a fixed key or holds what JSON cannot.
        """
        if not self.extra.keys().isdisjoint(KEYS):
            raise ValueError("extra repeats a key that a history entry has already")
        changes = None if self.changes is None else [splice.as_json() for splice in self.changes]
        values = (self.n, self.when, self.who, self.action, self.why, self.before, self.after, changes)
        form = dict(zip(KEYS, values, strict=True)) | dict(self.extra)
        # A lone surrogate (a byte that is not UTF-8) becomes \udcxx, which is its JSON escape too.
        return json.dumps(form, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace") + b"\n"


@dataclass(frozen=True, slots=True)
class History:
    """The entries of a history file, and what a killed writer left at its end.

    ``torn`` is the broken rest (empty in a sound file). ``ended`` is false where only the line feed of the
    last entry is missing.
    """

    entries: tuple[Entry, ...]
    torn: bytes = b""
    ended: bool = True

    @property
    def last(self) -> Entry:
        """The newest entry; every history has one."""
        return self.entries[-1]

    @property
    def is_torn(self) -> bool:
        """Whether the end of the file has to be mended before a line is added."""
        return bool(self.torn) or not self.ended


def read(path: Path) -> History:
    """The history in the file ``path``. Raises ``DamagedHistory`` as ``parse`` does, and ``OSError``."""
    return parse(path.read_bytes(), place=str(path))


def parse(data: bytes, *, place: str) -> History:
    """The history that a file's bytes hold.

    A torn last line (a killed append: no JSON, or cut off) is set apart in ``torn``. A line that is broken
    anywhere else, or does not continue the line above, raises ``DamagedHistory`` naming ``place:line``.
    """
    *lines, rest = data.split(b"\n")
    ended = not rest
    if rest:
        lines.append(rest)
    torn = b""
    if lines and not _is_json(lines[-1]):
        torn = lines.pop() + (b"\n" if ended else b"")
        ended = True
    if not lines:
        raise DamagedHistory("the history is empty", place=place, hint=_HINT)
    entries = tuple(_entry(line, place=f"{place}:{number}") for number, line in enumerate(lines, start=1))
    _require_chain(entries, place=place)
    return History(entries, torn, ended)


def mended(data: bytes, history: History) -> bytes:
    """The file's bytes without the torn line, its last line ended."""
    whole = data[: len(data) - len(history.torn)]
    return whole if history.ended else whole + b"\n"


def standing(entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The changes that an undo would take back and those that a redo would bring again, the next one last.

    An undo goes one change further back than the undo before it; any new change makes a redo impossible.
    Notes and the first state do not count.
    """
    done, undone = list[Entry](), list[Entry]()
    for entry in entries[1:]:
        if entry.is_note:
            continue
        if done and entry.extra.get("undoes") == done[-1].n and entry.after == done[-1].before:
            undone.append(done.pop())
        elif undone and entry.extra.get("redoes") == undone[-1].n and entry.after == undone[-1].after:
            done.append(undone.pop())
        else:
            done.append(entry)
            undone.clear()
    return tuple(done), tuple(undone)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line.decode())
    except (ValueError, RecursionError):
        return False
    return True


def _entry(line: bytes, *, place: str) -> Entry:
    try:
        form = json.loads(line.decode())
        if not isinstance(form, dict):
            raise ValueError("it is not an object")
        return _entry_from_json(form)
    except (ValueError, RecursionError) as error:
        raise DamagedHistory(f"this line is not a history entry: {_why(error)}", place=place, hint=_HINT) from error


def _why(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError | UnicodeError | RecursionError):
        return "it is not JSON"
    return str(error)


def _entry_from_json(form: dict[str, object]) -> Entry:
    n = form.get("n")
    if type(n) is not int:
        raise ValueError("“n” is not a number")
    before = None if form.get("before", "") is None else _hash(form, "before")
    changes = form.get("changes", "")
    if changes is not None and not isinstance(changes, list):
        raise ValueError("“changes” is not a list")
    return Entry(
        n=n,
        when=_text(form, "when"),
        who=_text(form, "who"),
        action=_text(form, "action"),
        why=_text(form, "why"),
        before=before,
        after=_hash(form, "after"),
        changes=None if changes is None else tuple(map(splice_from_json, changes)),
        extra={key: value for key, value in form.items() if key not in KEYS},
    )


def _text(form: dict[str, object], key: str) -> str:
    value = form.get(key)
    if not isinstance(value, str):
        raise ValueError(f"“{key}” is not a text")
    return value


def _hash(form: dict[str, object], key: str) -> str:
    value = _text(form, key)
    if not _SHA256.fullmatch(value):
        raise ValueError(f"“{key}” is not a SHA-256")
    return value


def _require_chain(entries: tuple[Entry, ...], *, place: str) -> None:
    after: str | None = None
    for number, entry in enumerate(entries, start=1):
        if entry.n != number or entry.before != after:
            message = "this line does not continue the line above" if after else "the first line is missing"
            raise DamagedHistory(message, place=f"{place}:{number}", hint=_HINT)
        after = entry.after
    if entries[0].changes:
        raise DamagedHistory("the first line has changes, but nothing before it", place=f"{place}:1", hint=_HINT)
