"""``pressmark build``"""

from __future__ import annotations

import click

from pressmark.cli import options


@click.command("build")
@options.archive
def command(archive: str) -> None:
    """Build the site of the archive, in its folder site.

    The old site stands until the new one is whole. Files that have not changed are not written again.
    """
    from pressmark.archive.archive import Archive
    from pressmark.cli.site import built

    built(Archive(options.archive_root(archive)))
