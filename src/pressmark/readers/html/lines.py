"""The words within a block: text that grows, the marks over it, anchors, breaks and pictures.

A phrase tag that stays open over several blocks marks each of them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from pressmark.model.text import plain
from pressmark.readers.html.drafts import Draft, Frame, Phrase
from pressmark.readers.html.links import fragment_of, pointer
from pressmark.readers.html.page import Page
from pressmark.readers.html.pictures import Pictures
from pressmark.readers.html.remarks import Remarks, shown
from pressmark.readers.html.tags import CALLS, EMBEDDED, MARKS, language_of, looks

Element = etree._Element

MOST_FORMATS = 24
"""How many marks may be open at once."""

BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


class Context(NamedTuple):
    """What the open blocks say of the next leaf: its kind, the level of a heading, how it is set, its
    language, what its class makes of it, which blocks of that class are one, and the block it stands in.
    """

    leaf: str = "p"
    level: int = 0
    rend: str = ""
    lang: str = ""
    role: str = ""
    origin: str = ""
    element: int = 0


class Format:
    """An open phrase tag, and its mark over the present leaf."""

    __slots__ = ("attributes", "fragment", "name", "phrase")

    def __init__(self, name: str, attributes: dict[str, str], fragment: str = "") -> None:
        self.name, self.attributes, self.fragment = name, attributes, fragment
        self.phrase: Phrase | None = None

    def begin(self, leaf: Draft) -> None:
        """Lays its mark over the leaf, from here on."""
        self.phrase = Phrase(self.name, leaf.length, leaf.length, self.attributes)
        self.phrase.fragment = self.fragment
        leaf.phrases.append(self.phrase)

    def finish(self, leaf: Draft | None) -> None:
        """Ends its mark."""
        if self.phrase is not None and leaf is not None:
            self.phrase.end = leaf.length
        self.phrase = None


class Lines:
    """The leaf that is being written. ``at`` is the place reached in the source text, in code points."""

    def __init__(
        self, page: Page, name: str, pictures: Pictures, remarks: Remarks, wanted: frozenset[str] = frozenset()
    ) -> None:
        self.page, self.name, self.pictures, self.remarks = page, name, pictures, remarks
        self.linked = frozenset(self._linked()) | wanted
        self.context = Context()
        self.formats: list[Format] = []
        self.leaf: Draft | None = None
        self.pending: list[Phrase] = []
        self.at = 0
        self.language = ""

    def _linked(self) -> set[str]:
        """The names of places in this page that a link of it leads to."""
        found = (fragment_of(element.get("href") or "", self.name) for element in self.page.find("a", "area"))
        return {self.page.restored(name) for name in found if name}

    def say(self, words: str) -> None:
        """Adds words; the white space that a leaf begins with is left out."""
        words = self.page.restored(words)
        self.at += len(words)
        leaf = self.leaf
        if leaf is None or not leaf.length:
            kept = self.context.leaf == "pre" and words.strip()
            words = BLANK_LINES.sub("", words) if kept else words.lstrip()
            if not words:
                return
            leaf = self.open()
            leaf.at = self.at - len(words)
            leaf.phrases[:0] = self.pending
            self.pending = []
        leaf.say(words)

    def open(self) -> Draft:
        """The present leaf, begun if there is none."""
        if self.leaf is None:
            context = self.context
            lang = context.lang if context.lang != self.language else ""
            attributes = {"rend": context.rend, "xml:lang": lang}
            leaf = Draft(context.leaf, {name: value for name, value in attributes.items() if value}, at=self.at)
            self.leaf = leaf
            for each in self.formats:
                each.begin(leaf)
        return self.leaf

    def take(self) -> tuple[Draft | None, list[Frame], list[Frame]]:
        """Ends the present leaf; gives it, if it has words, and the pictures before and after it."""
        leaf, self.leaf = self.leaf, None
        if leaf is None:
            return None, [], []
        for each in self.formats:
            each.finish(leaf)
        before, after = pictures_on_their_own(leaf)
        leaf.close()
        return (leaf if leaf.length else None), before, after

    def begin(self, element: Element, tag: str, *, in_figure: list[Draft | Frame] | None) -> int:
        """Reads the start of a phrase tag; gives how many marks were open before, or -1 if it opens none.

        Where the page marks a figure, its pictures go into the list ``in_figure``.
        """
        depth = len(self.formats)
        if tag == "br":
            if self.leaf is not None:
                self.leaf.phrases.append(Phrase("lb", self.leaf.length, self.leaf.length))
        elif tag in ("img", "image"):
            self._picture(element, in_figure)
        elif tag == "a":
            self._link(element)
        elif tag in EMBEDDED:
            message = f"the page holds {EMBEDDED[tag]}, which an edition cannot keep"
            self.remarks.add("R005", message, self.at, self.at, severity="notice")
        else:
            self._mark(element, tag)
        name = element.get("id")
        if name and not (tag == "a" and name == element.get("name")):
            self.anchor(name)
        return depth if len(self.formats) > depth else -1

    def end(self, formats: int) -> None:
        """Ends the marks that a phrase tag opened."""
        while len(self.formats) > formats:
            self.formats.pop().finish(self.leaf)

    def _mark(self, element: Element, tag: str) -> None:
        name, rend = MARKS.get(tag, ("", ""))
        rends = [rend] if rend else []
        if element.attrib:
            rends += [each for each in looks(element) if each not in rends]
            lang = language_of(element)
            if lang and lang != (self.context.lang or self.language):
                self._format("foreign", {"xml:lang": lang})
        if name and name != "hi":
            self._format(name, {})
        if rends:
            self._format("hi", {"rend": " ".join(rends)})

    def _format(self, name: str, attributes: dict[str, str], fragment: str = "") -> None:
        """Begins a mark, unless the same is open already."""
        if len(self.formats) >= MOST_FORMATS:
            return
        for each in self.formats:
            if each.name == name and (name == "ref" or each.attributes == attributes):
                return
        begun = Format(name, attributes, fragment)
        self.formats.append(begun)
        if self.leaf is not None:
            begun.begin(self.leaf)

    def _link(self, element: Element) -> None:
        if name := element.get("name"):
            self.anchor(name, wanted=True)
        address = self.page.restored(element.get("href") or "")
        if not address.strip():
            return
        fragment = fragment_of(address, self.name)
        if fragment is not None:
            if fragment:
                self._format("ref", {"type": "noteAnchor"} if _is_call(element) else {}, fragment)
            return
        if target := pointer(address):
            self._format("ref", {"target": target})
        else:
            message = f"the link to {shown(address)} was dropped: it may run a program, or is no address"
            self.remarks.add("R003", message, self.at, self.at)

    def anchor(self, name: str, *, wanted: bool = False) -> None:
        """Notes a place that links can lead to; unless ``wanted``, only where one of this work does."""
        name = self.page.restored(name)
        if not wanted and name not in self.linked:
            return
        leaf = self.leaf
        offset = leaf.length if leaf is not None else 0
        phrase = Phrase("anchor", offset, offset, {"n": plain(name)} if plain(name) else {})
        phrase.fragment = name
        (leaf.phrases if leaf is not None and leaf.length else self.pending).append(phrase)

    def _picture(self, element: Element, in_figure: list[Draft | Frame] | None) -> None:
        graphic = self.pictures.graphic(element, self.page, self.at)
        if graphic is None:
            return
        if in_figure is not None and (self.leaf is None or not self.leaf.length):
            in_figure.append(graphic)
            return
        leaf = self.open()
        phrase = Phrase("figure", leaf.length, leaf.length)
        phrase.figure = Frame("figure")
        phrase.figure.children.append(graphic)
        leaf.phrases.append(phrase)


def _is_call(element: Element) -> bool:
    """Whether a link says of itself that it calls a note (DPUB-ARIA ``doc-noteref``, EPUB ``noteref``)."""
    return (element.get("role") or element.get("epub:type") or "").strip().lower() in CALLS


def pictures_on_their_own(leaf: Draft) -> tuple[list[Frame], list[Frame]]:
    """Takes the pictures that have a line to themselves from the beginning and the end of a leaf."""
    length = len(leaf.text.rstrip())
    pictures = [phrase for phrase in leaf.phrases if phrase.figure is not None]
    if not pictures:
        return [], []
    breaks = [phrase.start for phrase in leaf.phrases if phrase.name == "lb"]
    broken_before, broken_after = min(breaks, default=1) == 0, max(breaks, default=-1) >= length
    before: list[Frame] = []
    after: list[Frame] = []
    kept = []
    for phrase in leaf.phrases:
        if phrase.figure is not None and (not length or (phrase.start == 0 and broken_before)):
            before.append(phrase.figure)
        elif phrase.figure is not None and phrase.start >= length and broken_after:
            after.append(phrase.figure)
        else:
            kept.append(phrase)
    leaf.phrases = kept
    return before, after
