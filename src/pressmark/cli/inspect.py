"""``pressmark inspect``"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from pressmark.cli import one_line, options, render
from pressmark.errors import PressmarkError, UsageError

if TYPE_CHECKING:
    from pressmark.model.edition import Edition
    from pressmark.pipeline import Keep
    from pressmark.stages import Stage

NAMES = ("read", "recover_structure", "recover_record", "proofread")


@click.command("inspect")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="As JSON; of several files, one object per line.")
@click.option("--text", "as_text", is_flag=True, help="Only the source text, to whose characters offsets refer.")
@click.option("--roles", "as_roles", is_flag=True, help="A table of roles, to change and give to add --roles.")
@click.option("--until", type=click.Choice(NAMES), help="Go no further than this stage.")
@click.option("--keep", metavar="DIR", help="Write what each stage makes into DIR, as TEI.")
@options.encoding
@options.max_size
def command(
    files: tuple[str, ...],
    as_json: bool,
    as_text: bool,
    as_roles: bool,
    until: str | None,
    keep: str | None,
    encoding: str | None,
    max_size: int,
) -> int:
    """Show what the machine sees in each FILE, changing nothing.

    Offsets are Unicode code points into the source text, which --text prints.
    """
    from pressmark.pipeline import run
    from pressmark.readers import read
    from pressmark.ruling import draft

    paths = options.expand(files)
    if (as_text or as_roles) and len(paths) > 1:
        option = "--text" if as_text else "--roles"
        raise UsageError(f"{option} prints one file, and several were given", hint="name one file")
    stages = _stages_until(until)
    status = 0
    for path in paths:
        try:
            edition = read(path, encoding=encoding, max_size=max_size)
            if as_text:
                _put(edition.source_text or "")
                continue
            edition = run(edition, stages, keep=_keeper(keep, path) if keep else None)
            if as_roles:
                _put(draft(edition))
                continue
            _print_json(edition, path) if as_json else _print_outline(edition, path)
        except PressmarkError as error:
            render(error)
            status = status or error.exit_status
    return status


def _stages_until(until: str | None) -> Sequence[Stage]:
    from pressmark.stages import STAGES

    names = [stage.name for stage in STAGES]
    if until == "read":
        return ()
    return STAGES[: names.index(until) + 1] if until else STAGES


def _put(words: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(words.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def _print_json(edition: Edition, path: str) -> None:
    from pressmark.exporters.inspection import inspection

    form = inspection(edition, path)
    try:
        line = json.dumps(form, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        line = json.dumps(form).encode()
    sys.stdout.flush()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _print_outline(edition: Edition, path: str) -> None:
    from pressmark.exporters.inspection import inspection

    form = inspection(edition, path)
    source = cast("dict[str, object]", form["source"])
    click.echo(f"{one_line(path)}: {source['encoding']}, {source['length']:,} characters")
    for statement in edition.header.statements:
        click.echo(f"  {statement.field:<15} {one_line(statement.value)}  ({statement.resp}, {statement.found})")
    text = edition.source_text or ""
    for block in cast("list[dict[str, int | str]]", form["blocks"]):
        start, end = cast("int", block["start"]), cast("int", block["end"])
        words = one_line(" ".join(text[start : start + 200].split())[: min(60, end - start)])
        click.echo(f"  {start:>7} {block['role']:<15} {block.get('certainty', ''):<7} {words}")
    for finding in edition.stand_off.findings:
        click.echo(f"  noticed: {one_line(finding.message)} [{finding.code}]")


def _keeper(folder: str, path: str) -> Keep:
    from pressmark.archive.paths import source_name
    from pressmark.archive.writing import make_folder, write_atomically
    from pressmark.tei import write

    place = Path(folder) / source_name(Path(path).name)
    make_folder(place)

    def keep(number: int, name: str, edition: Edition) -> None:
        write_atomically(place / f"{number:02d}-{name}.tei.xml", write(edition))

    return keep
