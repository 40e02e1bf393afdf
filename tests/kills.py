"""Kills ``pressmark`` at random moments, and sees whether the archive is sound and the command can be run again.

python -m tests.kills [ROUNDS]        some 200 rounds take two minutes
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pressmark.archive.archive import Archive
from pressmark.errors import NothingToUndo

WORDS = "The river went over its bank on the {} day, and nobody in the low ward slept until the {}th was past. "
COMMANDS = ("add", "update", "undo", "build")


def text_of(number: int) -> str:
    paragraphs = [WORDS.format(number, index) * 12 for index in range(30)]
    return f"Flood Number {number}\n\nWritten: 19{number % 90 + 10}.\n\n" + "\n\n".join(paragraphs) + "\n"


def run(arguments: list[str], *, seconds: float | None = None) -> int | None:
    """Runs a command whole, or kills it after so many seconds; its exit status, ``None`` where it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pressmark", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None
    return process.returncode


def arguments_for(command: str, archive: Path, source: Path) -> list[str]:
    where = ["-a", str(archive)]
    return {
        "add": ["add", str(source), "--as", "floods/one", "--by", "Test", *where],
        "update": ["add", str(source), "--as", "floods/kept", "--update", "--by", "Test", *where],
        "undo": ["undo", "floods/kept", "--by", "Test", *where],
        "build": ["build", *where],
    }[command]


def prepared(folder: Path, number: int, command: str) -> tuple[Path, Path]:
    """An archive in which the command has something to do, and the source for it."""
    root = folder / f"archive{number}"
    archive = Archive.create(root)
    source = folder / f"source{number}.txt"
    source.write_text(text_of(0))
    archive.add(source, who="Test", pressmark="floods/kept")
    source.write_text(text_of(0).replace("nobody", "somebody"))
    if command == "undo":
        archive.add(source, who="Test", pressmark="floods/kept", update=True)
    elif command == "add":
        source.write_text(text_of(number + 1))
    elif command == "build" and number % 2:
        archive.build()
        archive.add(source, who="Test", pressmark="floods/kept", update=True)
    return root, source


def problems(root: Path) -> list[str]:
    archive = Archive(root)
    for pressmark in archive.texts():
        archive.store(pressmark).recover()
    return [f"{pressmark}: {each.sentence}" for pressmark, found in archive.check() for each in found]


def one_round(folder: Path, number: int, source_of_chance: random.Random, longest: dict[str, float]) -> str:
    """One kill. Raises ``AssertionError`` where the archive is not sound, or the command cannot be run again."""
    command = COMMANDS[number % len(COMMANDS)]
    root, source = prepared(folder, number, command)
    arguments = arguments_for(command, root, source)
    site = root / "site" / "index.html"
    had_site = site.is_file()
    begun = time.monotonic()
    status = run(arguments, seconds=source_of_chance.uniform(0.05, longest.get(command, 1.0)))
    if status == 0:
        longest[command] = time.monotonic() - begun
    found = problems(root)
    assert not found, f"after a killed {command}: {found}"
    again = run(arguments)
    store = Archive(root).store("floods/kept")
    if command == "undo" and again != 0:
        try:
            store.undo(who="Test", when="2000-01-01T00:00:00Z")
        except NothingToUndo:
            again = 0  # the killed undo was done after all
    assert again == 0, f"{command} could not be run again: exit {again}"
    assert not problems(root), f"after {command} was run again: {problems(root)}"
    if command == "build" or had_site:
        assert site.is_file(), "the site is gone"
    return "finished before" if status == 0 else "killed"


def main(rounds: int) -> Counter[str]:
    """That many kills; how many of them hit."""
    chance = random.Random(rounds)
    counted: Counter[str] = Counter()
    longest: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            counted[f"{COMMANDS[number % 4]} {one_round(Path(folder), number, chance, longest)}"] += 1
    return counted


if __name__ == "__main__":
    for name, count in sorted(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200).items()):
        print(f"{name:24} {count}")
