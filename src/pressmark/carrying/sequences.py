"""What two sequences have in common, in order, at a cost that never grows as the square of their length.

Runs of items that occur just once on either side hold the rest in place (B. Cohen's “patience diff”); between
them the shortest way from one to the other is walked (E. W. Myers, “An O(ND) Difference Algorithm and Its
Variations”, 1986), so many steps at a time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import TypeAlias

Run: TypeAlias = tuple[int, int, int]
"""Where a common stretch starts in the first and in the second sequence, and how many items it has."""

DEEPEST = 24
"""Anchors are looked for within anchors so many times."""

FEW = 8
"""Shorter stretches are walked without a search for anchors."""

REACH = 64
"""So many items left out or put in are weighed at a time; the best way so far is then taken for good."""


def common(first: Sequence[Hashable], second: Sequence[Hashable], *, walk: bool = True) -> list[Run]:
    """The common stretches, rising in both, as long as they can be.

    Without ``walk`` only what is held in place from both ends or by items that occur once: nothing doubtful.
    """
    found: list[Run] = []
    waiting = [(0, len(first), 0, len(second), DEEPEST)]
    while waiting:
        low, high, at, to, depth = waiting.pop()
        low, high, at, to = _strip(first, second, low, high, at, to, found)
        if low == high or at == to:
            continue
        anchors = _anchors(first, second, low, high, at, to) if depth and high - low + to - at > FEW else []
        if anchors:
            for anchor, other in [*anchors, (high, to)]:
                waiting.append((low, anchor, at, other, depth - 1))
                low, at = anchor, other
        elif walk and not set(second[at:to]).isdisjoint(first[low:high]):
            found += _walk(first, second, low, high, at, to)
    return merged(found)


def respelled(first: str, second: str) -> list[Run]:
    """The letters that two spellings of the same words have in common; none where they are other words."""
    found: list[Run] = []
    low, high, at, to = _strip(first, second, 0, len(first), 0, len(second), found)
    if low < high and at < to:
        runs, reached = _round(first, second, low, high, at, to)
        if reached != (high, to):
            return []
        found += runs
    kept = sum(length for _, _, length in found)
    return merged(found) if 20 * kept >= 7 * (len(first) + len(second)) else []


def merged(runs: list[Run]) -> list[Run]:
    """The runs in order, those that touch as one."""
    out: list[Run] = []
    for x, y, length in sorted(runs):
        if out and out[-1][0] + out[-1][2] == x and out[-1][1] + out[-1][2] == y:
            out[-1] = (out[-1][0], out[-1][1], out[-1][2] + length)
        elif length:
            out.append((x, y, length))
    return out


def gaps(runs: Sequence[Run], high: int, to: int) -> list[tuple[int, int, int, int]]:
    """What the runs leave of two sequences of the lengths ``high`` and ``to``: (start, end, start, end)."""
    out = []
    low = at = 0
    for x, y, length in [*runs, (high, to, 0)]:
        if x > low or y > at:
            out.append((low, x, at, y))
        low, at = x + length, y + length
    return out


def _strip(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    low: int,
    high: int,
    at: int,
    to: int,
    found: list[Run],
) -> tuple[int, int, int, int]:
    """Takes the common beginning and the common end away, into ``found``."""
    start = low
    while low < high and at < to and first[low] == second[at]:
        low, at = low + 1, at + 1
    if low > start:
        found.append((start, at - (low - start), low - start))
    end = high
    while low < high and at < to and first[high - 1] == second[to - 1]:
        high, to = high - 1, to - 1
    if end > high:
        found.append((high, to, end - high))
    return low, high, at, to


def _anchors(
    first: Sequence[Hashable], second: Sequence[Hashable], low: int, high: int, at: int, to: int
) -> list[tuple[int, int]]:
    """Pairs of places where three items follow one another once on either side, or else one item stands
    once.
    """
    for width in (3, 1):
        places, others = _once(first, low, high, width), _once(second, at, to, width)
        pairs = [(x, others[item]) for item, x in places.items() if others.get(item, -1) >= 0 and x >= 0]
        rising = _rising(sorted(pairs))
        if rising:
            return _turns(rising)
    return []


def _once(items: Sequence[Hashable], low: int, high: int, width: int) -> dict[Hashable, int]:
    """Where each stretch of ``width`` items begins; -1 for one that comes again."""
    places: dict[Hashable, int] = {}
    stretch = items[low:high]
    keys = zip(*(stretch[shift:] for shift in range(width)), strict=False)
    for place, key in enumerate(keys, low):
        places[key] = -1 if key in places else place
    return places


def _turns(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs without those that only go on where the one before leads."""
    return [
        pair for before, pair in zip([(-2, -2), *pairs], pairs, strict=False) if pair != (before[0] + 1, before[1] + 1)
    ]


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest list of the pairs that rises in its second members too."""
    ends: list[int] = []
    lasts: list[int] = []
    previous: list[int] = []
    for index, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        previous.append(lasts[length - 1] if length else -1)
        ends[length : length + 1] = [second]
        lasts[length : length + 1] = [index]
    out, index = [], lasts[-1] if lasts else -1
    while index >= 0:
        out.append(pairs[index])
        index = previous[index]
    return out[::-1]


def _walk(first: Sequence[Hashable], second: Sequence[Hashable], low: int, high: int, at: int, to: int) -> list[Run]:
    found: list[Run] = []
    while low < high and at < to:
        runs, (low, at) = _round(first, second, low, high, at, to)
        found += runs
    return found


def _round(
    first: Sequence[Hashable], second: Sequence[Hashable], low: int, high: int, at: int, to: int
) -> tuple[list[Run], tuple[int, int]]:
    """The shortest way from (``low``, ``at``), or as far as ``REACH`` steps lead, and where it ends."""
    width, height = high - low, to - at
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for steps in range(REACH + 1):
        trace.append(dict(furthest))
        for diagonal in range(-steps, steps + 1, 2):
            down = diagonal == -steps or (
                diagonal != steps and furthest.get(diagonal - 1, -1) < furthest.get(diagonal + 1, -1)
            )
            x = furthest.get(diagonal + 1, 0) if down else furthest.get(diagonal - 1, 0) + 1
            y = x - diagonal
            while 0 <= y < height and x < width and first[low + x] == second[at + y]:
                x, y = x + 1, y + 1
            furthest[diagonal] = x
            if x >= width and y >= height:
                return _back(trace, diagonal, x, low, at), (high, to)
    inside = {d: x for d, x in furthest.items() if (d - REACH) % 2 == 0 and 0 <= x <= width and 0 <= x - d <= height}
    best = max(sorted(inside), key=lambda d: 2 * inside[d] - d)
    x = inside[best]
    return _back(trace, best, x, low, at), (low + x, at + x - best)


def _back(trace: list[dict[int, int]], diagonal: int, x: int, low: int, at: int) -> list[Run]:
    """The runs on the way that ends on ``diagonal`` at ``x``."""
    found: list[Run] = []
    for steps in range(len(trace) - 1, -1, -1):
        before = trace[steps]
        down = diagonal == -steps or (diagonal != steps and before.get(diagonal - 1, -1) < before.get(diagonal + 1, -1))
        came = diagonal + 1 if down else diagonal - 1
        entered = before.get(came, 0) + (0 if down else 1)
        if x > entered:
            found.append((low + entered, at + entered - diagonal, x - entered))
        x, diagonal = before.get(came, 0), came
    return found
