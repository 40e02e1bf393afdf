"""Plain text: any encoding, any line ends, paragraphs as their writer set them.

Paragraphs are parted by blank lines, by indentation, or by every line end; which of these a text uses is
judged from the whole of it (``Layout``). Nothing else is decided here: a heading is a paragraph until a stage
knows better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pressmark.model.text import Block, Container, Leaf
from pressmark.readers.decoding import decode, refuse_what_is_no_text
from pressmark.readers.reader import Reader, Reading
from pressmark.readers.source import Source

LINE = re.compile("[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]*(\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]?)")
"""A line and what ends it: any line end that Unicode knows (UAX 14, LF CR NL BK) and the old separators."""

LONG = 120
"""A line longer than this was not broken to fit a page or a screen (characters)."""

NARROW = 50
"""Where full lines are shorter than this, indentation is more often verse than prose (characters)."""

SAMPLE = 4000
"""How many lines are looked at to judge a text's layout."""


class Line(NamedTuple):
    """One line: offsets into the source without its white ends, how far it is indented, what ended it."""

    start: int
    end: int
    indent: int
    page_end: bool

    @property
    def length(self) -> int:
        """Characters from the first that is not white to the last."""
        return self.end - self.start


def lines_of(text: str) -> Iterator[Line]:
    """Every line of a text; a blank one has ``start == end``. A form feed ends a line and a page."""
    for match in LINE.finditer(text):
        start, stop = match.start(), match.start(1)
        words = text[start:stop]
        bare = words.lstrip()
        indent = len(words.expandtabs()) - len(words.expandtabs().lstrip()) if len(bare) < len(words) else 0
        begin = stop - len(bare)
        yield Line(begin, begin + len(bare.rstrip()), indent if bare else 0, match.group(1) == "\f")


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
    return Layout(_ends_everywhere(lines, width), _indents(inked, width), width)


def _ends_everywhere(lines: list[Line], width: int) -> bool:
    """Whether line ends do not come of filling lines: in blocks of lines, few of the inner ones are full."""
    inner = [a for a, b in pairwise(lines[: SAMPLE + 1]) if a.length and b.length]
    blank = sum(1 for line in lines[:SAMPLE] if not line.length)
    if len(inner) < 3 or blank > len(inner) / 4:
        return False
    full = sum(1 for line in inner if line.length > width * 0.75)
    return full < len(inner) * 0.3 and width > 60


def _indents(inked: list[Line], width: int) -> bool:
    """Whether indented lines begin paragraphs: some lines are, most are not, and full lines are among them."""
    base = min(line.indent for line in inked)
    indented = [index for index, line in enumerate(inked) if base < line.indent <= base + 10]
    if width < NARROW or not 2 <= len(indented) <= len(inked) * 0.5:
        return False
    followed = sum(1 for index in indented if index + 1 < len(inked) and inked[index + 1].indent == base)
    full = sum(1 for index in indented if inked[index].length > width * 0.6)
    return followed > len(indented) * 0.6 and full > len(indented) * 0.4


def paragraphs(text: str) -> Iterator[tuple[int, int] | None]:
    """The stretches (start, end) of a text that are paragraphs, and ``None`` where a page ends."""
    lines = list(lines_of(text))
    layout = layout_of(lines)
    start = end = base = -1
    for line in lines:
        if start >= 0 and (not line.length or layout.unwrapped or (layout.indented and line.indent > base)):
            yield start, end
            start = -1
        if line.length:
            if start < 0:
                start, base = line.start, line.indent
            elif line.indent < base:
                base = line.indent
            end = line.end
        if line.page_end:
            if start >= 0:
                yield start, end
                start = -1
            yield None
    if start >= 0:
        yield start, end


def read(source: Source, encoding: str | None, place: str) -> Reading:
    """Every paragraph of a plain text as a ``p``; the end of each page as a ``pb``."""
    refuse_what_is_no_text(source.data, place=place)
    decoded = decode(source.data, forced=encoding, place=place)
    text = decoded.text
    blocks: tuple[Block, ...] = tuple(
        Leaf("pb") if span is None else Leaf("p", text[span[0] : span[1]]) for span in paragraphs(text)
    )
    body = Container("text", (Container("body", blocks),))
    return Reading(body, text, decoded.encoding, findings=decoded.findings)


READER = Reader("text", lambda source: True, read)
