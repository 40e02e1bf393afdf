"""Structure recovered: an edition's open blocks weighed, its notes linked, everything put in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from pressmark.lossless import align
from pressmark.model.edition import Edition, number
from pressmark.model.stand_off import Reason
from pressmark.model.text import Block, Container
from pressmark.structure.assemble import (
    GLOBAL,
    HEADED,
    Piece,
    assemble,
    division,
    front_end,
    front_of,
    plainly,
)
from pressmark.structure.model import weigh, weights
from pressmark.structure.notes import link, name_notes
from pressmark.structure.overrule import barred, hold, obeyed, opened
from pressmark.structure.parts import Part, parts_of
from pressmark.structure.row import ALL, barred_of, is_flat, look, seen
from pressmark.structure.wording import reasons

NOTE = re.compile("note([0-9]{1,9})")
"""The id of a note."""


def recovered(edition: Edition) -> Edition:
    """The edition with a role for every block that nothing has decided yet; the same edition where none is open.

    The edition's ``rulings`` are obeyed. Raises ``WrongRoles`` for one that cannot be.
    """
    if edition.rulings:
        edition = opened(edition)
    alignment = align(edition) if edition.source_text is not None else None
    sheet = look(edition, alignment)
    units = sheet.units
    ruled = hold(sheet, edition, alignment) if edition.rulings and alignment else {}
    open_ = [at for at, unit in enumerate(units) if not unit.role]
    if not open_:
        return edition
    bars = [barred(ALL, ruled[at]) if at in ruled else own for at, own in enumerate(barred_of(sheet))]
    decisions = weigh(seen(sheet), [unit.joins for unit in units], [unit.role for unit in units], weights(), bars)
    for at, ruling in ruled.items():
        decisions[at] = obeyed(decisions[at], ruling, units[at], ruled.get(at - 1))
    hands = [ruled[at].resp if at in ruled else "" for at in open_]
    parts = list(parts_of([units[at] for at in open_], [decisions[at] for at in open_], hands))
    count = _name(parts, edition.header.identifiers)
    name_notes(parts, _notes_in(edition))
    link(parts, edition)
    text = _with_a_body(_put(edition, parts))
    header = replace(edition.header, identifiers=count)
    said = tuple(
        Reason(part.leaf.id, part.role, round(part.certainty, 2), part.instead, reasons(part.because))
        for part in parts
        if not part.resp
    )
    after = replace(edition, header=header, text=text, stand_off=edition.stand_off.with_reasons(*said))
    return number(after)


def _name(parts: Sequence[Part], count: int) -> int:
    """Gives an id to each part that has none, and the count of the ids given out so far."""
    for part in parts:
        if not part.leaf.id:
            count += 1
            part.leaf = replace(part.leaf, id=f"b{count}")
    return count


def _notes_in(edition: Edition) -> int:
    """The greatest number in the id of a note that the edition has or had."""
    ids = [block.id for block in edition.blocks()]
    ids += [mark.id for leaf in edition.leaves() for mark in leaf.marks]
    return max((int(match[1]) for own in ids if (match := NOTE.fullmatch(own))), default=0)


def _put(edition: Edition, parts: Sequence[Part]) -> Container:
    homes: dict[str, list[Part]] = {}
    for part in parts:
        homes.setdefault(part.home, []).append(part)
    gone = {own for part in parts for own in part.absorbed}
    if is_flat(edition):
        body = edition.text.children[0]
        assert isinstance(body, Container)
        return assemble(edition.text, body, list(_pieces(body.children, homes, gone)))
    return _put_in_tree(edition.text, homes, gone)


def _with_a_body(text: Container) -> Container:
    """The text with a body that TEI allows: one of nothing but headings, furniture or notes holds them in a div."""
    made: list[Block] = []
    for child in text.children:
        bare = isinstance(child, Container) and not any(
            block.name not in GLOBAL and block.name not in HEADED for block in child.children
        )
        if child.name == "body" and bare and isinstance(child, Container):
            child = replace(child, children=(Container("div", child.children),))
        made.append(child)
    return (
        text
        if all(new is old for new, old in zip(made, text.children, strict=True))
        else replace(text, children=tuple(made))
    )


def _pieces(blocks: Sequence[Block], homes: dict[str, list[Part]], gone: set[str]) -> Iterator[Piece]:
    for block in blocks:
        if block.id in homes:
            yield from homes[block.id]
        elif block.id not in gone:
            yield block


@dataclass(slots=True)
class Frame:
    """A container of a tagged page while its blocks are put in their places."""

    container: Container
    pieces: list[Piece | Frame]


Node: TypeAlias = "Piece | Frame"


def _put_in_tree(text: Container, homes: dict[str, list[Part]], gone: set[str]) -> Container:
    frame = _frame(text, homes, gone)
    names = [
        each.container.name if isinstance(each, Frame) else each.name
        for each in frame.pieces
        if not isinstance(each, Part)
    ]
    front: list[Block] = []
    body = next((each for each in frame.pieces if isinstance(each, Frame) and each.container.name == "body"), None)
    if "front" not in names and body is not None:
        front = _hoisted(body)
    made = _built(frame)
    assert isinstance(made, Container)
    if front:
        at = next(at for at, child in enumerate(made.children) if child.name == "body")
        made = replace(made, children=(*made.children[:at], Container("front", tuple(front)), *made.children[at:]))
    return made


def _frame(container: Container, homes: dict[str, list[Part]], gone: set[str]) -> Frame:
    pieces: list[Piece | Frame] = []
    for child in container.children:
        if isinstance(child, Container) and child.name in ("front", "body", "back", "div"):
            pieces.append(_frame(child, homes, gone))
        elif child.id in homes:
            pieces += homes[child.id]
        elif child.id not in gone:
            pieces.append(child)
    return Frame(container, pieces)


def _hoisted(body: Frame) -> list[Block]:
    """Takes from a body, and from its first division, what is its front, and gives it as blocks."""
    lead = list(_lead(body))
    flat = [piece for _, piece in lead]
    end = front_end(flat, more=True)
    left = sum(1 for frame, piece in lead[end:] if isinstance(piece, Part) or piece.name not in GLOBAL)
    if not end or not (left or _others(body)):
        return []
    for frame, piece in lead[:end]:
        frame.pieces = [each for each in frame.pieces if each is not piece]
    return list(front_of(flat[:end]))


def _lead(frame: Frame) -> Iterator[tuple[Frame, Piece]]:
    for piece in frame.pieces:
        if isinstance(piece, Frame):
            if not piece.container.get("type"):
                yield from _lead(piece)
            return
        yield frame, piece


def _others(frame: Frame) -> bool:
    """Whether a body has more divisions than its first, or its first has such."""
    inner = [piece for piece in frame.pieces if isinstance(piece, Frame)]
    return len(inner) > 1 or any(_others(each) for each in inner)


def _built(frame: Frame) -> Block:
    pieces: list[Piece] = []
    for piece in frame.pieces:
        if not isinstance(piece, Frame):
            pieces.append(piece)
        elif piece.pieces or not piece.container.children:
            pieces.append(_built(piece))
    name = frame.container.name
    if name in ("body", "div"):
        blocks = division(pieces)
        if name == "body" and not any(block.name not in GLOBAL and block.name not in HEADED for block in blocks):
            blocks = [Container("div", tuple(blocks))]
    else:
        blocks = [each for piece in pieces for each in (plainly(piece) if isinstance(piece, Part) else (piece,))]
    if tuple(blocks) == frame.container.children:
        return frame.container
    return replace(frame.container, children=tuple(blocks))
