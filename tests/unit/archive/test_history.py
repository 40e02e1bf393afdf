"""The history file: exact form, torn ends, broken lines, what can be undone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.archive.conftest import WHEN

from pressmark.archive.history import Entry, mended, parse, read, standing
from pressmark.archive.splices import Splice
from pressmark.errors import DamagedHistory

A, B, C = ("a" * 64, "b" * 64, "c" * 64)
ADD = Entry(1, WHEN, "Ada", "add", "", None, A)
CHANGE = Entry(2, WHEN, "Ngũgĩ", "decide", "the “scan”", A, B, (Splice(2, ("sup port\n",), ("support\n",)),))
REFUSAL = Entry(3, WHEN, "Ada", "refuse", "printed so", B, B, (), {"finding": {"code": "Q012"}})
ENTRIES = (ADD, CHANGE, REFUSAL)
FILE = b"".join(entry.line() for entry in ENTRIES)


def test_a_line_has_its_keys_in_order_and_its_letters_as_they_are() -> None:
    assert CHANGE.line().decode() == (
        '{"n": 2, "when": "2026-11-23T15:04:05Z", "who": "Ngũgĩ", "action": "decide", '
        '"why": "the “scan”", "before": "' + A + '", "after": "' + B + '", '
        '"changes": [[2, ["sup port\\n"], ["support\\n"]]]}\n'
    )


def test_reading_gives_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "history.jsonl").write_bytes(FILE)
    history = read(tmp_path / "history.jsonl")
    assert history.entries == ENTRIES
    assert not history.is_torn
    assert history.last == REFUSAL


def test_line_ends_that_a_copying_program_changed_do_no_harm() -> None:
    assert parse(FILE.replace(b"\n", b"\r\n"), place="h").entries == ENTRIES


def test_line_separators_of_unicode_and_bytes_that_are_no_text_stay_one_line() -> None:
    odd = replace(
        CHANGE,
        why="a\u2028b\nc\x85\x0c",
        changes=(Splice(1, (), (b"\xe9\xff\n".decode("utf-8", "surrogateescape"),)),),
    )
    assert odd.line().count(b"\n") == 1
    assert parse(ADD.line() + odd.line(), place="h").entries[1] == odd


def test_keys_of_a_newer_pressmark_are_kept() -> None:
    line = REFUSAL.line().replace(b"}}\n", b'}, "mood": ["good", null]}\n')
    entry = parse(ADD.line() + CHANGE.line() + line, place="h").last
    assert entry.extra == {"finding": {"code": "Q012"}, "mood": ["good", None]}
    assert entry.line() == line


@pytest.mark.parametrize("extra", [{"n": 5}, {"x": float("nan")}])
def test_what_would_make_a_false_line_is_refused(extra: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        replace(ADD, extra=extra).line()


@pytest.mark.parametrize("cut", range(len(ADD.line()) + 1, len(ADD.line() + CHANGE.line()) - 1))
def test_a_line_cut_off_anywhere_is_torn(cut: int) -> None:
    history = parse(FILE[:cut], place="h")
    assert history.entries == (ADD,)
    assert history.torn == FILE[len(ADD.line()) : cut]
    assert mended(FILE[:cut], history) == ADD.line()


def test_a_line_that_lacks_only_its_end_is_kept() -> None:
    history = parse(FILE[:-1], place="h")
    assert (history.entries, history.torn, history.is_torn) == (ENTRIES, b"", True)
    assert mended(FILE[:-1], history) == FILE


@pytest.mark.parametrize("rest", [b"\0\0\0\0", b"\n", b"{\n", b"\xff\n", b"[" * 100_000 + b"\n"])
def test_a_last_line_that_is_no_json_is_torn(rest: bytes) -> None:
    history = parse(FILE + rest, place="h")
    assert (history.entries, history.torn) == (ENTRIES, rest)
    assert mended(FILE + rest, history) == FILE


def line(**changes: object) -> bytes:
    form = json.loads(CHANGE.line()) | changes
    return json.dumps(form).encode() + b"\n"


@pytest.mark.parametrize(
    "broken",
    [
        b"\n",
        b"{}\n",
        b"[]\n",
        b"<<<<<<< mine\n",
        b"\xff\n",
        b"[" * 100_000 + b"\n",
        CHANGE.line().decode().encode("utf-16-le").replace(b"\n\0", b"\n"),
        line(n=3),
        line(n=True),
        line(n="2"),
        line(before=B),
        line(before=None),
        line(before="A" * 64),
        line(after=None),
        line(who=None),
        line(changes=""),
        line(changes=[[0, [], []]]),
        line(changes=[[1, ["\ud800"], []]]),
    ],
)
def test_a_broken_line_in_the_middle_is_named(broken: bytes) -> None:
    with pytest.raises(DamagedHistory) as caught:
        parse(ADD.line() + broken + REFUSAL.line(), place="sedova/history.jsonl")
    assert caught.value.place == "sedova/history.jsonl:2"
    assert caught.value.hint


@pytest.mark.parametrize("data", [b"", b"\n", b"{", CHANGE.line(), replace(ADD, changes=CHANGE.changes).line()])
def test_a_history_needs_its_beginning(data: bytes) -> None:
    with pytest.raises(DamagedHistory):
        parse(data, place="h")


def test_a_missing_line_breaks_the_chain() -> None:
    with pytest.raises(DamagedHistory, match="does not continue") as caught:
        parse(ADD.line() + REFUSAL.line(), place="h")
    assert caught.value.place == "h:2"


def undo(n: int, undone: Entry) -> Entry:
    return Entry(n, WHEN, "Ada", "undo", "", undone.after, undone.before or "", (), {"undoes": undone.n})


def test_undo_goes_back_as_an_editor_does() -> None:
    second = Entry(4, WHEN, "Ada", "decide", "", B, C)
    assert standing((*ENTRIES, second)) == ((CHANGE, second), ())
    entries = (*ENTRIES, second, undo(5, second))
    assert standing(entries) == ((CHANGE,), (second,))
    entries = (*entries, undo(6, CHANGE))
    assert standing(entries) == ((), (second, CHANGE))
    redo = Entry(7, WHEN, "Ada", "redo", "", A, B, (), {"redoes": 2})
    assert standing((*entries, redo)) == ((CHANGE,), (second,))
    other = Entry(8, WHEN, "Ada", "decide", "", B, C)
    assert standing((*entries, redo, other)) == ((CHANGE, other), ())


def test_an_undo_that_does_not_fit_is_a_change_like_any_other() -> None:
    strange = Entry(4, WHEN, "", "undo", "", B, C, (), {"undoes": 2})
    assert standing((*ENTRIES, strange)) == ((CHANGE, strange), ())
