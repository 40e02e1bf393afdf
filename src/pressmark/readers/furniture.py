"""Running heads and page numbers, known by what the whole file says: never by one line's look alone.

A number is a page's where it goes up with the pages. A line is a running head where it returns at the same
place of other pages, letters misread or not, or where it shares its line with such a number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeAlias

from pressmark.readers.rows import LONGEST, Numeral, Part, Row, Sheet, bare, readings

DEEP = 3
"""How many lines at the top and at the foot of a page are looked at."""

NEAR = 12
"""A page number is confirmed by those of so many pages before and after."""

ALIKE = 0.78
"""Two running heads are one where they have this share of their letters in common, in order."""

LABELLED = re.compile(r"[*†‡§‖¶¹²³⁰⁴-⁹]|[\[(](?:\w|\d{1,3})[\])]")
"""How a note begins: short notes return at the foot of many pages, too."""

ENOUGH = 8
"""A line that stands on so many pages as it is need not be looked for with misread letters."""

MOST_COMPARED = 30_000
"""So many pairs of lines are compared letter by letter at most."""

MOST_KINDS = 60
"""With so many different running heads at most is a line compared that equals none of them."""


Key: TypeAlias = tuple[int, bool, int]
"""A line at the edge of a page: the page, whether at its top, how many lines stand between it and the edge."""

Numbers: TypeAlias = dict[Key, tuple[Part, int]]
"""The lines that bear a page number, how they are read, and how many other pages confirm it."""

Heads: TypeAlias = dict[Key, int]
"""The lines that are running heads without a number, and how many pages have the like."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line at the edge of a page: ``depth`` 0 is the outermost."""

    page: int
    top: bool
    depth: int
    row: Row
    words: str
    parts: tuple[Part, ...]

    @property
    def key(self) -> Key:
        """What the place is called by."""
        return self.page, self.top, self.depth


@dataclass(frozen=True, slots=True)
class Furnishing:
    """A stretch of the text that is furniture: ``type`` as in TEI ``fw``, offsets in the text."""

    start: int
    end: int
    type: str
    cert: str


@dataclass(slots=True)
class Furnished:
    """A page and its furniture: what stands above the text, the lines of the text, what stands below."""

    sheet: Sheet
    above: list[Furnishing] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    below: list[Furnishing] = field(default_factory=list)
    number: str = ""


def furnish(text: str, sheets: Sequence[Sheet]) -> list[Furnished]:
    """The pages of a text with their furniture told from their text."""
    places = [place for page, sheet in enumerate(sheets) for place in _edges(text, page, sheet)]
    numbers = _numbers(places)
    heads = _heads(places, numbers, text, sheets)
    accepted = _Accepted(numbers, heads)
    return [accepted.furnished(text, page, sheet) for page, sheet in enumerate(sheets)]


def _edges(text: str, page: int, sheet: Sheet) -> Iterable[Place]:
    """The outermost lines of a page: of a short page each line stands at both edges."""
    rows = sheet.rows
    for depth in range(min(DEEP, len(rows))):
        yield _place(text, page, True, depth, rows[depth])
        yield _place(text, page, False, depth, rows[-1 - depth])


def _place(text: str, page: int, top: bool, depth: int, row: Row) -> Place:
    words = text[row.start : row.end]
    return Place(page, top, depth, row, words, tuple(readings(words)))


# Page numbers.


