"""``pressmark init``"""

from __future__ import annotations

import click

from pressmark.cli import one_line


@click.command("init")
@click.argument("folder", default=".")
@click.option("--title", help="The archive's title, as readers will see it.")
def command(folder: str, title: str | None) -> None:
    """Make FOLDER an archive.

    An archive is a folder of plain files, made for git: pressmark.toml, texts, authorities. If it is one
    already, nothing is changed.
    """
    from pressmark.archive.archive import Archive

    archive = Archive.create(folder, title=title or "")
    root = one_line(str(archive.root))
    click.echo(f"“{one_line(archive.settings.title)}” is an archive in {root}.")
    click.echo(f"Next: pressmark add FILE -a {root}")
