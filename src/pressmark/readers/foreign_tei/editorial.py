"""What editors read beside the source, and with it what the source text of a foreign document is.

The source text is every text node of ``text`` in document order, without the readings: ``corr``, ``reg`` and
``expan`` in a ``choice`` that also has what is printed, and ``supplied``. A reading in an edition is words alone,
so one that holds blocks, notes or other readings counts as words of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pressmark.readers.foreign_tei.places import IN, PLACES, READINGS, THROUGH, Place
from pressmark.readers.foreign_tei.tree import name_of

Element = etree._Element

PHRASES = frozenset(("mark", "through", "point", "quotation"))
ASIDE = frozenset(("note", "figure"))
"""Containers that may interrupt any words."""


def place_of(element: Element) -> Place:
    """The place of an element, as its parent and its own name have it."""
    name = name_of(element)
    parent = element.getparent()
    around = name_of(parent) if parent is not None else ""
    if around == "text" and parent is not None and (outer := parent.getparent()) is not None:
        around = "grouped text" if name_of(outer) == "group" else around
    return IN.get((around, name)) or PLACES.get(name, THROUGH)


def is_phrase(element: Element) -> bool:
    """Whether an element holds words and marks over them, and nothing else."""
    return all(place_of(each).kind in PHRASES for each in element.iterdescendants("*"))


def is_running(element: Element) -> bool:
    """Whether what stands in an element can be words of one leaf: no block but notes, pictures and short phrases."""
    for child in element:
        place = place_of(child)
        if place.kind == "container" and place.name in ASIDE:
            continue
        if place.kind in ("container", "either") or (place.kind == "leaf" and place.name != "fw" and not place.within):
            return False
        if not is_running(child):
            return False
    return True


@dataclass(frozen=True, slots=True)
class Readings:
    """Which elements of a text say what editors read, and which of them are chosen.

    ``printed`` has for each ``choice`` with readings the element for what the source says; ``beside`` are the readings,
    with ``supplied``; ``chosen`` are the ``rdg`` that stand for the text where their ``app`` has no ``lem``.
    """

    printed: dict[Element, Element]
    beside: frozenset[Element]
    chosen: frozenset[Element]


def readings_in(text: Element) -> Readings:
    """The readings of a text, found in one walk."""
    printed: dict[Element, Element] = {}
    beside: list[Element] = []
    chosen: list[Element] = []
    for element in text.iter("*"):
        name = name_of(element)
        if name == "supplied" and is_phrase(element):
            beside.append(element)
        elif name == "choice":
            found = next((child for child in element if name_of(child) in READINGS.values()), None)
            if found is not None and is_phrase(found):
                kinds = [child for child in element if READINGS.get(name_of(child)) == name_of(found)]
                beside += [child for child in kinds if is_phrase(child)]
                printed[element] = found
        elif name == "app" and next(element.iter("{*}lem"), None) is None:
            chosen += [rdg for rdg in (next(element.iter("{*}rdg"), None),) if rdg is not None]
    return Readings(printed, frozenset(beside), frozenset(chosen))


def words_of(element: Element) -> str:
    """All words in an element."""
    return "".join(str(piece) for piece in element.itertext())


def source_text(text: Element, readings: Readings) -> str:
    """The text nodes in document order, without the readings."""
    return "".join(_words(text, readings.beside))


def _words(element: Element, beside: frozenset[Element]) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if child not in beside:
            yield from _words(child, beside)
        if child.tail:
            yield child.tail
