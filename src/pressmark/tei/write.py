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
            return _Weaver(element, block).weave()
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


class _Open:
    """A mark that is being written: the element its text goes into, and how many parts it has so far."""

    __slots__ = ("inner", "mark", "number", "outer", "part")
    inner: Element
    outer: Element

    def __init__(self, mark: Mark, number: int) -> None:
        self.mark, self.number, self.part = mark, number, 0


class _Weaver:
    """Writes one leaf's text with its marks nested: the longest outside, and one that crosses in parts."""

    def __init__(self, element: Element, leaf: Leaf) -> None:
        self.leaf, self.root = leaf, element
        self.open: list[_Open] = []
        self.at = 0

    @property
    def top(self) -> Element:
        return self.open[-1].inner if self.open else self.root

    def weave(self) -> None:
        marks = self.leaf.marks
        index = 0
        while index < len(marks) or self.open:
            ends = [held.mark.end for held in self.open]
            if index < len(marks):
                ends.append(marks[index].start)
            self._text_to(min(ends))
            self._close_ended()
            index = self._start_all(index)
        self._text_to(len(self.leaf.text))

    def _start_all(self, index: int) -> int:
        """Writes the marks that start here, from the given one; gives the number of the next.

        A list, a table or a quotation parts the marks around it: TEI allows none in a phrase.
        """
        marks = self.leaf.marks
        parted: list[_Open] = []
        while index < len(marks) and marks[index].start == self.at:
            mark = marks[index]
            if mark.name in PARTING:
                parted = self._close_down_to(0) or parted
            elif parted:
                self._reopen(parted)
                parted = []
            self._start(mark, index)
            index += 1
        self._reopen(parted)
        return index

    def _text_to(self, offset: int) -> None:
        top = self.top
        _put(top, top[-1] if len(top) else None, self.leaf.text[self.at : offset])
        self.at = offset

    def _close_ended(self) -> None:
        ended = [index for index, held in enumerate(self.open) if held.mark.end == self.at]
        if ended:
            self._reopen([held for held in self._close_down_to(ended[0]) if held.mark.end > self.at])

    def _close_down_to(self, depth: int) -> list[_Open]:
        """Closes the innermost marks until ``depth`` are open; gives those closed, the outer first."""
        closed = self.open[depth:]
        for held in reversed(closed):
            self._end(held)
        del self.open[depth:]
        return closed

    def _start(self, mark: Mark, number: int) -> None:
        if isinstance(mark, Inset):
            assert mark.block is not None
            _write_block(self.top, mark.block)
        elif mark.start == mark.end:
            self._point(mark)
        else:
            crossing = self._inside_of(mark) if isinstance(mark, Choice) else []
            self._reopen([_Open(mark, number), *crossing])

    def _inside_of(self, choice: Choice) -> list[_Open]:
        """Takes apart the open marks that end within a choice, so that they are split and not the choice."""
        depth = outermost = len(self.open)
        while depth and not isinstance(self.open[depth - 1].mark, Choice):
            depth -= 1
            if self.open[depth].mark.end < choice.end:
                outermost = depth
        return self._close_down_to(outermost)

    def _point(self, mark: Mark) -> None:
        element = etree.SubElement(self.top, TEI + mark.name)
        _name(element, mark)
        if isinstance(mark, Choice):
            _put(element, None, mark.reading)

    def _reopen(self, held: list[_Open]) -> None:
        for each in held:
            each.part += 1
            self._open_part(each)
            self.open.append(each)

    def _open_part(self, held: _Open) -> None:
        mark = held.mark
        if isinstance(mark, Choice):
            held.outer = etree.SubElement(self.top, f"{TEI}choice")
            held.inner = etree.SubElement(held.outer, TEI + CHOICES[mark.name])
        else:
            held.outer = held.inner = etree.SubElement(self.top, TEI + mark.name)
            _dress(held.outer, mark.attributes)
        if held.part == 1:
            if mark.id:
                _name(held.outer, Mark(mark.name, 0, 0, mark.id))
        else:
            held.outer.set(XML_ID, self._part_id(held, held.part))
            held.outer.set("prev", f"#{self._part_id(held, held.part - 1)}")

    def _part_id(self, held: _Open, part: int) -> str:
        return held.mark.id if part == 1 and held.mark.id else f"{self.leaf.id}_{held.number}_{part}"

    def _end(self, held: _Open) -> None:
        mark = held.mark
        if mark.end > self.at:
            held.outer.set(XML_ID, self._part_id(held, held.part))
            held.outer.set("next", f"#{self._part_id(held, held.part + 1)}")
        if isinstance(mark, Choice):
            reading = etree.SubElement(held.outer, TEI + mark.name)
            _dress(reading, mark.attributes)
            _put(reading, None, mark.reading if held.part == 1 else "")
