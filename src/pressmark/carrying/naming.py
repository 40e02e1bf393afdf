"""Which id each block of the new edition bears: that of its counterpart, or one never given out before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field

from pressmark.carrying.counterparts import Counterparts
from pressmark.carrying.sequences import common
from pressmark.carrying.tree import Tree
from pressmark.model.edition import Edition
from pressmark.model.text import Container, Inset, Leaf

NUMBERED = re.compile(r"b([0-9]{1,18})\Z")
"""An id that ``model.edition.number`` gives out."""

NESTED = 32
"""Of the containers around a leaf so many are compared, the innermost first."""


@dataclass(slots=True)
class Names:
    """The ids of the new edition.

    ``count`` is the highest number given out; ``reserved`` are the ids that the old edition has. ``final``
    are the ids of the blocks by their places, ``marks`` those of the marks by the leaf's place and their
    own in it; ``twins`` are the marks that stand among the carried ones. ``renamed`` says what has become
    of each id that the new edition came with.
    """

    count: int
    reserved: set[str]
    final: dict[int, str] = field(default_factory=dict)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    twins: set[tuple[int, int]] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)

    def fresh(self) -> str:
        """A number never given out."""
        self.count += 1
        return f"b{self.count}"

    def keep_or_number(self, own: str) -> str:
        """The id itself where the old edition does not know it and it is no number; else a fresh one."""
        return own if own and own not in self.reserved and not NUMBERED.match(own) else self.fresh()


def names_for(old: Edition, before: Tree, after: Tree, pairs: Mapping[int, int]) -> Names:
    """The ids of all blocks of the new edition; ``pairs`` gives those that have an old counterpart."""
    reserved = _ids(old, before)
    highest = max((int(match[1]) for name in reserved if (match := NUMBERED.match(name))), default=0)
    names = Names(max(highest, old.header.identifiers), reserved)
    for index, block in enumerate(after.blocks):
        own = before.blocks[pairs[index]].id if index in pairs else ""
        names.final[index] = own or names.keep_or_number(block.id)
        if block.id:
            names.renamed[block.id] = names.final[index]
    return names


def _ids(edition: Edition, blocks: Tree) -> set[str]:
    """Every id in an edition, that of a mark, a hand and a witness too."""
    found = {block.id for block in blocks.blocks}
    found |= {mark.id for block in blocks.blocks if isinstance(block, Leaf) for mark in block.marks}
    found |= {hand.id for hand in edition.header.hands} | {witness.id for witness in edition.header.witnesses}
    return found - {""}


def block_pairs(before: Tree, after: Tree, found: Counterparts) -> dict[int, int]:
    """The old counterpart of each new block that has one, both by their places in their trees."""
    leaves = _leaf_pairs(before, after, found)
    return leaves | _container_pairs(before, after, leaves)


def places(blocks: Tree) -> list[int]:
    """The places of the leaves that have words, in order: those of ``Counterparts``."""
    return [i for i, block in enumerate(blocks.blocks) if isinstance(block, Leaf) and not _is_empty(block)]


def _is_empty(leaf: Leaf) -> bool:
    return not leaf.text or leaf.text.isspace()


def _leaf_pairs(before: Tree, after: Tree, found: Counterparts) -> dict[int, int]:
    first, second = places(before), places(after)
    pairs = {second[leaf]: first[index] for index, leaf in found.kept.items()}
    kept = set(pairs.values())
    rows = (_told(before), _told(after))
    keys = [[_key(before, i, i if i in kept else None) for i in rows[0]]]
    keys.append([_key(after, i, pairs.get(i)) for i in rows[1]])
    for x, y, length in common(*keys):
        for shift in range(length):
            pairs.setdefault(rows[1][y + shift], rows[0][x + shift])
    return pairs


def _told(blocks: Tree) -> list[int]:
    """The places of the blocks that hold no block: the leaves, and containers without children."""
    known = {0, _body(blocks)}
    return [
        index
        for index, block in enumerate(blocks.blocks)
        if isinstance(block, Leaf) or (not block.children and index not in known)
    ]


def _key(blocks: Tree, index: int, known: int | None) -> Hashable:
    """What a block is known by: its counterpart; without words its name and what it shows; else nothing."""
    block = blocks.blocks[index]
    if known is not None:
        return known
    if isinstance(block, Container) or _is_empty(block):
        return block.name, block.get("url"), block.get("n"), block.get("unit")
    return object()


def _container_pairs(before: Tree, after: Tree, leaves: Mapping[int, int]) -> dict[int, int]:
    """Containers of one name that hold the same leaves, most of them at least; the fullest agreement first.

    The text itself and its body are what they are by their role.
    """
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for index, other in leaves.items():
        for inner in list(after.around(index))[:NESTED]:
            for old in list(before.around(other))[:NESTED]:
                if before.blocks[old].name == after.blocks[inner].name:
                    shared[inner, old] += 1
    sizes, olds = _sizes(after), _sizes(before)
    score = {pair: count / max(sizes[pair[0]], olds[pair[1]]) for pair, count in shared.items()}
    pairs = {0: 0}
    if _body(before) and _body(after):
        pairs[_body(after)] = _body(before)
    taken = {*pairs.values(), *leaves.values()}
    for (inner, old), _ in sorted(score.items(), key=lambda item: (-item[1], item[0])):
        enough = 2 * shared[inner, old] >= min(sizes[inner], olds[old])
        if enough and inner not in pairs and inner not in leaves and old not in taken:
            pairs[inner] = old
            taken.add(old)
    return pairs


def _body(blocks: Tree) -> int:
    """The place of the text's own body; 0 where it has none."""
    found = (i for i, block in enumerate(blocks.blocks) if block.name == "body" and blocks.parents[i] == 0)
    return next(found, 0)


def _sizes(blocks: Tree) -> dict[int, int]:
    """How many leaves, or containers without children, each container holds."""
    found: dict[int, int] = defaultdict(int)
    for index in _told(blocks):
        for around in blocks.around(index):
            found[around] += 1
    return found


def own_marks(names: Names, before: Tree, after: Tree, found: Counterparts, taken: Collection[str]) -> None:
    """Gives the new edition's own marks their ids.

    A mark of the same name and id in a counterpart is the same, unless its id is ``taken`` by a carried
    mark; any other whose id the old edition knows, or that has a number for an id, is given a fresh number.
    """
    same = _same_marks(before, after, found)
    for index, block in enumerate(after.blocks):
        for number, mark in enumerate(block.marks if isinstance(block, Leaf) else ()):
            if mark.id and not isinstance(mark, Inset):
                known = mark.id not in taken and (index, mark.name, mark.id) in same
                names.marks[index, number] = mark.id if known else names.keep_or_number(mark.id)
                names.renamed[mark.id] = names.marks[index, number]


def _same_marks(before: Tree, after: Tree, found: Counterparts) -> set[tuple[int, str, str]]:
    """The marks with ids of old leaves, each by the place of a new leaf that may have it, its name and its
    id.
    """
    first, second = places(before), places(after)
    known = set()
    for index, leaves in found.parts.items():
        block = before.blocks[first[index]]
        assert isinstance(block, Leaf)
        for mark in block.marks:
            if mark.id and not isinstance(mark, Inset):
                known |= {(second[leaf], mark.name, mark.id) for leaf in leaves}
    return known
