"""How fast Pressmark is, beside lxml parsing the TEI that it writes.

    python dev.py bench [FOLDER]      FOLDER holds plain texts; otherwise texts are made up
    python dev.py bench structure     how well structure is seen, and how far its certainties can be believed

Machines differ and are noisy, so each figure is given beside what lxml takes, in the same run, to parse the TEI made of
the same texts: its speed is the yardstick. Medians of several runs.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from benchmarks import structure
from pressmark.pipeline import run
from pressmark.readers import read
from pressmark.stages import INTAKE
from pressmark.tei import write

RUNS = 5
MB = 1e6
PAGE = 30_000
"""Characters of one page for ``press``."""


def main(arguments: list[str]) -> None:
    """Runs all measurements and prints them as a table."""
    if arguments[:1] == ["structure"]:
        structure.main(arguments[1:])
        return
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        files = sorted(Path(arguments[0]).glob("*.txt")) if arguments else made_up(here / "texts", 200)
        rows = [*batch(files, here), *processes(files, here)]
    width = max(len(name) for name, _, _ in rows)
    print(f"{'':{width}}  {'figure':>14}  beside lxml")
    for name, figure, ratio in rows:
        print(f"{name:{width}}  {figure:>14}  {ratio}")


def made_up(folder: Path, count: int) -> list[Path]:
    """``count`` texts of some 10 KB, each different, the same on every machine."""
    folder.mkdir()
    source = random.Random(1905)
    syllables = [a + b for a in "bdfglmnprstvw" for b in ("a", "e", "i", "o", "u", "ar", "en", "is", "ol", "um")]
    words = ["".join(source.choices(syllables, k=source.choice((1, 1, 2, 2, 3)))) for _ in range(4000)]
    files = []
    for number in range(count):
        paragraphs = [" ".join(source.choices(words, k=60)).capitalize() + "." for _ in range(28)]
        path = folder / f"{number:04d}.txt"
        path.write_text(f"The Text Number {number}\n\nWritten: {1800 + number}.\n\n" + "\n\n".join(paragraphs))
        files.append(path)
    return files


def median(deed: Callable[[], object]) -> float:
    """The median of the seconds that a deed takes."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        deed()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def batch(files: list[Path], here: Path) -> list[tuple[str, str, str]]:
    """Reading and structure over many files in one process, and memory."""
    size = sum(path.stat().st_size for path in files) / MB
    documents = [write(run(read(path), INTAKE)) for path in files]
    parse = median(lambda: [etree.fromstring(document) for document in documents])
    rows = [("lxml parses the TEI", f"{size / parse:.1f} MB/s", "1")]
    for name, deed in {
        "read": lambda: [read(path) for path in files],
        "read, structure, record": lambda: [run(read(path), INTAKE) for path in files],
        "the same, and write TEI": lambda: [write(run(read(path), INTAKE)) for path in files],
    }.items():
        took = median(deed)
        rows.append((name, f"{size / took:.1f} MB/s", f"{took / parse:.1f} times"))
    return rows


def processes(files: list[Path], here: Path) -> list[tuple[str, str, str]]:
    """Whole processes, cold: ``--help``, ``inspect`` of a batch, ``press`` of one page."""
    pressmark = [sys.executable, "-m", "pressmark"]
    page = here / "page.txt"
    words = "".join(path.read_text("utf-8", "replace") for path in files[:8])
    page.write_text(words[:PAGE], "utf-8")
    document = here / "page.xml"
    document.write_bytes(write(run(read(page), INTAKE)))
    parse = [sys.executable, "-c", "import sys; from lxml import etree; etree.parse(sys.argv[1])", str(document)]
    peer = median(lambda: command(parse))
    rows = [("lxml parses one page, process", f"{peer:.3f} s", "1")]
    number = iter(range(1000))
    size = sum(path.stat().st_size for path in files) / MB
    names = [str(path) for path in files]
    for name, arguments in {
        "pressmark --help": lambda: ["--help"],
        "pressmark press, one page of 30 KB": lambda: ["press", str(page), "-o", str(here / f"a{next(number)}")],
        f"pressmark inspect --json --until read, {size:.1f} MB": lambda: [
            "inspect",
            "--json",
            "--until",
            "read",
            *names,
        ],
        f"pressmark inspect --json, {size:.1f} MB": lambda: ["inspect", "--json", *names],
    }.items():
        took = median(lambda arguments=arguments: command([*pressmark, *arguments()]))
        rate = f"{size / took:.1f} MB/s" if "inspect" in name else f"{took:.3f} s"
        rows.append((name, rate, f"{took / peer:.1f} times"))
    return rows


def command(arguments: list[str]) -> None:
    """Runs a command and throws its output away."""
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main(sys.argv[1:])
