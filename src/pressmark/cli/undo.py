"""``pressmark undo``"""

from __future__ import annotations

import click

from pressmark.cli import options


@click.command("undo")
@click.argument("pressmark")
@options.archive
@options.by
def command(pressmark: str, archive: str, by: str | None) -> None:
    """Take back the last change to the text at PRESSMARK, byte for byte.

    The history keeps both: nothing that was ever done is forgotten.
    """
    from pressmark.archive.archive import Archive

    opened = Archive(options.archive_root(archive))
    entry = opened.undo(pressmark, who=options.name_of(by, opened.settings.editor))
    click.echo(f"{pressmark} is as it was before change {entry.extra['undoes']}.")
