"""One text's folder: bytes in, bytes out, with a history that is always ahead of the text.

A change is made in three steps, under the archive's lock:

1. the new ``text.xml`` is written and flushed beside the old one (all that can fill the disk is over here);
2. the line in ``history.jsonl`` is flushed to disk: from now on the change is made;
3. the new file is renamed over ``text.xml``.

A crash between 2 and 3 leaves a text that is ``before`` of the last line. ``recover`` carries out the line's
changes. Any other text that is not ``after`` of the last line was edited by hand, outside Pressmark; the
next change first notes that in a line of its own.

What a hand changed is known from a copy of the last state in ``.pressmark/states/``. The copy may be thrown
away like all of ``.pressmark``. A hand edit that is found without it is noted with ``changes`` null, and undo
goes no further back than that. The copy also tells a crash from a person who put the state before the last
back by hand: it is written after step 3, so where it is the last state, step 3 was done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pressmark.archive import soundness, splices
from pressmark.archive.history import HISTORY_FILE, Entry, History, mended, parse, standing
from pressmark.archive.locking import writing
from pressmark.archive.paths import (
    TEXT_FILE,
    TEXTS,
    fold,
    inside,
    numbered,
    parse_pressmark,
    read_inside,
    source_name,
)
from pressmark.archive.soundness import Problem
from pressmark.archive.writing import (
    append_line,
    create_folder_atomically,
    cut_back,
    flush_folder,
    make_folder,
    remove_leftovers,
    staged,
    write_atomically,
)
from pressmark.errors import (
    DamagedHistory,
    EditedMeanwhile,
    NoSuchText,
    NothingToUndo,
    OutputError,
    PressmarkTaken,
    UnsafePath,
    UsageError,
)

SOURCE_FOLDER = "source"
PAGES_FOLDER = "pages"
STATES_FOLDER = Path(".pressmark") / "states"
STAGING_FOLDER = Path(".pressmark") / "new"


def sha256(data: bytes) -> str:
    """The SHA-256 of ``data`` in small hexadecimal letters: the name of a state of a text."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Recovery:
    """What ``TextStore.recover`` had to do: false, ``None`` and 0 after an ordinary end."""

    torn: bool = False
    rolled_forward: Entry | None = None
    leftovers: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    """What stands on disk: ``found`` is the line for a hand edit that is not written down yet."""

    text: bytes
    entries: tuple[Entry, ...]
    found: Entry | None = None


