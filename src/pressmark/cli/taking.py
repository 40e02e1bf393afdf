"""Taking files in and saying what became of each: what ``add``, ``press`` and ``demo`` share."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

import click

from pressmark.archive.archive import Added, Archive
from pressmark.cli import one_line, render
from pressmark.cli.progress import Progress
from pressmark.errors import PressmarkError
from pressmark.exporters.listing import authors_of
from pressmark.gathering import Chapters, File, chapters_of
from pressmark.model.header import Header

SHOWN = 10
"""Findings of one text that are printed."""


MOST = 300
"""Files given together that are looked at whether they are one work."""


def take_in(archive: Archive, files: Sequence[str], *, who: str, **how: object) -> int:
    """Adds each file; one that cannot be added is named and the others are not held up by it.

    Gives the exit status: that of the first error, or 0.
    """
    status = 0
    progress = Progress("Reading")
    archive.on_wait = waiting
    taken: list[File] = []
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
                if len(files) <= MOST:
                    taken.append(File(path, added.edition))
    if chapters := chapters_of(taken):
        _offer(chapters)
    return status


def _offer(chapters: Chapters) -> None:
    """Says that files seem to be one work, and how to make one text of them."""
    files = " ".join(shlex.quote(file.path) for file in chapters.files)
    title = one_line(chapters.files[0].edition.header.value("title"))
    click.echo(
        f"  noticed: these {len(chapters.files)} files seem to be the chapters of one work, “{title}”"
        f" (certainty {chapters.certainty:.2f})"
    )
    click.echo(f"  Hint: to make one text of them: pressmark add --work {one_line(files)}")


def take_work_in(archive: Archive, files: Sequence[str], *, who: str, **how: object) -> int:
    """Adds several files as one text; gives the exit status."""
    archive.on_wait = waiting
    added = archive.add_work(files, who=who, **how)  # type: ignore[arg-type]
    report(added, f"{len(files)} files")
    if added.outcome != "unchanged":
        for number, witness in enumerate(added.edition.header.newest, 1):
            click.echo(f"  {number:>3} {one_line(witness.name)}")
    for pressmark in added.alone:
        click.echo(f"  noticed: {pressmark} has one of these files alone; its folder can be deleted")
    return 0


def take_parts_in(archive: Archive, files: Sequence[str], *, who: str, **how: object) -> int:
    """Adds a text for each work of each file; gives the exit status."""
    status = 0
    archive.on_wait = waiting
    for path in files:
        try:
            done = archive.add_parts(path, who=who, **how)  # type: ignore[arg-type]
        except PressmarkError as error:
            render(error)
            status = status or error.exit_status
            continue
        for added in done:
            if added.outcome == "gone":
                click.echo(
                    f"  noticed: {added.pressmark} is no work of {one_line(path)} any more, and was left as it is"
                )
            else:
                report(added, path)
        for pressmark in done[0].alone:
            click.echo(f"  noticed: {pressmark} has the whole of this file; its folder can be deleted")
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
    if any(finding.code == "N003" for finding in findings):
        click.echo(f"  Hint: to make a text of each work: pressmark add {one_line(shlex.quote(path))} --parts")
    if len(findings) > SHOWN:
        click.echo(f"  and {len(findings) - SHOWN} more; see them all with: pressmark inspect {one_line(path)}")


def _described(header: Header) -> str:
    author = ", ".join(authors_of(header))
    return one_line(f": “{header.value('title')}”" + (f" by {author}" if author else ""))
