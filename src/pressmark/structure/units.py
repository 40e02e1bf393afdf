"""A page as a row of units: the stretches of text to each of which one role is given.

A paragraph of prose is one unit. Where a block's line ends are not those of filled lines (verse, a letter's head,
the lines of a record), each line is a unit, and the model says which of them belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from pressmark.lossless import Alignment
from pressmark.model.text import Leaf
from pressmark.page import SCENE_BREAK, label_of

LINE = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
WORD = re.compile(r"\S+")
OPENING = "\"'“‘«„‹([{_*—–-¿¡ "
SAID = re.compile(r"([“\"«„].{12,600}?[”\"»“])\s*(?=[-–—―]{1,2}\s*(?:[^\W_]|_)[^“”\"«»\n]{2,70}\Z)", re.DOTALL)
"""A quotation and, after a dash, whose it is."""

GAP = 2
"""How many line ends part two blocks whose distance is not known."""

LONG = 200
"""A line of so many characters is not one of several lines that belong together."""

NARROW = 40
"""Prose is seldom broken into lines that are all shorter than this (characters)."""

WIDE = 50
"""Where full lines are as long as this they are prose, though each begin with a capital (characters)."""


class Row(NamedTuple):
    """A line with words in it: where they start and end in the leaf, and their first column."""

    start: int
    end: int
    indent: int

    @property
    def right(self) -> int:
        """The column in which the line ends."""
        return self.indent + self.end - self.start


@dataclass(slots=True)
class Unit:
    """A stretch of a leaf.

    ``gap``: line ends between the unit before and this one; 0 where both stand on one line. ``joins``: whether it may
    be a further line of the unit before. ``role``: what it is, where that is already decided. ``hint``: what the
    tags of the source call it, else empty.
    """

    leaf: Leaf
    start: int
    end: int
    rows: tuple[Row, ...]
    gap: int = GAP
    after: int = GAP
    joins: bool = False
    role: str = ""
    hint: str = ""
    new_page: bool = False
    words: str = ""
    row_count: int = 1
    """How many lines the block had that this was a part of."""


@dataclass(slots=True)
class Sheet:
    """The units of a text in a row. ``width`` is the column that full lines reach, ``base`` their indent."""

    units: list[Unit] = field(default_factory=list)
    width: int = 0
    base: int = 0


PASSED = "passed over"
"""Stands for the role of what is no part of the row but parts those before and after it."""


@dataclass(slots=True)
class Placed:
    """A leaf, how many line ends stand before it, and its rows."""

    leaf: Leaf
    gap: int
    rows: list[Row]
    role: str = ""
    hint: str = ""
    new_page: bool = False
    parted: bool = False


def rows_of(leaf: Leaf, indent: int, *, tagged: bool) -> list[Row]:
    """The lines of a leaf that have words; the first begins in the column ``indent``."""
    text = leaf.text
    if tagged:
        return list(_tagged_rows(leaf))
    found: list[Row] = []
    for match in LINE.finditer(text):
        start, end = match.span()
        line = text[start:end]
        words = line.lstrip()
        if not words:
            continue
        lead = len(line) - len(words)
        column = lead if "\t" not in line[:lead] else len(line[:lead].expandtabs())
        found.append(Row(start + lead, start + len(line.rstrip()), column + (indent if not found else 0)))
    return found


def _tagged_rows(leaf: Leaf) -> Iterator[Row]:
    text = leaf.text
    breaks = sorted({mark.start for mark in leaf.marks if mark.name == "lb" and mark.get("break") != "no"})
    for start, end in zip([0, *breaks], [*breaks, len(text)], strict=True):
        words = text[start:end]
        if words.strip():
            yield Row(start + len(words) - len(words.lstrip()), start + len(words.rstrip()), 0)


def placed(leaves: Iterable[tuple[Leaf, str, str]], alignment: Alignment | None, *, tagged: bool) -> Iterator[Placed]:
    """Leaves with words, each with its role where that is decided and its hint, as they stand on the page."""
    before = 0
    source = alignment.source_text if alignment else ""
    parted = new_page = False
    for leaf, role, hint in leaves:
        gap, indent = GAP, 0
        spans = alignment.spans(leaf) if alignment else []
        if spans and not tagged:
            at = spans[0][0]
            white = source[before:at]
            gap = white.count("\n") or white.count("\r")
            new_page = new_page or "\f" in white
            indent = _column(source, at)
            before = max(before, spans[-1][1])
        if role == PASSED:
            parted = True
            continue
        rows = rows_of(leaf, indent, tagged=tagged)
        if rows:
            yield Placed(leaf, gap, rows, role, hint, new_page, parted)
            parted = new_page = False


def _column(source: str, at: int) -> int:
    """The column of the source in which the words that begin at ``at`` stand; 0 where others stand before them."""
    line = max(source.rfind(end, 0, at) for end in "\n\r\f") + 1
    lead = source[line:at]
    return len(lead.expandtabs()) if not lead.strip() else 0


def sheet_of(found: Sequence[Placed], *, tagged: bool) -> Sheet:
    """The units of a page."""
    rights = sorted(row.right for each in found if len(each.rows) > 1 for row in each.rows[:-1])
    width = rights[int(len(rights) * 0.9)] if rights else 0
    indents = sorted(row.indent for each in found for row in each.rows[1:])
    base = indents[len(indents) // 10] if indents else 0
    sheet = Sheet([], width, base)
    before: Placed | None = None
    for each in found:
        for unit in _units(each, width, tagged=tagged):
            if unit.start == each.rows[0].start:
                unit.gap, unit.new_page = each.gap, each.new_page
                unit.joins = _may_join(before, each)
            sheet.units.append(unit)
        before = each
    for unit, after in pairwise(sheet.units):
        unit.after = after.gap
        after.joins = after.joins and _is_like(unit, after) and not _is_whole(unit, after, width)
    return sheet


def _is_like(unit: Unit, after: Unit) -> bool:
    """Whether two lines may be of one block: neither is an ornament, and the second no line of a record."""
    return not (
        SCENE_BREAK.match(unit.words[:80]) or SCENE_BREAK.match(after.words[:80]) or label_of(after.words[:60] + " x")
    )


def _is_whole(unit: Unit, after: Unit, width: int) -> bool:
    """Whether a line of a record ends with its sentence where the next word had room: then a new line was meant."""
    if not unit.words.endswith(".") or not after.words[:1].isupper() or not label_of(unit.words[:100] + " x"):
        return False
    first = after.words.split(maxsplit=1)[0]
    return not width or unit.rows[-1].right + 1 + len(first) <= width


def _may_join(before: Placed | None, each: Placed) -> bool:
    if before is None or each.gap > 1 or before.role or each.role or each.parted:
        return False
    last = before.rows[-1]
    return last.end - last.start < LONG and len(before.leaf.text) < LONG and len(each.leaf.text) < LONG


def _units(each: Placed, width: int, *, tagged: bool) -> Iterator[Unit]:
    rows = each.rows
    if each.role:
        starts = [0]
    elif len(rows) == 1:
        yield from _one_line(each)
        return
    else:
        starts = [0, *_ends(each, width, tagged=tagged)]
    for first, after in zip(starts, [*starts[1:], len(rows)], strict=True):
        part = tuple(rows[first:after])
        start, end = part[0].start, part[-1].end
        unit = Unit(each.leaf, start, end, part, 1, role=each.role, hint=each.hint)
        unit.row_count = 1 if tagged else len(rows)
        unit.words = each.leaf.text[start:end]
        unit.joins = first > 0
        yield unit


def _one_line(each: Placed) -> Iterator[Unit]:
    row = each.rows[0]
    words = each.leaf.text[row.start : row.end]
    said = SAID.match(words) if len(words) < 700 and words[:1] in '“"«„' else None
    if not said:
        yield Unit(each.leaf, row.start, row.end, (row,), role=each.role, hint=each.hint, words=words)
        return
    middle = row.start + said.end(1)
    rest = row.start + said.end()
    first = Row(row.start, middle, row.indent)
    last = Row(rest, row.end, row.indent)
    yield Unit(each.leaf, row.start, middle, (first,), hint=each.hint, words=said[1], after=0)
    tail = each.leaf.text[rest : row.end]
    yield Unit(each.leaf, rest, row.end, (last,), 0, hint=each.hint, words=tail)


def _ends(each: Placed, width: int, *, tagged: bool) -> list[int]:
    """The numbers of the rows that begin a unit of their own, the first left out."""
    rows, text = each.rows, each.leaf.text
    if tagged:
        lengths = [row.end - row.start for row in rows]
        return list(range(1, len(rows))) if max(lengths) < 2 * LONG else []
    if max(row.end - row.start for row in rows) > 2 * LONG:
        return list(range(1, len(rows)))
    full, own, capitals = _filling(rows, text, width)
    inner = len(rows) - 1
    if capitals == inner and inner >= 2 and not (sum(full) == inner and width >= WIDE):
        breaks = set(range(1, len(rows)))
    elif inner >= 3 and sum(own) >= 0.85 * inner and capitals < 0.6 * inner:
        breaks = {number for number in range(1, len(rows)) if not own[number - 1] and not full[number - 1]}
    elif _is_ragged_prose(rows, capitals):
        breaks = set()
    else:
        breaks = {number for number in range(1, len(rows)) if not full[number - 1]}
    if label_of(text[rows[0].start : rows[0].end]):
        breaks |= {n for n in range(1, len(rows)) if label_of(text[rows[n].start : rows[n].end][:60] + " x")}
    return sorted(breaks)


def _is_ragged_prose(rows: list[Row], capitals: int) -> bool:
    """Whether lines of nearly one length run on, few with a capital: prose, though not each line is quite full."""
    inner = len(rows) - 1
    lengths = [row.end - row.start for row in rows]
    longest = max(lengths)
    level = len({row.indent for row in rows[1:]}) <= 1
    return level and longest >= NARROW and min(lengths[:-1]) >= 0.75 * longest and capitals < 0.6 * inner


def _filling(rows: list[Row], text: str, width: int) -> tuple[list[bool], list[bool], int]:
    """Of each row but the last whether the next word had no room on it: on the page, and in its own block; and how
    many rows but the first begin with a capital.
    """
    limit = max(row.right for row in rows)
    full, own, capitals = [], [], 0
    for row, after in pairwise(rows):
        word = WORD.match(text, after.start)
        need = row.right + 1 + (word.end() - word.start() if word else 0)
        hyphen = text[row.end - 1] in "-¬\xad" and text[after.start].islower()
        full.append(need > width or hyphen)
        own.append(need > limit or hyphen)
        begin = text[after.start : after.start + 4].lstrip(OPENING)[:1]
        capitals += begin.isupper()
    return full, own, capitals
