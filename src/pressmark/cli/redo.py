"""``pressmark redo``"""

from __future__ import annotations

import click

from pressmark.cli import options


@click.command("redo")
@click.argument("pressmark")
@options.archive
@options.by
def command(pressmark: str, archive: str, by: str | None) -> None:
    """Bring back what the last undo of the text at PRESSMARK took away, byte for byte.

    The history keeps both: nothing that was ever done is forgotten.
    """
    from pressmark.archive.archive import Archive

    opened = Archive(options.archive_root(archive))
    entry = opened.redo(pressmark, who=options.name_of(by, opened.settings.editor))
    click.echo(f"{pressmark} is as it was after change {entry.extra['redoes']}.")
