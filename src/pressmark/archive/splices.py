"""Line by line, what must be cut out of one text and put in to make another, and back again, byte for byte.

A line ends with ``\\n`` and with nothing else: a carriage return, a form feed or U+2028 is part of its line,
and a last line without ``\\n`` is a line too. Bytes that are not UTF-8 become lone surrogates (PEP 383), so
that every file at all can be told as text and made again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressmark.errors import DamagedHistory

_DEEPEST = 16  # bounds the cost at that many passes over the text; below it a block is replaced whole


@dataclass(frozen=True, slots=True)
class Splice:
    """At line ``line`` (counted from 1, in the text before) ``removed`` stands and ``inserted`` is to stand.

    Lines keep their ends.
    """

    line: int
    removed: tuple[str, ...]
    inserted: tuple[str, ...]

    def as_json(self) -> list[object]:
        """``[line, [removed…], [inserted…]]``."""
        return [self.line, list(self.removed), list(self.inserted)]


def splice_from_json(form: object) -> Splice:
    """The splice that ``as_json`` gave. Raises ``ValueError`` for anything else."""
    if not isinstance(form, list) or len(form) != 3:
        raise ValueError("a change is not [line, [removed], [inserted]]")
    line, removed, inserted = form
    if type(line) is not int or line < 1:
        raise ValueError("a change has no line number")
    splice = Splice(line, _strings(removed), _strings(inserted))
    _encoded(splice.removed + splice.inserted)
    return splice


def difference(before: bytes, after: bytes) -> tuple[Splice, ...]:
    """The splices that make ``after`` of ``before``, in order, with at least one line between any two.

    They are few and not always the fewest: the common beginning and end go first, then lines that occur
    exactly once in both texts hold the rest in place (B. Cohen's “patience diff”). The cost grows as
    n log n, never as n².
    """
    old, new = _lines(before), _lines(after)
    return tuple(
        Splice(low + 1, _decoded(old[low:high]), _decoded(new[new_low:new_high]))
        for low, high, new_low, new_high in _blocks(old, new, 0, len(old), 0, len(new), _DEEPEST)
    )


def apply(splices: Sequence[Splice], text: bytes, *, place: str) -> bytes:
    """``text`` with the splices carried out.

    Raises ``DamagedHistory`` at ``place`` where the text does not have the lines that are to be removed.
    """
    lines, made, done = _lines(text), list[bytes](), 0
    for splice in splices:
        start, removed = splice.line - 1, _encoded(splice.removed)
        if start < done or lines[start : start + len(removed)] != removed or start > len(lines):
            raise DamagedHistory(
                f"the change at line {splice.line} does not fit the text",
                place=place,
                hint="Put history.jsonl and text.xml back together from one copy of the archive",
            )
        made += lines[done:start] + _encoded(splice.inserted)
        done = start + len(removed)
    return b"".join(made + lines[done:])


def inverse(splices: Sequence[Splice]) -> tuple[Splice, ...]:
    """The splices that lead back."""
    back, shift = list[Splice](), 0
    for splice in splices:
        back.append(Splice(splice.line + shift, splice.inserted, splice.removed))
        shift += len(splice.inserted) - len(splice.removed)
    return tuple(back)


_Block = tuple[int, int, int, int]


def _blocks(
    old: list[bytes], new: list[bytes], low: int, high: int, new_low: int, new_high: int, depth: int
) -> Iterator[_Block]:
    """The unequal ranges (start, end, start in ``new``, end in ``new``; half-open), in order."""
    while low < high and new_low < new_high and old[low] == new[new_low]:
        low, new_low = low + 1, new_low + 1
    while low < high and new_low < new_high and old[high - 1] == new[new_high - 1]:
        high, new_high = high - 1, new_high - 1
    if low == high and new_low == new_high:
        return
    anchors = _anchors(old, new, low, high, new_low, new_high) if depth else []
    if not anchors:
        yield low, high, new_low, new_high
        return
    for anchor, new_anchor in [*anchors, (high, new_high)]:
        yield from _blocks(old, new, low, anchor, new_low, new_anchor, depth - 1)
        low, new_low = anchor, new_anchor


def _anchors(
    old: list[bytes], new: list[bytes], low: int, high: int, new_low: int, new_high: int
) -> list[tuple[int, int]]:
    """Pairs of indexes of lines that occur once in either range, rising in both (the longest such list)."""
    times = Counter(old[low:high])
    new_times = Counter(new[new_low:new_high])
    where = {new[index]: index for index in range(new_low, new_high) if new_times[new[index]] == 1}
    pairs = [(index, where[old[index]]) for index in range(low, high) if old[index] in where and times[old[index]] == 1]
    return _longest_rising(pairs)


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    ends: list[int] = []  # for each length, the smallest second member on which such a list can end
    last: list[int] = []  # for each length, the index of that pair
    before: list[int] = []  # for each pair, the index of the pair before it
    for index, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [second]
        last[length : length + 1] = [index]
    rising, index = list[tuple[int, int]](), last[-1] if last else -1
    while index >= 0:
        rising.append(pairs[index])
        index = before[index]
    return rising[::-1]


def _lines(text: bytes) -> list[bytes]:
    *ended, rest = text.split(b"\n")
    return [line + b"\n" for line in ended] + ([rest] if rest else [])


def _decoded(lines: list[bytes]) -> tuple[str, ...]:
    return tuple(line.decode("utf-8", "surrogateescape") for line in lines)


def _encoded(lines: Sequence[str]) -> list[bytes]:
    return [line.encode("utf-8", "surrogateescape") for line in lines]


def _strings(form: object) -> tuple[str, ...]:
    if not isinstance(form, list) or not all(isinstance(line, str) for line in form):
        raise ValueError("a change has lines that are not texts")
    return tuple(form)
