"""Building a site and saying where it is: what ``build``, ``press`` and ``demo`` share."""

from __future__ import annotations

from pathlib import Path

import click

from pressmark.archive.archive import Archive
from pressmark.cli import one_line
from pressmark.cli.progress import Progress


def built(archive: Archive) -> None:
    """Builds the site, and says where it is and how to look at it."""
    progress = Progress("Building")
    site = archive.build(on_progress=progress)
    progress.end()
    texts = "1 text" if site.texts == 1 else f"{site.texts:,} texts"
    click.echo(f"Built the site: {texts}, {site.files:,} files, {site.written:,} of them new.")
    click.echo(f"Open it in a browser: {(site.folder / 'index.html').resolve().as_uri()}")
    click.echo(f"Or: pressmark serve -a {_shown(archive.root)}")


def _shown(root: Path) -> str:
    words = one_line(str(root))
    return f'"{words}"' if " " in words else words
