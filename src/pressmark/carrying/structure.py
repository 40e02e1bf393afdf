"""What persons made of the old blocks, where the new edition has the same words and room for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pressmark.carrying.decisions import Hands
from pressmark.carrying.loss import Loss, short
from pressmark.carrying.tree import Tree
from pressmark.model.edition import ink
from pressmark.model.inventory import EMPTY_LEAVES, LEAVES, PARTED, PARTING
from pressmark.model.roles import role_of
from pressmark.model.text import Attributes, Block, Container, Leaf, sic
from pressmark.tei.grammar import NONE, Definition, after, definitions, expected, may_end


@dataclass(slots=True)
class Structure:
    """The names and attributes of the new blocks that a person gave them, by their places in the tree.

    ``losses`` are by the place of the old block.
    """

    given: dict[int, tuple[str, Attributes]] = field(default_factory=dict)
    losses: dict[int, Loss] = field(default_factory=dict)


def carried_structure(
    before: Tree, then: Tree, pairs: Mapping[int, int], hands: Hands, *, ruled: bool = False
) -> Structure:
    """What persons made of blocks that have a counterpart with the same words; the rest as losses.

    Where the new edition is ``ruled``, a block that it has signed is what a person says now, whatever it was.
    """
    found = Structure()
    places = {old: index for index, old in pairs.items()}
    for old, block in enumerate(before.blocks):
        if not hands.is_person(block.attributes) or old not in places:
            continue
        index = places[old]
        if ruled and any(each.get("resp") for each in (then.blocks[index], *then.outside(index))):
            continue
        if _is_same_role(before, old, then, index):
            found.given[index] = then.blocks[index].name, _signed(then.blocks[index], block)
        elif _is_alike(block, then.blocks[index]) and _has_room(then, index, block, found):
            found.given[index] = block.name, block.attributes
        else:
            words = short(sic(block))
            what = f"what {hands.who(block.attributes)} made of {block.id} ({block.name}: “{words}”)"
            found.losses[old] = Loss("block", block.id, words, f"{what} does not fit the new source")
    return found


def _is_same_role(before: Tree, old: int, then: Tree, new: int) -> bool:
    """Whether two blocks have one role, in whatever form, and one of them is encoded otherwise than the other."""
    role = role_of(before.blocks[old], before.outside(old))
    return (
        bool(role)
        and role == role_of(then.blocks[new], then.outside(new))
        and not (before.blocks[old].name == then.blocks[new].name and _is_alike(before.blocks[old], then.blocks[new]))
    )


def _signed(block: Block, by: Block) -> Attributes:
    """A block's attributes, signed by the person who signed another."""
    given = {name: value for name, value in block.attributes if name != "cert"}
    return tuple(sorted({**given, "resp": by.get("resp")}.items()))


def _is_alike(old: Block, new: Block) -> bool:
    """Whether two blocks have the same letters, and are both of words or both of blocks."""
    if isinstance(old, Leaf) and isinstance(new, Leaf):
        return ink(old.text) == ink(new.text) and (not ink(old.text) or old.name not in EMPTY_LEAVES)
    return isinstance(old, Container) and isinstance(new, Container) and ink(sic(old)) == ink(sic(new))


def _has_room(then: Tree, index: int, block: Block, found: Structure) -> bool:
    """Whether the new block may be of the old one's kind, where it stands and with what is in it."""
    new, parent = then.blocks[index], then.parents[index]
    if new.name == block.name:
        return True
    if not (isinstance(new, Leaf) and block.name in LEAVES and new.name not in EMPTY_LEAVES) or parent < 0:
        return False
    if block.name not in PARTED and any(each.name in PARTING for each in new.insets):
        return False
    around = then.blocks[parent]
    if not isinstance(around, Container):
        return False
    if {new.name, block.name} == {"p", "ab"} and around.name not in LEAVES:
        return True
    names = [
        block.name if place == index else found.given.get(place, (then.blocks[place].name,))[0]
        for place in range(parent + 1, len(then.blocks))
        if then.parents[place] == parent
    ]
    return any(_holds(each, names) for each in definitions().values() if each.name == around.name)


def _holds(definition: Definition, names: list[str]) -> bool:
    """Whether the profile allows these children, in this order."""
    state = definition.content
    for name in names:
        state = next(
            (after(state, key) for key in sorted(expected(state)) if _name_of(key) == name),
            NONE,
        )
        if state == NONE:
            return False
    return may_end(state)


def _name_of(key: str) -> str:
    """The name of the element that a symbol of a content model stands for."""
    return definitions()[key].name if key in definitions() else ""
