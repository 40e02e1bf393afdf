"""A text's folder: nothing is lost by a crash, a full disk, a second writer or a hand edit."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.archive.conftest import TEXT, WHEN, Killed, contents, killed_at

from pressmark.archive.history import HISTORY_FILE
from pressmark.archive.locking import writing
from pressmark.archive.store import Recovery, TextStore, sha256
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

LATER = "2026-11-24T08:00:00Z"
NEW = TEXT.replace(b"zwei", b"two")
OTHER = TEXT + b"\n"
Change = Callable[[bytes], object]


def lines(store: TextStore) -> list[dict[str, object]]:
    return [json.loads(line) for line in (store.folder / HISTORY_FILE).read_bytes().splitlines()]


def tear(store: TextStore, rest: bytes = b'{"n": 3, "when": "20') -> None:
    with (store.folder / HISTORY_FILE).open("ab") as file:
        file.write(rest)


def throw_away(root: Path) -> None:
    (root / ".pressmark" / "states" / "sedova" / "father-and-son.xml").unlink()


def test_a_new_text_has_its_file_its_source_and_its_first_line(store: TextStore) -> None:
    assert contents(store.folder).keys() == {"text.xml", "history.jsonl", "source/page.txt"}
    assert store.read() == TEXT
    assert store.sha256() == sha256(TEXT)
    (first,) = lines(store)
    assert (first["n"], first["action"], first["before"], first["after"]) == (1, "add", None, sha256(TEXT))
    assert store.verify(sources={"page.txt": sha256(b"as received")}) == []


@pytest.mark.parametrize("pressmark", ["sedova/father-and-son", "sedova/father-and-son/part-1"])
def test_no_text_stands_on_or_in_another(root: Path, store: TextStore, pressmark: str) -> None:
    before = contents(root)
    with pytest.raises(PressmarkTaken):
        TextStore.create(root, pressmark, NEW, sources={}, who="Ada", when=WHEN)
    assert contents(root) == before


def test_a_text_needs_a_pressmark_and_safe_names(root: Path) -> None:
    root.mkdir()
    with pytest.raises(UsageError):
        TextStore(root, "../evil")
    with pytest.raises(UnsafePath):
        TextStore.create(root, "a/b", TEXT, sources={"../evil": b""}, who="", when=WHEN)
    assert contents(root) == {}


def test_a_replacement_is_on_record(store: TextStore) -> None:
    entry = store.replace(
        NEW,
        expected_before=sha256(TEXT),
        who="Ada",
        action="decide",
        why="so",
        when=LATER,
        extra={"code": "Q1"},
    )
    assert store.read() == NEW
    assert entry == store.history().last
    line = lines(store)[1]
    assert (line["who"], line["when"], line["why"], line["code"]) == ("Ada", LATER, "so", "Q1")
    assert line["changes"] == [[3, ["<p>zwei\u2028drei\f</p>\n"], ["<p>two\u2028drei\f</p>\n"]]]
    assert store.verify() == []


def test_a_note_changes_no_text(store: TextStore) -> None:
    entry = store.note(who="Ada", action="refuse", why="printed so", when=LATER, extra={"finding": "Q012"})
    assert (entry.is_note, entry.changes, store.read()) == (True, (), TEXT)
    assert store.verify() == []
    with pytest.raises(NothingToUndo):
        store.undo(who="Ada", when=LATER)


def test_a_text_changed_meanwhile_is_not_overwritten(root: Path, store: TextStore, change: Change) -> None:
    read = store.sha256()
    change(NEW)
    before = contents(root)
    with pytest.raises(EditedMeanwhile):
        store.replace(OTHER, expected_before=read, who="Bea", action="decide", why="", when=LATER)
    with pytest.raises(EditedMeanwhile):
        store.undo(who="Bea", when=LATER, expected_before=read)
    assert contents(root) == before


def test_undo_and_redo_walk_back_and_forth(store: TextStore, change: Change) -> None:
    change(NEW)
    store.note(who="Ada", action="refuse", why="", when=WHEN)
    change(OTHER)
    assert store.undo(who="Ada", when=LATER).extra == {"undoes": 4}
    assert store.read() == NEW
    assert store.undo(who="Ada", when=LATER).extra == {"undoes": 2}
    assert store.read() == TEXT
    with pytest.raises(NothingToUndo):
        store.undo(who="Ada", when=LATER)
    assert store.redo(who="Ada", when=LATER).extra == {"redoes": 2}
    assert store.read() == NEW
    store.redo(who="Ada", when=LATER)
    assert store.read() == OTHER
    with pytest.raises(UsageError):
        store.redo(who="Ada", when=LATER)
    assert store.verify() == []


def test_a_hand_edit_is_put_on_record_before_the_next_change(store: TextStore) -> None:
    (store.folder / "text.xml").write_bytes(OTHER)
    assert ["edited by hand since 2026-11-23T15:04:05Z" in one.sentence for one in store.verify()] == [True]
    assert store.recover() == Recovery()
    store.replace(NEW, expected_before=sha256(OTHER), who="Ada", action="decide", why="", when=LATER)
    found = store.history().entries[1]
    assert (found.who, found.action, found.before, found.after) == ("", "edit", sha256(TEXT), sha256(OTHER))
    assert store.verify() == []
    store.undo(who="Ada", when=LATER)
    assert store.read() == OTHER
    store.undo(who="Ada", when=LATER)
    assert store.read() == TEXT
    assert store.verify() == []


def test_a_hand_edit_whose_beginning_is_lost_ends_undo_with_a_sentence(root: Path, store: TextStore) -> None:
    throw_away(root)
    (store.folder / "text.xml").write_bytes(OTHER)
    store.replace(NEW, expected_before=sha256(OTHER), who="Ada", action="decide", why="", when=LATER)
    assert lines(store)[1]["changes"] is None
    store.undo(who="Ada", when=LATER)
    assert store.read() == OTHER
    before = contents(store.folder)
    with pytest.raises(NothingToUndo, match="edited by hand before 2026-11-24"):
        store.undo(who="Ada", when=LATER)
    assert contents(store.folder) == before
    assert store.verify() == []


def test_an_old_copy_of_the_last_state_is_carried_forward(root: Path, store: TextStore, change: Change) -> None:
    copy = root / ".pressmark" / "states" / "sedova" / "father-and-son.xml"
    old = copy.read_bytes()
    change(NEW)
    change(OTHER)
    copy.write_bytes(old)
    (store.folder / "text.xml").write_bytes(b"by hand")
    store.undo(who="Ada", when=LATER)
    assert store.read() == OTHER


def test_bytes_that_are_no_text_come_back_too(store: TextStore) -> None:
    (store.folder / "text.xml").write_bytes(b"<p>caf\xe9</p>\n\xff\xfe\0")
    store.undo(who="Ada", when=LATER)
    assert store.read() == TEXT
    store.redo(who="Ada", when=LATER)
    assert store.read() == b"<p>caf\xe9</p>\n\xff\xfe\0"


def interrupt(store: TextStore, change: Change) -> None:
    """A line on record, and the process killed before the new text is renamed over the old."""
    with pytest.MonkeyPatch.context() as patch:

        def killed(*_: object) -> None:
            raise Killed

        patch.setattr(os, "replace", killed)
        with pytest.raises(Killed):
            change(NEW)
    assert (store.read(), store.history().last.after) == (TEXT, sha256(NEW))


@pytest.mark.parametrize("copy", ["kept", "thrown away"])
def test_a_change_on_record_is_carried_out_after_a_crash(
    root: Path, store: TextStore, change: Change, copy: str
) -> None:
    interrupt(store, change)
    if copy == "thrown away":
        throw_away(root)
    assert [problem.sentence.split(" on record")[0] for problem in store.verify()] == [f"the change of {WHEN} is"]
    recovery = store.recover()
    assert (recovery.rolled_forward, store.read()) == (store.history().last, NEW)
    assert store.recover() == Recovery()
    assert store.verify() == []


def test_a_writer_recovers_first(store: TextStore, change: Change) -> None:
    interrupt(store, change)
    with pytest.raises(EditedMeanwhile):
        store.replace(OTHER, expected_before=sha256(TEXT), who="Ada", action="decide", why="", when=LATER)
    assert store.read() == NEW
    change(OTHER)
    assert store.verify() == []


def test_the_state_before_put_back_by_hand_is_a_hand_edit(store: TextStore, change: Change) -> None:
    change(NEW)
    (store.folder / "text.xml").write_bytes(TEXT)
    assert store.recover() == Recovery()
    assert store.read() == TEXT
    store.undo(who="Ada", when=LATER)
    assert store.read() == NEW
    assert store.verify() == []


def test_a_hand_edit_taken_back_by_hand_is_not_carried_out_again(root: Path, store: TextStore) -> None:
    (store.folder / "text.xml").write_bytes(OTHER)
    store.note(who="Ada", action="refuse", why="", when=WHEN)
    path = store.folder / HISTORY_FILE
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:2]))  # the edit is the last entry
    (store.folder / "text.xml").write_bytes(TEXT)
    throw_away(root)
    assert store.recover() == Recovery()
    assert store.read() == TEXT


def test_a_copy_that_was_thrown_away_is_made_again(root: Path, store: TextStore) -> None:
    throw_away(root)
    assert store.recover() == Recovery()
    (store.folder / "text.xml").write_bytes(OTHER)
    store.undo(who="Ada", when=LATER)
    assert store.read() == TEXT


def test_a_torn_line_is_removed(store: TextStore, change: Change) -> None:
    change(NEW)
    whole = contents(store.folder)
    tear(store)
    assert ["cut off" in problem.sentence for problem in store.verify()] == [True]
    assert store.recover() == Recovery(torn=True)
    assert contents(store.folder) == whole
    assert store.recover() == Recovery()


def test_a_damaged_last_line_that_the_text_has_followed_is_not_thrown_away(store: TextStore, change: Change) -> None:
    change(NEW)
    path = store.folder / HISTORY_FILE
    path.write_bytes(path.read_bytes()[:-2] + b"\n")
    before = contents(store.folder)
    with pytest.raises(DamagedHistory) as caught:
        store.recover()
    assert caught.value.place == f"{path}:2"
    assert contents(store.folder) == before


def test_leftovers_are_cleared(root: Path, store: TextStore) -> None:
    (store.folder / ".tmp-1").write_bytes(b"half")
    (store.folder / "source" / ".tmp-2").write_bytes(b"half")
    (root / ".pressmark" / "new" / ".tmp-3").mkdir()
    assert store.recover() == Recovery(leftovers=3)
    assert store.recover() == Recovery()


@pytest.mark.parametrize("lost", ["history.jsonl", "text.xml"])
def test_a_missing_file_is_named(store: TextStore, change: Change, lost: str) -> None:
    (store.folder / lost).unlink()
    expected = NoSuchText if lost == "text.xml" else DamagedHistory
    with pytest.raises(expected):
        store.note(who="Ada", action="refuse", why="", when=LATER)
    (problem,) = store.verify()
    assert problem.place == str(store.folder / lost)
    assert problem.hint


@pytest.mark.parametrize(("word", "sentence"), [(b"zwei", "do not lead back"), (b"two", "does not fit")])
def test_a_changed_line_is_found(store: TextStore, change: Change, word: bytes, sentence: str) -> None:
    change(NEW)
    change(OTHER)
    path = store.folder / HISTORY_FILE
    path.write_bytes(path.read_bytes().replace(word, b"vier", 1))
    (problem,) = store.verify()
    assert problem.place == f"{path}:2"
    assert sentence in problem.sentence


def test_sources_are_verified(store: TextStore) -> None:
    good = {"page.txt": sha256(b"as received")}
    (store.folder / "source" / "page.txt").write_bytes(b"tampered with")
    wrong = store.verify(sources=good | {"gone.txt": sha256(b""), "../text.xml": sha256(TEXT)})
    assert [problem.sentence for problem in wrong] == [
        "a source is not what was received",
        "a source is missing",
        "the path leads out of the archive",
    ]


def test_a_source_is_never_overwritten(store: TextStore) -> None:
    assert store.add_source("page.txt", b"as received") == "page.txt"
    assert store.add_source("C:\\scans\\Page.txt", b"other") == "Page-2.txt"
    assert store.add_source("page.txt", b"other") == "Page-2.txt"
    assert store.add_source("page.txt", b"third") == "page-3.txt"
    assert contents(store.folder / "source") == {
        "page.txt": b"as received",
        "Page-2.txt": b"other",
        "page-3.txt": b"third",
    }


def test_pages_are_kept_like_sources(root: Path) -> None:
    root.mkdir()
    pages = {"001.png": b"scan"}
    store = TextStore.create(root, "a/b", TEXT, sources={}, pages=pages, who="Ada", when=WHEN)
    assert store.add_page("001.png", b"scan") == "001.png"
    assert store.add_page("../001.png", b"other") == "001-2.png"
    assert contents(store.folder / "pages") == {"001.png": b"scan", "001-2.png": b"other"}
    with pytest.raises(UnsafePath):
        TextStore.create(root, "a/c", TEXT, sources={}, pages={"../x": b""}, who="Ada", when=WHEN)


@pytest.mark.parametrize("link", ["text.xml", "history.jsonl", "source", "."])
def test_links_are_neither_read_nor_written(root: Path, store: TextStore, link: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (store.folder / link).rename(outside)
    try:
        (store.folder if link == "." else store.folder / link).symlink_to(outside)
    except OSError:
        pytest.skip("this account may not make symbolic links")
    before = contents(outside) if outside.is_dir() else outside.read_bytes()
    with pytest.raises(UnsafePath):
        store.replace(NEW, expected_before=sha256(TEXT), who="Ada", action="decide", why="", when=LATER)
    if link in {"source", "."}:
        with pytest.raises(UnsafePath):
            store.add_source("new.txt", b"new")
    assert before == (contents(outside) if outside.is_dir() else outside.read_bytes())


@pytest.mark.parametrize("call", ["fsync", "write", "replace", "open"])
@pytest.mark.parametrize("after", range(8))
def test_a_full_disk_changes_nothing_or_all(
    store: TextStore, change: Change, call: str, after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, calls = getattr(os, call), []

    def full(*arguments: object, **options: object) -> object:
        calls.append(1)
        if len(calls) > after:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return really(*arguments, **options)

    with writing(store.root), monkeypatch.context() as patch:  # held, so that only the store's calls count
        patch.setattr(os, call, full)
        try:
            change(NEW)
        except OutputError:
            assert store.read() in {TEXT, NEW}
            state = store.history().last.after
        else:
            state = sha256(NEW)
    assert (store.sha256(), store.history().last.after) == (state, state)
    store.recover()
    assert store.verify() == []


def settle(store: TextStore) -> None:
    """What the next writer does: recover, and put a hand edit on record."""
    store.recover()
    recovered = contents(store.folder)
    assert store.recover() == Recovery()
    assert contents(store.folder) == recovered
    store.note(who="Ada", action="refuse", why="", when=LATER)
    assert store.verify() == []


@pytest.mark.parametrize("act", ["replace", "undo", "replace after a hand edit", "undo a hand edit"])
def test_a_kill_at_any_call_of_the_disk_is_mended(tmp_path: Path, act: str) -> None:
    seen = set()
    for call in range(100):
        root = tmp_path / str(call)
        root.mkdir()
        store = TextStore.create(root, "a/b", TEXT, sources={}, who="Ada", when=WHEN)
        store.replace(OTHER, expected_before=sha256(TEXT), who="Ada", action="decide", why="", when=WHEN)
        if "hand" in act:
            (store.folder / "text.xml").write_bytes(b"by hand")
        present = store.sha256()
        with writing(root):
            try:
                with killed_at(call):
                    if act.startswith("replace"):
                        store.replace(TEXT, expected_before=present, who="Ada", action="decide", why="", when=LATER)
                    else:
                        store.undo(who="Ada", when=LATER)
            except Killed:
                done = False
            else:
                done = True
        on_record = store.history().entries
        settle(store)
        target = OTHER if act == "undo a hand edit" else TEXT
        assert not done or store.read() == target
        recorded = on_record[-1].n > 2 and not on_record[-1].by_unknown_hand
        assert store.read() == (target if recorded else b"by hand" if "hand" in act else OTHER)
        seen.add((done, recorded))
        if done:
            break
    assert seen == {(False, False), (False, True), (True, True)}


CHANGER = """
import random, sys
from pathlib import Path
from pressmark.archive.store import TextStore, sha256
from pressmark.errors import EditedMeanwhile, NothingToUndo
root, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
store, when = TextStore(root, "sedova/father-and-son"), "2026-11-24T08:00:00Z"
while True:
    text = store.read()
    lines = text.split(b"\\n")
    lines[chance.randrange(len(lines))] = b"%d" % chance.randrange(10**9)
    new = b"\\n".join(lines + [b"more"] * chance.randrange(2))
    try:
        if chance.random() < 0.3:
            entry = store.undo(who=sys.argv[2], when=when)
        else:
            entry = store.replace(
                new, expected_before=sha256(text), who=sys.argv[2], action="decide", why="", when=when
            )
    except (EditedMeanwhile, NothingToUndo):
        continue
    print(entry.n, entry.after, flush=True)
