"""What a person has ruled about blocks, obeyed: their blocks laid open, their units held to the role.

A ruled block is weighed like any other, so that it counts for its neighbours, with all roles but one barred.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pressmark.errors import WrongRoles
from pressmark.lossless import Alignment, align
from pressmark.model.edition import Edition, number
from pressmark.model.roles import blocks_of
from pressmark.model.ruling import Ruling
from pressmark.model.text import Block, Container, Inset, Leaf, Mark, attributes, rewrite
from pressmark.page import cut
from pressmark.structure.model import Decision
from pressmark.structure.row import FLOW, leaves_of
from pressmark.structure.units import PASSED, Sheet, Unit

WEIGHED_AS = {"running_head": "running_title", "page_number": "navigation"}
"""Roles that the model does not know, and what they count for their neighbours."""

TYPED = ("notes", "contents", "dedication")
"""Divisions whose type says what is in them."""

OLD_FORM = ("type", "cert", "resp", "n", "place")
"""Attributes of a block's old form, which another role does not have."""


@dataclass(slots=True)
class Page:
    """The stretches of a text's leaves in the order of the source, and what is known of each leaf.

    ``block_of`` leads from a leaf's id to its block on the page: (role, block, leaves). ``hosts`` leads from the id of
    a leaf to the id of the leaf that it interrupts.
    """

    starts: list[int] = field(default_factory=list)
    stretches: list[tuple[int, int, Leaf]] = field(default_factory=list)
    block_of: dict[str, tuple[str, Block, tuple[Leaf, ...]]] = field(default_factory=dict)
    hosts: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    furniture: set[str] = field(default_factory=set)

    def touched(self, ruling: Ruling) -> list[Leaf]:
        """The leaves that a ruling names. One that stands among them and interrupts another, or is furniture, is
        named only where the ruling begins with it.
        """
        at = max(bisect_right(self.starts, ruling.start) - 1, 0)
        found: dict[str, Leaf] = {}
        while at < len(self.stretches) and self.stretches[at][0] < ruling.end:
            start, end, leaf = self.stretches[at]
            at += 1
            if end <= ruling.start or start >= ruling.end:
                continue
            if not found or not (leaf.id in self.furniture or self.hosts.get(leaf.id) in found):
                found.setdefault(leaf.id, leaf)
        return list(found.values())


def page_of(edition: Edition, alignment: Alignment) -> Page:
    """The page that an edition is, for rulings to be laid on."""
    page = Page()
    for leaf in edition.leaves():
        page.stretches += [(at, to, leaf) for at, to in alignment.spans(leaf)]
        for inset in leaf.insets:
            assert inset.block is not None
            page.hosts |= {each.id: leaf.id for each in _leaves(inset.block)}
    page.stretches.sort(key=lambda stretch: stretch[0])
    page.starts = [start for start, _, _ in page.stretches]
    for role, block, leaves in blocks_of(edition.text):
        page.block_of |= {leaf.id: (role, block, leaves) for leaf in leaves}
    for leaf, role, _ in leaves_of(edition):
        if role:
            page.closed.add(leaf.id)
        if role == PASSED:
            page.furniture.add(leaf.id)
    return page


def _leaves(block: Block) -> Iterator[Leaf]:
    if isinstance(block, Leaf):
        yield block
    else:
        for child in block.children:
            yield from _leaves(child)


# --- Blocks whose role the source's tags decided -----------------------------------------------------


def opened(edition: Edition) -> Edition:
    """The edition with every block that is ruled open to its role, though the source's tags had decided it.

    A block that has its role already is only signed. Another is taken out of what holds it, which is parted around
    it; a block that it interrupted is parted too. Raises ``WrongRoles`` for a ruling that names no single block.
    """
    page = page_of(edition, align(edition))
    signed: dict[str, str] = {}
    freed: set[str] = set()
    for ruling in edition.rulings:
        leaves = page.touched(ruling)
        _require_one_block(ruling, leaves, page)
        for leaf in leaves:
            role, block, whole = page.block_of.get(leaf.id, ("", leaf, (leaf,)))
            if leaf.id not in page.closed:
                continue
            if role == ruling.role:
                signed[block.id] = ruling.resp
            else:
                freed |= {each.id for each in whole} if block.name == "table" else {leaf.id}
    if not signed and not freed:
        return edition
    text = _free(edition.text, freed, flows=True)[0][0] if freed else edition.text
    assert isinstance(text, Container)
    return number(replace(edition, text=_sign(text, {own: resp for own, resp in signed.items() if own not in freed})))


def _require_one_block(ruling: Ruling, leaves: Sequence[Leaf], page: Page) -> None:
    if ruling.whole:
        return
    blocks = {page.block_of[leaf.id][1].id if leaf.id in page.block_of else leaf.id for leaf in leaves}
    if len(blocks) > 1:
        raise WrongRoles(
            f"on this line of the source stand {len(blocks)} blocks, and it is not clear which of them is meant",
            place=ruling.place,
            hint="name one by its offset, which pressmark inspect FILE --roles prints",
        )


def _sign(block: Block, signed: dict[str, str]) -> Container:
    def sign(each: Block) -> Block:
        if each.id not in signed:
            return each
        given = {name: value for name, value in each.attributes if name != "cert"}
        return replace(each, attributes=tuple(sorted({**given, "resp": signed[each.id]}.items())))

    made = rewrite(block, sign)
    assert isinstance(made, Container)
    return made


Freed = tuple[Block, bool]
"""A block, and whether it was taken out of what held it and still seeks a place."""


