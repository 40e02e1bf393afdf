"""From the tree of a foreign text to blocks, in one walk in document order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from lxml import etree

from pressmark.model.inventory import INSETS, PARTED, PARTING
from pressmark.model.text import Attributes, Block, Choice, Container, Leaf, Mark, plain, rewrite
from pressmark.readers.foreign_tei.attributes import POINTING, Wardrobe, redress
from pressmark.readers.foreign_tei.editorial import Readings, is_phrase, is_running, place_of, words_of
from pressmark.readers.foreign_tei.fitting import fit
from pressmark.readers.foreign_tei.ledger import Ledger
from pressmark.readers.foreign_tei.lines import Flow, Open
from pressmark.readers.foreign_tei.places import EMPTIED, NAMES, PLACES, QUIET, THROUGH, Place
from pressmark.readers.foreign_tei.tree import name_of, shown
from pressmark.tei.names import XML_ID

Element = etree._Element

KEPT_EMPTY = frozenset(("cell", "item", "body", "graphic"))
"""Blocks that mean something without words: an empty cell holds its place."""

OLD_CHOICE = Place("mark", "choice", quiet=True)
"""What P4 writes as one element with the editor's reading in an attribute."""

SOURCES_HAND = (("resp", "#source"),)


class Drafter:
    """Walks through a text. ``at`` is the offset in the source text of what comes next.

    ``picture`` gives for the address of a picture, and the offset where it is shown, the one under which the edition
    has it.
    """

    def __init__(
        self,
        ledger: Ledger,
        wardrobe: Wardrobe,
        readings: Readings,
        pointed_at: frozenset[str],
        picture: Callable[[str, int], str],
    ) -> None:
        self.ledger, self.wardrobe, self.readings, self.picture = ledger, wardrobe, readings, picture
        self._mixed: dict[Element, bool] = {}
        self.pointed_at = pointed_at
        self.notes: frozenset[str] = frozenset()
        self.at = 0

    def text(self, element: Element) -> Container:
        """The text, its pointers leading only to what it has."""
        notes = (each for each in element.iter("*") if name_of(each) == "note")
        self.notes = frozenset(f"#{each.get(XML_ID)}" for each in notes if each.get(XML_ID))
        (block,) = self.build(element, PLACES["text"])
        assert isinstance(block, Container), "a text holds blocks"
        return self._pointers_led(block)

    def build(self, element: Element, place: Place) -> tuple[Block, ...]:
        """A container with what stands in it; nothing for one that holds nothing and is pointed at by nothing."""
        own, attributes = self.id_of(element), self.wardrobe.dress(element, place, self.at)
        flow = self.filled(element, place)
        made = Container(place.name, tuple(flow.blocks), own, attributes)
        if not made.children and place.name not in ("text", "body") and not own:
            self._empty(element)
            return ()
        fitting = fit(made, self.ledger)
        if place.name == "body" and fitting.name != "body":
            fitting = Container("body", (fitting,))
        return (fitting,)

    def filled(self, element: Element, place: Place) -> Flow:
        """What stands in a container, as blocks."""
        flow = Flow(place.name)
        self.content(element, flow)
        flow.cut()
        if flow.anchors:
            flow.begin()
            flow.cut()
        return flow

    def content(self, element: Element, flow: Flow) -> None:
        """Words and elements in an element."""
        self.say(element.text, flow)
        for child in element:
            self.child(child, flow)
            self.say(child.tail, flow)

    def say(self, words: str | None, flow: Flow) -> None:
        """Words of the source text."""
        if words:
            self.at += len(words)
            flow.say(words)

    def child(self, element: Element, flow: Flow) -> None:
        """One element, by its place."""
        place = self.place(element, flow)
        self._counted(element, place)
        method: Callable[[Element, Place, Flow], None] = getattr(self, f"_{place.kind}")
        method(element, place, flow)

    def place(self, element: Element, flow: Flow) -> Place:
        """The place of an element where it stands."""
        place = place_of(element)
        if place.kind == "leaf" and place.within and (flow.in_leaf or (flow.in_words and self.is_mixed(element))):
            return place.within
        if place.kind == "mark" and _old_reading(element) and is_phrase(element):
            return OLD_CHOICE
        if place.kind == "quotation":
            return self._quotation(element, flow)
        if place.kind == "supplied" and (element not in self.readings.beside or not words_of(element).strip()):
            return place.within if place.within and is_phrase(element) else THROUGH
        if element in self.readings.chosen:
            return QUIET
        if name_of(element) == "name":
            kind = NAMES.get((element.get("type") or "").lower())
            return Place("mark", kind, quiet=True) if kind else place
        return place

    def _quotation(self, element: Element, flow: Flow) -> Place:
        """A quotation: a phrase where it is part of running words, otherwise a block."""
        name = name_of(element)
        if is_running(element) and (flow.in_words or flow.opened or self.is_mixed(element)):
            return QUIET if name == "cit" else Place("mark", "q", "" if name == "q" else name, quiet=True)
        return Place("container", "quote", "said" if name == "said" else "", quiet=True)

    def is_mixed(self, element: Element) -> bool:
        """Whether words stand beside an element in its parent."""
        parent = element.getparent()
        if parent is None:
            return False
        if parent not in self._mixed:
            beside = bool((parent.text or "").strip()) or any((child.tail or "").strip() for child in parent)
            self._mixed[parent] = beside
        return self._mixed[parent]

    def _counted(self, element: Element, place: Place) -> None:
        """Says in the ledger what became of the name of an element."""
        name = shown(element)
        if place.kind == "through" and (name in EMPTIED or not place.quiet):
            words = words_of(element)
            how = "kept as words" if words.strip() else "left out"
            sentence = f"<{name}> {how}: the profile has nothing like it"
            self.ledger.note("R010", sentence, self.at, self.at + len(words))
        elif place.name not in ("", name, "choice") and not place.quiet:
            self.ledger.note("R011", f"<{name}> kept as {place.form}", self.at, self.at + len(words_of(element)))

    def _empty(self, element: Element) -> None:
        """Says that an element has nothing in it, and is not in the edition."""
        self.ledger.note("R010", f"<{shown(element)}> with nothing in it left out", self.at, self.at)

    def id_of(self, element: Element) -> str:
        """The id that an element has in the edition."""
        return self.wardrobe.ids.get(element.get(XML_ID, ""), "")

    # Blocks.

    def _container(self, element: Element, place: Place, flow: Flow) -> None:
        if flow.in_words:
            self._interrupt(self.build(element, place), flow)
        else:
            flow.cut()
            flow.add(*self.build(element, place))

    def _interrupt(self, blocks: Iterable[Block], flow: Flow) -> None:
        """Puts blocks into the words that are open, or between their parts where no such block may stand in them."""
        for block in blocks:
            if block.name in INSETS and (block.name not in PARTING or flow.kind in PARTED):
                flow.inset(block)
            else:
                flow.add(block)

    def _leaf(self, element: Element, place: Place, flow: Flow) -> None:
        attributes = self.wardrobe.dress(element, place, self.at)
        own = self.id_of(element)
        if place.name in INSETS and flow.in_words:
            inner = Flow(place.name)
            inner.enter(place.name, attributes, own)
            self.content(element, inner)
            inner.leave()
            self._interrupt(inner.blocks, flow)
            return
        outer, flow.only_implicit = flow.only_implicit, False
        before = len(flow.blocks)
        flow.enter(place.name, attributes, own)
        self.content(element, flow)
        flow.leave()
        flow.only_implicit = outer and len(flow.blocks) == before
        kept = [block for block in flow.blocks[before:] if _has_something(block)]
        del flow.blocks[before:]
        flow.blocks += kept

    def _either(self, element: Element, place: Place, flow: Flow) -> None:
        attributes, own = self.wardrobe.dress(element, place, self.at), self.id_of(element)
        inner = self.filled(element, replace(place, name="p"))
        flow.cut()
        if inner.only_implicit and len(inner.blocks) <= 1:
            leaf = inner.blocks[0] if inner.blocks else Leaf(place.name)
            assert isinstance(leaf, Leaf), "words make a leaf"
            flow.add(replace(leaf, name=place.name, id=own or leaf.id, attributes=attributes))
        else:
            flow.add(fit(Container(place.name, tuple(inner.blocks), own, attributes), self.ledger))

    def _graphic(self, element: Element, place: Place, flow: Flow) -> None:
        given = dict(self.wardrobe.dress(element, place, self.at))
        address = plain(element.get("url") or "")
        given["url"] = self.picture(address, self.at)
        self._anchor(element, flow, self.id_of(element))
        leaf = Leaf("graphic", "", (), "", tuple(sorted(given.items())))
        parent = element.getparent()
        block: Block = leaf
        if parent is None or place_of(parent).name != "figure" or flow.in_words:
            block = Container("figure", (leaf,))
        self._interrupt((block,), flow) if flow.in_words else flow.add(block)
        self.content(element, flow)

    # Words.

    def _mark(self, element: Element, place: Place, flow: Flow) -> None:
        reading = _old_reading(element) if place is OLD_CHOICE else None
        if reading:
            dressed = self.wardrobe.dress(element, Place("mark", reading[0]), self.at, without=reading[0])
            readings = ((reading[0], _handed(dressed), reading[1]),)
            attributes: Attributes = ()
            mark = Open("choice", (), flow.next_order(), self.id_of(element), readings=readings)
        else:
            attributes = self.wardrobe.dress(element, place, self.at)
            if place.name == "ref" and self._calls_note(element, attributes):
                attributes = tuple(sorted({**dict(attributes), "type": "noteAnchor"}.items()))
            mark = Open(place.name, attributes, flow.next_order(), self.id_of(element))
        flow.open(mark)
        self.content(element, flow)
        flow.close(mark)
        if not mark.written and mark.readings:
            self._supply(mark.readings, flow)
        elif not mark.written and place.name == "ref" and dict(attributes).get("target"):
            flow.point(Mark("ref", 0, 0, mark.id, attributes))
        elif not mark.written:
            self._anchor(element, flow, mark.id)
            self._empty(element)

    def _point(self, element: Element, place: Place, flow: Flow) -> None:
        name, own = place.name, self.id_of(element)
        attributes = self.wardrobe.dress(element, place, self.at)
        if name == "anchor":
            self._anchor(element, flow, own)
        elif flow.in_words or name == "gap":
            if name == "lb" and element.get("break") != "no":
                flow.say(" ")
            flow.point(Mark(name, 0, 0, own, attributes))
        elif name != "lb":
            flow.add(Leaf(name, "", (), own, redress(attributes, name)))
        else:
            self._anchor(element, flow, own)
        self.content(element, flow)

    def _anchor(self, element: Element, flow: Flow, own: str) -> None:
        """A place that something points to: in the words that come next where no words are open."""
        if own and element.get(XML_ID, "") in self.pointed_at:
            if flow.in_words:
                flow.point(Mark("anchor", 0, 0, own))
            else:
                flow.anchors.append(own)

    def _through(self, element: Element, place: Place, flow: Flow) -> None:
        self._anchor(element, flow, self.id_of(element))
        self.content(element, flow)

    # What editors read.

    def _choice(self, element: Element, place: Place, flow: Flow) -> None:
        printed = self.readings.printed.get(element)
        readings = tuple(self._reading(child) for child in element if child in self.readings.beside)
        self.say(element.text, flow)
        for child in element:
            if child is printed and readings:
                mark = Open("choice", (), flow.next_order(), self.id_of(element), readings=readings)
                flow.open(mark)
                self.content(child, flow)
                flow.close(mark)
                if not mark.written:
                    self._supply(readings, flow)
            elif child not in self.readings.beside:
                self.child(child, flow)
            self.say(child.tail, flow)

    def _reading(self, element: Element) -> tuple[str, Attributes, str]:
        """An editor's reading: its name, whose it is, its words."""
        name = name_of(element)
        for each in element.iterdescendants("*"):
            self.ledger.note("R010", f"<{shown(each)}> in <{name}> kept as words", self.at, self.at)
        attributes = _handed(self.wardrobe.dress(element, Place("mark", name), self.at))
        return name, attributes, plain(words_of(element))

    def _supply(self, readings: Iterable[tuple[str, Attributes, str]], flow: Flow) -> None:
        """Readings beside no words at all: what the source lacks."""
        for _, attributes, words in readings:
            if words:
                flow.point(Choice("supplied", 0, 0, "", redress(attributes, "supplied"), words))

    def _supplied(self, element: Element, place: Place, flow: Flow) -> None:
        _, attributes, words = self._reading(element)
        flow.point(Choice("supplied", 0, 0, self.id_of(element), attributes, words))

    # Pointers.

    def _calls_note(self, element: Element, attributes: Attributes) -> bool:
        """Whether a reference is the sign that calls a note: a short one that leads to a note of this document."""
        target = (element.get("target") or "").strip()
        if target not in self.notes or not any(key == "target" for key, _ in attributes):
            return False
        return re.fullmatch(r"\S{1,5}", words_of(element).strip()) is not None

    def _pointers_led(self, text: Container) -> Container:
        """The text without pointers to what it has not."""
        known = set(_ids(text))
        given = {f"#{own}" for own in (*known, *self.wardrobe.hands.values(), "source")}
        block = rewrite(text, partial(self._led, known=given))
        assert isinstance(block, Container), "a container stays one"
        return block

    def _led(self, block: Block, known: set[str]) -> Block:
        attributes = self._kept(block.attributes, known)
        block = replace(block, attributes=attributes) if attributes != block.attributes else block
        if isinstance(block, Leaf) and block.marks:
            marks = tuple(
                mark if mark.name in INSETS else replace(mark, attributes=self._kept(mark.attributes, known))
                for mark in block.marks
            )
            return replace(block, marks=marks)
        return block

    def _kept(self, attributes: Attributes, known: set[str]) -> Attributes:
        if not any(key in POINTING and "#" in value for key, value in attributes):
            return attributes
        kept: list[tuple[str, str]] = []
        for key, value in attributes:
            each = value.split() if key in POINTING else [value]
            led = [one for one in each if key not in POINTING or not one.startswith("#") or one in known]
            if len(led) < len(each):
                self.ledger.note("R014", f"{key} leads to something that is not in the text")
            if led:
                kept.append((key, " ".join(led)))
        named = dict(kept)
        if named.get("type") == "noteAnchor" and "target" not in named:
            kept.remove(("type", "noteAnchor"))
        return tuple(kept)


def _handed(attributes: Attributes) -> Attributes:
    """The attributes of a reading; the source's hand, where it names no other."""
    return attributes if any(key == "resp" for key, _ in attributes) else tuple(sorted((*attributes, *SOURCES_HAND)))


def _ids(block: Block) -> Iterator[str]:
    """All ids in a block."""
    if block.id:
        yield block.id
    if isinstance(block, Container):
        for child in block.children:
            yield from _ids(child)
        return
    for mark in block.marks:
        if mark.id:
            yield mark.id
        if inner := getattr(mark, "block", None):
            yield from _ids(inner)


def _has_something(block: Block) -> bool:
    """Whether a block says something: words, marks, blocks, a place that is pointed at."""
    if isinstance(block, Container) or block.name in KEPT_EMPTY or block.name in ("pb", "cb", "milestone"):
        return True
    return bool(block.text or block.marks or block.id)


def _old_reading(element: Element) -> tuple[str, str] | None:
    """The reading that P4 has in an attribute: (``corr``, its words) of ``<sic corr="…">``."""
    name = name_of(element)
    for printed, reading in (("sic", "corr"), ("orig", "reg"), ("abbr", "expan")):
        if name == printed and (words := plain(element.get(reading) or "")):
            return reading, words
    return None
