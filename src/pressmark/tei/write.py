"""From an edition to TEI P5, as it is saved in ``text.xml``.

Containers put each block on a line of its own; inside a leaf nothing is added. Marks that cross are split and
their parts joined by ``@next`` and ``@prev`` (TEI Guidelines 20.3).
"""

from __future__ import annotations

from lxml import etree

from pressmark.errors import InvalidEdition
from pressmark.model.edition import Edition
from pressmark.model.inventory import CHOICES, CONTAINERS, EMPTY_LEAVES, INSETS, LEAVES, MARKS, PARTING
from pressmark.model.text import FORBIDDEN, Attributes, Block, Choice, Container, Inset, Leaf, Mark, inset
from pressmark.model.weave import Close, Open, Point, Words, weave
from pressmark.tei.depth import too_deep
from pressmark.tei.header import write_header
from pressmark.tei.names import NAMESPACES, TEI, XML_ID, XML_LANG
from pressmark.tei.validate import validate

Element = etree._Element


def write(edition: Edition) -> bytes:
    """The edition as a TEI document in UTF-8, ending in a newline.

    Raises ``InvalidEdition`` where it breaks the profile, or would be read otherwise, and ``NestedTooDeep``;
    nothing that this returns does. Proposals in ``stand_off`` are not written.
    """
    try:
        tree = build(edition)
    except RecursionError as error:
        raise too_deep() from error
    validate(tree)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8") + b"\n"


def build(edition: Edition) -> Element:
    """The element tree of the edition, not validated."""
    root = etree.Element(f"{TEI}TEI", nsmap=NAMESPACES)  # type: ignore[arg-type]
    write_header(root, edition.header)
    _write_block(root, edition.text)
    return _on_lines(root)


def _on_lines(parent: Element) -> Element:
    """``parent`` with each of its children on a line of its own."""
    parent.text = "\n"
    for child in parent:
        child.tail = "\n"
    return parent


def _name(element: Element, block: Block | Mark) -> None:
    if block.id:
        if "_" in block.id:
            raise InvalidEdition(f"the id {block.id} has an underscore, which is kept for parts of marks")
        element.set(XML_ID, _clean(block.id, "xml:id"))
    _dress(element, block.attributes)


def _dress(element: Element, attributes: Attributes) -> None:
    for name, value in attributes:
        if name.startswith("xml:") and name != "xml:lang":
            raise InvalidEdition(f"{name} is no attribute of the model")
        element.set(XML_LANG if name == "xml:lang" else name, _clean(value, name))


def _clean(value: str, name: str) -> str:
    """The value of an attribute, or ``InvalidEdition``: an attribute cannot hold a ``g``."""
    if FORBIDDEN.search(value):
        raise InvalidEdition(f"the attribute {name} has a character that XML does not allow: {value!r}")
    return value


def _write_block(parent: Element, block: Block) -> None:
    check(block)
    element = etree.SubElement(parent, TEI + block.name)
    if isinstance(block, Leaf):
        if block.name == "graphic":
            return _write_graphic(element, block)
        _name(element, block)
        if block.marks:
            return _write_leaf(element, block)
        return _put(element, None, block.text)
    _name(element, block)
    for child in block.children:
        _write_block(element, child)
    _on_lines(element)
    return None


def check(block: Block) -> None:
    """Raises ``InvalidEdition`` where a block is not what its name says and would not be read as written.

    The blocks in it are not looked at.
    """
    if not block.id:
        raise InvalidEdition(f"a block {block.name} has no id")
    if isinstance(block, Container):
        first = block.children[0].name if block.children else ""
        if block.name not in CONTAINERS or (block.name in LEAVES and first != "p"):
            raise InvalidEdition(f"the block {block.id} ({block.name}) cannot hold blocks, or not these")
        return
    if block.name not in LEAVES or (block.name in EMPTY_LEAVES and (block.text or block.marks)):
        raise InvalidEdition(f"the block {block.id} ({block.name}) cannot hold words")
    for mark in block.marks:
        if not _is_sound(mark):
            raise InvalidEdition(f"the block {block.id} has a mark that TEI cannot hold: {mark}")


