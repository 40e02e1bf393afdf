"""The new edition with all that it takes over from the old one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from pressmark.carrying.counterparts import Counterparts, counterparts
from pressmark.carrying.decisions import Carried, Hands, carried_marks, twins
from pressmark.carrying.loss import Loss, short
from pressmark.carrying.naming import Names, block_pairs, names_for, own_marks, places
from pressmark.carrying.record import carried_header, lost_places, new_names
from pressmark.carrying.structure import Structure, carried_structure
from pressmark.carrying.tree import Tree, pointed, rebuilt, repointed, tree
from pressmark.model.edition import Edition
from pressmark.model.text import Attributes, Block, Container, Inset, Leaf, Mark


def carry_over(old: Edition, new: Edition) -> tuple[Edition, tuple[Loss, ...]]:
    """The new edition with the ids, the persons' decisions and the record that the old one is relied on
    for.

    ``new`` is the edition of another source of the same work, its blocks numbered from 1. Its *sic*
    reading, pictures, proposals and source text stay as they are. A block whose words are those of an old
    block, or much alike, bears that block's id, and all pointers follow. A decision stands on the very
    words for which it was made, or is a loss. The losses come in the order of the old text, the record's
    first.
    """
    before, after = tree(old.text), tree(new.text)
    found = _side_by_side(before, after)
    pairs = block_pairs(before, after, found)
    hands = Hands({hand.id: hand for hand in old.header.hands})
    carried = carried_marks(found, hands)
    structure = carried_structure(before, after, pairs, hands, ruled=bool(new.rulings))
    names = _all_names(old, new, before, after, found, pairs, carried)
    dressed = _Dressing(after, names, structure, carried, places(after)).blocks(_ids_of_record(old))
    there = _ids(dressed)
    header = carried_header(old.header, new.header, names.renamed, there)
    header = replace(header, identifiers=max(names.count, old.header.identifiers))
    edition = replace(new, header=header, text=rebuilt(new.text, dressed))
    return edition, (*lost_places(old.header, there), *_losses(before, found, carried, structure))


def _side_by_side(before: Tree, after: Tree) -> Counterparts:
    rows = [[block for block in each.blocks if isinstance(block, Leaf)] for each in (before, after)]
    return counterparts(*rows)


def _all_names(
    old: Edition,
    new: Edition,
    before: Tree,
    after: Tree,
    found: Counterparts,
    pairs: Mapping[int, int],
    carried: Carried,
) -> Names:
    """The new ids of blocks, marks, hands and witnesses."""
    names = names_for(old, before, after, pairs)
    taken = {mark.id for marks in carried.marks.values() for mark in marks}
    own_marks(names, before, after, found, taken)
    in_use = {*names.final.values(), *names.marks.values(), *names.reserved}
    names.renamed |= new_names(old.header, new.header, in_use)
    leaves = places(after)
    for leaf, marks in carried.marks.items():
        block = after.blocks[leaves[leaf]]
        assert isinstance(block, Leaf)
        for number, twin in twins(block, marks, names.renamed).items():
            names.twins.add((leaves[leaf], number))
            if block.marks[number].id:
                names.renamed[block.marks[number].id] = twin.id
    return names


def _ids_of_record(edition: Edition) -> set[str]:
    return {hand.id for hand in edition.header.hands} | {witness.id for witness in edition.header.witnesses}


def _ids(dressed: Mapping[int, Block]) -> set[str]:
    """The ids of all blocks and marks."""
    found = {block.id for block in dressed.values()}
    return found | {mark.id for block in dressed.values() if isinstance(block, Leaf) for mark in block.marks}


@dataclass(frozen=True, slots=True)
class _Dressing:
    """Gives the new blocks their names, ids, attributes and marks.

    ``leaves`` are the places in the tree of the leaves with words.
    """

    after: Tree
    names: Names
    structure: Structure
    carried: Carried
    leaves: list[int]

    def blocks(self, record: Collection[str]) -> dict[int, Block]:
        """Every new block by its place in the tree; ``record`` are the ids of the old record."""
        carried = {self.leaves[leaf]: marks for leaf, marks in self.carried.marks.items()}
        known = {*record, *self.names.final.values(), *self.names.marks.values()}
        known |= {mark.id for marks in carried.values() for mark in marks}
        return {
            index: self._block(index, block, carried.get(index, []), known)
            for index, block in enumerate(self.after.blocks)
        }

    def _block(self, index: int, block: Block, carried: list[Mark], known: Collection[str]) -> Block:
        name, given = block.name, repointed(block.attributes, self.names.renamed)
        if index in self.structure.given:
            name, given = self.structure.given[index]
            given = _still_there(given, known)
        own = self.names.final[index]
        if isinstance(block, Container):
            return replace(block, name=name, id=own, attributes=given)
        moved = [replace(mark, attributes=_still_there(mark.attributes, known)) for mark in carried]
        marks = sorted((*moved, *self._own(index, block)), key=lambda mark: mark.name == "pc")  # nothing stands in a pc
        return replace(block, name=name, id=own, attributes=given, marks=tuple(marks))

    def _own(self, index: int, block: Leaf) -> list[Mark]:
        """The marks that the new leaf came with, renamed, without those carried as well."""
        return [
            mark if isinstance(mark, Inset) else self._renamed(index, number, mark)
            for number, mark in enumerate(block.marks)
            if (index, number) not in self.names.twins
        ]

    def _renamed(self, index: int, number: int, mark: Mark) -> Mark:
        own = self.names.marks.get((index, number), mark.id)
        return replace(mark, id=own, attributes=repointed(mark.attributes, self.names.renamed))


def _still_there(given: Attributes, known: Collection[str]) -> Attributes:
    """Attributes from the old edition without pointers to what is gone; hands are never gone."""
    others = tuple(pair for pair in given if pair[0] != "resp")
    gone = dict.fromkeys(pointed(others) - set(known), "") if pointed(others) else {}
    return repointed(given, gone) if gone else given


def _losses(before: Tree, found: Counterparts, carried: Carried, structure: Structure) -> list[Loss]:
    """All that is lost of the text, in its order."""
    numbers = {place: number for number, place in enumerate(places(before))}
    losses: list[Loss] = []
    for index in range(len(before.blocks)):
        if index in structure.losses:
            losses.append(structure.losses[index])
        number = numbers.get(index)
        if number is not None:
            if number not in found.kept and number not in found.absorbed:
                losses.append(_lost(found.old[number].leaf))
            losses += carried.losses.get(number, [])
    return losses


def _lost(leaf: Leaf) -> Loss:
    words = short(leaf.text)
    return Loss("block", leaf.id, words, f"the block {leaf.id} (“{words}”) is not in the new source")