@dataclass(frozen=True, slots=True)
class TextStore:
    """The text at ``pressmark`` in the archive at ``root``.

    Every method that writes waits for the archive's lock (``locking.writing``; hold it around several calls
    to make them one) and may raise ``ArchiveBusy``, ``OutputError``, ``UnsafePath``, ``DamagedHistory`` and
    ``NoSuchText``. ``when`` is ISO 8601 in UTC, ``who`` the name of a person or of a program.
    """

    root: Path
    pressmark: str

    def __post_init__(self) -> None:
        parse_pressmark(self.pressmark)

    @classmethod
    def create(
        cls,
        root: Path,
        pressmark: str,
        text: bytes,
        *,
        sources: Mapping[str, bytes],
        pages: Mapping[str, bytes] | None = None,
        who: str,
        when: str,
        why: str = "",
        extra: Mapping[str, object] | None = None,
    ) -> TextStore:
        """Add a text: its folder with ``text.xml``, a first line of history, sources and pages, at once.

        The keys of ``sources`` and ``pages`` are names as ``paths.source_name`` and ``paths.free_name`` give
        them. Raises ``PressmarkTaken`` also where a text stands above (``a/b`` takes ``a/b/c``),
        ``UnsafePath`` for other names.
        """
        store = cls(root, pressmark)
        entry = Entry(1, when, who, "add", why, None, sha256(text), extra=extra or {})
        files = {TEXT_FILE: text, HISTORY_FILE: entry.line()}
        files |= _filed(SOURCE_FOLDER, sources) | _filed(PAGES_FOLDER, pages or {})
        with writing(root):
            store._require_no_text_above()
            staging = inside(root, STAGING_FOLDER)
            remove_leftovers(staging)
            create_folder_atomically(store.folder, files, staging)
            store._keep_copy(text)
        return store

    @property
    def folder(self) -> Path:
        """The text's folder. Raises ``UnsafePath`` where a link is on the way."""
        return inside(self.root, Path(TEXTS) / self.pressmark)

    def read(self) -> bytes:
        """``text.xml`` as it stands. Raises ``NoSuchText``."""
        text = read_inside(self.root, self.folder / TEXT_FILE)
        if text is None:
            raise NoSuchText(
                "there is no text here",
                place=str(self.folder / TEXT_FILE),
                hint="Look for a slip in the pressmark, or put text.xml back from a copy",
            )
        return text

    def sha256(self) -> str:
        """The name of the state in which ``text.xml`` stands."""
        return sha256(self.read())

    def history(self) -> History:
        """The history as it stands. Raises ``DamagedHistory`` where it is missing or broken."""
        return parse(self._history_bytes(), place=str(self._history_file))

    def replace(
        self,
        new: bytes,
        *,
        expected_before: str,
        who: str,
        action: str,
        why: str,
        when: str,
        extra: Mapping[str, object] | None = None,
    ) -> Entry:
        """Put ``new`` in place of the state whose SHA-256 is ``expected_before``; the history's new line.

        A ``new`` that is the present text makes a note: a line and no change.
        Raises ``EditedMeanwhile`` where another state stands; then neither text nor history is changed.
        """
        with writing(self.root):
            state = self._state(when=when, expected_before=expected_before)
            return self._advance(state, new, who=who, action=action, why=why, when=when, extra=extra or {})

    def note(self, *, who: str, action: str, why: str, when: str, extra: Mapping[str, object] | None = None) -> Entry:
        """Add a line that changes nothing in the text, such as a refusal; the line."""
        with writing(self.root):
            state = self._state(when=when)
            return self._advance(state, state.text, who=who, action=action, why=why, when=when, extra=extra or {})

    def recorded(self) -> bytes | None:
        """The text as it was last recorded, before an edit by hand; ``None`` where that is not known."""
        return self._last_known(self.history().entries)

    def put_in_hand(self, edited: bytes, *, expected_before: str) -> None:
        """Put ``edited`` in the place of an edit by hand that is not on record yet. Raises ``EditedMeanwhile``."""
        with writing(self.root):
            if self.sha256() != expected_before:
                raise EditedMeanwhile(
                    "the text was changed by somebody else in the meantime; nothing was overwritten",
                    place=str(self.folder / TEXT_FILE),
                    hint="Do it again",
                )
            write_atomically(inside(self.root, self.folder / TEXT_FILE), edited)

    def adopt(self, *, who: str, why: str, when: str) -> Entry | None:
        """Put an edit by hand on record under a name; ``None`` where the text is as it was last recorded."""
        with writing(self.root):
            state = self._state(when=when)
            if state.found is None:
                return None
            entry = replace(state.found, who=who, why=why)
            append_line(self._history_file, entry.line())
            self._keep_copy(state.text)
        return entry

    def undo(self, *, who: str, when: str, why: str = "", expected_before: str | None = None) -> Entry:
        """Restore, byte for byte, the text before the last change that still stands; the history's new line.

        The line names that change (``"undoes": n``). Several undos in a row go further back, as in an editor.
        Raises ``NothingToUndo`` at the first state and at a hand edit of which nobody knows what stood
        before it; ``EditedMeanwhile`` where ``expected_before`` is given and another state stands.
        """
        with writing(self.root):
            state = self._state(when=when, expected_before=expected_before)
            done, _ = standing(state.entries)
            if not done:
                raise NothingToUndo("the text is as it was first added", place=str(self.folder))
            entry = done[-1]
            if entry.changes is None or entry.before is None:
                raise NothingToUndo(
                    f"the text was edited by hand before {entry.when}, and what stood there is not known",
                    place=str(self.folder),
                    hint="An older copy of text.xml can be put in its place by hand",
                )
            text = self._spliced(splices.inverse(entry.changes), state.text, expected=entry.before)
            return self._advance(state, text, who=who, action="undo", why=why, when=when, extra={"undoes": entry.n})

    def redo(self, *, who: str, when: str, why: str = "", expected_before: str | None = None) -> Entry:
        """Bring back, byte for byte, what the last undo took away (``"redoes": n``); the history's new line.

        Raises ``UsageError`` where no undo came last, ``EditedMeanwhile`` as ``undo`` does.
        """
        with writing(self.root):
            state = self._state(when=when, expected_before=expected_before)
            _, undone = standing(state.entries)
            entry = undone[-1] if undone else None
            if entry is None or entry.changes is None:
                raise UsageError("there is no undo to take back", place=str(self.folder), hint="A redo follows an undo")
            text = self._spliced(entry.changes, state.text, expected=entry.after)
            return self._advance(state, text, who=who, action="redo", why=why, when=when, extra={"redoes": entry.n})

    def recover(self) -> Recovery:
        """Finish or clear away what a killed writer left; doing it again changes nothing.

        A torn line is removed from the history, a change that is on record and not in the text is carried
        out, leftover files are deleted. A hand edit is no damage and is left alone.
        """
        with writing(self.root):
            recovery, _, _ = self._settled()
        return recovery

    def verify(self, *, sources: Mapping[str, str] | None = None) -> list[Problem]:
        """What is wrong with the text's folder; empty where all is well. Nothing is changed.

        The history's chain is whole, it leads to the text, and going back through all changes gives every
        ``before`` down to the first (or to a hand edit with unknown changes). ``sources`` maps names in
        ``source/`` to the SHA-256 that they must have. Hold the lock to be sure of no writer at work.
        """
        wrong = soundness.wrong_sources(self.root, self.folder / SOURCE_FOLDER, sources or {})
        try:
            history, text = self.history(), self.read()
            known = text if sha256(text) == history.last.after else self._last_known(history.entries)
        except (DamagedHistory, NoSuchText) as error:
            return [Problem(error.message, error.hint, error.place), *wrong]
        interrupted = _interrupted(history.last, sha256(text), self._copy_sha256())
        return [
            *soundness.unfinished(history, text, interrupted, folder=self.folder),
            *soundness.wrong_changes(history.entries, known, place=str(self._history_file)),
            *wrong,
        ]

    def add_source(self, name: str, data: bytes) -> str:
        """Keep a file as received in ``source/``; the name under which it is kept.

        No file there is ever overwritten: where ``source_name(name)`` holds other bytes, ``-2``, ``-3``, …
        goes before the suffix; where one of these holds the same bytes nothing is written.
        """
        return self._add_file(SOURCE_FOLDER, name, data)

    def add_page(self, name: str, data: bytes) -> str:
        """Keep a picture of a page in ``pages/`` as ``add_source`` does; the name under which it is kept."""
        return self._add_file(PAGES_FOLDER, name, data)

    def _add_file(self, part: str, name: str, data: bytes) -> str:
        with writing(self.root):
            folder = inside(self.root, self.folder / part)
            make_folder(folder)
            taken = {fold(path.name): path.name for path in folder.iterdir()}
            for candidate in numbered(source_name(name)):
                kept = taken.get(fold(candidate))
                if kept is None:
                    write_atomically(inside(self.root, folder / candidate), data)
                    return candidate
                if read_inside(self.root, folder / kept) == data:
                    return kept
        raise AssertionError("numbers do not end")

    @property
    def _history_file(self) -> Path:
        return inside(self.root, self.folder / HISTORY_FILE)

    @property
    def _copy_file(self) -> Path:
        return inside(self.root, STATES_FOLDER / f"{self.pressmark}.xml")

    def _history_bytes(self) -> bytes:
        data = read_inside(self.root, self._history_file)
        if data is None:
            self.read()
            raise DamagedHistory(
                "the history is missing",
                place=str(self._history_file),
                hint="Put history.jsonl back from a copy of the archive",
            )
        return data

    def _require_no_text_above(self) -> None:
        for above in self.folder.relative_to(self.root / TEXTS).parents:
            if (self.root / TEXTS / above / TEXT_FILE).exists():
                raise PressmarkTaken(
                    f"a text stands at {above.as_posix()}, and a text cannot hold another",
                    place=str(self.folder),
                    hint="Choose a pressmark beside it",
                )

    def _settled(self) -> tuple[Recovery, tuple[Entry, ...], bytes]:
        """What ``recover`` did, the entries and the text as they stand after it."""
        leftovers = sum(map(remove_leftovers, self._writing_places()))
        data, text = self._history_bytes(), self.read()
        history = parse(data, place=str(self._history_file))
        if history.is_torn:
            self._mend(data, history, present=sha256(text))
        last, copy = history.last, self._copy_sha256()
        interrupted = _interrupted(last, sha256(text), copy)
        if interrupted is not None:
            text = self._spliced(interrupted.changes or (), text, expected=last.after)
            write_atomically(inside(self.root, self.folder / TEXT_FILE), text)
        if copy != last.after == sha256(text):
            self._keep_copy(text)
        return Recovery(history.is_torn, interrupted, leftovers), history.entries, text

    def _state(self, *, when: str, expected_before: str | None = None) -> _State:
        """The recovered state, with a line for a hand edit if there was one. Raises ``EditedMeanwhile``."""
        _, entries, text = self._settled()
        present = sha256(text)
        if expected_before not in {None, present}:
            raise EditedMeanwhile(
                "the text was changed by somebody else in the meantime; nothing was overwritten",
                place=str(self.folder / TEXT_FILE),
                hint="Read the text again and repeat what you did",
            )
        last = entries[-1]
        if present == last.after:
            return _State(text, entries)
        known = self._last_known(entries)
        changes = None if known is None else splices.difference(known, text)
        found = Entry(last.n + 1, when, "", "edit", "", last.after, present, changes)
        return _State(text, (*entries, found), found)

    def _advance(
        self,
        state: _State,
        new: bytes,
        *,
        who: str,
        action: str,
        why: str,
        when: str,
        extra: Mapping[str, object],
    ) -> Entry:
        """Steps 1 to 3 of the module's description."""
        last = state.entries[-1]
        changes = splices.difference(state.text, new)
        entry = Entry(last.n + 1, when, who, action, why, last.after, sha256(new), changes, extra)
        self._spliced(changes, state.text, expected=entry.after)
        line = entry.line()
        if state.found is not None:
            append_line(self._history_file, state.found.line())
            self._keep_copy(state.text)
        if entry.is_note:
            append_line(self._history_file, line)
        else:
            self._write_both(line, new)
        self._keep_copy(new)
        return entry

    def _write_both(self, line: bytes, new: bytes) -> None:
        with staged(inside(self.root, self.folder / TEXT_FILE), new) as put:
            length = append_line(self._history_file, line)
            try:
                put()
            except OutputError:
                cut_back(self._history_file, length)
                raise
        flush_folder(self.folder)

    def _spliced(self, changes: tuple[splices.Splice, ...], text: bytes, *, expected: str) -> bytes:
        made = splices.apply(changes, text, place=str(self._history_file))
        if sha256(made) != expected:
            raise DamagedHistory(
                "the changes on record do not lead to the state on record",
                place=str(self._history_file),
                hint="Put history.jsonl and text.xml back together from one copy of the archive",
            )
        return made

    def _mend(self, data: bytes, history: History, *, present: str) -> None:
        # A line that ends in a line feed was written whole. Where the text has moved on with it, it was
        # damaged later, and removing it would lose who changed the text.
        if history.torn.endswith(b"\n") and present != history.last.after:
            raise DamagedHistory(
                "the last line of the history is damaged",
                place=f"{self._history_file}:{len(history.entries) + 1}",
                hint="Put history.jsonl back from a copy of the archive, or delete this line",
            )
        write_atomically(self._history_file, mended(data, history))

    def _last_known(self, entries: tuple[Entry, ...]) -> bytes | None:
        """The text after the last entry, made of the copy; ``None`` where that cannot be done."""
        text = read_inside(self.root, self._copy_file)
        if text is None:
            return None
        states = [entry.after for entry in entries]
        if sha256(text) not in states:
            return None
        for entry in entries[len(states) - states[::-1].index(sha256(text)) :]:
            if entry.changes is None:
                return None
            text = self._spliced(entry.changes, text, expected=entry.after)
        return text

    def _copy_sha256(self) -> str | None:
        copy = read_inside(self.root, self._copy_file)
        return None if copy is None else sha256(copy)

    def _keep_copy(self, text: bytes) -> None:
        # The change is made by now. The copy is a convenience, and a disk too full for it is no failure;
        # but an old copy must not stay, since it could be taken for the last state (``_interrupted``).
        try:
            make_folder(self._copy_file.parent)
            write_atomically(self._copy_file, text)
        except OutputError:
            with suppress(OSError):
                self._copy_file.unlink(missing_ok=True)

    def _writing_places(self) -> tuple[Path, ...]:
        places = (
            self.folder,
            self.folder / SOURCE_FOLDER,
            self._copy_file.parent,
            self.root / STAGING_FOLDER,
        )
        return tuple(inside(self.root, place) for place in places)


def _filed(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    for name in files:
        if source_name(name) != name:
            raise UnsafePath("no file can be kept under this name", place=name, hint=source_name(name))
    return {f"{folder}/{name}": data for name, data in files.items()}


def _interrupted(last: Entry, present: str, copy: str | None) -> Entry | None:
    """The last entry if it is on record and was never carried out."""
    if last.is_note or last.changes is None or last.by_unknown_hand or present != last.before:
        return None
    return None if copy == last.after else last
