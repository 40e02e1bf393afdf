"""A page of flat text, as a stage looks at it: its blocks in a row, and what each line of them is like."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pressmark.languages import record_labels
from pressmark.model.text import Leaf

LABEL = re.compile(r"\s*([^\W\d_][^:\n]{1,40}?)\s*:\s+(\S.*)", re.DOTALL)
JOINED = re.compile(r"\s*(?:[/\\&+,;]|\b(?:and|und|et|y|и)\b)\s*")
"""What stands between the parts of a label."""

SCENE_BREAK = re.compile(r"(?:[*#•·⁂~―—–_=-]\s*){1,12}\Z")
STOP = re.compile(r"[.,;:!?…](?:[\"'”’»)\]]*)\Z")
NOTE = re.compile(
    r"\s*(?:\[(\d{1,3}|\*{1,3}|[†‡])\]|\((\d{1,3}|\*{1,3})\)|(\d{1,3})[.)](?=\s)|(\*{1,3}|[†‡])(?=\s*\w))\s*"
)
ANCHOR = re.compile(r"\[(\d{1,3}|\*{1,3}|[†‡])\]|\((\d{1,3}|\*{1,3})\)|(?<=[\w.,;:!?”’\"')])(\*{1,3}|[†‡])(?!\w)")

HEADING_LENGTH = 80
"""A heading is seldom longer than this (characters)."""

PROSE_LENGTH = 200
"""A block of this length is running text."""


def label_of(words: str) -> tuple[str, str] | None:
    """The field and the value of a record line (``Written: 1940.`` → written, 1940.), or ``None``.

    A label is known whole, by its part before a stroke (``Transcribed/HTML Markup``), or by its parts, where all of
    them are known (``Abschrift und HTML-Auszeichnung``).
    """
    match = LABEL.match(words)
    if not match:
        return None
    label = " ".join(match[1].lower().split())
    labels = record_labels()
    field = labels.get(label) or labels.get(label.split("/")[0].strip())
    if not field:
        parts = [labels.get(part, "") for part in JOINED.split(label)]
        field = parts[0] if all(parts) else ""
    return (field, " ".join(match[2].split())) if field else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block: its words, where it starts in the block's text, and how far it is indented."""

    words: str
    start: int
    indent: int


def lines_of(leaf: Leaf) -> list[Line]:
    """The lines of a leaf that are not blank. The first line of a leaf is taken to be indented like the least."""
    found = []
    for match in re.finditer(r"[^\r\n]+", leaf.text):
        raw = match.group()
        words = raw.strip()
        if words:
            indent = len(raw.expandtabs()) - len(raw.expandtabs().lstrip())
            found.append(Line(words, match.start() + raw.index(words[0]), indent))
    return found


def cut(leaf: Leaf, start: int, end: int, *, name: str = "", first: bool = False) -> Leaf:
    """The stretch of a leaf from ``start`` to ``end`` as a leaf; only the first part of a leaf keeps its id."""
    marks = []
    for mark in leaf.marks:
        inside = start <= mark.start < end or (mark.start == mark.end == end == len(leaf.text))
        if inside or (mark.start < start < mark.end):
            begin, stop = max(mark.start, start) - start, min(mark.end, end) - start
            marks.append(replace(mark, start=begin, end=max(begin, stop), id=mark.id if inside else ""))
    own = leaf.id if first else ""
    return Leaf(name or leaf.name, leaf.text[start:end], tuple(marks), own, leaf.attributes)
