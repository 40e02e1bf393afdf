"""``pressmark add``"""

from __future__ import annotations

import click

from pressmark.cli import options
from pressmark.errors import UsageError


@click.command("add")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@options.archive
@click.option("--as", "pressmark", metavar="PRESSMARK", help="Where the text is to stand: collection/text.")
@click.option("--collection", metavar="NAME", help="The collection; otherwise that of the author.")
@options.encoding
@options.max_size
@click.option("--update", is_flag=True, help="Take a changed source in as a new witness of its text.")
@click.option("--again", is_flag=True, help="Add a text although the archive has the same words already.")
@options.by
def command(
    files: tuple[str, ...],
    archive: str,
    pressmark: str | None,
    collection: str | None,
    encoding: str | None,
    max_size: int,
    update: bool,
    again: bool,
    by: str | None,
) -> int:
    """Take each FILE in as a text of the archive.

    The file is kept as it came; beside it stands the edition made of it. The same file a second time changes
    nothing. A changed file is shown as a difference, and taken in only with --update: what people decided and
    the addresses of paragraphs are carried over wherever the words are the same, and what is lost is listed.
    """
    from pressmark.archive.archive import Archive
    from pressmark.cli.taking import take_in

    paths = options.expand(files)
    if pressmark and len(paths) > 1:
        raise UsageError("--as names one place, and several files were given", hint="add them one by one")
    opened = Archive(options.archive_root(archive))
    return take_in(
        opened,
        paths,
        who=options.name_of(by, opened.settings.editor),
        pressmark=pressmark,
        collection=collection,
        encoding=encoding,
        max_size=max_size,
        update=update,
        again=again,
    )
