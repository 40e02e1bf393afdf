"""Plain text: any encoding, any line ends, paragraphs as their writer set them.

Paragraphs are parted by blank lines, by indentation, or by every line end; which of these a text uses is
judged from the whole of it (``Layout``). Nothing else is decided here: a heading is a paragraph until a stage
knows better.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, repeat
from typing import NamedTuple

from pressmark.model.text import Block, Container, Leaf
from pressmark.readers.decoding import decode, refuse_what_is_no_text
from pressmark.readers.reader import Reader, Reading
from pressmark.readers.source import Source

ENDS = "\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
"""What ends a line: any line end that Unicode knows (UAX 14, LF CR NL BK) and the old separators."""

LINE = re.compile(f"[^{ENDS}]*(\r\n|[{ENDS}]?)")
BREAK = re.compile(f"[{ENDS}]\\s*")
"""A line end and all that is white after it."""

END = re.compile(f"\r\n|[{ENDS}]")

LONG = 120
"""A line longer than this was not broken to fit a page or a screen (characters)."""

NARROW = 50
"""Where full lines are shorter than this, indentation is more often verse than prose (characters)."""

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
    layout = layout_of(list(islice(lines_of(text), SAMPLE + 1)))
    start = len(text) - len(text.lstrip())
    yield from _page_ends(text[:start])
    base = indent_of(END.split(text[:start])[-1] + "x")
    for match in BREAK.finditer(text, start):
        white = match.group()
        if len(white) == 1 and not layout.unwrapped and white != "\f":
            base = 0
            continue
        lines = END.split(white)
        indent = indent_of(lines[-1] + "x")
        if len(lines) > 2 or layout.unwrapped or "\f" in white or (layout.indented and indent > base):
            if match.start() > start:
                yield start, start + len(text[start : match.start()].rstrip())
            yield from _page_ends(white)
            start, base = match.end(), indent
        base = min(base, indent)
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())


def _page_ends(white: str) -> Iterator[None]:
    return repeat(None, white.count("\f"))


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
