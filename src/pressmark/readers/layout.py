"""How a plain text sets its paragraphs, judged from the whole of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

ENDS = "\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
"""What ends a line: any line end that Unicode knows (UAX 14, LF CR NL BK) and the old separators."""

LINE = re.compile(f"[^{ENDS}]*(\r\n|[{ENDS}]?)")
BREAK = re.compile(f"[{ENDS}]\\s*")
"""A line end and all that is white after it."""

END = re.compile(f"\r\n|[{ENDS}]")

LONG = 120
"""A line longer than this was not broken to fit a page or a screen (characters)."""

NARROW = 30
"""Where full lines are shorter than this, indentation is more often verse than prose (characters)."""

FARTHEST = 10
"""The first line of a paragraph is seldom indented by more than this (columns)."""

SAMPLE = 4000
"""How many lines are looked at to judge a text's layout."""


class Line(NamedTuple):
    """One line: how many characters it has from the first that is not white to the last, how far it is indented."""

    length: int
    indent: int


def lines_of(text: str) -> Iterator[Line]:
    """Every line of a text; a blank one has no length."""
    for match in LINE.finditer(text):
        words = match.group().rstrip()
        yield Line(len(words.lstrip()), indent_of(words) if words else 0)


def indent_of(line: str) -> int:
    """How far a line is indented, in columns; a tab goes to the next column that 8 divides."""
    spread = line[: len(line) - len(line.lstrip())].expandtabs()
    return len(spread)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text sets its paragraphs.

    ``unwrapped``: each line is a paragraph of its own. ``indented``: an indented line begins one. Blank lines
    part paragraphs in every layout. ``width`` is the length that full lines have, in characters.
    """

    unwrapped: bool
    indented: bool
    width: int


def layout_of(lines: list[Line]) -> Layout:
    """Judges the layout of a text by its first lines."""
    inked = [line for line in lines[:SAMPLE] if line.length]
    if not inked:
        return Layout(False, False, 0)
    lengths = sorted(line.length for line in inked)
    width = lengths[int(len(lengths) * 0.9)]
    if width > LONG or (width < LONG and lengths[-1] > 2 * LONG):
        return Layout(True, False, width)
    return Layout(_ends_everywhere(lines, width), _indents(lines[:SAMPLE], width), width)


def _ends_everywhere(lines: list[Line], width: int) -> bool:
    """Whether line ends do not come of filling lines: in blocks of lines, few of the inner ones are full."""
    inner = [a for a, b in pairwise(lines[: SAMPLE + 1]) if a.length and b.length]
    blank = sum(1 for line in lines[:SAMPLE] if not line.length)
    if len(inner) < 3 or blank > len(inner) / 4:
        return False
    full = sum(1 for line in inner if line.length > width * 0.75)
    return full < len(inner) * 0.3 and width > 60


def _indents(lines: list[Line], width: int) -> bool:
    """Whether indented lines begin paragraphs: lines at the margin follow them, they themselves are full, and the
    lines before them mostly are not. In verse an indented line is seldom full; in a dictionary the lines before are.
    """
    margin = _margin(lines)
    pairs = [(a, b) for a, b in pairwise(lines) if a.length and b.length]
    first = [a for a, b in pairs if margin < a.indent <= margin + FARTHEST and b.indent == margin]
    before = [a for a, b in pairs if margin < b.indent <= margin + FARTHEST]
    if len(first) < 2 or width < NARROW:
        return False
    full = sum(1 for line in first if line.length + line.indent > 0.85 * width)
    full_before = sum(1 for line in before if line.length + line.indent > 0.9 * width)
    return full > 0.7 * len(first) and full_before <= 0.6 * len(before)


def _margin(lines: list[Line]) -> int:
    """The column in which lines begin that are not indented: the leftmost that many lines begin in."""
    begins = Counter(line.indent for line in lines if line.length)
    return min(indent for indent, times in begins.items() if times >= 0.1 * begins.total() or len(begins) > 20)
