"""An edition as plain text: the *sic* reading or the corrected one, a blank line between blocks."""

from __future__ import annotations

from pressmark.exporters.exporter import Exporter
from pressmark.exporters.running import running
from pressmark.model.edition import Edition
from pressmark.model.text import Block, Container, Leaf

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
        (_running if as_corrected else _as_received)(block, out)
    else:
        _rows(block, out, as_corrected=as_corrected)
    if block.name not in TIGHT and out and out[-1]:
        out.append("")


def _running(leaf: Leaf, out: list[str]) -> None:
    """The words of a leaf as they read on; what interrupts them follows."""
    words = running(leaf)
    if words.strip():
        out.append("  " * _indent(leaf) + words)
    for mark in leaf.insets:
        assert mark.block is not None
        _lines(mark.block, out, as_corrected=True)


def _as_received(leaf: Leaf, out: list[str]) -> None:
    """The words of a leaf, and what interrupts them where it does."""
    indent, at = "  " * _indent(leaf), 0
    for mark in (*leaf.insets, None):
        end = mark.start if mark else len(leaf.text)
        if leaf.text[at:end].strip():
            out.append(indent + leaf.text[at:end].rstrip("\r\n") if mark else indent + leaf.text[at:end])
        indent, at = "", end
        if mark and mark.block:
            _lines(mark.block, out, as_corrected=False)


def _rows(block: Container, out: list[str], *, as_corrected: bool) -> None:
    if block.name == "row" and all(isinstance(cell, Leaf) for cell in block.children):
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
    return plain_text(edition, as_corrected=as_corrected).encode("utf-8", "surrogatepass")


EXPORTER = Exporter("text", ".txt", "plain text, as corrected", lambda edition: _bytes(edition, as_corrected=True))
SIC = Exporter("sic", ".sic.txt", "plain text, as the source says", lambda edition: _bytes(edition, as_corrected=False))
