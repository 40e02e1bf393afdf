"""Runs the examples of the documentation: what a reader would type, and whether the answer is the one shown.

In a block of the language ``console`` a line that begins with ``$`` is run, and the lines below it are its
answer; ``…`` stands for anything in a line, and a line of ``…`` alone for any lines. A command with no answer
below it has to succeed. Around the blocks, comments say what else happens::

    <!-- test: copy letter.txt | old/letter.txt -->      also: write FILE as ENCODING | WORDS
    <!-- test: replace FILE | these words | those -->    {block} in them is the block below
    <!-- test: shows FILE -->                            the lines of the block below stand in the file
    <!-- test: exists FILE -->                           also: contains FILE | WORDS
    <!-- test: run pressmark press letter.txt -->        a command that readers need not see
    <!-- test: needs git -->

In the words of a comment, ``\\n`` and ``\\r`` are line ends. Each page has a folder of its own, with the samples.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from pressmark.cli import run_command

FENCE = re.compile(r"(?P<indent> *)```(?P<language>\w*)")
COMMENT = re.compile(r" *<!-- test: (?P<verb>\w+) (?P<rest>.*) -->")
ANYTHING = "…"
HERE = "http://127.0.0.1:8000/"


@dataclass(frozen=True, slots=True)
class Step:
    """A block (``verb`` is its language, ``words`` what it holds) or a comment; ``line`` counts from 1."""

    verb: str
    words: str
    line: int
    is_block: bool = False
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a block, the answer that is shown, and where that answer stands in the page."""

    words: str
    answer: tuple[str, ...]
    line: int
    indent: str = ""


@dataclass(slots=True)
class Examples:
    """The examples of one page, run in ``folder``; ``wrong`` lists what went otherwise than shown."""

    page: Path
    folder: Path
    wrong: list[str] = field(default_factory=list)
    real: list[tuple[Command, str]] = field(default_factory=list)

    def run(self) -> None:
        """Runs them all, in order."""
        found = list(steps(self.page.read_text(encoding="utf-8")))
        for step, after in zip(found, [*found[1:], Step("", "", 0)], strict=False):
            if step.is_block and step.verb == "console":
                for command in commands(step):
                    self.compare(command)
            elif not step.is_block:
                self.obey(step, after)

    def compare(self, command: Command) -> None:
        """Runs a command and holds its answer against the one shown."""
        status, answer = self.answer(command.words)
        if command.answer and not fits(command.answer, answer):
            self.real.append((command, answer))
            shown = "\n".join(command.answer)
            self.wrong.append(f"{self.at(command.line)}: $ {command.words}\nshown:\n{shown}\nreal:\n{answer}")
        elif not command.answer and status != 0:
            self.wrong.append(f"{self.at(command.line)}: $ {command.words}\nends with {status}:\n{answer}")

    def answer(self, words: str) -> tuple[int, str]:
        """The exit status of a command, and all that it prints."""
        program, *arguments = shlex.split(words)
        if program == "cd":
            os.chdir(arguments[0])
            return 0, ""
        if program == "git":
            return _git(arguments)
        assert program == "pressmark", f"{program} is no command that examples run"
        return _pressmark(arguments)

    def obey(self, step: Step, after: Step) -> None:
        """Does what a comment says."""
        parts = [part.replace("\\n", "\n").replace("\\r", "\r") for part in step.words.split(" | ")]
        parts = [part.replace("{block}", after.words) for part in parts]
        name, _, encoding = parts[0].partition(" as ")
        path = self.folder / name
        match step.verb:
            case "run":
                status, answer = self.answer(step.words)
                assert answer, f"{self.at(step.line)}: says nothing ({status})"
            case "copy":
                (self.folder / parts[1]).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, self.folder / parts[1])
            case "write":
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(parts[1].encode(encoding))
            case "replace":
                self.replace(path, parts[1], parts[2], step)
            case "shows":
                self.expect(_holds(path, after.words), step, f"{name} does not hold these lines in this order")
            case "exists":
                self.expect(path.exists(), step, f"there is no {name}")
            case "contains":
                self.expect(parts[1] in path.read_text(encoding="utf-8"), step, f"{name} lacks these words")
            case "needs":
                pass
            case _:
                self.expect(False, step, f"there is no comment “test: {step.verb}”")

    def replace(self, path: Path, old: str, new: str, step: Step) -> None:
        """Edits a file as a reader would."""
        before = path.read_bytes().decode("utf-8")
        self.expect(old in before, step, f"{path.name} does not hold {old!r}")
        path.write_bytes(before.replace(old, new).encode("utf-8"))

    def expect(self, well: bool, step: Step, complaint: str) -> None:
        """Notes what is not as it should be."""
        if not well:
            self.wrong.append(f"{self.at(step.line)}: {complaint}")

    def at(self, line: int) -> str:
        """A place in the page."""
        return f"{self.page.name}:{line}"

    def rewrite(self) -> None:
        """Puts the real answers in place of those that are shown and wrong."""
        lines = self.page.read_text(encoding="utf-8").split("\n")
        for command, answer in reversed(self.real):
            masked = answer.replace(self.folder.as_uri(), f"file:///{ANYTHING}")
            masked = masked.replace(f"{self.folder}{os.sep}", ANYTHING)
            start = command.line
            lines[start : start + len(command.answer)] = [command.indent + line for line in masked.splitlines()]
        self.page.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def steps(text: str) -> Iterator[Step]:
    """The blocks and comments of a page, in order."""
    lines = iter(enumerate(text.split("\n"), 1))
    for number, line in lines:
        comment = COMMENT.fullmatch(line)
        if comment:
            yield Step(comment["verb"], comment["rest"], number)
        if fence := FENCE.match(line):
            indent = fence["indent"]
            held = []
            for _, inner in lines:
                if inner.startswith(f"{indent}```"):
                    break
                held.append(inner.removeprefix(indent))
            yield Step(fence["language"], "\n".join(held), number, True, indent)


