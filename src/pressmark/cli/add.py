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
@click.option("--work", is_flag=True, help="Make one text of all FILEs: the chapters of a work, or a folder of them.")
@click.option("--parts", is_flag=True, help="Make a text of each work that the FILE holds.")
@click.option("--update", is_flag=True, help="Take a changed source in as a new witness of its text.")
@click.option("--again", is_flag=True, help="Add a text although the archive has the same words already.")
@options.roles
@options.by
def command(
    files: tuple[str, ...],
    archive: str,
    pressmark: str | None,
    collection: str | None,
    encoding: str | None,
    max_size: int,
    work: bool,
    parts: bool,
    update: bool,
    again: bool,
    roles: str | None,
    by: str | None,
) -> int:
    """Take each FILE in as a text of the archive.

    The file is kept as it came; beside it stands the edition made of it. The same file a second time changes
    nothing. A changed file is shown as a difference, and taken in only with --update: what people decided and
    the addresses of paragraphs are carried over wherever the words are the same, and what is lost is listed.

    --roles overrules the machine: each row of the table names a line of the source and what the block that it
    stands in is. inspect FILE --roles prints a table to begin with.

    --work makes one text of several files, in the order in which their index links to them, else of their names.
    --parts makes several texts of one file: letters or articles that each have their own title and record.
    """
    from pressmark.archive.archive import Archive
    from pressmark.cli.taking import take_in, take_parts_in, take_work_in

    paths = options.expand(files)
    if (work or parts) and roles:
        raise UsageError("--roles is about one file that is one work", hint="change roles in text.xml by hand")
    if work and parts:
        raise UsageError("--work makes one text, and --parts several", hint="choose one of them")
    if parts and pressmark:
        raise UsageError("--as names one place, and --parts makes several texts", hint="name a --collection")
    if pressmark and len(paths) > 1 and not work:
        raise UsageError("--as names one place, and several files were given", hint="add them one by one")
    rows = () if work or parts else options.rows_in(roles, paths)
    opened = Archive(options.archive_root(archive))
    who = options.name_of(by, opened.settings.editor)
    how = {
        "pressmark": pressmark,
        "collection": collection,
        "encoding": encoding,
        "max_size": max_size,
        "update": update,
        "again": again,
    }
    if work:
        return take_work_in(opened, options.with_folders(paths), who=who, **how)
    if parts:
        del how["pressmark"]
        return take_parts_in(opened, paths, who=who, **how)
    return take_in(opened, paths, who=who, roles=rows, **how)
