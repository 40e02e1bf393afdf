"""Blocks while they are being made: text that still grows, and what is not decided yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

FLOW = frozenset(("body", "div", "quote", "note", "item", "cell", "figure"))
"""Frames that hold paragraphs."""


class Phrase:
    """A mark over a draft's text, a point, or a picture that interrupts it.

    ``fragment`` is the name of a place in the page: the anchor's own, or the one that a link leads to.
    """

    __slots__ = ("attributes", "end", "figure", "fragment", "name", "start")

    def __init__(self, name: str, start: int, end: int, attributes: dict[str, str] | None = None) -> None:
        self.name, self.start, self.end = name, start, end
        self.attributes = attributes or {}
        self.fragment = ""
        self.figure: Frame | None = None


class Draft:
    """A leaf that is being written. ``at`` is the place of its first character in the source text."""

    __slots__ = ("at", "attributes", "label", "length", "name", "note", "origin", "parts", "phrases", "role")

    def __init__(self, name: str, attributes: dict[str, str] | None = None, *, at: int = 0) -> None:
        self.name, self.at = name, at
        self.attributes = attributes or {}
        self.parts: list[str] = []
        self.length = 0
        self.phrases: list[Phrase] = []
        self.role = self.origin = self.note = self.label = ""

    @property
    def text(self) -> str:
        """What has been written so far."""
        if len(self.parts) > 1:
            self.parts = ["".join(self.parts)]
        return self.parts[0] if self.parts else ""

    def say(self, words: str) -> None:
        """Adds words at the end."""
        self.parts.append(words)
        self.length += len(words)

    def close(self) -> None:
        """Takes white space from the end; marks end with the text, and those that cover nothing go."""
        text = self.text.rstrip()
        self.parts, self.length = ([text] if text else []), len(text)
        kept = []
        for phrase in self.phrases:
            phrase.start, phrase.end = min(phrase.start, self.length), min(phrase.end, self.length)
            if phrase.name == "lb":
                keep = 0 < phrase.start < self.length
            elif phrase.name == "anchor" or phrase.figure is not None:
                keep = True
            else:
                keep = phrase.start < phrase.end and not text[phrase.start : phrase.end].isspace()
            if keep:
                kept.append(phrase)
        self.phrases = kept

    def lines(self) -> list[Draft]:
        """A closed draft parted at its line breaks."""
        breaks = sorted({phrase.start for phrase in self.phrases if phrase.name == "lb"})
        if not breaks:
            return [self]
        edges = [0, *breaks, self.length]
        held: list[list[Phrase]] = [[] for _ in edges[1:]]
        for phrase in self.phrases:
            line = min(bisect_right(edges, phrase.start), len(held)) - 1
            held[line].append(phrase)
            while line + 1 < len(held) and edges[line + 1] < phrase.end:
                line += 1
                held[line].append(phrase)
        parts = [self._part(start, end, own) for (start, end), own in zip(pairwise(edges), held, strict=True)]
        return [part for part in parts if part.length or part.phrases]

    def _part(self, start: int, end: int, phrases: list[Phrase]) -> Draft:
        """The text from ``start`` to ``end`` without white space at its ends, and its share of ``phrases``."""
        words = self.text[start:end]
        begin = start + len(words) - len(words.lstrip())
        part = Draft(self.name, dict(self.attributes), at=self.at + begin)
        part.role, part.origin = self.role, self.origin
        part.say(self.text[begin:end])
        for phrase in phrases:
            first, last = max(phrase.start, begin) - begin, max(min(phrase.end, end), begin) - begin
            copy = Phrase(phrase.name, first, last, phrase.attributes)
            copy.fragment, copy.figure = phrase.fragment, phrase.figure
            part.phrases.append(copy)
        part.close()
        return part


class Frame:
    """A container that is being filled. An ``implicit`` one stands for a tag that the page left out."""

    __slots__ = ("attributes", "children", "implicit", "label", "level", "name", "note", "origin", "role")

    def __init__(
        self, name: str, attributes: dict[str, str] | None = None, *, level: int = 0, implicit: bool = False
    ) -> None:
        self.name = name
        self.attributes = attributes or {}
        self.children: list[Node] = []
        self.level, self.implicit = level, implicit
        self.role = self.origin = self.note = self.label = ""


Node: TypeAlias = Draft | Frame


def drafts(node: Node) -> Iterator[Draft]:
    """Every draft in a node, in document order."""
    waiting: list[Node] = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Draft):
            yield current
        else:
            waiting.extend(reversed(current.children))
