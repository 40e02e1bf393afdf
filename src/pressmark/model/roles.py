"""What the blocks of a page are, and how each is encoded in TEI: one table for both directions.

A page has titles, paragraphs, stanzas, footnotes, running heads: the roles. ``ROLES`` says which element each
becomes, and what stands in for it where TEI allows that element only elsewhere. ``role_of`` leads back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pressmark.model.text import Block, Container, Leaf


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one role is encoded.

    ``element`` with ``type`` (``@type``, where not empty) is the form to prefer, inside ``within`` where that
    is not empty (an element and perhaps its ``@type``); ``place`` says where it may stand. ``fallback`` is
    the ``@type`` of the ``ab`` that takes its place wherever else a paragraph may stand, or empty where none
    is needed.
    """

    element: str
    place: str
    type: str = ""
    within: str = ""
    fallback: str = ""


_TOP = "at the top of a body, div or lg, before its first paragraph; in front and back"
_EDGE = "at the top of a body or div before its first paragraph, or at its end; in front and back"
_BLOCK = "wherever a paragraph may"
_GLOBAL = "anywhere: between blocks, or interrupting the words of any block"

ROLES: dict[str, Encoding] = {
    "title": Encoding("titlePart", "in front and back", "main", fallback="title"),
    "subtitle": Encoding("titlePart", "in front and back", "sub", fallback="subtitle"),
    "running_title": Encoding("fw", _GLOBAL, "runningTitle"),
    "author": Encoding("byline", _EDGE, fallback="author"),
    "dedication": Encoding("p", "in a div of front, body or back", within="div dedication", fallback="dedication"),
    "contents": Encoding("list", "in a body, div or back; in front only within a div", "contents", fallback="contents"),
    "record": Encoding("ab", _BLOCK, "record"),
    "editor_note": Encoding("p", _GLOBAL, within="note editorNote", fallback="editorNote"),
    "epigraph": Encoding("p", _EDGE, within="epigraph", fallback="epigraph"),
    "attribution": Encoding(
        "bibl",
        "in an epigraph or quote, or wherever a paragraph may but in front and back",
        fallback="attribution",
    ),
    "heading": Encoding("head", _TOP + "; first in a list, table or figure", fallback="heading"),
    "argument": Encoding("p", _EDGE, within="argument", fallback="argument"),
    "paragraph": Encoding("p", "in front, body, back, div, quote, note, item, cell, figure, sp, epigraph, argument"),
    "block_quote": Encoding("p", _BLOCK + "; in front and back only within a div", within="quote"),
    "verse": Encoding("lg", _BLOCK + "; in front and back only within a div"),
    "list_item": Encoding("item", _BLOCK + "; in front only within a div", within="list"),
    "table": Encoding("table", _BLOCK + "; in front only within a div"),
    "caption": Encoding("head", _GLOBAL, within="figure", fallback="caption"),
    "scene_break": Encoding("ab", _BLOCK, "sceneBreak"),
    "dateline": Encoding("dateline", _EDGE, fallback="dateline"),
    "addressee": Encoding(
        "addrLine",
        "in an address, at the top or end of a body or div",
        within="address",
        fallback="addressee",
    ),
    "salutation": Encoding("salute", "at the top or end of a body or div", within="opener", fallback="salutation"),
    "signed": Encoding("signed", "at the top or end of a body or div", within="closer", fallback="signed"),
    "footnote": Encoding("p", _GLOBAL, within="note"),
    "image_alt": Encoding("ab", _BLOCK, "imageAlt"),
    "navigation": Encoding("fw", _GLOBAL, "navigation"),
    "contact": Encoding("fw", _GLOBAL, "contact"),
    "last_updated": Encoding("fw", _GLOBAL, "lastUpdated"),
    "running_head": Encoding("fw", _GLOBAL, "header"),
    "page_number": Encoding("fw", _GLOBAL, "pageNum"),
    "note_anchor": Encoding("ref", "within words", "noteAnchor"),
    "line_end_hyphen": Encoding("pc", 'within words, before a line break <lb break="no"/>'),
}
"""Every role, with its encoding; the last two are marks."""

_OF_AB = {
    "sceneBreak": "scene_break",
    "editorNote": "editor_note",
    "licence": "editor_note",
    "imageAlt": "image_alt",
    "preformatted": "",
}

_OF_FW = {
    "header": "running_head",
    "catch": "running_head",
    "pageNum": "page_number",
    "sig": "page_number",
    "runningTitle": "running_title",
    "lastUpdated": "last_updated",
}

