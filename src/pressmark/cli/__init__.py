"""The command line: one module per command. Only here is anything printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from pressmark import VERSION
from pressmark.errors import PressmarkError

COMMANDS = {
    "press": "From raw files to a finished archive and site, in one go.",
    "demo": "Press the sample texts, to see what comes out.",
    "init": "Make a folder an archive.",
    "add": "Take a source in: read it, recover its structure and record.",
    "check": "Is this archive sound?",
    "build": "Build the archive's site.",
    "serve": "Look at the site in a browser.",
    "adopt": "Put an edit by hand on record, under your name.",
    "undo": "Take back the last change to a text.",
    "redo": "Bring back what the last undo took away.",
    "inspect": "Show what the machine sees in a file, changing nothing.",
    "export": "Write a text out as TEI or plain text.",
    "explain": "Explain a code, such as S004 or N001.",
}
"""Every command, in the order in which one needs them, with what ``--help`` says of it."""

INTERRUPTED = 130


class Commands(click.Group):
    """The commands, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"pressmark.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "-V", "--version", message="Pressmark %(version)s")
def pressmark() -> None:
    """Pressmark turns rescued texts into editions that can be trusted, found, cited and kept.

    To begin:  pressmark press FILE
    """


def run_command(arguments: Sequence[str]) -> int:
    """Runs a command line; gives its exit status. Errors are printed as one sentence and a hint."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = pressmark.main(list(arguments), prog_name="pressmark", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except PressmarkError as error:
        render(error)
        return error.exit_status
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing is half-written.", err=True)
        return INTERRUPTED
    except SystemExit:  # click's answer to a reader that has gone away, such as head
        return 0


def render(error: PressmarkError) -> None:
    """Prints an error: what it is and where, what was noted with it, and what to do."""
    click.echo(one_line(str(error)), err=True)
    for note in getattr(error, "__notes__", ()):
        click.echo(note, err=True)
    if error.hint:
        click.echo(f"  Hint: {one_line(error.hint)}", err=True)


def one_line(words: str) -> str:
    """Words of a stranger's file or file name, fit for a terminal: no control character reaches it."""
    return "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in words)
