"""Makes the list of English words that decides about hyphens at line ends: ``languages/en/words.txt.gz``.

    python training/words.py FOLDER OUTPUT [--without FILE]

FOLDER holds running text: ``*.txt.gz`` and ``*.jsonl.gz`` whose lines are objects with ``title`` and ``text``.
FILE names works that are left out, a title per line, so that what is measured on them was not learnt from them.

The list is plain text, one line for each power of two: the exponent, then the words seen so often (2**exponent
times or more, less than twice that), in the order of their letters, parted by spaces. Words are in small letters;
those with a hyphen are compounds as they stand within lines.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LEAST = 7
"""A word that was seen less often is left out."""
LEAST_COMPOUND = 3
LONGEST = 30


def texts(folder: Path, without: set[str]) -> Iterator[str]:
    """Every text in the folder that is not to be left out."""
    for path in sorted(folder.rglob("*.txt.gz")):
        if not any(name in _bare(path.name) for name in without):
            yield gzip.decompress(path.read_bytes()).decode("utf-8")
    for path in sorted(folder.rglob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                book = json.loads(line)
                if not any(name in _bare(book["title"]) for name in without):
                    yield book["text"]


def count(running: Iterator[str]) -> Counter[str]:
    """How often each word and compound was seen in the texts, and never at the end of a line."""
    found: Counter[str] = Counter()
    for text in running:
        found.update(WORD.findall(text.casefold()))
    return found


def write(found: Counter[str], output: Path) -> None:
    """Writes the list; the same counts give the same bytes."""
    rows: dict[int, list[str]] = {}
    for word, times in found.items():
        least = LEAST_COMPOUND if "-" in word else LEAST
        if times >= least and 1 < len(word) <= LONGEST and word.count("-") < 3:
            rows.setdefault(times.bit_length() - 1, []).append(word)
    lines = (f"{exponent} {' '.join(sorted(rows[exponent]))}\n" for exponent in sorted(rows, reverse=True))
    output.write_bytes(gzip.compress("".join(lines).encode("utf-8"), 9, mtime=0))


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def main() -> None:
    """The command."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("output", type=Path)
    options.add_argument("--without", type=Path)
    given = options.parse_args()
    titles = given.without.read_text("utf-8").splitlines() if given.without else []
    write(count(texts(given.folder, {_bare(title) for title in titles if title.strip()})), given.output)


if __name__ == "__main__":
    main()
