"""Taking files in and saying what became of each: what ``add``, ``press`` and ``demo`` share."""

from __future__ import annotations

from collections.abc import Sequence

import click

from pressmark.archive.archive import Added, Archive
from pressmark.cli import one_line, render
from pressmark.cli.progress import Progress
from pressmark.errors import PressmarkError
from pressmark.exporters.listing import authors_of
from pressmark.model.header import Header

SHOWN = 10
"""Findings of one text that are printed."""


def take_in(archive: Archive, files: Sequence[str], *, who: str, **how: object) -> int:
    """Adds each file; one that cannot be added is named and the others are not held up by it.

    Gives the exit status: that of the first error, or 0.
    """
    status = 0
    progress = Progress("Reading")
    archive.on_wait = waiting
    with archive.batch():
        for number, path in enumerate(files):
            progress(number, len(files))
            try:
                added = archive.add(path, who=who, **how)  # type: ignore[arg-type]
            except PressmarkError as error:
                progress.end()
                render(error)
                status = status or error.exit_status
            else:
                progress.end()
                report(added, path)
    return status


def waiting() -> None:
    """Says that somebody else is writing."""
    click.echo("Waiting for another Pressmark to finish with this archive…", err=True)


def report(added: Added, path: str) -> None:
    """Says what became of one file, and what was noticed in it."""
    if added.outcome == "unchanged":
        click.echo(f"{one_line(path)} is in the archive already, as {added.pressmark}. Nothing was changed.")
        return
    click.echo(f"{one_line(path)} → {added.pressmark}{_described(added.edition.header)}")
    for loss in added.lost:
        click.echo(f"  lost: {one_line(loss.message)}")
    findings = [each for each in added.edition.stand_off.findings if each.severity != "notice"]
    for finding in findings[:SHOWN]:
        click.echo(f"  noticed: {one_line(finding.message)} [{finding.code}]")
    if len(findings) > SHOWN:
        click.echo(f"  and {len(findings) - SHOWN} more; see them all with: pressmark inspect {one_line(path)}")


def _described(header: Header) -> str:
    author = ", ".join(authors_of(header))
    return one_line(f": “{header.value('title')}”" + (f" by {author}" if author else ""))
