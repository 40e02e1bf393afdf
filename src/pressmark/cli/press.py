"""``pressmark press``"""

from __future__ import annotations

import click

from pressmark.cli import options

DEFAULT = "pressmark-archive"


@click.command("press")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("-o", "--output", default=DEFAULT, metavar="DIR", help=f"The archive's folder ({DEFAULT}).")
@click.option("--collection", metavar="NAME", help="The collection; otherwise that of the author.")
@options.encoding
@options.max_size
@options.by
def command(
    files: tuple[str, ...],
    output: str,
    collection: str | None,
    encoding: str | None,
    max_size: int,
    by: str | None,
) -> int:
    """From raw FILEs to a finished archive and site, in one go.

    Each file (plain text, HTML or Pressmark's TEI, in any encoding) becomes a text of the archive in DIR, which
    is made if it is not there, and the site is built.
    """
    from pressmark.archive.archive import Archive
    from pressmark.cli.site import built
    from pressmark.cli.taking import take_in
    from pressmark.readers.source import load

    paths = options.expand(files)
    if len(paths) == 1:
        load(paths[0], max_size=max_size)  # a slip in the name leaves no empty archive behind
    archive = Archive.create(output)
    who = options.name_of(by, archive.settings.editor)
    status = take_in(archive, paths, who=who, collection=collection, encoding=encoding, max_size=max_size)
    if archive.texts():
        built(archive)
    return status
