"""TEI that others have written: TEI Lite, simplePrint, ELTeC and P4, with or without a name space.

Each element is put where the profile has a place for it (``places``, one table); blocks that may not stand where
they do are taken in the form that changes least (``fitting``); the header becomes the record (``header``). Every
word of the text stays, in order. What had no place is counted and said (``ledger``).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from lxml import etree

from pressmark.errors import EmptySource
from pressmark.model.header import PROGRAM, SOURCE, Change, Hand, Header
from pressmark.model.text import plain
from pressmark.readers.foreign_tei.attributes import POINTING, Wardrobe, new_ids
from pressmark.readers.foreign_tei.drafting import Drafter
from pressmark.readers.foreign_tei.editorial import readings_in, source_text
from pressmark.readers.foreign_tei.header import Said, read_header, tongue_of
from pressmark.readers.foreign_tei.ledger import REMARKS, Ledger
from pressmark.readers.foreign_tei.tree import is_pressmarks, load, modernise, name_of, parts
from pressmark.readers.html.pictures import Pictures
from pressmark.readers.html.remarks import Remarks
from pressmark.readers.reader import HANDS, Reading
from pressmark.readers.source import Source
from pressmark.tei.depth import too_deep

Element = etree._Element

__all__ = ["REMARKS", "is_pressmarks", "load", "read_tree"]


def read_tree(root: Element, source: Source, place: str) -> Reading:
    """The reading of a foreign document.

    Raises ``InvalidEdition`` where the document holds no text, or several, ``EmptySource`` where the text has no
    words, and ``NestedTooDeep``.
    """
    modernise(root)
    header, text = parts(root, place=place)
    readings = readings_in(text)
    received = source_text(text, readings)
    if not received.strip():
        raise EmptySource("the text of the document has no words", place=place, hint="is it only a header?")
    encoding = _encoding(root)
    ledger, remarks = Ledger(), Remarks()
    _beside(root, ledger)
    said = read_header(header, tongue_of(text, root), ledger)
    pictures = Pictures(source, remarks)
    elements = list(text.iter("*"))
    wardrobe = Wardrobe(ledger, new_ids(elements, {hand.id for hand in HANDS}), said.looks)
    for own, new in wardrobe.ids.items():
        if own != new:
            ledger.note("R014", "an id of the source is written otherwise in the edition")
    people = _people(said, elements, wardrobe)
    drafter = Drafter(ledger, wardrobe, readings, frozenset(_pointed_at(elements)), pictures.url)
    try:
        block = drafter.text(text)
    except RecursionError as error:
        raise too_deep(place=place) from error
    record = Header(
        statements=tuple(said.statements), hands=(*HANDS, *people.values()), changes=tuple(_changes(said, people))
    )
    findings = (*ledger.findings(), *remarks.findings)
    return Reading(block, received, encoding, findings=findings, pictures=pictures.found, header=record)


def _encoding(root: Element) -> str:
    """The Python name of the encoding that the document declares."""
    declared = root.getroottree().docinfo.encoding or "utf-8"
    try:
        return codecs.lookup(declared).name
    except LookupError:
        return declared.lower()


def _beside(root: Element, ledger: Ledger) -> None:
    """What stands beside header and text: pictures of pages with their places, lists for machines."""
    for element in root:
        if name_of(element) not in ("teiHeader", "text"):
            ledger.note("R010", f"<{name_of(element).lstrip(':')}> beside the text left out: it is no part of it")


def _pointed_at(elements: list[Element]) -> Iterator[str]:
    """The ids that something in the text leads to."""
    for element in elements:
        for key in POINTING:
            for each in element.get(key, "").split():
                if each.startswith("#"):
                    yield each[1:]


def _people(said: Said, elements: list[Element], wardrobe: Wardrobe) -> dict[str, Hand]:
    """The hands of those to whom the text or its history points, by the pointer; their ids are told to ``wardrobe``."""
    pointers = [each for element in elements for each in element.get("resp", "").split()]
    pointers += [change.who for change in said.changes if change.who]
    taken = frozenset(wardrobe.ids.values())
    fresh = (own for number in count(1) if (own := f"hand{number}") not in taken)
    found: dict[str, Hand] = {}
    for each in dict.fromkeys(pointers):
        name = plain(each).lstrip("#")
        if not name:
            continue
        if name not in found:
            own = next(fresh)
            person = said.people.get(name, Hand(own, name, "person", "named by the source"))
            found[name] = replace(person, id=own)
        wardrobe.hands[each] = found[name].id
    return found


DEED = "Read from TEI made elsewhere."
"""What ``revisionDesc`` says of this reader."""


def _changes(said: Said, people: dict[str, Hand]) -> list[Change]:
    """What was done to the file before, the oldest first, and that it was read."""
    changes = [replace(each, who=people[each.who].id if each.who in people else SOURCE) for each in said.changes]
    days = [each.when for each in changes]
    if days and all(days):
        changes.sort(key=lambda each: each.when)
    return [*changes, Change("", PROGRAM, DEED)]