def _is_sound(mark: Mark) -> bool:
    if isinstance(mark, Inset):
        return mark.block is not None and mark.name in INSETS and mark == inset(mark.start, mark.block)
    if isinstance(mark, Choice):
        return mark.name == "supplied" if mark.start == mark.end else mark.name in CHOICES
    return mark.name in MARKS and not any(name in ("next", "prev") for name, _ in mark.attributes)


def _write_graphic(element: Element, block: Leaf) -> None:
    """A picture keeps its alternative text, an attribute in HTML, as ``desc``: it is no source text."""
    others = tuple(pair for pair in block.attributes if pair[0] != "alt")
    _name(element, Mark("graphic", 0, 0, block.id, others))
    if alt := block.get("alt"):
        etree.SubElement(element, f"{TEI}desc").text = _clean(alt, "alt")


def _put(element: Element, last: Element | None, words: str) -> None:
    """Adds text to ``element`` after its child ``last``; a character that XML forbids becomes a ``g``."""
    at = 0
    for match in FORBIDDEN.finditer(words):
        _append(element, last, words[at : match.start()])
        last = etree.SubElement(element, f"{TEI}g", n=f"{ord(match.group()):04X}", type="forbidden")
        at = match.end()
    _append(element, last, words[at:] if at else words)


def _append(element: Element, last: Element | None, words: str) -> None:
    if not words:
        return
    if last is None:
        element.text = (element.text or "") + words
    else:
        last.tail = (last.tail or "") + words


def _write_leaf(element: Element, leaf: Leaf) -> None:
    """The text of a leaf with its marks. A list, a table or a quotation parts the marks round it: TEI allows
    none in a phrase.
    """
    inner = [element]
    for event in weave(leaf, parting=PARTING):
        top = inner[-1]
        match event:
            case Words(text):
                _put(top, next(top.iterchildren(reversed=True), None), text)
            case Point(mark):
                _write_point(top, mark)
            case Open(mark):
                inner.append(_open_part(top, leaf, event))
            case Close(mark):
                _close_part(inner.pop(), leaf, event)


def _write_point(parent: Element, mark: Mark) -> None:
    if isinstance(mark, Inset):
        assert mark.block is not None
        return _write_block(parent, mark.block)
    element = etree.SubElement(parent, TEI + mark.name)
    _name(element, mark)
    return _put(element, None, mark.reading) if isinstance(mark, Choice) else None


def _open_part(parent: Element, leaf: Leaf, event: Open) -> Element:
    """The element of one part of a mark; of a choice the one that holds what the source says, within it."""
    mark, part = event.mark, event.part
    name = "choice" if isinstance(mark, Choice) else mark.name
    outer = etree.SubElement(parent, TEI + name)
    if part > 1:
        outer.set(XML_ID, _part_id(leaf, event))
        outer.set("prev", f"#{_part_id(leaf, event, before=1)}")
    elif mark.id:
        _name(outer, Mark(name, 0, 0, mark.id))
    if isinstance(mark, Choice):
        return etree.SubElement(outer, TEI + CHOICES[mark.name])
    _dress(outer, mark.attributes)
    return outer


def _close_part(inner: Element, leaf: Leaf, event: Close) -> None:
    mark = event.mark
    outer = inner.getparent() if isinstance(mark, Choice) else inner
    assert outer is not None
    if event.more:
        outer.set(XML_ID, _part_id(leaf, event))
        outer.set("next", f"#{_part_id(leaf, event, before=-1)}")
    if isinstance(mark, Choice):
        reading = etree.SubElement(outer, TEI + mark.name)
        _dress(reading, mark.attributes)
        _put(reading, None, mark.reading if event.part == 1 else "")


def _part_id(leaf: Leaf, event: Open | Close, *, before: int = 0) -> str:
    """The id of a part of a mark, or of the part ``before`` it; the first has the mark's own, if it has one."""
    part = event.part - before
    return event.mark.id if part == 1 and event.mark.id else f"{leaf.id}_{event.number}_{part}"
