"""Options that several commands have, each declared once."""

from __future__ import annotations

import getpass
import glob
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressmark.errors import UsageError
from pressmark.readers.source import MAX_SIZE, load, size_in_words

if TYPE_CHECKING:
    from pressmark.ruling import Row

UNITS = {"": 1, "B": 1, "K": 1 << 10, "KB": 1 << 10, "M": 1 << 20, "MB": 1 << 20, "G": 1 << 30, "GB": 1 << 30}


class Size(click.ParamType):  # type: ignore[type-arg]  # generic only in newer click
    """A number of bytes: ``200MB``."""

    name = "size"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        words = value.strip().upper().replace(" ", "")
        digits = words.rstrip("BKMG")
        unit = words[len(digits) :]
        if not digits.isascii() or not digits.isdigit() or unit not in UNITS:
            self.fail(f"{value!r} is no size; write it like 200MB", param, ctx)
        return int(digits) * UNITS[unit]


archive = click.option(
    "-a",
    "--archive",
    "archive",
    default=".",
    metavar="DIR",
    help="The archive's folder; otherwise the one you are in.",
)
encoding = click.option("--encoding", metavar="NAME", help="Read the file in this encoding, such as cp1252.")
max_size = click.option(
    "--max-size",
    type=Size(),
    default=MAX_SIZE,
    metavar="SIZE",
    help=f"Read files up to this size ({size_in_words(MAX_SIZE)} otherwise), such as 200MB.",
)
by = click.option("--by", metavar="NAME", envvar="PRESSMARK_BY", help="Your name, for the history.")
roles = click.option(
    "--roles", metavar="CSV", help="What you say that blocks are: a table of line and role, signed with your name."
)
output = click.option("-o", "--output", metavar="PATH", help="Where to write.")


PAGES = frozenset((".htm", ".html", ".xhtml", ".xht", ".txt"))
"""Endings of the files that a folder gives to a work."""


def with_folders(paths: list[str]) -> list[str]:
    """The files named, and of each folder the pages that lie in it, by name."""
    found: list[str] = []
    for path in paths:
        if not Path(path).is_dir():
            found.append(path)
            continue
        inside = sorted(str(each) for each in Path(path).iterdir() if each.suffix.lower() in PAGES and each.is_file())
        if not inside:
            raise UsageError("no page lies in this folder", place=path, hint="look for a wrong folder")
        found += inside
    return found


def rows_in(path: str | None, files: list[str]) -> tuple[Row, ...]:
    """The rows of the table of roles at ``path``, which is about one file; none where no table is given."""
    if path is None:
        return ()
    if len(files) > 1:
        raise UsageError("--roles is about one file, and several were given", hint="give them one by one")
    from pressmark.ruling import rows_of

    return rows_of(load(path).data, place=path)


def archive_root(given: str) -> Path:
    """The archive's folder: the one given, or the nearest above it that has a ``pressmark.toml``."""
    start = Path(given)
    if given == ".":
        here = start.resolve()
        for folder in (here, *here.parents):
            if (folder / "pressmark.toml").is_file():
                return folder
    return start


def name_of(given: str | None, editor: str = "") -> str:
    """Whose hand it is: the name given, the archive's editor, or the name one is logged in under."""
    if given or editor:
        return " ".join((given or editor).split())
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def expand(paths: tuple[str, ...]) -> list[str]:
    """The files named; a pattern that the shell left as it is (as on Windows) is filled in here."""
    found: list[str] = []
    for path in paths:
        if not Path(path).exists() and glob.has_magic(path):
            matches = sorted(glob.glob(path))  # noqa: PTH207 - a pattern may begin anywhere
            if not matches:
                raise UsageError("no file fits this pattern", place=path, hint="look for a wrong folder")
            found += matches
        else:
            found.append(path)
    return found
