"""Marks may cross, elements may not: a leaf's text and marks as a properly nested run of events.

Every output that nests (TEI, HTML, EPUB) writes a leaf from these, so that all of them nest alike: the longest
mark outside, and a mark that crosses another in several parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pressmark.model.text import Choice, Leaf, Mark


@dataclass(frozen=True, slots=True)
class Words:
    """Text of the leaf, inside whatever marks are open."""

    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A mark over no characters: a line break, an insertion, a block that interrupts (``Inset``)."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Open:
    """Part ``part`` (from 1) of the mark that stands at ``number`` in the leaf's marks begins."""

    mark: Mark
    number: int
    part: int


@dataclass(frozen=True, slots=True)
class Close:
    """That part ends; the mark goes on in a further part where ``more``."""

    mark: Mark
    number: int
    part: int
    more: bool


Event: TypeAlias = Words | Point | Open | Close


def weave(leaf: Leaf) -> Iterator[Event]:
    """The events of a leaf, in order. Every ``Open`` has its ``Close``, properly nested; no ``Words`` is empty."""
    return _Weaver(leaf).events() if leaf.marks else iter((Words(leaf.text),) if leaf.text else ())


class _Weaver:
    def __init__(self, leaf: Leaf) -> None:
        self.leaf = leaf
        self.open: list[tuple[Mark, int, int]] = []
        self.at = 0

    def events(self) -> Iterator[Event]:
        marks = self.leaf.marks
        index = 0
        while index < len(marks) or self.open:
            stops = [mark.end for mark, _, _ in self.open]
            if index < len(marks):
                stops.append(marks[index].start)
            yield from self._words(min(stops))
            yield from self._end()
            while index < len(marks) and marks[index].start == self.at:
                yield from self._start(marks[index], index)
                index += 1
        yield from self._words(len(self.leaf.text))

    def _words(self, offset: int) -> Iterator[Words]:
        if offset > self.at:
            yield Words(self.leaf.text[self.at : offset])
            self.at = offset

    def _end(self) -> Iterator[Event]:
        """Ends the marks that end here, and goes on with those inside them that do not, in a new part."""
        ended = next((depth for depth, held in enumerate(self.open) if held[0].end == self.at), None)
        if ended is not None:
            yield from self._split(ended)

    def _start(self, mark: Mark, number: int) -> Iterator[Event]:
        if mark.start == mark.end:
            yield Point(mark)
            return
        depth = self._depth_for(mark) if isinstance(mark, Choice) else len(self.open)
        yield from self._split(depth, (mark, number, 0))

    def _depth_for(self, choice: Choice) -> int:
        """How deep a choice is put: outside the marks that end within it, so that they are split and not it."""
        depth = len(self.open)
        while depth and self.open[depth - 1][0].end < choice.end and not isinstance(self.open[depth - 1][0], Choice):
            depth -= 1
        return depth

    def _split(self, depth: int, *put: tuple[Mark, int, int]) -> Iterator[Event]:
        """Closes all deeper than ``depth``, opens what is ``put`` there, and opens again what has not ended."""
        closed = self.open[depth:]
        del self.open[depth:]
        for mark, number, part in reversed(closed):
            yield Close(mark, number, part, mark.end > self.at)
        for mark, number, part in (*put, *closed):
            if mark.end > self.at:
                self.open.append((mark, number, part + 1))
                yield Open(mark, number, part + 1)
