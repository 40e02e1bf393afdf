"""``pressmark check``"""

from __future__ import annotations

import click

from pressmark.cli import one_line, options
from pressmark.errors import UnsoundArchive


@click.command("check")
@click.argument("pressmarks", nargs=-1, metavar="[PRESSMARK…]")
@options.archive
def command(pressmarks: tuple[str, ...], archive: str) -> None:
    """Is this archive sound?

    Each text is valid, has every character of its source, has its sources as they came, ids that are used once,
    links that lead somewhere, and a history that leads to it. Nothing is changed.
    """
    from pressmark.archive.archive import Archive
    from pressmark.cli.progress import Progress

    opened = Archive(options.archive_root(archive))
    all_texts = len(pressmarks) or len(opened.texts())
    progress = Progress("Checking")
    texts = wrong = 0
    for pressmark, problems in opened.check(pressmarks):
        texts += bool(pressmark)
        progress(texts, all_texts)
        for problem in problems:
            progress.end()
            wrong += not problem.notice
            click.echo(f"{one_line(problem.place)}: {one_line(problem.sentence)}")
            if problem.hint:
                click.echo(f"  Hint: {one_line(problem.hint)}")
    progress.end()
    counted = "1 text" if texts == 1 else f"{texts:,} texts"
    if wrong:
        raise UnsoundArchive(
            f"{wrong:,} {'thing is' if wrong == 1 else 'things are'} wrong in {counted}", place=str(opened.root)
        )
    click.echo(f"Sound: {counted}.")
