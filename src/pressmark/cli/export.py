"""``pressmark export``"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pressmark.cli import one_line, options
from pressmark.errors import UsageError


@click.command("export")
@click.argument("form", metavar="FORM")
@click.argument("pressmark")
@options.archive
@options.output
def command(form: str, pressmark: str, archive: str, output: str | None) -> None:
    """Write the text at PRESSMARK out, to the screen or to a file.

    FORM is tei, text (plain text, as corrected) or sic (plain text, as the source says).
    """
    from pressmark.archive.archive import Archive
    from pressmark.archive.writing import write_atomically
    from pressmark.exporters import exporters

    known = exporters()
    if form not in known:
        raise UsageError(f"there is no form {form}", hint=f"choose one of: {', '.join(known)}")
    opened = Archive(options.archive_root(archive))
    document = known[form].export(opened.read(pressmark))
    if output:
        write_atomically(Path(output), document)
        click.echo(f"Wrote {one_line(output)}.")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(document)
        sys.stdout.buffer.flush()
