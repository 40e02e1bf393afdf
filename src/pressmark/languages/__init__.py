"""What Pressmark knows of each language: one folder per language, the same file names in each."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from pressmark.model.header import FIELDS

LANGUAGES = ("en", "de", "fr", "es", "ru")
"""The languages that have a folder here (BCP 47)."""

Table: TypeAlias = dict[str, list[str]]


@cache
def tables(name: str) -> tuple[Table, ...]:
    """The lists of the file ``name`` of every language, in the order of ``LANGUAGES``."""
    return tuple(tomllib.loads((files(__package__) / each / name).read_text("utf-8")) for each in LANGUAGES)


@cache
def record_labels() -> dict[str, str]:
    """The field of the record for each label, in lower case, of every language; an earlier language wins."""
    found: dict[str, str] = {}
    for lists in tables("record.toml"):
        for field in FIELDS:
            for label in lists.get(field, ()):
                found.setdefault(label, field)
    return found


@cache
def terms(name: str, kind: str) -> frozenset[str]:
    """The words of one list of the file ``name``, of every language."""
    return frozenset(word for lists in tables(name) for word in lists.get(kind, ()))


@cache
def other_words() -> Table:
    """Small words of languages that are not known, by BCP 47 tag."""
    return tomllib.loads((files(__package__) / "others.toml").read_text("utf-8"))
