"""The proof that nothing is lost, and where each block stands in its source.

The non-white characters of an edition's *sic* reading, in document order, are those of the source text. So
the place of every block in the source need not be stored: it is found by going through both side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

from pressmark.errors import LostText
from pressmark.model.edition import Edition, ink
from pressmark.model.text import Container, Leaf, pieces

Span: TypeAlias = tuple[int, int]
INK = re.compile(r"\S")
CONTEXT = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a leaf and where it stands in the source.

    ``start`` and ``end`` are offsets into the leaf, ``at`` and ``to`` into the source text, all code points.
    Where ``same``, the two stretches are the same string from the first non-white character on.
    """

    start: int
    end: int
    at: int
    to: int
    same: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where every leaf of an edition stands in the source text."""

    source_text: str
    by_leaf: dict[str, list[Piece]] = field(default_factory=dict)

    def spans(self, leaf: Leaf) -> list[Span]:
        """The stretches of the source that a leaf covers; several where something interrupts it."""
        return [(piece.at, piece.to) for piece in self.by_leaf.get(leaf.id, ()) if piece.to > piece.at]

    def offset(self, leaf: Leaf, index: int) -> int:
        """The offset in the source of the character at ``index`` of a leaf (its end, for the end of the leaf)."""
        found = self.by_leaf.get(leaf.id, ())
        if not found:
            return 0
        piece = next((each for each in found if index < each.end), found[-1])
        begin = piece.start + _white(leaf.text, piece.start)
        if piece.same:
            return min(max(piece.at, piece.at + index - begin), piece.to) if index < piece.end else piece.to
        return self._walk(leaf, piece, index)

    def _walk(self, leaf: Leaf, piece: Piece, index: int) -> int:
        count = len(ink(leaf.text[piece.start : index]))
        at = piece.at
        for match in INK.finditer(self.source_text, piece.at, piece.to):
            at = match.start()
            if count == 0:
                return at
            count -= 1
        return piece.to


def _white(text: str, start: int) -> int:
    """How many white characters stand in ``text`` from ``start`` on."""
    match = INK.search(text, start)
    return (match.start() if match else len(text)) - start


def align(edition: Edition) -> Alignment:
    """Goes through edition and source text side by side, and gives the places of all leaves.

    Raises ``LostText`` naming the first place where they differ, and ``ValueError`` for an edition that has no
    source text.
    """
    if edition.source_text is None:
        raise ValueError("the edition was not made from a source text")
    return align_text(edition.text, edition.source_text)


def align_text(text: Container, source_text: str) -> Alignment:
    """The same for a text and any source text."""
    found = Alignment(source_text)
    at = 0
    for leaf, start, end in pieces(text):
        piece = _place(source_text, at, leaf, start, end)
        at = piece.to
        found.by_leaf.setdefault(leaf.id, []).append(piece)
    left = INK.search(source_text, at)
    if left:
        raise _lost(source_text, left.start(), "the end of the edition")
    return found


def _place(source: str, at: int, leaf: Leaf, start: int, end: int) -> Piece:
    words = leaf.text[start:end].strip()
    if not words:
        return Piece(start, end, at, at, True)
    first = INK.search(source, at)
    begin = first.start() if first else len(source)
    if source.startswith(words, begin):
        return Piece(start, end, begin, begin + len(words), True)
    to = begin
    for character in ink(words):
        match = INK.search(source, to)
        if match is None or match.group() != character:
            raise _lost(source, match.start() if match else len(source), f"block {leaf.id or leaf.name}", words)
        to = match.end()
    return Piece(start, end, begin, to, False)


def _lost(source: str, at: int, where: str, words: str = "") -> LostText:
    line = source.count("\n", 0, at) + 1
    expected = source[at : at + CONTEXT]
    instead = f", where the edition has {words[:CONTEXT]!r}" if words else ""
    return LostText(
        f"the source has {expected!r} on line {line} (character {at}), and {where} does not follow it{instead}",
        hint="nothing was written; please report this with the file",
    )
