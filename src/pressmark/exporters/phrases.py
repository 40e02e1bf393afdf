"""The words of a leaf as HTML: its marks, the points within it, and the blocks that interrupt it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import quote as percent
from urllib.parse import urlsplit

from pressmark.exporters.running import white_around
from pressmark.languages.script import direction
from pressmark.model.edition import Edition
from pressmark.model.text import Block, Choice, Inset, Leaf, Mark
from pressmark.model.weave import Close, Open, Point, Words, weave

SAFE_SCHEMES = ("http:", "https:", "mailto:", "ftp:")

RENDITIONS = {
    "italic": "i",
    "bold": "b",
    "underline": "u",
    "strikethrough": "s",
    "superscript": "sup",
    "subscript": "sub",
    "code": "code",
    "small": "small",
}
"""``@rend`` values that HTML has an element for; every other becomes a class."""

UNSPEAKABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
"""Characters that no page may hold: controls, surrogates, noncharacters (HTML Standard, section 13.1.4)."""

OF_THE_FRAME = ("pm-", "t-")
"""How the ids of a page's frame begin, and what is put before an id of a text that begins so."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A mark that is open: what opened it, what will close it."""

    mark: Mark
    part: int
    opening: str
    closing: str


class Phrases:
    """Writes the words of leaves, with one method for each TEI element that stands within words.

    ``mark_`` methods give what opens and what closes a mark; ``point_`` methods give the mark-up of a point.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.given: set[str] = set()
        self.in_link = False
        self.by_id = {block.id: block for block in edition.blocks() if block.id}
        self.marked = {mark.id for leaf in edition.leaves() for mark in leaf.marks if mark.id}
        self.anchored = _first_anchors(edition)

    # Ids and attributes.

    def own(self, given: str) -> str:
        """The id that an element has on the page: none the second time, for an id is there once."""
        if not given or given in self.given:
            return ""
        self.given.add(given)
        return on_page(given)

    def address(self, target: str) -> str:
        """Where a link of the source leads from the page made of it; empty where it leads nowhere safe."""
        if target.startswith("#"):
            known = target[1:] in self.by_id or target[1:] in self.marked
            return f"#{on_page(target[1:])}" if known else ""
        return web_address(target)

    # Running text.

    def words(self, leaf: Leaf) -> str:
        """The running text of a leaf, and within it what interrupts it: nothing but phrases."""
        return "".join(piece for piece in self.flow(leaf, parted=False) if isinstance(piece, str))

    def flow(self, leaf: Leaf, *, parted: bool = True) -> list[str | Block]:
        """The running text of a leaf, and between its pieces the blocks that part it.

        Marks are closed before such a block and opened again after it. Where not ``parted`` there is one
        piece, with everything in it.
        """
        return _Flow(self, leaf, parted=parted).pieces()

    def parts_text(self, block: Block) -> bool:
        """Whether a block that interrupts running text ends the paragraph, and the text goes on in another."""
        return block.name != "fw"

    def text_of(self, words: str) -> str:
        """Characters as HTML; one that no page may hold is shown as the symbol for it."""
        return escape(speakable(words), quote=False)

    def inline(self, block: Block) -> str:
        """A block within running text, as phrases."""
        raise NotImplementedError

    def mark(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        """What opens and what closes a mark."""
        if isinstance(mark, Choice):
            return self.choice(mark, leaf, part)
        method: Callable[[Mark, Leaf, int], tuple[str, str]] = getattr(self, f"mark_{mark.name}")
        return method(mark, leaf, part)

    def point(self, mark: Mark, leaf: Leaf) -> str:
        """A mark over no characters; a phrase that has none has nothing to show but its id."""
        if isinstance(mark, Inset):
            assert mark.block is not None
            return self.inline(mark.block)
        if isinstance(mark, Choice):
            pairs = {"id": self.own(mark.id), "class": "supplied", "title": "not in the source"}
            return f"<ins{attributes(pairs)}>{self.text_of(mark.reading)}</ins>" if mark.reading else ""
        method: Callable[[Mark, Leaf], str] = getattr(self, f"point_{mark.name}", self.point_anchor)
        return method(mark, leaf)

    def phrase(self, name: str, mark: Mark, part: int, kind: str = "", **given: str) -> tuple[str, str]:
        """An HTML element for a mark: its id on the first part, its language, classes for how it was set."""
        pairs = {
            "id": self.own(mark.id) if part == 1 else "",
            "class": " ".join(filter(None, (kind, *map(rend_class, mark.get("rend").split())))),
            **language(mark.get("xml:lang")),
            **given,
        }
        return f"<{name}{attributes(pairs)}>", f"</{name}>"

    # Marks.

    def mark_hi(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        names = [(RENDITIONS.get(word, "span"), word) for word in mark.get("rend").split()] or [("i", "")]
        pairs = {"id": self.own(mark.id) if part == 1 else "", **language(mark.get("xml:lang"))}
        opening, closing = "", ""
        for name, word in names:
            kind = rend_class(word) if name == "span" else ""
            opening += f"<{name}{attributes({**pairs, 'class': kind})}>"
            closing = f"</{name}>{closing}"
            pairs = {}
        return opening, closing

    def mark_emph(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return self.phrase("em", mark, part)

    def mark_foreign(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return self.phrase("i", mark, part, "foreign")

    def mark_ref(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        if mark.get("type") == "noteAnchor" and mark.get("target")[1:] in self.by_id:
            return self.note_anchor(mark, part)
        address = "" if self.in_link else self.address(mark.get("target"))
        if not address:
            return self.phrase("span", mark, part)
        label = "" if leaf.text[mark.start : mark.end].strip() else mark.get("target")
        return self.phrase("a", mark, part, href=address, **{"aria-label": label})

    def note_anchor(self, mark: Mark, part: int) -> tuple[str, str]:
        """The sign that calls a note; the first that calls it is what the note leads back to."""
        note = mark.get("target")[1:]
        pairs = {"class": "noteref", "href": f"#{on_page(note)}", "role": "doc-noteref"}
        if self.anchored[note] is mark and part == 1:
            pairs["id"] = anchor_id(mark)
            self.given.add(mark.id)
        elif part == 1:
            pairs["id"] = self.own(mark.id)
        if self.in_link:
            del pairs["href"], pairs["role"]
        name = "span" if self.in_link else "a"
        return f"<{name}{attributes(pairs)}>", f"</{name}>"

    def mark_title(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return self.phrase("cite", mark, part)

    def mark_seg(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        """A stretch of words; the signs of transcribers are there, and not shown."""
        opening, closing = self.span(mark, leaf, part)
        if mark.get("type") != "markup":
            return opening, closing
        return opening.replace("<span", "<span hidden", 1), closing

    def span(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        """Words that look like those around them."""
        return self.phrase("span", mark, part)

    # ``q`` is not HTML's q, which adds quotation marks to those that the source has.
    mark_q = mark_term = mark_rs = mark_persName = mark_placeName = mark_orgName = mark_date = mark_num = span

    def mark_pc(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        opening, closing = self.phrase("span", mark, part, "pc")
        if mark.get("force") != "weak":
            return opening, closing
        return opening.replace("<span", "<span hidden", 1), closing

    def mark_unclear(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return self.phrase("span", mark, part, "unclear", title="hard to read")

    def mark_del(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return self.phrase("del", mark, part)

    def mark_add(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return self.phrase("span", mark, part, "added")

    def choice(self, choice: Choice, leaf: Leaf, part: int) -> tuple[str, str]:
        """An editor's reading: shown, with what the source says as its title and hidden beside it."""
        shown = ""
        if part == 1 and choice.reading:
            said = " ".join(leaf.text[choice.start : choice.end].split())
            pairs = {"id": self.own(choice.id), "class": "corr", "title": f"in the source: {said}"}
            shown = f"<span{attributes(pairs)}>{self.text_of(choice.reading)}</span>"
        return f'{shown}<span class="sic" hidden>', "</span>"

    # Points.

    def point_lb(self, mark: Mark, leaf: Leaf) -> str:
        return self.point_anchor(mark, leaf) + ("" if mark.get("break") == "no" else "<br>")

    def point_pb(self, mark: Mark, leaf: Leaf) -> str:
        pairs = {"id": self.own(mark.id), "class": "pb"}
        return f"<span{attributes(pairs)}>[{self.text_of(page_name(mark.get('n')))}]</span>"

    def point_gap(self, mark: Mark, leaf: Leaf) -> str:
        pairs = {"id": self.own(mark.id), "class": "gap", "title": "something is missing here"}
        return f"<span{attributes(pairs)}>[…]</span>"

    def point_anchor(self, mark: Mark, leaf: Leaf) -> str:
        own = self.own(mark.id)
        return f'<span id="{escape(own)}"></span>' if own else ""

    point_cb = point_milestone = point_anchor


