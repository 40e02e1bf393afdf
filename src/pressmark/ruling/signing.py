"""What a person has changed by hand in the roles of an edition's blocks, signed with the person's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pressmark.model.edition import Edition
from pressmark.model.header import Header
from pressmark.model.roles import blocks_of
from pressmark.model.ruling import with_hand
from pressmark.model.text import Block, Container, Leaf, rewrite


def signed(old: Edition, new: Edition, *, who: str) -> tuple[Edition, int]:
    """The new edition with ``who`` as the hand of every block whose role is not that of the old one, and how many
    these are; the very same edition where there are none.

    A block that names a person already is left as it is, and loses the machine's certainty no less.
    """
    before = {leaf.id: role for role, _, leaves in blocks_of(old.text) for leaf in leaves}
    changed = {
        block.id: _is_signed(block, new.header)
        for role, block, leaves in blocks_of(new.text)
        if any(before.get(leaf.id) != role for leaf in leaves)
    }
    unsure = {own for own, block in _blocks(new) if own in changed and block.get("cert")}
    unsigned = {own for own, by_person in changed.items() if not by_person}
    if not unsigned and not unsure:
        return new, 0
    taken = frozenset(own for own, _ in _blocks(new))
    taken |= {mark.id for leaf in new.leaves() for mark in leaf.marks if mark.id}
    header, hand = with_hand(new.header, who, taken) if unsigned else (new.header, "")

    def sign(block: Block) -> Block:
        if block.id not in unsigned and block.id not in unsure:
            return block
        given = {name: value for name, value in block.attributes if name != "cert"}
        if block.id in unsigned:
            given["resp"] = f"#{hand}"
        return replace(block, attributes=tuple(sorted(given.items())))

    text = rewrite(new.text, sign)
    assert isinstance(text, Container)
    return replace(new, header=header, text=text), len(unsigned)


def _blocks(edition: Edition) -> Iterator[tuple[str, Leaf | Container]]:
    return ((block.id, block) for block in edition.blocks())


def _is_signed(block: Block, header: Header) -> bool:
    """Whether a block names a person as its hand."""
    named = {token.removeprefix("#") for token in block.get("resp").split()}
    return any(hand.id in named for hand in header.hands if hand.kind == "person")
