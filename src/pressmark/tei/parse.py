"""From TEI in the Pressmark profile to an edition: the inverse of ``write``."""

from __future__ import annotations

from typing import cast

from lxml import etree

from pressmark.errors import InvalidEdition, MalformedXml, PressmarkError, UnsafeXml
from pressmark.model.edition import Edition
from pressmark.model.inventory import CHOICES, CONTAINERS, EMPTY_LEAVES, INSETS, POINTS
from pressmark.model.text import Attributes, Block, Choice, Container, Leaf, Mark, inset
from pressmark.tei.depth import refuse_too_deep, too_deep
from pressmark.tei.header import read_header
from pressmark.tei.names import TEI, XML_ID, XML_LANG
from pressmark.tei.validate import validate

Element = etree._Element

JOINED = ("next", "prev")


def parse(document: bytes, *, place: str = "") -> Edition:
    """The edition that a TEI document holds.

    Raises ``UnsafeXml``, ``MalformedXml``, or ``InvalidEdition`` where it is not in the Pressmark profile.
    """
    root = parse_xml(document, place=place)
    validate(root, place=place)
    return from_tree(root)


def parse_xml(document: bytes, *, place: str = "") -> Element:
    """The element tree of an XML document: nothing is fetched, no entity expanded, comments are left out.

    Raises ``MalformedXml``, ``UnsafeXml`` where it has a document type, ``NestedTooDeep``, or
    ``InvalidEdition`` where it has an id twice.
    """
    # collect_ids stays on: without it this lxml (6.1) fetches the outside part of a document type
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=False,
    )
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise refusal(error, document, place) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise unsafe(place)
    refuse_too_deep(root, place=place)
    _refuse_instructions(root, place)
    return root


def _refuse_instructions(root: Element, place: str) -> None:
    """A processing instruction can make a browser run a stylesheet; only the one that names a schema is let be."""
    beside = (*root.itersiblings(preceding=True), *root.itersiblings())
    for each in (*beside, *root.iter(etree.ProcessingInstruction)):
        if not isinstance(each, etree._ProcessingInstruction):
            continue
        if each.target != "xml-model" or each.getparent() is not None:
            raise InvalidEdition(
                f"a processing instruction <?{each.target!s} …?> has no place in an edition",
                place=f"{place}:{each.sourceline}" if place else "",
                hint="take it out",
            )


def refusal(error: etree.XMLSyntaxError, document: bytes, place: str) -> PressmarkError:
    """What libxml2's error means here."""
    where = f"{place}:{error.lineno}" if place else ""
    code = cast("int", getattr(error, "code", 0))
    if code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        declares = b"<!DOCTYPE" in document.replace(b"\0", b"")
        return unsafe(where) if declares else too_deep(place=where)
    if code == etree.ErrorTypes.DTD_ID_REDEFINED:
        again = "give the second one an id of its own"
        return InvalidEdition(f"an xml:id stands twice: {error.msg}", place=where, hint=again)
    look = "open it in an XML editor, or in a browser, which shows the place"
    return MalformedXml(f"the file is not well-formed XML: {error.msg}", place=where, hint=look)


def unsafe(place: str) -> UnsafeXml:
    return UnsafeXml(
        "the file has a document type declaration, and with it perhaps entities",
        place=place,
        hint="take the <!DOCTYPE …> out; characters can be written as themselves",
    )


def from_tree(root: Element) -> Edition:
    """The edition of a valid tree."""
    header = root.find(f"{TEI}teiHeader")
    text = root.find(f"{TEI}text")
    if header is None or text is None:
        raise InvalidEdition("the document has no header, or no text")
    block = _block(text)
    assert isinstance(block, Container)
    record = read_header(header)
    return Edition(record, block, performed=tuple(change.stage for change in record.changes if change.stage))


def local(element: Element) -> str:
    """The name of an element, without its namespace."""
    return etree.QName(element).localname


