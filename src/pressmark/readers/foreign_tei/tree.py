"""The tree of a TEI document from elsewhere: parsed without fetching or expanding anything, and named alike.

P5, P5 without its name space, and P4 (``TEI.2``) differ in how they write names, ids and pointers. What comes from
here has P5's.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any, cast

from lxml import etree

from pressmark.errors import InvalidEdition, MalformedXml, UnsafeXml
from pressmark.model.text import plain
from pressmark.tei.depth import refuse_too_deep
from pressmark.tei.names import TEI, XML_ID, XML_LANG
from pressmark.tei.parse import refusal, unsafe

Element = etree._Element

OLD_IDS = {"id": XML_ID, "lang": XML_LANG, "url": "target"}
POINTERS = ("target", "corresp", "resp", "who", "next", "prev", "sameAs", "copyOf", "targetEnd")
OUTWARD = ("xref", "xptr")
"""Pointers of P4 that lead out of the document."""

ROOTS = ("TEI", "TEI.2")


def load(document: bytes, *, place: str = "") -> Element:
    """The element tree of an XML document without comments and instructions.

    A document type is let be where it only names an outside DTD, which is not read: such is the beginning of
    most P4 files. The characters that it would declare by name (``&eacute;``) are known anyway. Raises
    ``MalformedXml``, ``UnsafeXml`` and ``NestedTooDeep``.
    """
    # collect_ids stays on: without it this lxml (6.1) fetches the outside part of a document type
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise refusal(error, document, place) from error
    declared = cast("Any", root.getroottree().docinfo.internalDTD)
    if declared is not None and (any(declared.iterentities()) or any(declared.iterelements())):
        raise unsafe(place)
    refuse_too_deep(root, place=place)
    if declared is not None:
        _put_characters(root, place)
    return root


def _put_characters(root: Element, place: str) -> None:
    """Puts the characters in place of their names (those of HTML, which took them over from ISO's sets)."""
    for entity in list(root.iter(etree.Entity)):
        name = str(entity.text).strip("&;")
        character = html5.get(f"{name};")
        if character is None:
            raise MalformedXml(
                f"the character &{plain(name)}; is declared nowhere in the file",
                place=f"{place}:{entity.sourceline}" if place else "",
                hint="write the character itself",
            )
        parent, before = entity.getparent(), entity.getprevious()
        assert parent is not None, "an entity stands in an element"
        words = character + (entity.tail or "")
        if before is None:
            parent.text = (parent.text or "") + words
        else:
            before.tail = (before.tail or "") + words
        entity.tail = None
        parent.remove(entity)


def is_pressmarks(root: Element) -> bool:
    """Whether a document says that it is in a profile of Pressmark, whether or not it keeps to it."""
    named = root.find(f"{TEI}teiHeader/{TEI}encodingDesc/{TEI}schemaRef")
    return named is not None and named.get("key", "").startswith("pressmark")


def parts(root: Element, *, place: str = "") -> tuple[Element | None, Element]:
    """The header and the text of a document. Raises ``InvalidEdition`` where it holds no text, or several."""
    if name_of(root) not in ROOTS:
        raise InvalidEdition(
            f"this is a <{shown(root)}>, which holds several texts",
            place=place,
            hint="give each text as a file of its own, one <TEI> each",
        )
    texts = [child for child in root if name_of(child) == "text"]
    if len(texts) != 1:
        has = "no <text>" if not texts else f"{len(texts)} <text> elements"
        raise InvalidEdition(f"this TEI document has {has}", place=place, hint="an edition is made of one <text>")
    header = next((child for child in root if name_of(child) == "teiHeader"), None)
    return header, texts[0]


def name_of(element: Element) -> str:
    """The name of a TEI element, with or without its name space; with a colon before it where it is another's."""
    tag = str(element.tag)
    if tag.startswith(TEI):
        return tag[len(TEI) :]
    return tag if tag[0] != "{" else ":" + etree.QName(element).localname


def shown(element: Element) -> str:
    """The name of an element in a message."""
    return name_of(element).lstrip(":")


def modernise(root: Element) -> None:
    """Writes the ids, languages and pointers of P4, and of P5 without its name space, as P5 has them."""
    if str(root.tag).startswith(TEI):
        return
    old = name_of(root) == "TEI.2"
    for element in root.iter("*"):
        for key, new in OLD_IDS.items():
            if key in element.attrib and new not in element.attrib and (key != "url" or element.tag in OUTWARD):
                element.set(new, element.attrib.pop(key))
        for key in POINTERS if old else ():
            value = element.get(key)
            if value and element.tag not in OUTWARD:
                element.set(key, " ".join(each if re.search(r"[#:/]", each) else f"#{each}" for each in value.split()))


__all__ = ["UnsafeXml", "is_pressmarks", "load", "modernise", "name_of", "parts", "shown"]
