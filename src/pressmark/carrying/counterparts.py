"""Which leaf of the new edition is which of the old, and where each letter of the one stands in the other.

Only letters count (non-white characters), so another line-wrapping changes nothing. The leaves that occur
once in either edition and are the same hold the rest in place; between them words are laid side by side,
and between those the letters of words that are spelt otherwise.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from pressmark.carrying.sequences import Run, common, gaps, merged, respelled
from pressmark.model.edition import ink
from pressmark.model.text import Leaf

WORD = re.compile(r"\w+|[^\w\s]")
INK = re.compile(r"\S")

ALIKE = 0.6
"""Two leaves are the same where they share so much of their letters; one is part of the other likewise."""

LONG = 20
"""A leaf of fewer letters is part of another only where it stands in it whole, at a place that fits."""

RESPELT = 400
"""Longer stretches of differing words are not compared letter by letter."""


class Strand(NamedTuple):
    """Letters of an old leaf that stand in a new one: ``length`` from ``start`` on are those from ``at`` on.

    Counts letters; ``leaf`` is the place of the new leaf in ``Counterparts.new``.
    """

    start: int
    leaf: int
    at: int
    length: int


class Place(NamedTuple):
    """The letter ``at`` of the new leaf ``leaf``."""

    leaf: int
    at: int


@dataclass(slots=True)
class Letters:
    """A leaf with words, its letters, and where each stands in its text."""

    leaf: Leaf
    ink: str
    _offsets: list[int] | None = None

    @property
    def offsets(self) -> list[int]:
        """The offset of each letter in the text."""
        if self._offsets is None:
            self._offsets = [match.start() for match in INK.finditer(self.leaf.text)]
        return self._offsets

    def white(self, at: int) -> tuple[int, int]:
        """The white stretch before the letter ``at``, or after the last: offsets, start and end."""
        offsets = self.offsets
        start = offsets[at - 1] + 1 if at else 0
        return start, offsets[at] if at < len(offsets) else len(self.leaf.text)


@dataclass(slots=True)
class Counterparts:
    """The leaves with words of two editions, side by side, each known by its place among them.

    ``strands`` are those of each old leaf, in order. ``kept`` gives the new leaf that takes an old one's
    place; ``absorbed`` says where an old leaf that was joined to the one before begins in a new leaf;
    ``parts`` are all new leaves in which an old one goes on.
    """

    old: list[Letters]
    new: list[Letters]
    strands: list[list[Strand]]
    kept: dict[int, int] = field(default_factory=dict)
    absorbed: dict[int, Place] = field(default_factory=dict)
    parts: dict[int, list[int]] = field(default_factory=dict)

    def shared(self) -> dict[tuple[int, int], int]:
        """How many letters each old and each new leaf share, where they share any."""
        counts: dict[tuple[int, int], int] = defaultdict(int)
        for index, strands in enumerate(self.strands):
            for strand in strands:
                counts[index, strand.leaf] += strand.length
        return counts

    def place(self, index: int, letter: int) -> Place | None:
        """Where a letter of an old leaf stands."""
        strands = self.strands[index]
        found = bisect_right(strands, letter, key=lambda strand: strand.start) - 1
        if found < 0 or letter >= strands[found].start + strands[found].length:
            return None
        strand = strands[found]
        return Place(strand.leaf, strand.at + letter - strand.start)

    def after(self, index: int, letter: int) -> Place | None:
        """Where the first letter from ``letter`` on stands that stands anywhere."""
        for strand in self.strands[index]:
            if strand.start + strand.length > letter:
                return Place(strand.leaf, strand.at + max(0, letter - strand.start))
        return None


def with_words(leaves: Sequence[Leaf]) -> list[Letters]:
    """The leaves that have letters."""
    return [Letters(leaf, letters) for leaf in leaves if (letters := ink(leaf.text))]


def side_by_side(old: Sequence[Leaf], new: Sequence[Leaf]) -> Counterparts:
    """The two editions' leaves in document order laid side by side; nothing is said yet of which is which."""
    first, second = with_words(old), with_words(new)
    return Counterparts(first, second, _strands(first, second))


def counterparts(old: Sequence[Leaf], new: Sequence[Leaf]) -> Counterparts:
    """Which leaf is which: those that are plainly the same, then in order, then moved ones."""
    found = side_by_side(old, new)
    _hold_same(found)
    _settle(found)
    _find_moved(found)
    _find_moved_and_changed(found)
    return found


def _strands(old: Sequence[Letters], new: Sequence[Letters]) -> list[list[Strand]]:
    starts, places = _starts(old), _starts(new)
    runs = [
        (starts[x], places[y], starts[x + length] - starts[x])
        for x, y, length in common([each.ink for each in old], [each.ink for each in new], walk=False)
    ]
    letters, others = "".join(each.ink for each in old), "".join(each.ink for each in new)
    for low, high, at, to in gaps(runs, len(letters), len(others)):
        if low < high and at < to:
            rows = (_cut(old, starts, low, high), _cut(new, places, at, to))
            runs += [(low + x, at + y, length) for x, y, length in _words_in_common(*rows)]
    return _by_leaf(merged(runs), starts, places, len(old))