def commands(step: Step) -> Iterator[Command]:
    """The commands of a block, each with the answer below it."""
    lines = step.words.split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield Command(lines[start][2:], tuple(lines[start + 1 : end]), step.line + start + 1, step.indent)


def fits(shown: tuple[str, ...], real: str) -> bool:
    """Whether an answer is the one shown, with ``…`` for what may be anything."""
    pattern = "".join(
        r"(?:.*\n)*" if line == ANYTHING else ".*".join(map(re.escape, line.rstrip().split(ANYTHING))) + r"[ ]*\n"
        for line in shown
    )
    return re.fullmatch(pattern, real.rstrip("\n") + "\n") is not None


def _holds(path: Path, words: str) -> bool:
    held = path.read_text(encoding="utf-8")
    wanted = [line for line in words.split("\n") if line not in ("", ANYTHING)]
    pattern = r"(?:.*\n)*?".join("^" + ".*".join(map(re.escape, line.split(ANYTHING))) + ".*\n" for line in wanted)
    return re.search(pattern, held, re.MULTILINE) is not None


def _pressmark(arguments: list[str]) -> tuple[int, str]:
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="utf-8", write_through=True)
    arguments = [part for given in arguments for part in _filled(given)]
    stand_in = mock.patch("pressmark.cli.serve.ThreadingHTTPServer", _Server)
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream), stand_in:
        status = run_command(arguments)
        stream.flush()
    answer = buffer.getvalue().decode("utf-8").replace("\r\n", "\n")
    return status, answer.replace("\\", "/") if sys.platform == "win32" else answer


def _filled(argument: str) -> list[str]:
    """A pattern as a shell fills it in."""
    return sorted(path.as_posix() for path in Path().glob(argument)) if "*" in argument else [argument]


class _Server:
    """Stands in for the server that would wait for readers."""

    server_port = 8000

    def __init__(self, *_given: object) -> None:
        pass

    def serve_forever(self) -> None:
        """Ctrl-C at once."""

    def server_close(self) -> None:
        """There is nothing to close."""


def _git(arguments: list[str]) -> tuple[int, str]:
    who = [f"GIT_{role}_{what}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
    environment = dict(os.environ, GIT_CONFIG_GLOBAL=os.devnull, **dict.fromkeys(who, "a reader"))
    done = subprocess.run(
        ["git", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    return done.returncode, done.stdout