def _numbers(places: Sequence[Place]) -> Numbers:
    """The lines that bear a page number, with how many other pages confirm it, by (page, top, depth)."""
    shifts: dict[tuple[bool, int], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for step in (1, 2):
        for place in places:
            for part in place.parts:
                number = part.number
                shifts[number.roman, step][number.value - step * place.page].add(place.page)
    found: Numbers = {}
    for place in places:
        for part in place.parts:
            support = _support(shifts, place, part)
            if _is_sure(place, part, support) and support > found.get(place.key, (part, 0))[1]:
                found[place.key] = part, support
    return _one_a_page(places, found)


def _support(shifts: dict[tuple[bool, int], dict[int, set[int]]], place: Place, part: Part) -> int:
    """How many pages near by bear the number that they should have, if this were the number of its page."""
    number = part.number
    most = 0
    for step in (1, 2):
        pages = shifts[number.roman, step][number.value - step * place.page]
        near = sum(1 for page in range(place.page - NEAR, place.page + NEAR + 1) if page in pages) - 1
        most = max(most, near if step == 1 else near // 2)
    return most


def _is_sure(place: Place, part: Part, support: int) -> bool:
    """A number alone on its line needs one other page to confirm it, one beside other words two, or capitals."""
    if part.start == part.end:
        return support >= 1
    other = place.words[part.start : part.end]
    return support >= 2 or (support == 1 and (part.gap > 2 or _is_set_off(other)))


def _is_set_off(words: str) -> bool:
    """Whether words are set as running heads are: mostly capitals."""
    letters = [letter for letter in words if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)


def _one_a_page(places: Sequence[Place], found: Numbers) -> Numbers:
    """Of several numbers on one page the best confirmed; with equal support, the outermost."""
    best: dict[int, tuple[int, int, Key]] = {}
    for key, (_, support) in found.items():
        rank = (support, -key[2], key)
        if key[0] not in best or rank > best[key[0]]:
            best[key[0]] = rank
    return {key: found[key] for _, _, key in best.values()}


# Running heads.


def _heads(
    places: Sequence[Place],
    numbers: Numbers,
    text: str,
    sheets: Sequence[Sheet],
) -> Heads:
    """The lines without a page number that are running heads, with how many pages have the like."""
    kinds = _Kinds(places, numbers)
    pages = len(sheets)
    beside: list[tuple[Place, Sequence[int]]] = []
    alone: list[tuple[Place, Sequence[int]]] = []
    for place in places:
        key = place.key
        if key in numbers or not 0 < len(place.words) <= LONGEST or LABELLED.match(place.words):
            continue
        near = _by_number(place, numbers)
        like = kinds.pages_like(place, misread=near or place.depth == 0)
        close = bisect_right(like, place.page + NEAR) - bisect_left(like, place.page - NEAR)
        if close < 2 or len(like) < min(3, pages // 3) or not _is_apart(place, sheets[place.page].rows, numbers):
            continue
        (beside if near else alone).append((place, like))
    found = {place.key: len(like) for place, like in beside}
    if len(alone) > 0.25 * len(beside):
        for place, like in alone:
            if not _opens_part(place, like, text, sheets[place.page].rows):
                found[place.key] = len(like)
    _by_their_place(places, numbers, found)
    return found


def _by_number(place: Place, numbers: Numbers) -> bool:
    """Whether the line next to this one, at the same edge, is the page's number."""
    return any((place.page, place.top, place.depth + step) in numbers for step in (-1, 1))


def _by_their_place(
    places: Sequence[Place],
    numbers: Numbers,
    found: Heads,
) -> None:
    """Adds the lines that stand where most pages have a running head beside the number, and are set like it."""
    pattern = Counter((top, depth) for page, top, depth in found if _has_number(page, top, depth, numbers))
    seen = Counter((place.top, place.depth) for place in places if _by_number(place, numbers))
    for place in places:
        key = place.key
        slot = (place.top, place.depth)
        if key in numbers or key in found or not _by_number(place, numbers) or len(place.words) > LONGEST:
            continue
        if _is_set_off(place.words) and pattern[slot] >= 0.4 * seen[slot]:
            found[key] = 1


def _has_number(page: int, top: bool, depth: int, numbers: Numbers) -> bool:
    return (page, top, depth - 1) in numbers or (page, top, depth + 1) in numbers


def _is_apart(place: Place, rows: Sequence[Row], numbers: Numbers) -> bool:
    """Whether a line is set like a running head: in capitals, or short, or parted from the text by white space or
    by the page's number.
    """
    inner = place.depth + 1 if place.top else len(rows) - 1 - place.depth
    if _is_set_off(place.words) or inner >= len(rows) or (place.page, place.top, place.depth + 1) in numbers:
        return True
    longest = max(row.end - row.start for row in rows)
    return rows[inner].above > 0 or len(place.words) < 0.7 * longest


def _opens_part(place: Place, like: Sequence[int], text: str, rows: Sequence[Row]) -> bool:
    """Whether a line may as well be the heading that the running heads after it repeat.

    It is the first of its kind, and what follows it does not run on from the page before.
    """
    if place.page != like[0] or not place.top:
        return False
    after = rows[place.depth + 1] if place.depth + 1 < len(rows) else None
    if after is None:
        return True
    base = min(row.indent for row in rows)
    return after.indent > base or not text[after.start].islower()


class _Kinds:
    """The different lines at the edges of pages, and on which pages each stands."""

    def __init__(self, places: Sequence[Place], numbers: Numbers) -> None:
        self.pages: dict[tuple[bool, str], set[int]] = defaultdict(set)
        for place in places:
            key = place.key
            words = place.words
            if key in numbers:
                part = numbers[key][0]
                words = words[part.start : part.end]
            if letters := bare(words):
                self.pages[place.top, letters].add(place.page)
        often = sorted(
            ((len(pages), letters) for (_, letters), pages in self.pages.items() if len(pages) > 1), reverse=True
        )
        self.often: dict[int, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for _, letters in often[:MOST_KINDS]:
            self.often[len(letters)].append((letters, _pairs(letters)))
        self.known: dict[tuple[bool, str], list[int]] = {}
        self.compared = 0

    def pages_like(self, place: Place, *, misread: bool) -> Sequence[int]:
        """The pages that have a line like this one at the same edge, its own among them, in order.

        ``misread`` says that a few letters may differ.
        """
        key = (place.top, bare(place.words))
        if key not in self.known:
            same = self.pages.get(key, set()) if len(key[1]) > 1 else set()
            others = self._others(key[1]) if misread and len(same) < ENOUGH else ()
            self.known[key] = sorted(same.union(*(self.pages.get((place.top, other), set()) for other in others)))
        return self.known[key]

    def _others(self, letters: str) -> Iterator[str]:
        """The frequent lines that are the same but for misread letters."""
        for length, kinds in self.often.items():
            if min(length, len(letters)) < max(4, ALIKE * max(length, len(letters))):
                continue
            for other, pairs in kinds:
                if (
                    other != letters
                    and self.compared < MOST_COMPARED
                    and len(_pairs(letters) & pairs) >= 0.4 * len(pairs)
                ):
                    self.compared += 1
                    if SequenceMatcher(None, letters, other, autojunk=False).ratio() >= ALIKE:
                        yield other


def _pairs(letters: str) -> frozenset[str]:
    """Each letter with the one after it."""
    return frozenset(map("".join, pairwise(letters)))


# What was found, as furniture.


class _Accepted:
    """The lines known as furniture: a line counts only where every line between it and the edge does, too."""

    def __init__(
        self,
        numbers: Numbers,
        heads: Heads,
    ) -> None:
        self.numbers, self.heads = numbers, heads

    def furnished(self, text: str, page: int, sheet: Sheet) -> Furnished:
        """A page with its furniture."""
        made = Furnished(sheet, number="")
        first, last = 0, len(sheet.rows)
        while first < min(DEEP, last) and self._is(page, True, first):
            made.above += self._parts(page, True, first, sheet.rows[first], made, text)
            first += 1
        while last > first and self._is(page, False, len(sheet.rows) - last):
            depth = len(sheet.rows) - last
            last -= 1
            made.below[:0] = self._parts(page, False, depth, sheet.rows[last], made, text)
        made.rows = sheet.rows[first:last]
        return made

    def _is(self, page: int, top: bool, depth: int) -> bool:
        return (page, top, depth) in self.numbers or (page, top, depth) in self.heads

    def _parts(self, page: int, top: bool, depth: int, row: Row, made: Furnished, text: str) -> list[Furnishing]:
        key = (page, top, depth)
        if key not in self.numbers:
            return [Furnishing(row.start, row.end, "header", _cert(self.heads[key]))]
        part, support = self.numbers[key]
        made.number = _shown(text, row, part.number)
        cert = _cert(support + 1)
        if part.start == part.end:
            return [Furnishing(row.start, row.end, "pageNum", cert)]
        number = Furnishing(row.start + part.number.start, row.start + part.number.end, "pageNum", cert)
        head = Furnishing(row.start + part.start, row.start + part.end, "header", cert)
        return sorted((number, head), key=lambda each: each.start)


def _shown(text: str, row: Row, number: Numeral) -> str:
    """A page number as printed, without what is set around it."""
    return text[row.start + number.start : row.start + number.end].strip(" \t[](){}<>|.*·•_—–-")


def _cert(pages: int) -> str:
    """How sure it is that a line is furniture, by how many pages have the like."""
    return "high" if pages >= 4 else "medium" if pages >= 2 else "low"
