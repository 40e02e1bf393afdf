"""``pressmark adopt``"""

from __future__ import annotations

import click

from pressmark.cli import options


@click.command("adopt")
@click.argument("pressmark")
@options.archive
@click.option("--why", default="", metavar="WORDS", help="What was changed and why, for the history.")
@options.by
def command(pressmark: str, archive: str, why: str, by: str | None) -> None:
    """Put an edit by hand on record, under your name.

    Whoever changes text.xml at PRESSMARK in an editor signs it with this. The text must be valid and have every
    character of its source. A block that you have made something else bears your name from now on.
    """
    from pressmark.archive.archive import Archive

    opened = Archive(options.archive_root(archive))
    who = options.name_of(by, opened.settings.editor)
    entry = opened.adopt(pressmark, who=who, why=why)
    if entry is None:
        click.echo(f"{pressmark} is as it was last recorded. Nothing was changed.")
    else:
        click.echo(f"{pressmark}: your edit is change {entry.n} of its history, by {who}.")