class _Flow:
    """Writes one leaf, and keeps what is open meanwhile."""

    def __init__(self, phrases: Phrases, leaf: Leaf, *, parted: bool) -> None:
        self.phrases, self.leaf, self.parted = phrases, leaf, parted
        self.done: list[str | Block] = []
        self.run: list[str] = []
        self.opened: list[_Opened] = []
        self.unbroken = _unbroken(leaf)
        self.at = 0

    def pieces(self) -> list[str | Block]:
        around = self.phrases.in_link
        for event in weave(self.leaf):
            self.phrases.in_link = around or any(each.opening.startswith("<a ") for each in self.opened)
            match event:
                case Words(text):
                    self._words(text)
                case Open(mark, _, part):
                    self._open(mark, part)
                case Close():
                    self._shut(self.opened.pop())
                case Point(mark):
                    self._point(mark)
        self.phrases.in_link = around
        return [*self.done, "".join(self.run)]

    def _words(self, text: str) -> None:
        start, self.at = self.at, self.at + len(text)
        if self.unbroken:
            text = "".join(letter for at, letter in enumerate(text, start) if at not in self.unbroken)
        self.run.append(self.phrases.text_of(text))

    def _open(self, mark: Mark, part: int) -> None:
        opening, closing = self.phrases.mark(mark, self.leaf, part)
        self.opened.append(_Opened(mark, part, opening, closing))
        self.run.append(opening)

    def _shut(self, held: _Opened) -> None:
        """Closes a mark; one that came to hold nothing here, because a block parts it, is taken back."""
        if self.run[-1] is held.opening and not isinstance(held.mark, Choice) and " id=" not in held.opening:
            self.run.pop()
        else:
            self.run.append(held.closing)

    def _point(self, mark: Mark) -> None:
        block = mark.block if isinstance(mark, Inset) else None
        if block is not None and self.parted and self.phrases.parts_text(block):
            opened = self._close_all()
            self.done += ("".join(self.run), block)
            self.run = []
            self._open_again(opened)
        elif mark.name not in ("lb", "cb") and any(isinstance(each.mark, Choice) for each in self.opened):
            opened = self._close_all()  # within a choice it would be hidden with what the source says
            self.run.append(self.phrases.point(mark, self.leaf))
            self._open_again(opened)
        else:
            self.run.append(self.phrases.point(mark, self.leaf))

    def _close_all(self) -> list[_Opened]:
        opened, self.opened = self.opened, []
        for held in reversed(opened):
            self._shut(held)
        return opened

    def _open_again(self, opened: list[_Opened]) -> None:
        for held in opened:
            self._open(held.mark, held.part + 1)