def _starts(leaves: Sequence[Letters]) -> list[int]:
    """Where each leaf begins in the letters of all, and where the last ends."""
    return [0, *accumulate(len(each.ink) for each in leaves)]


def _cut(leaves: Sequence[Letters], starts: list[int], low: int, high: int) -> list[str]:
    """The words of the whole leaves whose letters run from ``low`` to ``high``."""
    first, last = bisect_left(starts, low), bisect_left(starts, high)
    return [word for each in leaves[first:last] for word in WORD.findall(each.leaf.text)]


def _words_in_common(old: list[str], new: list[str]) -> list[Run]:
    """The letters in common of two rows of words, counted in letters."""
    starts, places = [0, *accumulate(map(len, old))], [0, *accumulate(map(len, new))]
    runs = common(old, new)
    found = [(starts[x], places[y], starts[x + length] - starts[x]) for x, y, length in runs]
    for low, high, at, to in gaps(runs, len(old), len(new)):
        if low < high and at < to and starts[high] - starts[low] + places[to] - places[at] <= RESPELT:
            same = respelled("".join(old[low:high]), "".join(new[at:to]))
            found += [(starts[low] + x, places[at] + y, length) for x, y, length in same]
    return found


def _by_leaf(runs: list[Run], starts: list[int], places: list[int], count: int) -> list[list[Strand]]:
    """The runs over all letters, cut where a leaf ends on either side."""
    found: list[list[Strand]] = [[] for _ in range(count)]
    for x, y, length in runs:
        end = x + length
        while x < end:
            leaf, other = bisect_right(starts, x) - 1, bisect_right(places, y) - 1
            part = min(end, starts[leaf + 1], x + places[other + 1] - y) - x
            found[leaf].append(Strand(x - starts[leaf], other, y - places[other], part))
            x, y = x + part, y + part
    return found


def _hold_same(found: Counterparts) -> None:
    """Pairs the leaves of some length that occur once on either side, wherever they stand."""
    first, second = _only_once(found.old), _only_once(found.new)
    pairs = {index: second[letters] for letters, index in first.items() if letters in second}
    given = set(pairs.values())
    for index, strands in enumerate(found.strands):
        if index in pairs:
            _move(found, index, pairs[index], [Strand(0, pairs[index], 0, len(found.old[index].ink))])
        else:
            found.strands[index] = [strand for strand in strands if strand.leaf not in given]


def _only_once(leaves: Sequence[Letters]) -> dict[str, int]:
    times = Counter(each.ink for each in leaves)
    return {each.ink: i for i, each in enumerate(leaves) if times[each.ink] == 1 and len(each.ink) >= LONG}


def _move(found: Counterparts, index: int, leaf: int, strands: list[Strand]) -> None:
    found.kept[index] = leaf
    found.parts[index] = [leaf]
    found.strands[index] = strands


def _settle(found: Counterparts) -> None:
    """Decides which new leaf each old one is, or where in one it was absorbed.

    Of a leaf that was split, its first part is it; of leaves that were joined, the first.
    """
    parts = found.parts
    shared = found.shared()
    taken = set(found.kept.values())
    for index, leaf in sorted(shared):
        if index not in found.kept and belongs(found, shared, index, leaf):
            parts.setdefault(index, []).append(leaf)
    for index, leaves in sorted(parts.items()):
        if index in found.kept:
            continue
        free = [leaf for leaf in leaves if leaf not in taken and _may_take(found, shared, index, leaf)]
        if free:
            found.kept[index] = free[0]
            taken.add(free[0])
    for index, leaves in parts.items():
        if index not in found.kept:
            start = next((each.at for each in found.strands[index] if each.leaf == leaves[0]), 0)
            found.absorbed[index] = Place(leaves[0], start)


def belongs(found: Counterparts, shared: dict[tuple[int, int], int], index: int, leaf: int) -> bool:
    """Whether an old and a new leaf are the same, or one is part of the other, and not by chance."""
    count = shared[index, leaf]
    first, second = len(found.old[index].ink), len(found.new[leaf].ink)
    if 2 * count >= ALIKE * (first + second):
        return True
    smaller = min(first, second)
    if count < ALIKE * smaller:
        return False
    if smaller >= LONG:
        return _is_compact(found, index, leaf, smaller)
    return count == smaller and _fits_in(found, index, leaf)


def _within(found: Counterparts, index: int, leaf: int) -> list[Strand]:
    return [strand for strand in found.strands[index] if strand.leaf == leaf]


def _is_compact(found: Counterparts, index: int, leaf: int, smaller: int) -> bool:
    """Whether the letters shared stand together on either side."""
    strands = _within(found, index, leaf)
    first, last = strands[0], strands[-1]
    spans = (last.start + last.length - first.start, last.at + last.length - first.at)
    return max(spans) <= 2 * smaller


