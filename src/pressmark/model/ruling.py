"""What a person says that stretches of a source are, before the machine weighs the rest."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from pressmark.model.header import Hand, Header
from pressmark.model.roles import ROLES
from pressmark.model.text import plain

INLINE = ("note_anchor", "line_end_hyphen")
"""Roles that are not of blocks but of marks within their words."""

BLOCK_ROLES = tuple(role for role in ROLES if role not in INLINE)
"""The roles that a person can give to a block."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One block's role as a person has decided it.

    ``start`` and ``end`` are code points, half-open, in the source text. ``resp`` is what the block will bear as
    ``@resp``: ``#`` and the id of a ``Hand``, several parted by spaces. Where ``whole``, the stretch is one block
    as far as no blank line parts it; otherwise it names the block, or the one line of it, that is meant.
    ``place`` is how messages call it.
    """

    start: int
    end: int
    role: str
    resp: str
    whole: bool = False
    place: str = ""

    def __post_init__(self) -> None:
        if self.role not in BLOCK_ROLES:
            raise ValueError(f"no block has the role {self.role!r}")
        if not 0 <= self.start < self.end:
            raise ValueError("a ruling is about at least one character")


def with_hand(header: Header, who: str, taken: frozenset[str] = frozenset()) -> tuple[Header, str]:
    """The header with a hand for the person called ``who``, and the hand's id; the hand that has the name already
    is used again. No id in ``taken`` is given.
    """
    name = plain(who)
    for hand in header.hands:
        if hand.kind == "person" and hand.name == name:
            return header, hand.id
    used = taken | {hand.id for hand in header.hands} | {witness.id for witness in header.witnesses}
    own = stem = _id_of(name)
    number = 1
    while own in used:
        number += 1
        own = f"{stem}-{number}"
    hand = Hand(own, name, "person", "decided by")
    return replace(header, hands=(*header.hands, hand)), own


def _id_of(name: str) -> str:
    """An XML name made of a person's: small Latin letters with a hyphen between words, or ``editor``."""
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.split(r"[^a-z]+", bare)[:8] if word]
    own = "-".join(words)[:60].strip("-")
    return own if len(own) > 1 else "editor"
