"""What Pressmark knows of each language: one folder per language, the same file names in each."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "de", "fr", "es", "ru")
"""The languages that have a folder here (BCP 47)."""


@cache
def record_labels() -> dict[str, str]:
    """The field of the record for each label, in lower case, of every language; an earlier language wins."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        lists = tomllib.loads((files(__package__) / language / "record.toml").read_text("utf-8"))
        for field, labels in lists.items():
            for label in labels:
                found.setdefault(label, field)
    return found