def _fits_in(found: Counterparts, index: int, leaf: int) -> bool:
    """Whether a short leaf stands whole in the other, right beside the leaf that was its neighbour."""
    strands = _within(found, index, leaf)
    if len(strands) > 1:
        return False
    start, _, at, length = strands[0]
    if length == len(found.old[index].ink):
        before = found.place(index - 1, len(found.old[index - 1].ink) - 1) if index else None
        after = found.place(index + 1, 0) if index + 1 < len(found.old) else None
        return before == Place(leaf, at - 1) or after == Place(leaf, at + length)
    before = found.place(index, start - 1)
    after = found.place(index, start + length)
    ends = before is not None and before == Place(leaf - 1, len(found.new[before.leaf].ink) - 1)
    return ends or after == Place(leaf + 1, 0)


def _may_take(found: Counterparts, shared: dict[tuple[int, int], int], index: int, leaf: int) -> bool:
    """Whether a new leaf may bear the id of an old one: it is alike, a part of it, or begins with it."""
    count = shared[index, leaf]
    first, second = len(found.old[index].ink), len(found.new[leaf].ink)
    if 2 * count >= ALIKE * (first + second) or count >= ALIKE * second:
        return True
    return _within(found, index, leaf)[0].at <= LONG // 4


def _left(found: Counterparts) -> tuple[list[int], list[int]]:
    """The leaves on either side for which no place was found."""
    used = set(found.kept.values())
    old = [i for i in range(len(found.old)) if i not in found.kept and i not in found.absorbed]
    return old, [i for i in range(len(found.new)) if i not in used]


def _find_moved(found: Counterparts) -> None:
    """Leaves that stand elsewhere, letter for letter; of several that are the same the first is the first."""
    old, new = _left(found)
    waiting: dict[str, list[int]] = defaultdict(list)
    for leaf in reversed(new):
        waiting[found.new[leaf].ink].append(leaf)
    for index in old:
        letters = found.old[index].ink
        if waiting.get(letters):
            leaf = waiting[letters].pop()
            _move(found, index, leaf, [Strand(0, leaf, 0, len(letters))])


def _find_moved_and_changed(found: Counterparts) -> None:
    """Leaves that stand elsewhere and are alike, as three words in a row tell that occur once in each."""
    old, new = _left(found)
    words, others = _words_of(found.old, old), _words_of(found.new, new)
    first, second = _shingles(words), _shingles(others)
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for shingle, index in first.items():
        if index >= 0 and second.get(shingle, -1) >= 0:
            votes[index][second[shingle]] += 1
    taken: set[int] = set()
    for index in sorted(votes):
        leaf = min(votes[index], key=lambda leaf: (-votes[index][leaf], leaf))
        runs = _words_in_common(words[index], others[leaf])
        lengths = len(found.old[index].ink) + len(found.new[leaf].ink)
        shared = sum(length for _, _, length in runs)
        if leaf not in taken and lengths >= 2 * LONG and 2 * shared >= ALIKE * lengths:
            taken.add(leaf)
            _move(found, index, leaf, [Strand(x, leaf, y, length) for x, y, length in merged(runs)])


def _words_of(leaves: Sequence[Letters], wanted: Sequence[int]) -> dict[int, list[str]]:
    return {index: WORD.findall(leaves[index].leaf.text) for index in wanted}


def _shingles(words: dict[int, list[str]]) -> dict[tuple[str, ...], int]:
    """The leaf of each three words in a row; -1 where they come again."""
    found: dict[tuple[str, ...], int] = {}
    for index, row in words.items():
        for shingle in zip(row, row[1:], row[2:], strict=False):
            found[shingle] = -1 if shingle in found else index
    return found


def groups(found: Counterparts) -> Iterator[tuple[list[int], list[int]]]:
    """Old and new leaves in order, those that belong together at once; those with no like stand alone."""
    shared = found.shared()
    together: dict[int, set[int]] = defaultdict(set)
    back: dict[int, set[int]] = defaultdict(set)
    for index, leaf in shared:
        if belongs(found, shared, index, leaf):
            together[index].add(leaf)
            back[leaf].add(index)
    leaf = 0
    done: set[int] = set()
    for index in range(len(found.old)):
        if index in done:
            continue
        first, second = _group(index, together, back)
        while leaf < min(second, default=0):
            if leaf not in back:
                yield [], [leaf]
            leaf += 1
        done |= first
        yield sorted(first), sorted(second)
    yield from (([], [each]) for each in range(leaf, len(found.new)) if each not in back)


def _group(index: int, together: dict[int, set[int]], back: dict[int, set[int]]) -> tuple[set[int], set[int]]:
    first, second = {index}, set[int]()
    waiting = [index]
    while waiting:
        for leaf in together.get(waiting.pop(), set()) - second:
            second.add(leaf)
            waiting += back[leaf] - first
            first |= back[leaf]
    return first, second
