"""What the words of a short line say of its role, in every language that Pressmark knows (``structure.toml``)."""

from __future__ import annotations

import re
from functools import cache

from pressmark.languages import LANGUAGES, tables, terms

__all__ = ["KINDS", "LANGUAGES", "kinds_of", "months"]

KINDS = (
    "chapter",
    "division",
    "notes",
    "contents",
    "salutation",
    "closing",
    "byline",
    "updated",
    "navigation",
    "contact",
    "dedication",
    "editor",
    "picture",
    "source",
    "postscript",
    "piece",
)
"""The lists whose words stand at the beginning of a block."""

LEADING = re.compile(r"[\W_]*")


@cache
def _beginnings() -> tuple[dict[str, frozenset[str]], int]:
    """The kinds of each beginning of one to four words, and the most words that one has."""
    found: dict[str, set[str]] = {}
    for kind in KINDS:
        for term in terms("structure.toml", kind):
            found.setdefault(" ".join(re.findall(r"[\w'’-]+", term)), set()).add(kind)
    longest = max((len(term.split()) for term in found), default=1)
    return {term: frozenset(kinds) for term, kinds in found.items()}, longest


WORDS = re.compile(r"[^\W_][\w'’-]*")


def kinds_of(words: str) -> set[str]:
    """The kinds of words with which ``words`` begin; ``=`` before a kind where they are nothing else."""
    beginnings, longest = _beginnings()
    first = [word.lower().replace("’", "'") for word in WORDS.findall(words[:90])]
    found: set[str] = set()
    for count in range(1, min(longest, len(first)) + 1):
        kinds = beginnings.get(" ".join(first[:count]))
        if kinds:
            found |= kinds
            if count == len(first) and len(words) < 80:
                found |= {f"={kind}" for kind in kinds}
    return found


@cache
def collections() -> frozenset[str]:
    """The words that name a collection (“archive”, “works”)."""
    return terms("structure.toml", "said")


@cache
def months() -> frozenset[str]:
    """The names of the months and their abbreviations of three letters and more."""
    found: set[str] = set()
    for table in tables("months.toml"):
        for month in table["months"]:
            found |= {month} if isinstance(month, str) else set(month)
    return frozenset(word for word in found if len(word) >= 3)
