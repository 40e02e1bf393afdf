"""``pressmark demo``"""

from __future__ import annotations

from importlib.resources import as_file, files

import click

from pressmark.cli import options

DEFAULT = "pressmark-demo"


@click.command("demo")
@click.option("-o", "--output", default=DEFAULT, metavar="DIR", help=f"The archive's folder ({DEFAULT}).")
@options.by
def command(output: str, by: str | None) -> int:
    """Press the sample texts that come with Pressmark: a memoir, a letter, a newspaper report, a poem, a speech.

    They were written for it and are free for any use (CC0).
    """
    from pressmark.archive.archive import Archive
    from pressmark.cli.site import built
    from pressmark.cli.taking import take_in

    archive = Archive.create(output, title="The Stavenham Archive")
    with as_file(files("pressmark") / "samples") as folder:
        paths = sorted(str(path) for path in folder.iterdir() if path.suffix in (".txt", ".html"))
        status = take_in(archive, paths, who=options.name_of(by, archive.settings.editor), collection="stavenham")
    built(archive)
    return status
