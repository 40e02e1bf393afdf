"""What persons made of the old edition's blocks, as rulings on another source of the same work."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from pressmark.carrying.counterparts import Counterparts, counterparts
from pressmark.carrying.decisions import Hands
from pressmark.lossless import Alignment, align
from pressmark.model.edition import Edition
from pressmark.model.roles import blocks_of
from pressmark.model.ruling import BLOCK_ROLES, Ruling
from pressmark.model.text import Block, Leaf


def with_rulings(old: Edition, new: Edition) -> Edition:
    """The new edition, freshly read, with the rulings of persons that the old edition's blocks bear and with the hands
    of those persons. Where the new edition has a ruling of its own that one counts.
    """
    if new.source_text is None or "recover_structure" in new.performed:
        return new
    hands = Hands({hand.id: hand for hand in old.header.hands})
    persons = [hand for hand in old.header.hands if hand.kind == "person"]
    marked = [each for each in blocks_of(old.text) if hands.is_person(each[1].attributes) and each[0] in BLOCK_ROLES]
    if not marked:
        return new
    found = counterparts(list(old.leaves()), list(new.leaves()))
    alignment = align(new)
    numbers = {letters.leaf.id: index for index, letters in enumerate(found.old)}
    own = list(_free_of(new.rulings, _laid(marked, found, numbers, alignment)))
    known = {hand.id for hand in persons}
    others = tuple(hand for hand in new.header.hands if hand.id not in known)
    header = replace(new.header, hands=(*others, *persons))
    return replace(new, header=header, rulings=(*own, *new.rulings))


def _laid(
    marked: list[tuple[str, Block, tuple[Leaf, ...]]],
    found: Counterparts,
    numbers: dict[str, int],
    alignment: Alignment,
) -> Iterator[Ruling]:
    """A ruling for each marked block of whose letters the first and the last stand in the new source, in order."""
    for role, block, leaves in marked:
        indices = [numbers[leaf.id] for leaf in leaves if leaf.id in numbers]
        if not indices:
            continue
        start = _offset(found, indices[0], 0, alignment)
        end = _offset(found, indices[-1], len(found.old[indices[-1]].ink) - 1, alignment)
        if start is not None and end is not None and start <= end:
            yield Ruling(start, end + 1, role, block.get("resp"), whole=True, place=f"the ruling on {block.id}")


def _offset(found: Counterparts, index: int, letter: int, alignment: Alignment) -> int | None:
    """Where a letter of an old leaf stands in the new source; where it does not, the nearest of its leaf."""
    place = found.place(index, letter)
    strands = found.strands[index]
    if place is None and strands:
        first = strands[0]
        last = strands[-1]
        shared = sum(each.length for each in strands)
        if 2 * shared < len(found.old[index].ink):
            return None
        place = found.place(index, first.start if letter == 0 else last.start + last.length - 1)
    if place is None:
        return None
    letters = found.new[place.leaf]
    return alignment.offset(letters.leaf, letters.offsets[place.at])


def _free_of(rulings: tuple[Ruling, ...], carried: Iterator[Ruling]) -> Iterator[Ruling]:
    """The carried rulings that no new one is about."""
    ordered = sorted(rulings, key=lambda each: each.start)
    starts = [each.start for each in ordered]
    reach = list(accumulate((each.end for each in ordered), max))
    for each in carried:
        before = bisect_left(starts, each.end)
        if not before or reach[before - 1] <= each.start:
            yield each
