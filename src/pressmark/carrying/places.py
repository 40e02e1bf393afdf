"""Where the words under an old mark stand in the new edition: the very words, at the very place, or
nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pressmark.carrying.counterparts import Counterparts, Letters, Place
from pressmark.model.text import Choice, Mark

CONTEXT = 3
"""So many letters on either side of a mark must be the same, and the white between them."""

SURE = 12
"""So many letters in a row, those under the mark among them, must be the same, where the leaves have as
many.
"""

NEAR = 24
"""A mark's neighbours are looked for so many letters away."""

WINDOW = 200
"""Characters that are looked at on either side of a mark."""

WHITE = re.compile(r"\s+")
LETTERED = re.compile(rf"(?:\s*\S){{1,{CONTEXT}}}")


class Spot(NamedTuple):
    """The characters from ``start`` to ``end`` of the new leaf ``leaf``."""

    leaf: int
    start: int
    end: int


def level(words: str) -> str:
    """The words with each white stretch as one space."""
    return WHITE.sub(" ", words)


def spot(found: Counterparts, index: int, mark: Mark) -> Spot | None:
    """Where the words under a mark of an old leaf stand, with what is around them; nowhere, if in doubt."""
    old = found.old[index]
    first, last = _letters(old, mark)
    for leaf, at in _candidates(found, index, first, last):
        new = found.new[leaf]
        if at >= 0 and at + last - first <= len(new.ink):
            start, end = _start(old, new, mark, first, at), _end(old, new, mark, last, at + last - first)
            if mark.start == mark.end:
                end = start
            here = Spot(leaf, start, end)
            white = mark.start < mark.end and first == last
            if white and not _same_white(old, new, mark, first, at):
                continue
            if start <= end and _same_around(old, new, mark, here) and _is_sure(old, new, first, last, at):
                return here
    return None


def _letters(old: Letters, mark: Mark) -> tuple[int, int]:
    """Which letters a mark covers: the first, and the one after the last."""
    return bisect_left(old.offsets, mark.start), bisect_left(old.offsets, mark.end)


def _candidates(found: Counterparts, index: int, first: int, last: int) -> Iterator[Place]:
    """Where the letter ``first`` may stand, as the letters on and around the mark tell, likeliest first."""
    votes: Counter[Place] = Counter()
    low, high = first - CONTEXT, last + CONTEXT
    for start, leaf, at, length in found.strands[index]:
        overlap = min(high, start + length) - max(low, start)
        if overlap > 0 and leaf in found.parts.get(index, ()):
            votes[Place(leaf, at + first - start)] += overlap
    yield from sorted(votes, key=lambda place: (-votes[place], place))


def _start(old: Letters, new: Letters, mark: Mark, letter: int, at: int) -> int:
    """The offset at which a mark begins that begins before the letter ``letter``, now ``at``."""
    (low, high), (begin, end) = old.white(letter), new.white(at)
    if old.leaf.text[low:high] == new.leaf.text[begin:end]:
        return begin + mark.start - low
    return end if mark.start == high else begin


def _end(old: Letters, new: Letters, mark: Mark, letter: int, at: int) -> int:
    (low, high), (begin, end) = old.white(letter), new.white(at)
    if old.leaf.text[low:high] == new.leaf.text[begin:end]:
        return begin + mark.end - low
    return begin if mark.end == low else end


def _same_white(old: Letters, new: Letters, mark: Mark, letter: int, at: int) -> bool:
    """Whether a mark on white characters covers all of a white stretch, or the stretch is the very same."""
    (low, high), (begin, end) = old.white(letter), new.white(at)
    whole = (mark.start, mark.end) == (low, high) and begin < end
    return whole or old.leaf.text[low:high] == new.leaf.text[begin:end]


