"""A text's blocks in a row, each with the block around it; and a text made anew from such a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pressmark.model.text import Attributes, Block, Container, Inset, Leaf, Mark, inset

POINTING = frozenset(["target", "resp", "who", "source", "corresp", "ref", "facs", "next", "prev"])
"""Attributes whose values are pointers, as many as there are, with white space between."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The blocks in document order, insets after the leaf that they interrupt, and the place of each one's
    parent.

    The text itself is the first; its parent is -1.
    """

    blocks: tuple[Block, ...]
    parents: tuple[int, ...]

    def leaves(self) -> list[int]:
        """The places of the leaves."""
        return [index for index, block in enumerate(self.blocks) if isinstance(block, Leaf)]

    def around(self, index: int) -> Iterator[int]:
        """The places of the containers around a block, the innermost first."""
        index = self.parents[index]
        while index >= 0:
            if isinstance(self.blocks[index], Container):
                yield index
            index = self.parents[index]

    def outside(self, index: int) -> list[Block]:
        """The blocks around a block, the outermost first."""
        found = []
        while (index := self.parents[index]) >= 0:
            found.append(self.blocks[index])
        return found[::-1]


def tree(text: Container) -> Tree:
    """The blocks of a text, in the order of ``model.text.walk``."""
    blocks: list[Block] = []
    parents: list[int] = []
    waiting: list[tuple[Block, int]] = [(text, -1)]
    while waiting:
        block, parent = waiting.pop()
        inner = block.children if isinstance(block, Container) else [each.block for each in block.insets if each.block]
        waiting += [(child, len(blocks)) for child in reversed(inner)]
        blocks.append(block)
        parents.append(parent)
    return Tree(tuple(blocks), tuple(parents))


def rebuilt(text: Container, given: Mapping[int, Block]) -> Container:
    """The text with the name, id, attributes and marks that ``given`` has for each place in its ``tree``.

    Which blocks hold which stays as it is, and so do the offsets of insets.
    """
    place = -1

    def again(block: Block) -> Block:
        nonlocal place
        place += 1
        dressed = given[place]
        if isinstance(block, Container):
            assert isinstance(dressed, Container)
            return replace(dressed, children=tuple(again(child) for child in block.children))
        assert isinstance(dressed, Leaf)
        insets = [inset(each.start, again(each.block)) for each in block.insets if each.block]
        return replace(dressed, marks=_interrupted(dressed.marks, insets)) if insets else dressed

    made = again(text)
    assert isinstance(made, Container)
    return made


def _interrupted(marks: tuple[Mark, ...], insets: list[Inset]) -> tuple[Mark, ...]:
    """The marks, their insets replaced one by one."""
    fresh = iter(insets)
    return tuple(next(fresh) if isinstance(mark, Inset) else mark for mark in marks)


def pointed(given: Attributes) -> set[str]:
    """The ids to which attributes point."""
    return {token[1:] for name, value in given if name in POINTING for token in value.split() if token.startswith("#")}


def repointed(given: Attributes, names: Mapping[str, str]) -> Attributes:
    """The attributes with every pointer to a key of ``names`` led to its value, or left out where that is
    empty.
    """
    if not any(name in POINTING and "#" in value for name, value in given):
        return given
    out = []
    for name, value in given:
        if name in POINTING and "#" in value:
            tokens = value.split()
            led = [token if token[0] != "#" else _led(token, names) for token in tokens]
            value = value if led == tokens else " ".join(filter(None, led))
            if not value:
                continue
        out.append((name, value))
    return tuple(out)


def _led(token: str, names: Mapping[str, str]) -> str:
    name = names.get(token[1:], token[1:])
    return f"#{name}" if name else ""
