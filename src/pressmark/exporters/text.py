"""An edition as plain text: the *sic* reading or the corrected one, a blank line between blocks."""

from __future__ import annotations

import re

from pressmark.exporters.exporter import Exporter
from pressmark.exporters.running import running
from pressmark.model.edition import Edition
from pressmark.model.text import Block, Container, Leaf

SURROGATE = re.compile("[\ud800-\udfff]")
TIGHT = frozenset(("l", "cell", "item", "speaker"))
"""Leaves whose neighbours stand on the next line."""


def plain_text(edition: Edition, *, as_corrected: bool = True) -> str:
    """The text in document order, ending in a newline; each block on lines of its own.

    ``as_corrected`` gives the editors' readings in place of what the source says, joins words that a line end
    divides, and leaves out the signs of transcribers.
    """
    out: list[str] = []
    _lines(edition.text, out, as_corrected=as_corrected)
    return "\n".join(out).strip("\n") + "\n"


def _lines(block: Block, out: list[str], *, as_corrected: bool) -> None:
    if isinstance(block, Leaf):
        _leaf(block, out, as_corrected=as_corrected)
    else:
        _rows(block, out, as_corrected=as_corrected)
    if block.name not in TIGHT and out and out[-1]:
        out.append("")


def _leaf(leaf: Leaf, out: list[str], *, as_corrected: bool) -> None:
    """The words of a leaf and what interrupts it: after it for a reader, in its place for what the source says."""
    start = 0
    for mark in leaf.insets:
        if not as_corrected:
            _put(leaf, leaf.text[start : mark.start], out)
            start = mark.start
            assert mark.block is not None
            _lines(mark.block, out, as_corrected=False)
    _put(leaf, running(leaf) if as_corrected else leaf.text[start:], out)
    for mark in leaf.insets:
        if as_corrected and mark.block is not None:
            if out and out[-1]:
                out.append("")
            _lines(mark.block, out, as_corrected=True)


def _put(leaf: Leaf, words: str, out: list[str]) -> None:
    if words.strip():
        out.append("  " * _indent(leaf) + words)


def _rows(block: Container, out: list[str], *, as_corrected: bool) -> None:
    if block.name == "row" and all(isinstance(cell, Leaf) and not cell.insets for cell in block.children):
        cells = (running(cell) if as_corrected else cell.text for cell in block.children if isinstance(cell, Leaf))
        out.append("\t".join(" ".join(words.split()) for words in cells))
        return
    for child in block.children:
        _lines(child, out, as_corrected=as_corrected)
        if block.name in ("table", "lg", "list") and out and not out[-1]:
            out.pop()


def _indent(leaf: Leaf) -> int:
    found = next((word for word in leaf.get("rend").split() if word.startswith("indent")), "")
    return int(found[6:]) if found[6:].isdigit() else 0


def _bytes(edition: Edition, *, as_corrected: bool) -> bytes:
    """UTF-8, which has no surrogates: each becomes U+FFFD."""
    return SURROGATE.sub("\ufffd", plain_text(edition, as_corrected=as_corrected)).encode()


EXPORTER = Exporter("text", ".txt", "plain text, as corrected", lambda edition: _bytes(edition, as_corrected=True))
SIC = Exporter("sic", ".sic.txt", "plain text, as the source says", lambda edition: _bytes(edition, as_corrected=False))