def _same_around(old: Letters, new: Letters, mark: Mark, here: Spot) -> bool:
    """Whether the words under the mark are the same, and the characters beside it as far as both leaves go.

    Where a mark begins or ends within a white stretch, that does not count among the characters beside it.
    """
    text, other = old.leaf.text, new.leaf.text
    printed, found = text[mark.start : mark.end], other[here.start : here.end]
    if level(printed) != level(found):
        return False
    before, after = _before(text, mark.start), _after(text, mark.end)
    earlier, later = _before(other, here.start), _after(other, here.end)
    if mark.start and text[mark.start - 1 : mark.start + 1].isspace():
        before, earlier = before.rstrip(), earlier.rstrip()
    if mark.end and text[mark.end - 1 : mark.end + 1].isspace():
        after, later = after.lstrip(), later.lstrip()
    left, right = min(len(before), len(earlier)), min(len(after), len(later))
    if not (found or left or right):
        return False
    return before[len(before) - left :] == earlier[len(earlier) - left :] and after[:right] == later[:right]


def _before(text: str, offset: int) -> str:
    words = level(text[max(0, offset - WINDOW) : offset])
    return _lettered((words.lstrip() if offset <= WINDOW else words)[::-1])[::-1]


def _after(text: str, offset: int) -> str:
    words = level(text[offset : offset + WINDOW])
    return _lettered(words.rstrip() if offset + WINDOW >= len(text) else words)


def _lettered(words: str) -> str:
    """The beginning of ``words``, with so many letters as count."""
    found = LETTERED.match(words)
    return found.group() if found else words


def _is_sure(old: Letters, new: Letters, first: int, last: int, at: int) -> bool:
    """Whether the place is more than a chance: enough letters in a row agree."""
    agreeing = last - first
    left, other = first - 1, at - 1
    while agreeing < SURE and left >= 0 and other >= 0 and old.ink[left] == new.ink[other]:
        agreeing, left, other = agreeing + 1, left - 1, other - 1
    right, other = last, at + last - first
    while agreeing < SURE and right < len(old.ink) and other < len(new.ink) and old.ink[right] == new.ink[other]:
        agreeing, right, other = agreeing + 1, right + 1, other + 1
    return agreeing >= min(SURE, len(old.ink), len(new.ink))


def now_reads(found: Counterparts, index: int, mark: Mark) -> tuple[str, str] | None:
    """What the new source has where a mark was, and what would stand there by the mark's decision.

    Both from the nearest letters before and behind the mark that stand in both editions; ``None`` where there
    are none.
    """
    old = found.old[index]
    first, last = _letters(old, mark)
    left = _neighbour(found, index, range(first - 1, max(-1, first - 1 - NEAR), -1))
    right = _neighbour(found, index, range(last, min(len(old.ink), last + NEAR)))
    place = left[1] if left else right[1] if right else None
    if place is None or (right and right[1].leaf != place.leaf):
        return None
    new = found.new[place.leaf]
    begin = new.offsets[place.at] + 1 if left else 0
    stop = new.offsets[right[1].at] if right else len(new.leaf.text)
    start = old.offsets[left[0]] + 1 if left else 0
    end = old.offsets[right[0]] if right else len(old.leaf.text)
    if begin > stop or (not left and first > NEAR) or (not right and last < len(old.ink) - NEAR):
        return None
    reading = mark.reading if isinstance(mark, Choice) else old.leaf.text[mark.start : mark.end]
    wanted = old.leaf.text[start : mark.start] + reading + old.leaf.text[mark.end : end]
    read, wished = level(new.leaf.text[begin:stop]), level(wanted)
    if not left:
        read, wished = read.lstrip(), wished.lstrip()
    return (read, wished) if right else (read.rstrip(), wished.rstrip())


def _neighbour(found: Counterparts, index: int, letters: range) -> tuple[int, Place] | None:
    for letter in letters:
        place = found.place(index, letter)
        if place and place.leaf in found.parts.get(index, ()):
            return letter, place
    return None
