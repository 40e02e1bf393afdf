"""What it finds
    The beginning of each further work in a file that holds several: a title or heading of its own, and below it a
    record (``Written:``, ``Source:``), an author, or the head of a letter, before the text goes on.

Why it matters
    Two works in one edition share one title, one author and one address, and one of them cannot be found.

Example
    A page of letters, or of articles each with its own ``Written:`` and ``Source:`` lines. Chapters of a book, which
    have none, are not found.

What to do
    Take each in as a text of its own: ``pressmark add FILE --parts``. Nothing is parted unless you say so.

Fix safety
    There is no fix that a machine could know.
"""

from __future__ import annotations

from collections.abc import Iterator

from pressmark.checks.check import Check
from pressmark.gathering import beginnings
from pressmark.model.edition import Edition
from pressmark.model.stand_off import Finding


def find(edition: Edition) -> Iterator[Finding]:
    """A finding at the first block of each work after the first; none in what is known to be a part of a file or a
    work of several files.
    """
    if any(witness.part or witness.stretch for witness in edition.header.newest):
        return
    found, certainty = beginnings(edition)
    for number, block in enumerate(found[1:], 2):
        yield CHECK.finding(block, 0, 0, str(number), str(len(found)), confidence=certainty)


CHECK = Check("N003", "several-works", "work {} of {} seems to begin here, in one file", "warning", "apparatus", find)
