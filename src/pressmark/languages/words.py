"""How common the words of a language are, for the languages that have a list of them (``words.txt.gz``)."""

from __future__ import annotations

import gzip
import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(language: str) -> dict[str, int]:
    """The words and compounds of a language in small letters, each with how often it was seen.

    How often is an exponent of two: 10 stands for 1024 to 2047 times in the texts the list was made of. Empty
    for a language without a list (``training/words.py`` makes one).
    """
    path = files(__package__) / language / "words.txt.gz"
    if not path.is_file():
        return {}
    found: dict[str, int] = {}
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        exponent, _, listed = line.partition(" ")
        found.update(dict.fromkeys(listed.split(" "), int(exponent)))
    return found


@cache
def after_suspended(language: str) -> frozenset[str]:
    """The words that come after a hyphen which stands for the rest of a compound, such as “and”."""
    listed = tomllib.loads((files(__package__) / language / "hyphens.toml").read_text("utf-8"))
    return frozenset(listed["after_suspended"])
