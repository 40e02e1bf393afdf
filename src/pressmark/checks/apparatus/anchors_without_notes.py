"""What it finds
    A mark in the text that looks like the anchor of a note (``[3]``), where the text has notes but none of
    that number.

Why it matters
    The note was lost on the way here, or the number was misread.

Example
    ``as he wrote to his brother [3].`` in a text whose notes are numbered 1 and 2.

What to do
    Look at the print for the missing note, or correct the number.

Fix safety
    There is no fix that a machine could know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressmark.checks.check import Check
from pressmark.model.edition import Edition
from pressmark.model.stand_off import Finding

ANCHOR = re.compile(r"\[(\d{1,3})\]")


def find(edition: Edition) -> Iterator[Finding]:
    """A finding for each bracketed number that no note bears and no mark covers."""
    labels = {block.get("n") for block in edition.blocks() if block.name == "note"}
    if not labels:
        return
    for leaf in edition.leaves():
        covered = {(mark.start, mark.end) for mark in leaf.marks if mark.name == "ref"}
        for match in ANCHOR.finditer(leaf.text):
            if match.start() and match[1] not in labels and match.span() not in covered:
                yield CHECK.finding(leaf.id, *match.span(), match[1])


CHECK = Check("N002", "anchor-without-note", "no note {} is found for this anchor", "warning", "apparatus", find)
