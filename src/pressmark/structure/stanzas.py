"""Verse by the look of its lines alone."""

from __future__ import annotations

from pressmark.model.text import Leaf
from pressmark.page import label_of, lines_of

LONGEST = 66
"""Lines of verse are seldom longer than this (characters)."""

CAPITALS = 0.8
"""So great a part of the lines of a stanza begins with a capital, or else some are indented and some are not."""


def is_stanza(leaf: Leaf) -> bool:
    """Whether a block of several short lines is set as verse is: each with a capital, or in turns indented."""
    lines = lines_of(leaf)
    if len(lines) < 3 or any(len(line.words) > LONGEST for line in lines) or label_of(lines[0].words):
        return False
    capitals = sum(1 for line in lines if line.words.lstrip("\"'“‘„«—–-( ")[:1].isupper())
    base = min(line.indent for line in lines)
    indented = sum(1 for line in lines[1:] if line.indent > base + 1)
    longest = max(len(line.words) for line in lines)
    filled = sum(1 for line in lines[:-1] if len(line.words) > longest * 0.9)
    if filled > 0.7 * (len(lines) - 1) and longest > 50:
        return False
    return capitals >= CAPITALS * len(lines) or len(lines) * 0.3 <= indented <= len(lines) * 0.8
