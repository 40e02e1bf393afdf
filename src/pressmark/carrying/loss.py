"""What the new edition has no place for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SHORT = 40
"""Words in a message are cut to so many characters."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the old edition that has no place in the new.

    ``kind`` says what it is: a ``block`` with words or what a person made of it, a ``decision`` (an
    editor's reading), another ``mark`` of a person's, the place of a ``statement`` of the record. ``id`` is
    the old id of the block, and after a space that of the mark, where it has one; ``words`` are those on
    which it stood, cut short, and what was decided; ``message`` is one sentence without a full stop.
    """

    kind: Literal["block", "decision", "mark", "statement"]
    id: str
    words: str
    message: str


def short(words: str, limit: int = SHORT) -> str:
    """``words`` on one line of at most ``limit`` characters, cut at the end of a word where there is one."""
    line = " ".join(words[: 8 * limit].split())
    if len(line) <= limit:
        return line
    return (line[:limit].rsplit(" ", 1)[0] if " " in line[:limit] else line[: limit - 1]) + "…"
