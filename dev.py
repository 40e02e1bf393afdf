#!/usr/bin/env python3
"""The commands of those who work on Pressmark. Each sets up what it needs and nothing else.

    python dev.py test [PYTEST ARGUMENTS]    all tests on all cores; with arguments, what they say
    python dev.py lint                       ruff, the format and the types; changes nothing
    python dev.py docs [MKDOCS ARGUMENTS]    the documentation, into site-docs/; `docs serve` shows it
    python dev.py golden [PYTEST ARGUMENTS]  rewrites the golden editions; read the diff before you commit
    python dev.py bench [ARGUMENTS]          the benchmarks

Python packages go into ``.venv``, as with ``press.py``. Two things come from outside: a Chromium for the
browser tests, and the HTML validator ``vnu-jar`` (npm) with Java to run it. Where they cannot be had, the
tests that need them are skipped and say so; where ``CI`` is set in the environment, they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import press

ROOT = press.ROOT
VNU_VERSION = "26.9.27"
VNU = ROOT / ".cache" / "vnu"
MOST_WORKERS = 8

CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC_PLACES = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_PLACES = (
    "Chromium/Application/chrome.exe",
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)


def main(arguments: Sequence[str]) -> int:
    """Run one of the commands; gives its exit status (2 where there is no such command)."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    return press.told_plainly(lambda: command(arguments[1:]))


def test(arguments: Sequence[str]) -> int:
    """Run the tests; with no arguments all of them, on as many workers as there are cores."""
    python = press.set_up(group("test"))
    outside = {"PRESSMARK_CHROMIUM": str(prepared_chromium(python) or "")}
    prepare_vnu()
    everything = ["-n", str(min(os.cpu_count() or 1, MOST_WORKERS))]
    return run([str(python), "-m", "pytest", *(arguments or everything)], **outside)


def lint(_arguments: Sequence[str]) -> int:
    """Look for faults, foreign format and wrong types; all three, even if the first finds something."""
    python = str(press.set_up([*group("test"), *group("lint")]))
    return max(
        run([python, "-m", "ruff", "check", "."]),
        run([python, "-m", "ruff", "format", "--check", "."]),
        run([python, "-m", "mypy"]),
    )


def docs(arguments: Sequence[str]) -> int:
    """Write the reference anew from the code, then build the documentation, or do what the arguments say."""
    python = str(press.set_up(group("docs")))
    status = run([python, "docs/generate.py"])
    return status or run([python, "-m", "mkdocs", *(arguments or ["build", "--strict"])])


def golden(arguments: Sequence[str]) -> int:
    """Write the golden editions anew, and show what has changed."""
    python = press.set_up(group("test"))
    status = run([str(python), "-m", "pytest", "tests/editions", "--rewrite-golden", *arguments])
    if shutil.which("git"):
        run(["git", "--no-pager", "diff", "--stat", "--", "tests/editions"])
    return status


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks."""
    return run([str(press.set_up(group("test"))), "-m", "benchmarks", *arguments])


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "test": test,
    "lint": lint,
    "docs": docs,
    "golden": golden,
    "bench": bench,
}


def group(name: str) -> list[str]:
    """The requirements of a dependency group of ``pyproject.toml`` (PEP 735, without included groups).

    Read here, since ``pip install --group`` needs pip 25.1 and a fresh environment may have an older one.
    """
    import tomllib  # press.py has to be readable, and this file to be importable, before the version is known

    with (ROOT / "pyproject.toml").open("rb") as file:
        groups = tomllib.load(file)["dependency-groups"]
    return [str(requirement) for requirement in groups[name]]


def run(command: Sequence[str], **environment: str) -> int:
    """Run a command in the project's folder, showing what it prints; gives its exit status."""
    try:
        return subprocess.call(command, cwd=ROOT, env=dict(os.environ, **environment))
    except OSError as error:
        raise press.Trouble(
            f"{command[0]} cannot be run: {error.strerror}", hint="is it installed, and may you run it?"
        ) from error


def find_chromium(environment: Mapping[str, str] = os.environ) -> Path | None:
    """A browser of Chromium's family, or ``None``.

    The one that ``PRESSMARK_CHROMIUM`` names and no other; else one on the path; else one in a usual place.
    """
    named = environment.get("PRESSMARK_CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name, path=environment.get("PATH", "")):
            return Path(found)
    return next((place for place in usual_places(environment) if place.is_file()), None)


def usual_places(environment: Mapping[str, str]) -> Iterator[Path]:
    """Where macOS and Windows keep a browser, which is not on their path."""
    for folder in (Path("/Applications"), Path(environment.get("HOME", "/")) / "Applications"):
        yield from (folder / place for place in MAC_PLACES)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folders := environment.get(variable):
            yield from (Path(folders) / place for place in WINDOWS_PLACES)


def prepared_chromium(python: Path) -> Path | None:
    """The browser for the tests, installed if there is none and that is possible without asking anybody."""
    named = os.environ.get("PRESSMARK_CHROMIUM")
    if named and not Path(named).is_file():
        raise press.Trouble(
            f"PRESSMARK_CHROMIUM names {named}, which is not a file",
            hint="give the path of a Chromium, Chrome or Edge, or take the variable away.",
        )
    found = find_chromium() or playwrights_own(python)
    if found is not None:
        return found
    press.say("No Chromium is installed here; trying to get one for the browser tests …")
    if is_root() and shutil.which("apt-get") and apt_install("chromium", "fonts-liberation"):
        return find_chromium()
    if press.ask([str(python), "-m", "playwright", "install", "chromium"]).returncode == 0:
        return playwrights_own(python)
    press.say("  none could be installed; browser tests cannot run (PRESSMARK_CHROMIUM=PATH names one).")
    return None


def playwrights_own(python: Path) -> Path | None:
    """The browser that ``playwright install`` has put into the user's cache, if it has."""
    question = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    answer = press.ask([str(python), "-c", question])
    path = Path((answer.stdout.strip().splitlines() or [""])[-1])
    return path if answer.returncode == 0 and path.is_file() else None


def is_root() -> bool:
    """Whether system packages may be installed without asking; never on Windows."""
    return sys.platform != "win32" and os.geteuid() == 0


def apt_install(*packages: str) -> bool:
    """Install packages of Debian's; whether they are there now."""
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    press.ask(["apt-get", "update"])  # an old list may do; the next line tells
    return press.ask(["apt-get", "install", "--yes", "--no-install-recommends", *packages]).returncode == 0


def find_vnu() -> Path | None:
    """The jar of the HTML validator, if it is installed in the version that the tests were written for."""
    jar = VNU / VNU_VERSION / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    return jar if jar.is_file() else None


def prepare_vnu() -> None:
    """Install the HTML validator from npm if it is missing and npm is there."""
    if find_vnu() is not None:
        return
    npm = shutil.which("npm")
    if npm is None:
        press.say("npm (of Node.js) is not installed here; tests that validate HTML cannot run.")
        return
    press.say("Fetching the HTML validator (once) …")
    place = VNU / VNU_VERSION
    place.mkdir(parents=True, exist_ok=True)
    options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(place)]
    answer = press.ask([npm, "install", *options, f"vnu-jar@{VNU_VERSION}"])
    if answer.returncode != 0:
        press.say("  it cannot be fetched; tests that validate HTML cannot run." + press.last_lines(answer.stdout))


if __name__ == "__main__":
    if sys.version_info[:2] < press.NEEDED:
        sys.exit(press.told_plainly(lambda: press.hand_over([*press.newer_python(), __file__, *sys.argv[1:]])))
    sys.exit(main(sys.argv[1:]))