def _unbroken(leaf: Leaf) -> frozenset[int]:
    """Offsets of the white space around line breaks within words, which is no space between words."""
    found: set[int] = set()
    for mark in leaf.marks:
        if mark.name == "lb" and mark.get("break") == "no":
            found.update(range(*white_around(leaf.text, mark.start)))
    return frozenset(found)


def _first_anchors(edition: Edition) -> dict[str, Mark]:
    """For each note that is called, the first mark that calls it."""
    found: dict[str, Mark] = {}
    for mark in _note_anchors(edition):
        found.setdefault(mark.get("target")[1:], mark)
    return found


def _note_anchors(edition: Edition) -> Iterator[Mark]:
    for leaf in edition.leaves():
        for mark in leaf.marks:
            if mark.name == "ref" and mark.get("type") == "noteAnchor" and mark.start < mark.end:
                yield mark


def anchor_id(mark: Mark) -> str:
    """The id that the first mark to call a note has on the page."""
    return on_page(mark.id) if mark.id else f"pm-ref-{mark.get('target')[1:]}"


def on_page(given: str) -> str:
    """The id on the page of what has the id ``given`` in the edition: none meets an id of the frame."""
    return f"t-{given}" if given.startswith(OF_THE_FRAME) else given


def attributes(pairs: dict[str, str]) -> str:
    """HTML attributes, those left out that are empty."""
    return "".join(f' {name}="{escape(speakable(value))}"' for name, value in pairs.items() if value)


def language(tag: str) -> dict[str, str]:
    """The attributes that say in which language a thing is, and which way that is written."""
    return {"lang": tag, "dir": direction(tag)} if tag else {}


def speakable(words: str) -> str:
    """``words`` without the characters that no page may hold: a space or a symbol in the place of each."""
    return UNSPEAKABLE.sub(_symbol, words)


def _symbol(match: re.Match[str]) -> str:
    """A space for what is white, U+2400 and following for the controls of ASCII, U+FFFD for the rest."""
    character = match.group()
    if character.isspace():
        return " "
    if character == "\x7f":
        return "\u2421"
    return chr(0x2400 + ord(character)) if ord(character) < 0x20 else "\ufffd"


def web_address(target: str) -> str:
    """``target`` as the address of a link, percent-encoded where it must be; empty where it is none or unsafe."""
    if not target.lower().startswith(SAFE_SCHEMES):
        return ""
    try:
        parts = urlsplit(target)
        valid = bool(parts.hostname) and (parts.port or 1) > 0 if parts.scheme != "mailto" else bool(parts.path)
    except ValueError:
        return ""
    if not valid or re.search(r"[\s<>\"'\\^`{|}]", parts.netloc):
        return ""
    encoded = percent(target, safe="/:?#@!$&'()*+,;=%~", errors="replace")
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", encoded)


def rend_class(word: str) -> str:
    """The class for one word of ``@rend``."""
    return f"indent-{word[6:]}" if word.startswith("indent") else f"r-{word}" if word else ""


def page_name(number: str) -> str:
    """What a page break shows: the number of the page that begins."""
    return f"p.\u00a0{number}" if number else "page"
