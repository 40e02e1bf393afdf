"""What may be wrong with a text: one module per check."""

from __future__ import annotations

from importlib.metadata import entry_points

from pressmark.checks.apparatus import anchors_without_notes, repeated_note_numbers, several_works
from pressmark.checks.check import Check
from pressmark.checks.record import author_is_transcriber, contrary_titles, contrary_years

CHECKS: tuple[Check, ...] = (
    anchors_without_notes.CHECK,
    repeated_note_numbers.CHECK,
    several_works.CHECK,
    author_is_transcriber.CHECK,
    contrary_years.CHECK,
    contrary_titles.CHECK,
)
"""Every check that comes with Pressmark."""


def checks() -> tuple[Check, ...]:
    """The built-in checks, and those that installed packages offer (entry points ``pressmark.checks``)."""
    return CHECKS + tuple(point.load() for point in entry_points(group="pressmark.checks"))