def _free(block: Block, wanted: set[str], *, flows: bool) -> list[Freed]:
    """The block, or the pieces that it is parted into, in order; ``flows`` where it stands among paragraphs."""
    if isinstance(block, Leaf):
        return _free_leaf(block, wanted, flows=flows)
    inner = flows and block.name in FLOW and block.get("type") not in TYPED
    pieces = [piece for child in block.children for piece in _free(child, wanted, flows=inner)]
    if not any(out for _, out in pieces):
        same = len(pieces) == len(block.children) and all(
            new is old for (new, _), old in zip(pieces, block.children, strict=True)
        )
        return [(block if same else replace(block, children=tuple(each for each, _ in pieces)), False)]
    if inner:
        return [(replace(block, children=tuple(each for each, _ in pieces)), False)]
    return _parted(block, pieces, flows=flows)


def _parted(block: Container, pieces: Sequence[Freed], *, flows: bool) -> list[Freed]:
    """A container as several, around what was taken out of it; the first of them keeps its id."""
    made: list[Freed] = []
    own, run = block.id, list[Block]()
    for each, out in (*pieces, (block, True)):
        if out and run:
            made.append((replace(block, children=tuple(run), id=own), False))
            own, run = "", []
        if not out:
            run.append(each)
        elif each is not block:
            if own and isinstance(each, Leaf):  # somebody may point to what was before it
                each = replace(each, marks=(Mark("anchor", 0, 0, own), *each.marks))
                own = ""
            if flows and block.name == "div":
                made.append((Container("div", (each,)), False))
            else:
                made.append((each, True))
    return made


def _free_leaf(leaf: Leaf, wanted: set[str], *, flows: bool) -> list[Freed]:
    if leaf.id in wanted:
        given = {name: value for name, value in leaf.attributes if name not in OLD_FORM}
        leaf = replace(leaf, name="p", attributes=attributes(**_renamed(given)))
        freed = not flows
    else:
        freed = False
    at = 0
    made: list[Freed] = []
    for inset in leaf.insets:
        assert inset.block is not None
        if not any(each.id in wanted for each in _leaves(inset.block)):
            continue
        before = _stretch(leaf, at, inset.start)
        made += [(before, freed)] if before else []
        made += [(each, True) for each, _ in _free(inset.block, wanted, flows=False)]
        at = inset.start
        leaf = replace(leaf, marks=tuple(mark for mark in leaf.marks if mark is not inset))
    if not made:
        return [(leaf, freed)]
    rest = _stretch(leaf, at, len(leaf.text))
    return made + ([(rest, freed)] if rest else [])


def _renamed(given: dict[str, str]) -> dict[str, str]:
    return {("lang" if name == "xml:lang" else name): value for name, value in given.items()}


def _stretch(leaf: Leaf, start: int, end: int) -> Leaf | None:
    if start == end and not any(isinstance(mark, Inset) and mark.start == start for mark in leaf.marks):
        return None
    return cut(leaf, start, end, first=start == 0)


# --- Units held to a role ---------------------------------------------------------------------------


def hold(sheet: Sheet, edition: Edition, alignment: Alignment) -> dict[int, Ruling]:
    """The ruling on each unit of a page that has one. Units that a ruling parts or joins are so from now on.

    Raises ``WrongRoles`` where one unit is given two roles.
    """
    page = page_of(edition, alignment)
    numbers: dict[str, list[int]] = {}
    for at, unit in enumerate(sheet.units):
        if not unit.role:
            numbers.setdefault(unit.leaf.id, []).append(at)
    found: dict[int, Ruling] = {}
    bounds: dict[str, tuple[list[int], list[int]]] = {}
    for ruling in edition.rulings:
        for leaf in page.touched(ruling):
            own = numbers.get(leaf.id, [])
            if leaf.id not in bounds:
                units = [sheet.units[at] for at in own]
                starts = [alignment.offset(leaf, unit.start) for unit in units]
                bounds[leaf.id] = starts, [alignment.offset(leaf, unit.end - 1) for unit in units]
            starts, ends = bounds[leaf.id]
            for at in own[bisect_left(ends, ruling.start) : bisect_left(starts, ruling.end)]:
                _require_one_role(found.get(at), ruling)
                found.setdefault(at, ruling)
    _join(sheet.units, found)
    return found


def _require_one_role(before: Ruling | None, ruling: Ruling) -> None:
    if before is not None and before.role != ruling.role:
        raise WrongRoles(
            f"this gives the role {ruling.role} to a block that is {before.role} by {before.place}",
            place=ruling.place,
            hint="a paragraph has one role, whichever of its lines is named; strike one of the two out",
        )


def _join(units: Sequence[Unit], found: dict[int, Ruling]) -> None:
    """Parts what a person has named alone from what stands beside it, and joins what a person named as one."""
    for at in range(1, len(units)):
        before, here = found.get(at - 1), found.get(at)
        if before is None and here is None:
            continue
        unit = units[at]
        one_leaf = units[at - 1].leaf is unit.leaf
        if before is here:
            unit.joins = unit.joins or one_leaf
        else:
            named = [each for each in (before, here) if each]
            one_stanza = one_leaf and all(each.role == "verse" for each in named)
            if any(each.whole for each in named) or not (len(named) == 2 or one_stanza):
                unit.joins = False


def barred(roles: frozenset[str], ruling: Ruling) -> frozenset[str]:
    """All roles of the model but the one that a ruling names."""
    return roles - {WEIGHED_AS.get(ruling.role, ruling.role)}


def obeyed(decision: Decision, ruling: Ruling, unit: Unit, before: Ruling | None) -> Decision:
    """What was decided of a unit, as ruled."""
    goes_on = unit.joins and (before is ruling if ruling.whole or before is ruling else decision.goes_on)
    return Decision(ruling.role, 1.0, goes_on)
