"""What it finds
    A second block of record lines (``Written:``, ``Source:``) far below the first: the file seems to hold two
    works.

Why it matters
    Two works in one edition share one title, one author and one address, and one of them cannot be found.

Example
    A page of letters, each with its own ``Written:`` and ``Source:`` lines.

What to do
    Cut the file in two, and add each part as a text of its own.

Fix safety
    There is no fix that a machine could know.
"""

from __future__ import annotations

from collections.abc import Iterator

from pressmark.checks.check import Check
from pressmark.model.edition import Edition
from pressmark.model.stand_off import Finding
from pressmark.page import label_of

FAR = 6
"""Paragraphs between two record blocks that make them two."""

TELLING = ("written", "printed_source", "published", "author", "title")


def find(edition: Edition) -> Iterator[Finding]:
    """A finding at the first line of each further record block of two lines or more that repeats a field."""
    blocks: list[list[tuple[str, str]]] = []
    between = FAR
    for leaf in edition.leaves():
        labelled = label_of(leaf.text[:300]) if len(leaf.text) < 300 else None
        if labelled and labelled[0] in TELLING:
            if between >= FAR:
                blocks.append([])
            blocks[-1].append((labelled[0], leaf.id))
            between = 0
        else:
            between += 1
    records = [block for block in blocks if len(block) > 1]
    for block in records[1:]:
        if {field for field, _ in block} & {field for field, _ in records[0]}:
            yield CHECK.finding(block[0][1])


CHECK = Check("N003", "several-works", "a second work seems to begin here", "warning", "apparatus", find)
