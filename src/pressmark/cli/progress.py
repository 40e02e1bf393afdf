"""Says how far long work has come, once it takes more than two seconds."""

from __future__ import annotations

import sys
import time

import click

SILENT = 2.0
"""Seconds before anything is said."""

OFTEN = 0.2
SELDOM = 10.0
"""Seconds between two sayings: on a terminal, where each takes the place of the last, and elsewhere."""


class Progress:
    """``Progress("Building")(done, of)`` is called as often as one likes."""

    def __init__(self, deed: str) -> None:
        self.deed = deed
        self.begun = time.monotonic()
        self.said = 0.0
        self.shown = False

    def __call__(self, done: int, of: int) -> None:
        """``done`` of ``of`` things are done."""
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if now - self.begun < SILENT or now - self.said < (OFTEN if terminal else SELDOM):
            return
        self.said = now
        self.shown = terminal
        click.echo(f"{self.deed}: {done:,} of {of:,}", err=True, nl=not terminal)
        if terminal:
            click.echo("\r", err=True, nl=False)

    def end(self) -> None:
        """Clears the line."""
        if self.shown:
            click.echo("\x1b[2K\r", err=True, nl=False)
