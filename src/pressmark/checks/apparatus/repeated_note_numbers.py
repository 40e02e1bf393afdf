"""What it finds
    Two notes in one part of a text that bear the same number.

Why it matters
    A reader who follows the number in the text cannot know which of the two is meant.

Example
    ``1. See the letter of May.`` and, four notes on, ``1. Of the same year.``

What to do
    Look at the print. Often the second number was misread (a 7 for a 1), or a new chapter begins there and its
    heading was not recognised.

Fix safety
    There is no fix that a machine could know.
"""

from __future__ import annotations

from collections.abc import Iterator

from pressmark.checks.check import Check
from pressmark.model.edition import Edition
from pressmark.model.stand_off import Finding
from pressmark.model.text import Container


def find(edition: Edition) -> Iterator[Finding]:
    """A finding for each note whose label another note of the same container had before it."""
    for container in edition.blocks():
        if not isinstance(container, Container):
            continue
        seen: set[str] = set()
        for note in container.children:
            label = note.get("n") if note.name == "note" else ""
            if label and label in seen and label.isdigit():
                yield CHECK.finding(note.id, 0, 0, label)
            seen.add(label)


CHECK = Check("N001", "repeated-note-number", "note {} stands here twice", "warning", "apparatus", find)
