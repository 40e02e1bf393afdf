"""From drafts to the blocks of an edition: classes get their meaning, and everything its place in TEI."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pressmark.model.text import Attributes, Block, Container, Leaf, Mark, inset
from pressmark.readers.html.drafts import FLOW, Draft, Frame, Node, Phrase, drafts
from pressmark.readers.html.furniture import type_of
from pressmark.readers.html.notes import label_of
from pressmark.readers.html.remarks import Remarks, shown

GLOBAL = frozenset(("fw", "note", "figure", "milestone"))
"""Blocks that TEI allows everywhere, and that are no body by themselves."""

INTERRUPTING = frozenset(("fw", "note", "figure", "list", "table", "quote"))


RECORD_LINE = re.compile(r"[^.:;]{2,40}:\s|©|\(c\)", re.IGNORECASE)
SHORT_RECORD = 80
"""Characters: a longer block without a label (“Source:”) is no record, whatever its class."""


def give_roles(frame: Frame) -> None:
    """Makes of classes what they mean: quotations, notes, lines of a record, furniture, contents."""
    for child in frame.children:
        if isinstance(child, Frame):
            give_roles(child)
    if frame.name in FLOW or frame.name == "list":
        frame.children = list(_grouped(frame))


def _grouped(frame: Frame) -> Iterator[Node]:
    open_: Frame | None = None
    children = frame.children
    if frame.name == "list":
        yield from children
        return
    for node in _without_note_lists(children):
        role = _role(node) if frame.role != node.role or node.note else ""
        if role == "title" and isinstance(node, Draft):
            node.name, node.attributes = "fw", {**node.attributes, "type": "runningTitle"}
            role = ""
        if role in ("record", "furniture") and isinstance(node, Draft) and node.name == "p":
            open_ = None
            yield from _as_lines(node, role)
        elif role in ("quote", "note", "contents") and not _is_rule(node):
            if open_ is not None and _belongs(node, open_):
                open_.children += _inside(node, role)
            else:
                open_ = _opened(node, role)
                yield open_
        elif isinstance(node, Frame) and node.name == "item":
            open_ = None
            yield from node.children
        else:
            open_ = None
            yield node


def _role(node: Node) -> str:
    """The role of a node, unless its words do not bear out what its class says."""
    if not isinstance(node, Draft):
        return node.role
    if node.role == "record":
        labelled = any(RECORD_LINE.match(line.text) for line in node.lines())
        return "record" if labelled or node.length <= SHORT_RECORD else ""
    linked = sum(phrase.end - phrase.start for phrase in node.phrases if phrase.name == "ref")
    if node.role == "contents":
        return "contents" if linked else ""
    if node.role == "quote" and node.origin == "indentb" and linked * 2 > node.length:
        node.attributes.setdefault("rend", "indent1")
        return ""
    return node.role


def _is_rule(node: Node) -> bool:
    return node.name == "milestone"


def _without_note_lists(children: Iterable[Node]) -> Iterator[Node]:
    """The nodes, with the items of a list of notes in place of the list."""
    for node in children:
        items = node.children if isinstance(node, Frame) and node.name == "list" else []
        noted = sum(1 for item in items if item.note or item.role == "note")
        if noted and noted * 2 >= len(items) and all(item.name == "item" for item in items):
            for item in items:
                item.role = "note"
                item.origin = item.origin or f"item {id(item)}"
                yield item
        else:
            yield node


def _belongs(node: Node, group: Frame) -> bool:
    """Whether a node goes on with the quotation, note or list that stands before it."""
    if group.role != node.role:
        return False
    if node.role == "note" and node.origin != group.origin:
        labelled = bool(node.note or (isinstance(node, Draft) and label_of(node)))
        return not labelled and bool(group.label) and node.name == "p"
    return node.origin == group.origin


def _opened(node: Node, role: str) -> Frame:
    group = Frame({"quote": "quote", "note": "note", "contents": "list"}[role])
    group.role, group.origin, group.note = role, node.origin, node.note
    if role == "note":
        first = next(drafts(node), None)
        group.label = node.label or (label_of(first) if first else "")
        group.attributes = ({"place": "end"} if node.note else {}) | ({"n": group.label} if group.label else {})
    elif role == "contents":
        group.attributes = {"type": "contents"}
    group.children = _inside(node, role)
    return group


def _inside(node: Node, role: str) -> list[Node]:
    if role == "contents":
        if isinstance(node, Frame) and node.name == "list":
            return node.children
        lines = node.lines() if isinstance(node, Draft) and node.name == "p" else [node]
        return [_item(line) for line in lines]
    if isinstance(node, Frame) and (node.name == "item" or node.name == role):
        return node.children
    return [node]


def _item(node: Node) -> Frame:
    item = Frame("item")
    item.children.append(node)
    return item


def _as_lines(draft: Draft, role: str) -> Iterator[Draft]:
    """Each line of a block as a block of its own."""
    for line in draft.lines():
        if not line.length:
            line.name = "p"
        elif role == "record":
            line.name, line.attributes = "ab", {**line.attributes, "type": "record"}
        else:
            line.name, line.attributes = "fw", {**line.attributes, "type": type_of(line)}
        line.role = ""
        yield line


class Places:
    """The places in a page that links lead to, by name, and the ids that they have in the edition."""

    def __init__(self, body: Frame, remarks: Remarks) -> None:
        self.remarks = remarks
        self.ids: dict[int, str] = {}
        self.by_name: dict[str, str] = {}
        for draft in drafts(body):
            for phrase in draft.phrases:
                if phrase.name == "anchor":
                    own = f"a{len(self.ids) + 1}"
                    self.ids[id(phrase)] = own
                    self.by_name.setdefault(phrase.fragment, own)

    def link(self, phrase: Phrase, draft: Draft) -> dict[str, str] | None:
        """The attributes of a link within the page, or ``None`` where it leads nowhere."""
        own = self.by_name.get(phrase.fragment)
        if own:
            return {**phrase.attributes, "target": f"#{own}"}
        if phrase.fragment.lower() != "top":
            message = f"the link to #{shown(phrase.fragment)} leads to no place in the page, and was dropped"
            start, end = draft.at + phrase.start, draft.at + phrase.end
            self.remarks.add("R007", message, start, end, severity="notice")
        return None


class Maker:
    """Makes blocks of drafts."""

    def __init__(self, places: Places) -> None:
        self.places = places

    def body(self, frame: Frame) -> Container:
        """The body; furniture alone stands in a ``div``."""
        children = self.blocks(frame.children)
        if all(child.name in GLOBAL for child in children):
            children = (Container("div", children),)
        return Container("body", children)

    def blocks(self, nodes: Iterable[Node]) -> tuple[Block, ...]:
        """The blocks of several nodes; what is empty gives none."""
        return tuple(block for node in nodes for block in self.made(node))

    def made(self, node: Node) -> tuple[Block, ...]:
        """The blocks of one node: mostly one."""
        if isinstance(node, Draft):
            return (self.leaf(node),)
        if node.name in ("item", "cell"):
            return self.item(node)
        if node.name == "list":
            return self.list_(node)
        if node.name == "table":
            return self.table(node)
        children = self.blocks(node.children)
        if node.name == "figure" and not any(child.name == "graphic" for child in children):
            return tuple(_renamed(child, "p") if child.name == "head" else child for child in children)
        if not children:
            return ()
        return (Container(node.name, children, node.note, _attributes(node.attributes)),)

    def leaf(self, draft: Draft) -> Leaf:
        """A leaf with its marks and pictures."""
        marks = [mark for phrase in draft.phrases for mark in self.mark(phrase, draft)]
        return Leaf(draft.name, draft.text, tuple(marks), "", _attributes(draft.attributes))

    def mark(self, phrase: Phrase, draft: Draft) -> Iterator[Mark]:
        """The mark of a phrase; none for a link that leads nowhere."""
        attributes: dict[str, str] | None = phrase.attributes
        if phrase.figure is not None:
            for block in self.made(phrase.figure):
                yield inset(phrase.start, block)
            return
        own = self.places.ids.get(id(phrase), "") if phrase.name == "anchor" else ""
        if phrase.name == "anchor" and not own:
            return
        if phrase.name == "ref" and phrase.fragment:
            attributes = self.places.link(phrase, draft)
        if attributes is not None:
            yield Mark(phrase.name, phrase.start, phrase.end, own, _attributes(attributes))

    def item(self, frame: Frame) -> tuple[Block, ...]:
        """An item or cell: a leaf where it is one run of words, else blocks of which the first is a ``p``."""
        blocks = self.blocks(frame.children)
        attributes = _attributes(frame.attributes)
        if not blocks:
            return (Leaf(frame.name, attributes=attributes),) if frame.name == "cell" else ()
        first = blocks[0]
        if len(blocks) == 1 and isinstance(first, Leaf) and first.name in ("p", "ab"):
            kept = dict(attributes) | {key: value for key, value in first.attributes if key in ("rend", "xml:lang")}
            return (Leaf(frame.name, first.text, first.marks, "", _attributes(kept)),)
        if all(block.name in INTERRUPTING for block in blocks):
            return (Leaf(frame.name, "", tuple(inset(0, block) for block in blocks), "", attributes),)
        return (Container(frame.name, _beginning_with_p(blocks), "", attributes),)

    def list_(self, frame: Frame) -> tuple[Block, ...]:
        """A list; terms that have no item of their own, or the other way round, all become items."""
        children = self.blocks(frame.children)
        if not children:
            return ()
        names = [child.name for child in children]
        paired = len(names) % 2 == 0 and names == ["label", "item"] * (len(names) // 2)
        if "label" in names and not paired:
            children = tuple(_renamed(child, "item") if child.name == "label" else child for child in children)
        return (Container("list", children, "", _attributes(frame.attributes)),)

    def table(self, frame: Frame) -> tuple[Block, ...]:
        """A table; one without rows leaves its caption as a paragraph."""
        children = tuple(
            child for child in self.blocks(frame.children) if not (isinstance(child, Container) and not child.children)
        )
        if all(child.name == "head" for child in children):
            return tuple(_renamed(child, "p") for child in children)
        return (Container("table", children, "", _attributes(frame.attributes)),)


def _attributes(given: dict[str, str]) -> Attributes:
    return tuple(sorted(given.items()))


def _renamed(block: Block, name: str) -> Block:
    if isinstance(block, Leaf):
        return Leaf(name, block.text, block.marks, block.id, block.attributes)
    return block


def _beginning_with_p(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, those before the first paragraph put into it."""
    index = next((i for i, block in enumerate(blocks) if block.name in ("p", "ab")), None)
    before = blocks[:index] if index is not None else ()
    if index is None or any(block.name not in INTERRUPTING for block in before):
        return (Leaf("p"), *blocks)
    first = blocks[index]
    assert isinstance(first, Leaf)
    attributes = tuple(pair for pair in first.attributes if pair[0] != "type")
    marks = (*(inset(0, block) for block in before), *first.marks)
    return (Leaf("p", first.text, marks, "", attributes), *blocks[index + 1 :])
