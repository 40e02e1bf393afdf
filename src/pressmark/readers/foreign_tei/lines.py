"""A container while it is being filled: its blocks so far, and the leaf in which words are being written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pressmark.model.text import Attributes, Block, Choice, Leaf, Mark, inset

WHITE = re.compile(r"[ \t\r\n]+")
PREFORMATTED = ("type", "preformatted")
IMPLICIT = {
    "lg": "l",
    "list": "item",
    "row": "cell",
    "table": "cell",
    "address": "addrLine",
    "opener": "salute",
    "closer": "salute",
    "front": "p",
}
"""The leaf that words become which stand directly in a container, where it is no paragraph."""

SHOWN = frozenset(("gap", "supplied", "ref"))
"""Points that a reader sees, so that the space after one is another than the space before it."""


@dataclass(slots=True, eq=False)
class Open:
    """A mark that is being written. ``start`` is its offset in the present leaf, ``None`` where it has none yet.

    ``readings`` are those of editors: (name, attributes, words).
    """

    name: str
    attributes: Attributes
    order: int
    id: str = ""
    start: int | None = None
    readings: tuple[tuple[str, Attributes, str], ...] = ()
    written: bool = False


@dataclass(slots=True)
class _Kind:
    """What the words that come next are: a leaf by the source's own tag, unless it is ``implicit``."""

    name: str
    attributes: Attributes = ()
    id: str = ""
    implicit: bool = False


@dataclass(slots=True)
class Line:
    """A leaf that is being written: its text, and its marks with their order of opening."""

    kind: _Kind
    parts: list[str] = field(default_factory=list)
    length: int = 0
    white: bool = True
    marks: list[tuple[int, Mark]] = field(default_factory=list)

    def say(self, words: str) -> None:
        """Adds words; white space is one space, and none at the beginning, but in a leaf that shows it as it is."""
        if PREFORMATTED not in self.kind.attributes:
            words = WHITE.sub(" ", words)
            words = words.removeprefix(" ") if self.white else words
        if words:
            self.white = words[-1] == " "
            self.parts.append(words)
            self.length += len(words)

    def leaf(self) -> Leaf:
        """The finished leaf, without a space at its end."""
        text = "".join(self.parts)
        if text.endswith(" "):
            text = text[:-1]
        marks = (_clipped(mark, len(text)) for _, mark in sorted(self.marks, key=lambda pair: pair[0]))
        return Leaf(self.kind.name, text, tuple(mark for mark in marks if mark), self.kind.id, self.kind.attributes)


def _clipped(mark: Mark, length: int) -> Mark | None:
    """A mark within a text of this length; nothing where it covered only the white space after it."""
    if mark.end <= length:
        return mark
    if mark.start == mark.end or mark.start < length:
        return replace(mark, start=min(mark.start, length), end=length)
    if isinstance(mark, Choice) and mark.reading:
        attributes = tuple(pair for pair in mark.attributes if pair[0] != "type")
        return Choice("supplied", length, length, mark.id, attributes, mark.reading)
    return None


class Flow:
    """Fills one container."""

    def __init__(self, container: str) -> None:
        self.blocks: list[Block] = []
        self.line: Line | None = None
        self.opened: list[Open] = []
        self.kinds = [_Kind(IMPLICIT.get(container, "p"), implicit=True)]
        self.anchors: list[str] = []
        self.order = 0
        self.only_implicit = True

    @property
    def in_words(self) -> bool:
        """Whether what comes next stands in a leaf: one of the source's own, or words that have begun."""
        return self.in_leaf or (self.line is not None and self.line.length > 0)

    @property
    def in_leaf(self) -> bool:
        """Whether what comes next stands in a leaf of the source's own."""
        return len(self.kinds) > 1

    @property
    def kind(self) -> str:
        """The name of the leaf that is or would be written."""
        return self.kinds[-1].name

    def next_order(self) -> int:
        """A number that is higher for what comes later in the document."""
        self.order += 1
        return self.order

    def begin(self) -> Line:
        """The leaf that is being written, begun where there is none. An id goes to the first part of a leaf."""
        if self.line is None:
            kind = self.kinds[-1]
            self.line = Line(replace(kind))
            kind.id = ""
            for each in self.opened:
                each.start = 0
            for name in self.anchors:
                self.point(Mark("anchor", 0, 0, name))
            self.anchors.clear()
        return self.line

    def say(self, words: str) -> None:
        """Adds words. White space between blocks is nothing."""
        if self.line is not None or words.strip():
            self.begin().say(words)

    def cut(self) -> None:
        """Ends the leaf that is being written; what follows begins another of the same kind."""
        line, self.line = self.line, None
        if line is None:
            return
        for each in self.opened:
            self._put(line, each)
            each.start = None
        leaf = line.leaf()
        if leaf.text or leaf.marks or leaf.id or not line.kind.implicit:
            self.only_implicit = self.only_implicit and line.kind.implicit
            self.blocks.append(leaf)

    def enter(self, name: str, attributes: Attributes, own: str) -> None:
        """Begins a leaf that the source has."""
        self.cut()
        self.kinds.append(_Kind(name, attributes, own))
        self.begin()

    def leave(self) -> None:
        """Ends it."""
        self.cut()
        self.kinds.pop()

    def add(self, *blocks: Block) -> None:
        """Adds finished blocks, after the words before them."""
        if blocks:
            self.cut()
            self.only_implicit = False
            self.blocks += blocks

    def point(self, mark: Mark) -> None:
        """Adds a mark over no words, here."""
        line = self.begin()
        line.marks.append((self.next_order(), replace(mark, start=line.length, end=line.length)))
        line.white = line.white and mark.name not in SHOWN

    def inset(self, block: Block) -> None:
        """Adds a block that interrupts the words here."""
        line = self.begin()
        line.marks.append((self.next_order(), inset(line.length, block)))

    def open(self, mark: Open) -> None:
        """Begins a mark."""
        mark.start = self.line.length if self.line is not None else None
        self.opened.append(mark)

    def close(self, mark: Open) -> None:
        """Ends a mark; the one that was begun last."""
        self.opened.remove(mark)
        if self.line is not None:
            self._put(self.line, mark)

    def _put(self, line: Line, mark: Open) -> None:
        """The mark over its part of this leaf. Its id goes to the first."""
        if mark.start is None or mark.start >= line.length:
            return
        for number, (name, attributes, reading) in enumerate(mark.readings):
            choice = Choice(name, mark.start, line.length, "" if number else mark.id, attributes, reading)
            line.marks.append((mark.order, choice))
        if not mark.readings:
            line.marks.append((mark.order, Mark(mark.name, mark.start, line.length, mark.id, mark.attributes)))
        mark.id, mark.written = "", True
