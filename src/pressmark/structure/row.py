"""The blocks of an edition in a row: which are open to decision, which are decided, and by what role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressmark.lossless import Alignment
from pressmark.model.edition import Edition
from pressmark.model.roles import role_of
from pressmark.model.text import Block, Container, Leaf
from pressmark.page import SCENE_BREAK, label_of
from pressmark.structure.features import features, page_of
from pressmark.structure.stanzas import is_stanza
from pressmark.structure.units import PASSED, Placed, Sheet, placed, sheet_of

FLOW = frozenset(("text", "front", "body", "back", "div"))
"""What a block stands in that may still get another role."""

HEADS = frozenset(("heading", "title", "subtitle", "author", "running_title"))
"""What the source's tags may mean by a heading."""

ALL = frozenset(
    "title subtitle running_title author dedication contents record editor_note epigraph attribution heading argument "
    "paragraph block_quote verse list_item table caption scene_break dateline addressee salutation signed footnote "
    "image_alt navigation contact last_updated".split()
)
"""The roles that the model gives."""


def is_flat(edition: Edition) -> bool:
    """Whether a text is just blocks in a row, as plain text is read: nothing parts its body."""
    children = edition.text.children
    return (
        len(children) == 1
        and isinstance(children[0], Container)
        and children[0].name == "body"
        and all(block.name not in FLOW for block in children[0].children)
    )


def is_open(leaf: Leaf, parents: tuple[Block, ...]) -> bool:
    """Whether nothing has decided yet what a block is: neither a person nor an earlier run."""
    if leaf.get("cert") or leaf.get("resp") or any(parent.name not in FLOW for parent in parents):
        return False
    if any(parent.get("resp") or parent.get("type") in ("notes", "contents", "dedication") for parent in parents):
        return False
    return leaf.name == "p" or (leaf.name == "head" and bool(leaf.text.strip()))


def leaves_of(edition: Edition) -> Iterator[tuple[Leaf, str, str]]:
    """Every leaf in document order: (leaf, its role where decided, what its tag says). The role of page furniture
    and of leaves without words is ``PASSED``.
    """
    waiting: list[tuple[Block, tuple[Block, ...]]] = [(edition.text, ())]
    while waiting:
        block, parents = waiting.pop()
        inner: tuple[Block, ...]
        if isinstance(block, Container):
            inner = block.children
        else:
            inner = tuple(mark.block for mark in block.insets if mark.block is not None)
            if not block.text or block.text.isspace() or (block.name == "fw" and block.get("type") != "runningTitle"):
                yield block, PASSED, ""
            else:
                if is_open(block, parents):
                    yield block, "", "head" if block.name == "head" else ""
                else:
                    yield block, role_of(block, parents) or _role_around(block, parents), ""
        waiting += [(child, (*parents, block)) for child in reversed(inner)]


def _role_around(leaf: Leaf, parents: tuple[Block, ...]) -> str:
    for depth in range(len(parents) - 1, 0, -1):
        if role := role_of(parents[depth], parents[:depth]):
            return role
    return "paragraph"


def look(edition: Edition, alignment: Alignment | None) -> Sheet:
    """The units of an edition."""
    tagged = any(witness.format == "html" for witness in edition.header.witnesses[-1:])
    found: list[Placed] = list(placed(leaves_of(edition), alignment, tagged=tagged))
    return sheet_of(found, tagged=tagged)


def seen(sheet: Sheet) -> list[list[str]]:
    """The features of every unit; none for those that are decided."""
    page = page_of(sheet)
    return [[] if unit.role else features(sheet, page, number) for number, unit in enumerate(sheet.units)]


def barred_of(sheet: Sheet) -> list[frozenset[str]]:
    """The roles that each unit cannot have: what the source calls a heading is a heading of some kind.

    Of a page in a script that the model was not trained on only what its form alone tells is said, and the rest is
    paragraphs: capitals, words and lengths mean nothing there.
    """
    if not _is_known(sheet):
        return [ALL - {_by_form(unit.words)} for unit in sheet.units]
    stanzas = _stanzas(sheet)
    return [
        ALL - HEADS if unit.hint == "head" else ALL - VERSE if unit.leaf.id in stanzas else frozenset()
        for unit in sheet.units
    ]


def _stanzas(sheet: Sheet) -> set[str]:
    """The blocks that are stanzas by their lines, on a page that is mostly such: nothing but verse is set so."""
    by_leaf: dict[str, Leaf] = {unit.leaf.id: unit.leaf for unit in sheet.units if not unit.role}
    found = {own for own, leaf in by_leaf.items() if leaf.name == "p" and is_stanza(leaf)}
    return found if len(found) >= 3 and len(found) * 2 >= len(by_leaf) - 6 else set()


VERSE = frozenset(("verse",))
KNOWN = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")
"""Latin, Greek and Cyrillic letters: scripts that have capitals and part words by spaces."""

LETTERS = 4000
"""Characters at the head of a page by whose letters its script is known."""


def _by_form(words: str) -> str:
    """What a block is by its form alone, in whatever script."""
    return "scene_break" if SCENE_BREAK.match(words[:80]) else "record" if label_of(words[:200]) else "paragraph"


def _is_known(sheet: Sheet) -> bool:
    words = "".join(unit.leaf.text[unit.start : unit.end] for unit in sheet.units[:60])[:LETTERS]
    letters = sum(letter.isalpha() for letter in words)
    return not letters or len(KNOWN.findall(words)) * 2 >= letters
