"""Whatever bytes a text has and whatever is done to it: nothing is lost, and every step leads back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pressmark.archive import history
from pressmark.archive.splices import apply, difference, inverse
from pressmark.archive.store import Recovery, TextStore, sha256
from pressmark.archive.writing import write_atomically
from pressmark.errors import NothingToUndo

WHEN = "2026-11-23T15:04:05Z"
PIECES = [
    "",
    "\n",
    "\r\n",
    "\r",
    "\u2028",
    "\f",
    "\x85",
    "a",
    "<p>Père</p>\n",
    "<lb/>\n",
    "<lb/>\r\n",
    "zwei",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(lambda pieces: "".join(pieces).encode())
BYTES = TEXTS | st.text(max_size=30).map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=30)
STEPS = st.lists(
    st.tuples(st.sampled_from(["replace", "replace", "undo", "redo", "note", "hand edit"]), BYTES),
    max_size=10,
)


@contextmanager
def new_text(text: bytes) -> Iterator[TextStore]:
    with tempfile.TemporaryDirectory() as folder:
        yield TextStore.create(Path(folder), "a/b", text, sources={}, who="Ada", when=WHEN)


@given(BYTES, BYTES)
def test_a_difference_leads_there_and_back(before: bytes, after: bytes) -> None:
    splices = difference(before, after)
    assert apply(splices, before, place="") == after
    assert apply(inverse(splices), after, place="") == before
    assert inverse(inverse(splices)) == splices
    assert (splices == ()) == (before == after)


@given(BYTES, BYTES, st.text(st.characters(), max_size=10))
def test_a_line_reads_as_it_was_written(before: bytes, after: bytes, why: str) -> None:
    changes = difference(before, after)
    add = history.Entry(1, WHEN, "Ada", "add", "", None, sha256(before))
    entry = history.Entry(2, WHEN, "", "edit", why, add.after, sha256(after), changes, {"why not": [why]})
    file = add.line() + entry.line()
    read = history.parse(file, place="h")
    assert read.last.changes == changes
    assert b"".join(one.line() for one in read.entries) == file


@given(BYTES, STEPS)
def test_every_step_leads_back_byte_for_byte(first: bytes, steps: list[tuple[str, bytes]]) -> None:
    """Against a model that keeps every text whole, as an editor does."""
    with new_text(first) as store:
        done, undone = [first], list[bytes]()
        for act, text in steps:
            perform(store, act, text, done, undone)
            assert store.read() == done[-1]
        store.note(who="Ada", action="note", why="", when=WHEN)
        assert store.verify() == []
        while len(done) > 1:
            perform(store, "undo", b"", done, undone)
            assert store.read() == done[-1]
        assert store.read() == first
        assert store.verify() == []


def perform(store: TextStore, act: str, text: bytes, done: list[bytes], undone: list[bytes]) -> None:
    if act == "hand edit":
        (store.folder / "text.xml").write_bytes(text)
        store.note(who="Ada", action="note", why="", when=WHEN)
    elif act == "note":
        store.note(who="Ada", action="note", why="", when=WHEN)
    elif act == "replace":
        store.replace(text, expected_before=sha256(done[-1]), who="Ada", action="decide", why="", when=WHEN)
    elif act == "undo" and len(done) > 1:
        store.undo(who="Ada", when=WHEN)
        undone.append(done.pop())
        return
    elif act == "redo" and undone:
        store.redo(who="Ada", when=WHEN)
        done.append(undone.pop())
        return
    elif act == "undo":
        refuse_undo(store)
        return
    if act in {"hand edit", "replace"} and text != done[-1]:
        done.append(text)
        undone.clear()


def refuse_undo(store: TextStore) -> None:
    try:
        store.undo(who="Ada", when=WHEN)
    except NothingToUndo:
        return
    raise AssertionError("there was nothing to undo")


@given(BYTES, st.lists(BYTES, min_size=1, max_size=4), st.booleans())
def test_a_change_on_record_is_carried_out_to_the_byte(first: bytes, texts: list[bytes], torn: bool) -> None:
    """The text put back to the state before the last, as a crash leaves it; ``.pressmark`` as it was then."""
    with new_text(first) as store:
        before = first
        for text in texts:
            before = store.read()
            states = copy_of_states(store)
            store.replace(text, expected_before=sha256(before), who="Ada", action="decide", why="", when=WHEN)
        whole = (store.folder / "history.jsonl").read_bytes()
        write_atomically(store.folder / "text.xml", before)
        states()
        if torn:
            (store.folder / "history.jsonl").write_bytes(whole + b'{"n": 9, "wh')
        store.recover()
        assert store.read() == texts[-1]
        assert (store.folder / "history.jsonl").read_bytes() == whole
        assert store.recover() == Recovery()
        assert store.verify() == []


def copy_of_states(store: TextStore) -> Callable[[], None]:
    """A call that puts the copy of the last state back as it is now."""
    path = store.root / ".pressmark" / "states" / f"{store.pressmark}.xml"
    content = path.read_bytes()
    return lambda: write_atomically(path, content)
