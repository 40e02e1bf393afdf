"""The text of an edition as HTML: what the site and books made of HTML share.

``Html`` has one method for each TEI element of an edition, named after it. An output that differs overrides the
methods that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote as percent

from pressmark.model.edition import Edition
from pressmark.model.text import FORBIDDEN, Block, Choice, Container, Inset, Leaf, Mark, pieces
from pressmark.model.weave import Close, Open, Point, Words, weave

SAFE_SCHEMES = ("http:", "https:", "mailto:", "ftp:")

RENDITIONS = {
    "italic": "i",
    "bold": "b",
    "underline": "u",
    "superscript": "sup",
    "subscript": "sub",
    "code": "code",
    "small": "small",
}
"""``@rend`` values that HTML has an element for; every other becomes a class."""

HEADING_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the table of contents."""

    id: str
    title: str
    children: list[Entry] = field(default_factory=list)


class Html:
    """Writes one edition. ``heading`` is the level of its topmost headings."""

    def __init__(self, edition: Edition, *, heading: int = 2) -> None:
        self.edition = edition
        self.heading = heading
        self.depth = 0
        self.numbers = paragraph_numbers(edition)
        self.by_id = {block.id: block for block in edition.blocks() if block.id}
        self.anchored = _first_anchors(edition)
        self.marked = {mark.id for leaf in edition.leaves() for mark in leaf.marks if mark.id}
        self.last_seen: set[str] = set()

    def body(self) -> str:
        """The whole text, in document order."""
        return self.block(self.edition.text)

    def block(self, block: Block) -> str:
        """One block, by the method of its name."""
        method: Callable[[Block], str] = getattr(self, f"block_{block.name}")
        return method(block)

    def children(self, block: Block) -> str:
        """All that a container holds."""
        assert isinstance(block, Container)
        return "".join(map(self.block, block.children))

    def tag(self, name: str, block: Block, content: str, kind: str = "", **given: str) -> str:
        """An HTML element for a block: its id, its language, and classes for what it is and how it was set."""
        classes = " ".join(filter(None, (kind, *map(_rend_class, block.get("rend").split()))))
        pairs = {"id": block.id, "class": classes, "lang": block.get("xml:lang"), **given}
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in pairs.items() if value)
        return f"<{name}{attributes}>{content}</{name}>\n"

    def words(self, block: Block) -> str:
        """The running text of a leaf, with its marks."""
        if isinstance(block, Container):
            return self.children(block)
        out: list[str] = []
        closing: list[str] = []
        for event in weave(block):
            match event:
                case Words(text):
                    out.append(self.text_of(text))
                case Point(mark):
                    out.append(self.point(mark))
                case Open(mark, _, part):
                    opening, end = self.mark(mark, block, part)
                    out.append(opening)
                    closing.append(end)
                case Close():
                    out.append(closing.pop())
        return "".join(out)

    def text_of(self, words: str) -> str:
        """Characters as HTML; one that no page may hold is shown as the symbol for it."""
        return escape(FORBIDDEN.sub(_symbol, words), quote=False)

    def mark(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        """What opens and what closes a mark."""
        if isinstance(mark, Choice):
            return self.choice(mark)
        method: Callable[[Mark, Leaf, int], tuple[str, str]] = getattr(self, f"mark_{mark.name}")
        return method(mark, leaf, part)

    def point(self, mark: Mark) -> str:
        """A mark over no characters."""
        if isinstance(mark, Inset):
            assert mark.block is not None
            return self.inset(mark.block)
        if isinstance(mark, Choice):
            return f'<ins class="supplied">{self.text_of(mark.reading)}</ins>'
        method: Callable[[Mark], str] | None = getattr(self, f"point_{mark.name}", None)
        return method(mark) if method else ""

    def inset(self, block: Block) -> str:
        """A block that interrupts running text: phrase content only, since a paragraph can hold no block."""
        if block.name == "figure":
            return self.inline_figure(block)
        kind = "note-inline" if block.name == "note" else "furniture"
        inner = " ".join(self.words(leaf).strip() for leaf in _leaves(block))
        return f'<span class="{kind}" id="{escape(block.id)}">{inner}</span>'

    # ------------------------------------------------------------------ the parts of a text

    def block_text(self, block: Block) -> str:
        return self.children(block)

    def block_front(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "front")

    def block_body(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "body")

    def block_back(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "back")

    def block_div(self, block: Block) -> str:
        assert isinstance(block, Container)
        self.depth += 1
        kind = "notes" if block.get("type") == "notes" else "div"
        heads = [child for child in block.children if child.name == "head"]
        labelled = f"{heads[0].id}" if heads else ""
        out = self.tag("section", block, self.children(block), kind, **{"aria-labelledby": labelled})
        self.depth -= 1
        return out

    def block_head(self, block: Block) -> str:
        level = min(self.heading + max(self.depth, 1) - 1, HEADING_DEPTH)
        return self.tag(f"h{level}", block, self.words(block))

    def block_titlePart(self, block: Block) -> str:  # noqa: N802 - named after the element
        return self.tag("p", block, self.words(block), f"title-part title-{block.get('type') or 'main'}")

    def block_docAuthor(self, block: Block) -> str:  # noqa: N802
        return self.tag("p", block, self.words(block), "doc-author")

    def block_docDate(self, block: Block) -> str:  # noqa: N802
        return self.tag("p", block, self.words(block), "doc-date")

    def block_byline(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), "byline")

    def block_epigraph(self, block: Block) -> str:
        return self.tag("blockquote", block, self.children(block), "epigraph")

    def block_argument(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "argument")

    def block_opener(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "opener")

    def block_closer(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "closer")

    def block_postscript(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "postscript")

    def block_floatingText(self, block: Block) -> str:  # noqa: N802
        return self.tag("div", block, self.children(block), "floating-text")

    # ------------------------------------------------------------------ blocks of prose

    def block_p(self, block: Block) -> str:
        number = self.numbers.get(block.id)
        link = ""
        if number:
            link = (
                f'<a class="permalink" href="#{escape(block.id)}" aria-label="Paragraph {number}">{number}</a>'
            )
        return self.tag("p", block, link + self.words(block), "p")

    def block_ab(self, block: Block) -> str:
        kind = block.get("type")
        if kind == "sceneBreak":
            return self.tag("p", block, self.words(block), "scene-break", role="separator")
        if kind == "preformatted":
            return self.tag("pre", block, self.words(block))
        names = {"record": "record-line", "heading": "ab-heading", "imageAlt": "furniture"}
        return self.tag("p", block, self.words(block), names.get(kind, _dashed(kind) or "ab"))

    def block_fw(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), f"furniture furniture-{_dashed(block.get('type')) or 'head'}")

    def block_quote(self, block: Block) -> str:
        return self.tag("blockquote", block, self.children(block), "quote")

    def block_bibl(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), "attribution")

    def block_label(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), "label")

    def block_salute(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), "salute")

    def block_signed(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), "signed")

    def block_dateline(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), "dateline")

    def block_trailer(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), "trailer")

    # ------------------------------------------------------------------ verse, plays, lists, tables

    def block_lg(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "lg")

    def block_l(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), "l")

    def block_sp(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "sp")

    def block_speaker(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), "speaker")

    def block_stage(self, block: Block) -> str:
        return self.tag("p", block, self.words(block), "stage")

    def block_list(self, block: Block) -> str:
        assert isinstance(block, Container)
        before = [child for child in block.children if child.name != "item"]
        items = [child for child in block.children if child.name == "item"]
        name = "ol" if block.get("rend") == "ordered" or block.get("type") == "ordered" else "ul"
        out = "".join(map(self.block, before if before and before[0] is block.children[0] else ()))
        if len(before) and not out:
            return self.tag("div", block, self.children(block), "list-mixed")
        if any(child.name in ("label", "head") for child in before[1:]):
            return self.tag("div", block, self._as_lines(block), "list-mixed")
        return out + self.tag(name, block, "".join(map(self.block, items)), "list")

    def _as_lines(self, block: Container) -> str:
        return "".join(
            self.tag("div", child, self.words(child), "item") if child.name == "item" else self.block(child)
            for child in block.children
        )

    def block_item(self, block: Block) -> str:
        return self.tag("li", block, self.words(block))

    def block_table(self, block: Block) -> str:
        assert isinstance(block, Container)
        heads = [child for child in block.children if child.name == "head"]
        caption = "".join(f'<caption id="{escape(head.id)}">{self.words(head)}</caption>' for head in heads[:1])
        rows = "".join(self.block(child) for child in block.children if child.name == "row")
        label = _plain(heads[0]) if heads else "Table"
        inner = self.tag("table", block, caption + rows)
        return f'<div class="table-wrap" role="region" tabindex="0" aria-label="{escape(label)}">{inner}</div>\n'

    def block_row(self, block: Block) -> str:
        return self.tag("tr", block, self.children(block))

    def block_cell(self, block: Block) -> str:
        spans = {f"{way}span": block.get(f"{way}s") for way in ("row", "col") if block.get(f"{way}s").isdigit()}
        name = "th" if block.get("role") == "label" else "td"
        return self.tag(name, block, self.words(block), "figure" if _is_figure(block) else "", **spans)

    # ------------------------------------------------------------------ notes, pictures, breaks

    def block_note(self, block: Block) -> str:
        back = ""
        if anchor := self.anchored.get(block.id):
            back = f'<a class="backlink" href="#{escape(anchor)}" aria-label="Back to the text">↩\ufe0e</a>'
        return self.tag("div", block, self.children(block) + back, "note", role="note")

    def block_figure(self, block: Block) -> str:
        assert isinstance(block, Container)
        graphics = [child for child in block.children if child.name == "graphic"]
        captions = [child for child in block.children if child.name != "graphic"]
        shown = "".join(self.image(child) or self.missing(child) for child in graphics)
        words = "".join(map(self._caption, captions))
        caption = f"<figcaption>{words}</figcaption>" if words else ""
        found = any(self.image(child) for child in graphics)
        return self.tag("figure", block, shown + caption, "" if found else "missing")

    def _caption(self, block: Block) -> str:
        return self.tag("p", block, self.words(block)) if isinstance(block, Leaf) else self.block(block)

    def inline_figure(self, block: Block) -> str:
        """A picture in the run of a paragraph."""
        assert isinstance(block, Container)
        out = []
        for child in block.children:
            if child.name != "graphic":
                out.append(f'<span class="caption">{self.words(child)}</span>')
            elif image := self.image(child):
                out.append(f'<span class="picture" id="{escape(block.id)}">{image}</span>')
            else:
                alt = escape(child.get("alt") or "no description")
                out.append(f'<span class="missing" id="{escape(block.id)}">Picture not here: {alt}</span>')
        return "".join(out)

    def image(self, block: Block) -> str:
        """The ``img`` of a picture that came with the source; nothing, where it did not."""
        url = block.get("url")
        if not url.startswith("pages/"):
            return ""
        width, height = self.size_of(block)
        size = f' width="{width}" height="{height}"' if width and height else ""
        source = percent(url.replace("pages/", "pictures/", 1))
        return f'<img src="{source}" alt="{escape(block.get("alt"))}"{size} loading="lazy">'

    def size_of(self, block: Block) -> tuple[int, int]:
        """Width and height of a picture in pixels; zeros where they are not known."""
        return 0, 0

    def missing(self, block: Block) -> str:
        """What stands in place of a picture that is not here."""
        return f"<p>Picture not here: {escape(block.get('alt') or block.get('url') or 'no description')}</p>"

    def block_graphic(self, block: Block) -> str:
        return self.image(block) or self.missing(block)

    def block_pb(self, block: Block) -> str:
        name = f"p. {block.get('n')}" if block.get("n") else "page"
        return self.tag("p", block, f"[{escape(name)}]", "pb")

    def block_cb(self, block: Block) -> str:
        return ""

    def block_milestone(self, block: Block) -> str:
        return f'<hr class="rule" id="{escape(block.id)}">\n'

    # ------------------------------------------------------------------ marks

    def mark_hi(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        opening, closing = "", ""
        for word in mark.get("rend").split() or ["italic"]:
            name = RENDITIONS.get(word, "span")
            opening += f"<{name}>" if name != "span" else f'<span class="r-{escape(word)}">'
            closing = f"</{name}>" + closing
        return opening, closing

    def mark_emph(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return "<em>", "</em>"

    def mark_foreign(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return f'<i lang="{escape(mark.get("xml:lang") or "und")}">', "</i>"

    def mark_ref(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        target = mark.get("target")
        if mark.get("type") == "noteAnchor" and target[1:] in self.by_id:
            own = f"ref-{target[1:]}"
            first = own not in self.last_seen and part == 1
            self.last_seen.add(own)
            name = f' id="{escape(own)}"' if first else ""
            return f'<a class="noteref"{name} href="{escape(target)}" role="doc-noteref">', "</a>"
        address = self.address(target)
        return (f'<a href="{escape(address)}">', "</a>") if address else ("<span>", "</span>")

    def address(self, target: str) -> str:
        """Where a link of the source leads from the page made of it; empty where it leads nowhere safe."""
        if target.startswith("#"):
            return target if target[1:] in self.by_id or target[1:] in self.marked else ""
        return target if target.lower().startswith(SAFE_SCHEMES) else ""

    def mark_q(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return "<q>", "</q>"

    def mark_title(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return "<cite>", "</cite>"

    def mark_term(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return "<dfn>", "</dfn>"

    def mark_seg(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return "<span>", "</span>"

    mark_rs = mark_persName = mark_placeName = mark_orgName = mark_date = mark_num = mark_pc = mark_seg

    def mark_unclear(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return '<span class="unclear" title="hard to read">', "</span>"

    def mark_del(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return "<s>", "</s>"

    def mark_add(self, mark: Mark, leaf: Leaf, part: int) -> tuple[str, str]:
        return '<span class="added">', "</span>"

    def choice(self, choice: Choice) -> tuple[str, str]:
        """An editor's reading: shown, with what the source says as its title and hidden beside it."""
        return f'<span class="corr">{self.text_of(choice.reading)}</span><span class="sic" hidden>', "</span>"

    def point_lb(self, mark: Mark) -> str:
        return "" if mark.get("break") == "no" else "<br>"

    def point_pb(self, mark: Mark) -> str:
        name = f"p. {mark.get('n')}" if mark.get("n") else "page"
        return f'<span class="pb">[{escape(name)}]</span>'

    def point_anchor(self, mark: Mark) -> str:
        return f'<a id="{escape(mark.id)}"></a>' if mark.id else ""

    def point_gap(self, mark: Mark) -> str:
        return '<span class="gap">[…]</span>'

    def point_cb(self, mark: Mark) -> str:
        return ""

    point_milestone = point_cb


def contents(edition: Edition) -> list[Entry]:
    """The table of contents: each ``div`` that has a heading, and those in it."""

    def below(blocks: Iterable[Block]) -> list[Entry]:
        found: list[Entry] = []
        for block in blocks:
            if not isinstance(block, Container):
                continue
            inner = below(block.children)
            head = next((child for child in block.children if child.name == "head"), None)
            if block.name == "div" and head is not None and _plain(head):
                found.append(Entry(block.id, _plain(head), inner))
            else:
                found += inner
        return found

    return below(edition.text.children)


def paragraph_numbers(edition: Edition) -> dict[str, int]:
    """The number of each paragraph of the running text, by its id: those of the body, and none in a note."""
    found: dict[str, int] = {}

    def number(block: Block) -> None:
        if isinstance(block, Container):
            if block.name not in ("front", "back", "note", "table", "figure", "item"):
                for child in block.children:
                    number(child)
        elif block.name == "p":
            found[block.id] = len(found) + 1

    number(edition.text)
    return found


def _first_anchors(edition: Edition) -> dict[str, str]:
    """For each note that is anchored, the id that its first anchor has on the page."""
    return {
        mark.get("target")[1:]: f"ref-{mark.get('target')[1:]}"
        for leaf in edition.leaves()
        for mark in leaf.marks
        if mark.name == "ref" and mark.get("type") == "noteAnchor"
    }


def _leaves(block: Block) -> Iterable[Leaf]:
    return (leaf for leaf, _, _ in pieces(block))


def _plain(block: Block) -> str:
    return " ".join(" ".join(leaf.text[start:end] for leaf, start, end in pieces(block)).split())


def _is_figure(block: Block) -> bool:
    words = block.text.strip() if isinstance(block, Leaf) else ""
    digits = sum(character.isdigit() for character in words)
    return digits > 0 and digits * 2 >= len(words.replace(",", "").replace(".", ""))


def _symbol(match: object) -> str:
    """U+2400 and following for control characters, U+FFFD for the rest."""
    character = match.group()  # type: ignore[attr-defined]
    return chr(0x2400 + ord(character)) if ord(character) < 0x20 else "\ufffd"


def _rend_class(word: str) -> str:
    return f"indent-{word[6:]}" if word.startswith("indent") else f"r-{word}"


def _dashed(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