_OF_ELEMENT = {
    "docAuthor": "author",
    "byline": "author",
    "docDate": "dateline",
    "dateline": "dateline",
    "addrLine": "addressee",
    "signed": "signed",
    "bibl": "attribution",
    "trailer": "heading",
}

_OF_DIV = {"dedication": "dedication", "contents": "contents", "editorNote": "editor_note"}

_AROUND = {
    "epigraph": "epigraph",
    "argument": "argument",
    "item": "list_item",
    "list": "list_item",
    "figure": "caption",
    "quote": "block_quote",
    "floatingText": "block_quote",
}
"""What a paragraph is by the nearest of these around it."""


def role_of(block: Block, parents: Sequence[Block]) -> str:
    """The role of a block that stands in ``parents``, the outermost first; an inset stands in its leaf, too.

    Empty for what is not a block of its own: what only holds blocks, what has no words, and what is a part of
    a stanza, a table or a list of contents.
    """
    parents = _inner(parents)
    if isinstance(block, Container):
        return _role_of_container(block, parents)
    if block.name in ("graphic", "pb", "cb", "milestone"):
        return ""
    if block.name == "fw":
        given = block.get("type")
        return _OF_FW.get(given, given)
    if any(_is_one(parent) for parent in parents) and block.name not in ("head", "trailer"):
        return ""
    return _role_of_leaf(block, parents)


def _role_of_leaf(leaf: Leaf, parents: Sequence[Block]) -> str:
    parent = parents[-1].name if parents else ""
    given = leaf.get("type")
    match leaf.name:
        case "ab":
            return _OF_AB.get(given, given) or _context(parents)
        case "titlePart":
            return "title" if given in ("main", "alt") else "subtitle"
        case "head":
            return "caption" if parent == "figure" else "heading"
        case "label":
            return "list_item" if parent == "list" else "heading"
        case "salute":
            return "signed" if parent == "closer" else "salutation"
        case "l":
            around = _context(parents)
            return around if around in ("epigraph", "footnote", "editor_note") else "verse"
    return _OF_ELEMENT.get(leaf.name) or _context([*parents, leaf])


def _role_of_container(container: Container, parents: Sequence[Block]) -> str:
    if not _is_one(container) or any(map(_is_one, parents)):
        return ""
    if container.name != "lg":
        return "table" if container.name == "table" else "contents"
    around = _context(parents)
    return around if around in ("epigraph", "footnote", "editor_note") else "verse"


def _is_one(block: Block) -> bool:
    """Whether all words in a block are one block of the page: a stanza, a table, a list of contents."""
    if block.name == "lg" and isinstance(block, Container):
        return not block.children or "lg" not in (block.children[0].name, block.children[-1].name)
    return block.name == "table" or (block.name == "list" and block.get("type") == "contents")


def _inner(parents: Sequence[Block]) -> Sequence[Block]:
    """The parents from the innermost note on: what stands in a note is no part of what it interrupts."""
    for number in range(len(parents) - 1, -1, -1):
        if parents[number].name == "note":
            return parents[number:]
    return parents


def _context(parents: Sequence[Block]) -> str:
    if parents and parents[0].name == "note":
        return "editor_note" if parents[0].get("type") == "editorNote" else "footnote"
    for parent in reversed(parents):
        if parent.name in _AROUND:
            return _AROUND[parent.name]
        if parent.name == "div" and parent.get("type") in _OF_DIV:
            return _OF_DIV[parent.get("type")]
    return "paragraph"


def blocks_of(text: Block) -> Iterator[tuple[str, Block, tuple[Leaf, ...]]]:
    """The blocks of a page in document order: (role, block, the leaves whose words it has).

    Every leaf that has words comes in exactly one of them.
    """
    waiting: list[tuple[Block, tuple[Block, ...]]] = [(text, ())]
    while waiting:
        block, parents = waiting.pop()
        if role := role_of(block, parents):
            yield role, block, (block,) if isinstance(block, Leaf) else tuple(_parts(block, parents))
        inner = _inside(block)
        waiting += [(child, (*parents, block)) for child in reversed(inner)]


def _inside(block: Block) -> tuple[Block, ...]:
    if isinstance(block, Container):
        return block.children
    return tuple(mark.block for mark in block.insets if mark.block is not None)


def _parts(block: Block, parents: tuple[Block, ...]) -> Iterator[Leaf]:
    """The leaves of a stanza or a table that are no blocks of their own."""
    around = (*parents, block)
    for child in _inside(block):
        if child.name == "note" or role_of(child, around):
            continue
        if isinstance(child, Leaf):
            yield child
        yield from _parts(child, around)
