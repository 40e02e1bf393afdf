"""The body of an edition: leaf blocks of text, containers that nest, marks that may cross.

A leaf's ``text`` is its *sic* reading: what the source says, letter for letter. Editorial readings stand beside
it as marks, so an address (block id, offset) survives every correction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

Attributes: TypeAlias = tuple[tuple[str, str], ...]
"""TEI attributes as (name, value) pairs in the order of their names; ``xml:id`` is not among them."""

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 (section 2.2) does not allow; a text may have them, an attribute may not."""


def plain(words: str) -> str:
    """``words`` on one line, as they may stand in an attribute or the record: every character that XML
    forbids becomes U+FFFD, and each run of white space one space.
    """
    return " ".join(FORBIDDEN.sub("\ufffd", words).split())


def attributes(**values: str) -> Attributes:
    """The attributes given, without those that are empty; ``lang`` stands for ``xml:lang``."""
    named = {("xml:lang" if name == "lang" else name.rstrip("_")): value for name, value in values.items()}
    return tuple(sorted((name, value) for name, value in named.items() if value))


class _Attributed:
    """What marks and blocks share: looking an attribute up by its name."""

    __slots__ = ()
    attributes: Attributes

    def get(self, name: str, default: str = "") -> str:
        """The value of the attribute ``name``, or ``default``."""
        for key, value in self.attributes:
            if key == name:
                return value
        return default


@dataclass(frozen=True, slots=True)
class Mark(_Attributed):
    """A phrase-level TEI element over ``text[start:end]`` of a leaf; a point where ``start == end``.

    Offsets are code points, half-open. Marks may cross one another.
    """

    name: str
    start: int
    end: int
    id: str = ""
    attributes: Attributes = ()


@dataclass(frozen=True, slots=True)
class Choice(Mark):
    """An editor's reading beside what the source says (TEI ``choice``); the text itself stays.

    ``name`` is ``corr``, ``reg`` or ``expan``; ``reading`` is what the editor reads there, empty for a deletion.
    Over no characters it is an insertion, and its name is ``supplied``.
    """

    reading: str = ""


@dataclass(frozen=True, slots=True)
class Inset(Mark):
    """A block that interrupts a leaf at one offset: furniture, a note, a picture."""

    block: Block | None = None

    def __post_init__(self) -> None:
        if self.block is None or self.start != self.end:
            raise ValueError("an inset is a block at one offset")


def inset(offset: int, block: Block) -> Inset:
    """``block`` interrupting a leaf before the character at ``offset``."""
    return Inset(block.name, offset, offset, block=block)


def _mark_order(mark: Mark) -> tuple[int, bool, int]:
    """Points before the ranges that start there; of ranges, the longest first."""
    return mark.start, mark.start != mark.end, -mark.end


@dataclass(frozen=True, slots=True)
class Leaf(_Attributed):
    """A block of running text: one string and the marks over it.

    ``marks`` are kept in one order: by their start; points before ranges; longer ranges before shorter ones;
    otherwise as given, the first being the outer. Raises ``ValueError`` for a mark outside the text.
    """

    name: str
    text: str = ""
    marks: tuple[Mark, ...] = ()
    id: str = ""
    attributes: Attributes = ()

    def __post_init__(self) -> None:
        if not self.marks:
            return
        length = len(self.text)
        for mark in self.marks:
            if not 0 <= mark.start <= mark.end <= length:
                raise ValueError(f"mark {mark.name} {mark.start}–{mark.end} is outside a text of {length}")
        object.__setattr__(self, "marks", tuple(sorted(self.marks, key=_mark_order)))

    @property
    def insets(self) -> tuple[Inset, ...]:
        """The blocks that interrupt this one, in document order."""
        return tuple(mark for mark in self.marks if isinstance(mark, Inset))

    def pieces(self) -> Iterator[tuple[int, int]]:
        """The stretches (start, end) of the text that no inset interrupts, empty ones left out."""
        start = 0
        for mark in self.marks:
            if isinstance(mark, Inset) and mark.start > start:
                yield start, mark.start
                start = mark.start
        if start < len(self.text):
            yield start, len(self.text)


@dataclass(frozen=True, slots=True)
class Container(_Attributed):
    """A block that holds blocks and no text of its own."""

    name: str
    children: tuple[Block, ...] = ()
    id: str = ""
    attributes: Attributes = ()


Block: TypeAlias = Leaf | Container


def walk(block: Block) -> Iterator[Block]:
    """``block`` and every block in it, in document order; insets after the leaf that they interrupt."""
    waiting: list[Block] = [block]
    while waiting:
        current = waiting.pop()
        yield current
        if isinstance(current, Container):
            waiting.extend(reversed(current.children))
        else:
            waiting.extend(mark.block for mark in reversed(current.insets) if mark.block is not None)


def pieces(block: Block) -> Iterator[tuple[Leaf, int, int]]:
    """Every stretch of text in document order: (leaf, start, end); an inset's text stands where it interrupts."""
    waiting: list[tuple[Block, int, int]] = [(block, 0, 0)]
    while waiting:
        current, start, index = waiting.pop()
        if isinstance(current, Container):
            waiting.extend((child, 0, 0) for child in reversed(current.children))
            continue
        marks = current.marks
        while index < len(marks) and not isinstance(marks[index], Inset):
            index += 1
        end = marks[index].start if index < len(marks) else len(current.text)
        if end > start:
            yield current, start, end
        if index < len(marks):
            interrupting = marks[index]
            assert isinstance(interrupting, Inset)
            assert interrupting.block is not None
            waiting.append((current, end, index + 1))
            waiting.append((interrupting.block, 0, 0))


def rewrite(block: Block, change: Callable[[Block], Block]) -> Block:
    """``block`` with ``change`` applied to every block in it, the inner ones first.

    Blocks that do not change are kept as they are, not copied.
    """
    if isinstance(block, Container):
        children = tuple(rewrite(child, change) for child in block.children)
        if any(new is not old for new, old in zip(children, block.children, strict=True)):
            block = replace(block, children=children)
    elif block.insets:
        marks = tuple(_rewrite_inset(mark, change) if isinstance(mark, Inset) else mark for mark in block.marks)
        if any(new is not old for new, old in zip(marks, block.marks, strict=True)):
            block = replace(block, marks=marks)
    return change(block)


def _rewrite_inset(mark: Inset, change: Callable[[Block], Block]) -> Inset:
    assert mark.block is not None
    block = rewrite(mark.block, change)
    return mark if block is mark.block else inset(mark.start, block)


def sic(block: Block) -> str:
    """The *sic* reading of a block: what the source says, in document order, leaves parted by a newline."""
    out: list[str] = []
    before: Leaf | None = None
    for leaf, start, end in pieces(block):
        if before is not None and leaf is not before:
            out.append("\n")
        out.append(leaf.text[start:end])
        before = leaf
    return "".join(out)


def corrected(leaf: Leaf) -> str:
    """The text of a leaf with its editors' readings in place of what the source says."""
    out: list[str] = []
    at = 0
    for mark in leaf.marks:
        if isinstance(mark, Choice) and mark.start >= at:
            out += (leaf.text[at : mark.start], mark.reading)
            at = mark.end
    return "".join((*out, leaf.text[at:]))