def _attributes(element: Element, *, without: tuple[str, ...] = ()) -> Attributes:
    pairs = []
    for key, value in element.attrib.items():
        if key != XML_ID and key not in without:
            pairs.append(("xml:lang" if key == XML_LANG else str(key), str(value)))
    return tuple(sorted(pairs))


def _is_container(element: Element, name: str) -> bool:
    if name not in ("item", "cell"):
        return name in CONTAINERS
    return len(element) > 0 and element[0].tag == f"{TEI}p"


def _block(element: Element) -> Block:
    name = local(element)
    own = element.get(XML_ID, "")
    if _is_container(element, name):
        return Container(name, tuple(_block(child) for child in element), own, _attributes(element))
    if name == "graphic":
        desc = element.findtext(f"{TEI}desc")
        alt = (("alt", desc),) if desc else ()
        return Leaf(name, "", (), own, tuple(sorted(_attributes(element) + alt)))
    if name in EMPTY_LEAVES:
        return Leaf(name, "", (), own, _attributes(element))
    if not len(element):
        return Leaf(name, element.text or "", (), own, _attributes(element))
    unweaver = _Unweaver()
    unweaver.content(element)
    for mark in unweaver.marks:
        if isinstance(mark, Choice) and mark.name in CHOICES and mark.start == mark.end:
            raise InvalidEdition(
                f"an editor's reading in the block {own} stands beside no words",
                hint="words that the source lacks are <supplied>",
            )
    return Leaf(name, "".join(unweaver.text), tuple(unweaver.marks), own, _attributes(element))


class _Unweaver:
    """Reads one leaf: its text, and the marks over it with their parts joined again."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0
        self.marks: list[Mark] = []
        self.parts: dict[str, int] = {}

    def add(self, words: str | None) -> None:
        if words:
            self.text.append(words)
            self.length += len(words)

    def content(self, element: Element) -> None:
        self.add(element.text)
        for child in element:
            self.child(child, local(child))
            self.add(child.tail)

    def child(self, element: Element, name: str) -> None:
        if name == "g":
            self.add(character(element))
        elif name in INSETS:
            self.marks.append(inset(self.length, _block(element)))
        elif name == "supplied":
            own, given = element.get(XML_ID, ""), _attributes(element)
            self.marks.append(Choice(name, self.length, self.length, own, given, reading_of(element)))
        elif name == "choice":
            self.choice(element)
        else:
            self.range(element, name)

    def range(self, element: Element, name: str) -> None:
        number = self.opened(element, Mark(name, self.length, 0, "", _attributes(element, without=JOINED)))
        if name not in POINTS:
            self.content(element)
        self.closed(element, number)

    def choice(self, element: Element) -> None:
        printed, reading = element[0], element[1]
        mark = Choice(local(reading), self.length, 0, "", _attributes(reading), reading_of(reading))
        number = self.opened(element, mark)
        self.content(printed)
        self.closed(element, number)

    def opened(self, element: Element, mark: Mark) -> int:
        """The place in ``marks`` of a mark that begins here, or of the one that this part goes on with."""
        before = element.get("prev", "").removeprefix("#")
        if before:
            return self.parts[before]
        self.marks.append(mark)
        return len(self.marks) - 1

    def closed(self, element: Element, number: int) -> None:
        mark = self.marks[number]
        own = element.get(XML_ID, "")
        if own:
            self.parts[own] = number
        name = mark.id or ("" if "_" in own else own)
        fields = (mark.name, mark.start, self.length, name, mark.attributes)
        self.marks[number] = Choice(*fields, mark.reading) if isinstance(mark, Choice) else Mark(*fields)


def character(element: Element) -> str:
    """The character that a ``g`` stands for: one that XML forbids."""
    return chr(int(element.get("n", ""), 16))


def reading_of(element: Element) -> str:
    """The text of an editor's reading."""
    out = [element.text or ""]
    for child in element:
        out += (character(child), child.tail or "")
    return "".join(out)
