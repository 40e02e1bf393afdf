"""Line differences: exact on any bytes, small where the change is small, never slow."""

from __future__ import annotations

import random
import time

import pytest

from pressmark.archive.splices import Splice, apply, difference, inverse, splice_from_json
from pressmark.errors import DamagedHistory

PAIRS = [
    (b"", b""),
    (b"", b"\n"),
    (b"one", b"one\n"),
    (b"a\r\nb\r\n", b"a\nb\n"),
    ("a\u2028b\x0cc\x85d\n".encode(), "a\u2028B\x0cc\x85d\n".encode()),
    (b"\xff\xfe not UTF-8 \xe9\n", b"\xff\xfe nor this \xe8"),
    (b"a\nb\nc\nd\ne\n", b"a\nx\nc\ny\nz\ne\n"),
    (b"a\na\na\n", b"a\na\na\na\n"),
    (b"1\n2\n3\n4\n", b"4\n3\n2\n1\n"),
]


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_splices_lead_there_and_back(before: bytes, after: bytes) -> None:
    splices = difference(before, after)
    assert apply(splices, before, place="") == after
    assert apply(inverse(splices), after, place="") == before
    assert [splice_from_json(splice.as_json()) for splice in splices] == list(splices)


def test_lines_end_only_at_line_feeds() -> None:
    before = "a\u2028b\x0cc\x85d\re\n".encode()
    assert difference(before, b"x\n" + before) == (Splice(1, (), ("x\n",)),)


def test_small_changes_far_apart_stay_small() -> None:
    lines = [b"line %d\n" % number for number in range(100)]
    changed = [*lines[:10], b"new\n", *lines[10:50], *lines[51:90], b"other\n", *lines[91:]]
    assert difference(b"".join(lines), b"".join(changed)) == (
        Splice(11, (), ("new\n",)),
        Splice(51, ("line 50\n",), ()),
        Splice(91, ("line 90\n",), ("other\n",)),
    )


def test_moved_lines_hold_the_longest_run() -> None:
    splices = difference(b"a\nb\nc\nd\n", b"d\na\nb\nc\n")
    assert splices == (Splice(1, (), ("d\n",)), Splice(4, ("d\n",), ()))


@pytest.mark.parametrize("kind", ["scattered", "shuffled", "all other", "few distinct lines"])
def test_fifty_thousand_lines_take_seconds_at_most(kind: str) -> None:
    chance = random.Random(7)
    size = 50_000
    old = [b"%d\n" % (number if kind != "few distinct lines" else chance.randrange(5)) for number in range(size)]
    if kind == "shuffled":
        new = chance.sample(old, size)
    elif kind == "scattered":
        new = [line if chance.random() > 0.05 else b"changed\n" for line in old]
    else:
        new = [b"%s %s" % (b"x" if kind == "all other" else b"", line) for line in old]
        chance.shuffle(new)
    start = time.process_time()
    splices = difference(b"".join(old), b"".join(new))
    assert time.process_time() - start < 5
    assert apply(splices, b"".join(old), place="") == b"".join(new)


@pytest.mark.parametrize(
    "splices",
    [
        (Splice(1, ("b\n",), ()),),
        (Splice(4, (), ("x\n",)),),
        (Splice(2, ("b\n", "c\n"), ()),),
        (Splice(2, ("b\n",), ()), Splice(1, ("a\n",), ())),
    ],
)
def test_what_does_not_fit_is_never_forced(splices: tuple[Splice, ...]) -> None:
    with pytest.raises(DamagedHistory, match="does not fit") as caught:
        apply(splices, b"a\nb\n", place="history.jsonl:3")
    assert caught.value.place == "history.jsonl:3"


@pytest.mark.parametrize(
    "form",
    [
        None,
        [],
        [1, []],
        [0, [], []],
        [True, [], []],
        ["1", [], []],
        [1, "a", []],
        [1, [1], []],
        [1, ["\ud800"], []],
    ],
)
def test_strange_forms_are_refused(form: object) -> None:
    with pytest.raises(ValueError):
        splice_from_json(form)
