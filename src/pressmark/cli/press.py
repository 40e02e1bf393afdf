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
@options.roles
@options.by
def command(
    files: tuple[str, ...],
    output: str,
    collection: str | None,
    encoding: str | None,
    max_size: int,
    roles: str | None,
    by: str | None,
) -> int:
    """From raw FILEs to a finished archive and site, in one go.

    Each file (plain text, HTML or TEI, in any encoding) becomes a text of the archive in DIR, which
    is made if it is not there, and the site is built. --roles says of one FILE what its blocks are, as with add.
    """
    from pressmark.archive.archive import Archive
    from pressmark.cli.site import built
    from pressmark.cli.taking import take_in
    from pressmark.pipeline import run, today
    from pressmark.readers import read
    from pressmark.readers.source import load
    from pressmark.ruling import ruled
    from pressmark.stages import INTAKE

    paths = options.expand(files)
    rows = options.rows_in(roles, paths)
    if len(paths) == 1:
        load(paths[0], max_size=max_size)  # a slip in the name leaves no empty archive behind
    if rows:  # nor does a table that does not fit
        fresh = read(paths[0], encoding=encoding, max_size=max_size)
        run(ruled(fresh, rows, who=options.name_of(by), when=today()), INTAKE)
    archive = Archive.create(output)
    who = options.name_of(by, archive.settings.editor)
    how = {"collection": collection, "encoding": encoding, "max_size": max_size, "roles": rows}
    status = take_in(archive, paths, who=who, **how)
    if archive.texts():
        built(archive)
    return status
