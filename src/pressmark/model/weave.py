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


def weave(leaf: Leaf, *, parting: frozenset[str] = frozenset()) -> Iterator[Event]:
    """The events of a leaf, in order. Every ``Open`` has its ``Close``, properly nested; no ``Words`` is empty.

    No mark is open round a point whose name is among ``parting``: it goes on in a new part after it.
    """
    return _Weaver(leaf, parting).events() if leaf.marks else iter((Words(leaf.text),) if leaf.text else ())


_Held: TypeAlias = tuple[Mark, int, int]
"""A mark, its number among the leaf's marks, and how many parts it has so far."""


class _Weaver:
    def __init__(self, leaf: Leaf, parting: frozenset[str]) -> None:
        self.leaf = leaf
        self.parting = parting
        self.open: list[_Held] = []
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
            first = index
            while index < len(marks) and marks[index].start == self.at:
                index += 1
            yield from self._start_all(first, index)
        yield from self._words(len(self.leaf.text))

    def _words(self, offset: int) -> Iterator[Words]:
        if offset > self.at:
            yield Words(self.leaf.text[self.at : offset])
            self.at = offset

    def _end(self) -> Iterator[Event]:
        """Ends the marks that end here, and goes on with those inside them that do not, in a new part."""
        ended = next((depth for depth, held in enumerate(self.open) if held[0].end == self.at), None)
        if ended is not None:
            closed = self.open[ended:]
            yield from self._close(ended)
            yield from self._open(*(held for held in closed if held[0].end > self.at))

    def _start_all(self, first: int, after: int) -> Iterator[Event]:
        """The marks that start here, those numbered from ``first`` to before ``after``."""
        parted: list[_Held] = []
        for number in range(first, after):
            mark = self.leaf.marks[number]
            if mark.start == mark.end and mark.name in self.parting:
                parted = parted or list(self.open)
                yield from self._close(0)
            elif parted:
                yield from self._open(*parted)
                parted = []
            yield from self._start(mark, number)
        yield from self._open(*parted)

    def _start(self, mark: Mark, number: int) -> Iterator[Event]:
        if mark.start == mark.end:
            yield Point(mark)
            return
        depth = self._depth_for(mark) if isinstance(mark, Choice) else len(self.open)
        inside = self.open[depth:]
        yield from self._close(depth)
        yield from self._open((mark, number, 0), *inside)

    def _depth_for(self, choice: Choice) -> int:
        """How deep a choice is put: outside the marks that end within it, so that they are split and not it."""
        depth = outermost = len(self.open)
        while depth and not isinstance(self.open[depth - 1][0], Choice):
            depth -= 1
            if self.open[depth][0].end < choice.end:
                outermost = depth
        return outermost

    def _close(self, depth: int) -> Iterator[Close]:
        """Closes all marks deeper than ``depth``, the inner first."""
        closed = self.open[depth:]
        del self.open[depth:]
        for mark, number, part in reversed(closed):
            yield Close(mark, number, part, mark.end > self.at)

    def _open(self, *held: _Held) -> Iterator[Open]:
        """Opens the next part of each, the outer first."""
        for mark, number, part in held:
            self.open.append((mark, number, part + 1))
            yield Open(mark, number, part + 1)