"""


@pytest.mark.kill
@pytest.mark.parametrize("writers", [1, 2])
def test_writers_killed_at_random_moments_lose_nothing(store: TextStore, writers: int) -> None:
    chance = random.Random(writers)
    rounds = int(os.environ.get("PRESSMARK_KILLS", "30")) // writers
    changed = 0
    for number in range(rounds):
        changers = [
            subprocess.Popen(
                [sys.executable, "-c", CHANGER, str(store.root), str(number * writers + writer)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for writer in range(writers)
        ]
        first = [changer.stdout.readline() for changer in changers[:1]]
        time.sleep(chance.random() * 0.03)
        for changer in changers:
            changer.kill()
        told = first + [line for changer in changers for line in changer.communicate()[0].splitlines(True)]
        store.recover()
        assert store.verify() == []
        states = {entry.n: entry.after for entry in store.history().entries}
        for n, after in (line.decode().split() for line in told if line.endswith(b"\n")):
            assert states[int(n)] == after
            changed += 1
    assert changed >= rounds
    while True:
        try:
            store.undo(who="Ada", when=LATER)
        except NothingToUndo:
            break
    assert store.read() == TEXT


ADDER = """
import sys
from pathlib import Path
from pressmark.archive.store import TextStore, sha256
from pressmark.errors import EditedMeanwhile
store = TextStore(Path(sys.argv[1]), "sedova/father-and-son")
for number in range(20):
    while True:
        text = store.read()
        new = text + f"{sys.argv[2]}{number}\\n".encode()
        try:
            store.replace(
                new, expected_before=sha256(text), who=sys.argv[2], action="decide", why="", when="2026"
            )
        except EditedMeanwhile:
            continue
        break
"""


def test_two_processes_at_once_lose_no_change(store: TextStore, change: Change) -> None:
    change(b"")
    command = [sys.executable, "-c", ADDER, str(store.root)]
    both = [subprocess.Popen([*command, name]) for name in "AB"]
    assert [process.wait(timeout=60) for process in both] == [0, 0]
    added = store.read().decode().split()
    assert sorted(added) == sorted(f"{name}{number}" for name in "AB" for number in range(20))
    assert store.verify() == []
