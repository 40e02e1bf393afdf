"""The text of an edition as HTML: what the site and books made of HTML share.

``Html`` has one method for each TEI element of an edition, named after it. An output that differs overrides the
methods that differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote as percent
from urllib.parse import unquote

from pressmark.exporters.layout import around_heads, columns, entries, header_rows, is_figure, spanned
from pressmark.exporters.outline import Entry, contents, has_words, paragraph_numbers, words_of
from pressmark.exporters.phrases import (
    RENDITIONS,
    SAFE_SCHEMES,
    Phrases,
    anchor_id,
    attributes,
    language,
    page_name,
    rend_class,
    speakable,
)
from pressmark.model.edition import Edition
from pressmark.model.text import Block, Container, Leaf, walk

__all__ = ["RENDITIONS", "SAFE_SCHEMES", "Entry", "Html", "contents", "paragraph_numbers"]

HEADING_DEPTH = 6
HEADED = frozenset(("front", "body", "back", "div", "lg"))
"""Containers whose ``head`` is a heading; elsewhere it is a line of the list, figure or table."""

OF_AB = {
    "record": "record-line",
    "heading": "ab-heading",
    "title": "title-part",
    "subtitle": "title-part title-sub",
    "author": "byline",
    "imageAlt": "furniture image-alt",
    "addressee": "addr-line",
    "caption": "figcaption",
    "contents": "contents-line",
    "salutation": "salute",
}
"""The class of an ``ab`` of each type, where it is not the name of the type."""


class Html(Phrases):
    """Writes one edition. ``heading`` is the level of its topmost headings."""

    def __init__(self, edition: Edition, *, heading: int = 2) -> None:
        super().__init__(edition)
        self.heading = heading
        self.depth = 0
        self.parent = ""
        self.numbers = paragraph_numbers(edition)
        linked = (mark.get("target") for leaf in edition.leaves() for mark in leaf.marks)
        self.targets = {*linked, *(statement.found for statement in edition.header.statements)} - {""}

    def body(self) -> str:
        """The whole text, in document order."""
        self.given.clear()
        return self.block(self.edition.text)

    def block(self, block: Block) -> str:
        """One block, by the method of its name."""
        method: Callable[[Block], str] = getattr(self, f"block_{block.name}")
        return method(block)

    def held(self, block: Block) -> Sequence[Block]:
        """The blocks that a container shows, in order; a leaf shows none."""
        return block.children if isinstance(block, Container) else ()

    def children(self, block: Block) -> str:
        """All that a container shows."""
        if len(self.headings(block)) < 2:
            return self.within(block, self.held(block))
        out = ""
        for together, run in groupby(self.held(block), key=lambda child: child.name == "head"):
            blocks = list(run)
            written = self.within(block, blocks[:1]) if together else self.within(block, blocks)
            below = "".join(
                self.tag("p", head, self.words(head), "subhead")
                for head in blocks[1:]
                if together and isinstance(head, Leaf)
            )
            out += f"<hgroup>{written}{below}</hgroup>\n" if below else written
        return out

    def within(self, block: Block, blocks: Iterable[Block]) -> str:
        """Some of the blocks that a container shows."""
        parent, self.parent = self.parent, block.name
        out = "".join(map(self.block, blocks))
        self.parent = parent
        return out

    # Ways to write a block.

    def tag(self, name: str, block: Block, content: str, kind: str = "", **given: str) -> str:
        """An HTML element for a block: its id, its language, and classes for what it is and how it was set."""
        classes = " ".join(filter(None, (kind, *map(rend_class, block.get("rend").split()))))
        pairs = {"id": self.own(block.id), "class": classes, **language(block.get("xml:lang")), **given}
        return f"<{name}{attributes(pairs)}>{content}</{name}>\n"

    def paragraph(self, block: Block, kind: str, *, lead: str = "", **given: str) -> str:
        """A leaf as a paragraph, or as several where blocks interrupt it: those after the first are ``continued``.

        ``lead`` is HTML that the first begins with.
        """
        if isinstance(block, Container):
            return self.tag("div", block, self.children(block), kind)
        pieces = [piece for piece in self.flow(block) if not isinstance(piece, str) or piece.strip()] or [""]
        texts = [piece for piece in pieces if isinstance(piece, str)]
        if not texts:
            return self.tag("div", block, self._pieces(pieces), kind)
        out: list[str] = []
        for piece in pieces:
            if not isinstance(piece, str):
                out.append(self.block(piece))
            elif texts:
                texts.clear()
                out.append(self.tag("p", block, lead + piece, kind, **given))
            else:
                out.append(self.tag("p", block, piece, f"{kind} continued"))
        return "".join(out)

    def flowing(self, block: Block) -> str:
        """What stands in an element that may hold words and blocks side by side."""
        return self._pieces(self.flow(block)) if isinstance(block, Leaf) else self.children(block)

    def _pieces(self, pieces: Iterable[str | Block]) -> str:
        return "".join(piece if isinstance(piece, str) else self.block(piece) for piece in pieces)

    def group(self, block: Block, kind: str) -> str:
        """A part of the text: no element of its own, unless something depends on one."""
        if block.attributes or f"#{block.id}" in self.targets:
            return self.tag("div", block, self.children(block), kind)
        return self.children(block)

    def inline(self, block: Block) -> str:
        if block.name == "graphic":
            content = self.image(block) or self.missing(block)
        elif block.name == "pb":
            content = f"[{self.text_of(page_name(block.get('n')))}]"
        elif isinstance(block, Leaf):
            content = self.words(block).strip()
        else:
            content = " ".join(map(self.inline, block.children))
        kind = {"fw": "furniture", "note": "note-inline", "figure": "picture", "pb": "pb"}.get(block.name, "")
        pairs = {"id": self.own(block.id), "class": kind}
        return f"<span{attributes(pairs)}>{content}</span>"

    def parts_text(self, block: Block) -> bool:
        return block.name != "fw" and not (block.name == "figure" and self.is_in_line(block))

    # The parts of a text.

    def block_text(self, block: Block) -> str:
        return self.group(block, "whole")

    def block_front(self, block: Block) -> str:
        return self.headed(block, lambda: self.group(block, "front"))

    def block_body(self, block: Block) -> str:
        return self.headed(block, lambda: self.group(block, "body"))

    def block_back(self, block: Block) -> str:
        return self.headed(block, lambda: self.group(block, "back"))

    def block_div(self, block: Block) -> str:
        kind = "notes" if block.get("type") == "notes" else "div"
        name = "section" if self.headings(block) else "div"
        return self.headed(block, lambda: self.tag(name, block, self.children(block), kind))

    def headings(self, block: Block) -> list[Leaf]:
        """The headings of a container: what a reader may look for in an outline of the text."""
        if block.name not in HEADED:
            return []
        return [each for each in self.held(block) if isinstance(each, Leaf) and each.name == "head" and has_words(each)]

    def headed(self, block: Block, written: Callable[[], str]) -> str:
        """What ``written`` gives, one level deeper if the container has a heading."""
        deeper = bool(self.headings(block))
        self.depth += deeper
        out = written()
        self.depth -= deeper
        return out

    def block_head(self, block: Block) -> str:
        assert isinstance(block, Leaf)
        if self.parent not in HEADED or not has_words(block):
            return self.paragraph(block, "label")
        level = min(self.heading + max(self.depth, 1) - 1, HEADING_DEPTH)
        return self.tag(f"h{level}", block, self.words(block), "caps" if block.text.isupper() else "")

    def block_titlePart(self, block: Block) -> str:
        return self.paragraph(block, f"title-part title-{block.get('type') or 'main'}")

    def block_docAuthor(self, block: Block) -> str:
        return self.paragraph(block, "doc-author")

    def block_docDate(self, block: Block) -> str:
        return self.paragraph(block, "doc-date")

    def block_byline(self, block: Block) -> str:
        return self.paragraph(block, "byline")

    def block_epigraph(self, block: Block) -> str:
        return self.tag("blockquote", block, self.children(block), "epigraph")

    def block_argument(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "argument")

    def block_opener(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "opener")

    def block_closer(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "closer")

    def block_address(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "addressee")

    def block_postscript(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "postscript")

    def block_floatingText(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "floating-text")

    # Blocks of prose.

    def block_p(self, block: Block) -> str:
        number = self.numbers.get(block.id)
        if not number or not has_words(block):
            return self.paragraph(block, "p")
        link = {"class": "permalink", "href": self.address(f"#{block.id}"), "aria-label": f"Paragraph {number}"}
        return self.paragraph(block, "p", lead=f"<a{attributes(link)}>{number}</a>")

    def block_ab(self, block: Block) -> str:
        kind = block.get("type")
        if kind == "sceneBreak":
            return self.paragraph(block, "scene-break", role="separator")
        if kind == "preformatted" and isinstance(block, Leaf):
            return self.tag("pre", block, self.words(block))
        return self.paragraph(block, OF_AB.get(kind, _dashed(kind) or "p"))

    def block_fw(self, block: Block) -> str:
        return self.paragraph(block, f"furniture furniture-{_dashed(block.get('type')) or 'head'}")

    def block_quote(self, block: Block) -> str:
        return self.tag("blockquote", block, self.children(block), "quote")

    def block_bibl(self, block: Block) -> str:
        return self.paragraph(block, "attribution")

    def block_label(self, block: Block) -> str:
        return self.paragraph(block, "label")

    def block_salute(self, block: Block) -> str:
        return self.paragraph(block, "salute")

    def block_signed(self, block: Block) -> str:
        return self.paragraph(block, "signed")

    def block_dateline(self, block: Block) -> str:
        return self.paragraph(block, "dateline")

    def block_addrLine(self, block: Block) -> str:
        return self.paragraph(block, "addr-line")

    def block_trailer(self, block: Block) -> str:
        return self.paragraph(block, "trailer")

    # Verse and plays.

    def block_lg(self, block: Block) -> str:
        return self.headed(block, lambda: self.tag("div", block, self.children(block), "lg"))

    def block_l(self, block: Block) -> str:
        return self.paragraph(block, "l")

    def block_sp(self, block: Block) -> str:
        return self.tag("div", block, self.children(block), "sp")

    def block_speaker(self, block: Block) -> str:
        return self.paragraph(block, "speaker")

    def block_stage(self, block: Block) -> str:
        return self.paragraph(block, "stage")

    # Lists.

    def block_list(self, block: Block) -> str:
        """A list: of terms where its items have labels. What stands between two items goes to the one before."""
        before, listed = entries(self.held(block), ("label", "item"))
        labels = [each.name == "label" for each, _ in listed]
        if not listed or (any(labels) and (not labels[0] or labels[-1])):
            return self.tag("div", block, self.children(block), "list")
        out = self.within(block, before)
        if any(labels):
            inner = (self.entry("dt" if each.name == "label" else "dd", each, more) for each, more in listed)
            return out + self.tag("dl", block, "".join(inner), "list")
        name = "ol" if "numbered" in block.get("rend").split() else "ul"
        return out + self.tag(name, block, "".join(self.entry("li", *each) for each in listed), "list")

    def entry(self, name: str, block: Block, more: Sequence[Block] = ()) -> str:
        """An entry of a list, and what stands between it and the next."""
        return self.tag(name, block, self.flowing(block) + self.within(block, more))

    def block_item(self, block: Block) -> str:
        return self.paragraph(block, "item")

    # Tables.

    def block_table(self, block: Block) -> str:
        before, rows = entries(self.held(block), ("row",))
        first, heads, rest = around_heads(before)
        labelled = 0 if rest else header_rows([row for row, _ in rows])
        width = max((columns(row) for row, _ in rows), default=1)
        caption = "".join(map(self.caption, heads))
        lines = [self.between(block, rest, width)]
        for number, (row, more) in enumerate(rows):
            is_label = number < labelled
            below = (labelled if is_label else len(rows)) - number
            lines += [self.row(row, labels=is_label, below=below), self.between(row, more, width)]
        header, body = "".join(lines[: 2 * labelled + 1]), "".join(lines[2 * labelled + 1 :])
        parts = (("caption", caption), ("thead" if labelled else "tbody", header), ("tbody", body))
        inner = "".join(f"<{name}>{content}</{name}>" for name, content in parts if content)
        label = ". ".join(filter(None, map(words_of, heads))) or "Table"
        wrap = {"class": "table-wrap", "role": "group", "tabindex": "0", "aria-label": label}
        outside = self.within(block, first)
        return f"{outside}<div{attributes(wrap)}>{self.tag('table', block, inner)}</div>\n"

    def caption(self, head: Block) -> str:
        """A heading of a table, as a line of its caption."""
        assert isinstance(head, Leaf)
        return self.tag("span", head, self.words(head))

    def row(self, row: Block, *, labels: bool = False, below: int = 1) -> str:
        """A row; ``below`` counts the rows from it to the end of its part of the table."""
        label = row.get("role") == "label"
        scope = "col" if labels else "row"
        cells = (self.cell(cell, scope=scope, label=label, below=below) for cell in self.held(row))
        return self.tag("tr", row, "".join(cells))

    def between(self, block: Block, blocks: Sequence[Block], width: int) -> str:
        """What stands between the rows of a table, as a row of its own."""
        if not blocks:
            return ""
        span = attributes({"colspan": str(width) if width > 1 else ""})
        return f'<tr class="between"><td{span}>{self.within(block, blocks)}</td></tr>\n'

    def block_row(self, block: Block) -> str:
        return self.row(block)

    def block_cell(self, block: Block) -> str:
        return self.cell(block, scope="row")

    def cell(self, block: Block, *, scope: str, label: bool = False, below: int = 1) -> str:
        """A cell; one that labels others, unless it holds what no heading cell may (headings and sections)."""
        spanning = {"rowspan": min(below, spanned(block, "rows")), "colspan": spanned(block, "cols")}
        spans = {name: str(count) for name, count in spanning.items() if count > 1}
        heading = label or block.get("role") == "label"
        if heading and not any(inner.name in ("head", "div", "table", "figure") for inner in walk(block)):
            return self.tag("th", block, self.flowing(block), scope=scope, **spans)
        return self.tag("td", block, self.flowing(block), "figure" if is_figure(block) else "", **spans)

    # Notes, pictures, breaks.

    def block_note(self, block: Block) -> str:
        back = ""
        if anchor := self.anchored.get(block.id):
            pairs = {"class": "backlink", "href": f"#{anchor_id(anchor)}", "role": "doc-backlink"}
            back = f"<a{attributes({**pairs, 'aria-label': 'Back to the text'})}>↩\ufe0e</a>"
        number = block.get("n")
        shown = f'<span class="note-number">{self.text_of(number)}</span> ' * (not _says(block, number))
        return self.tag("div", block, shown + self.flowing(block) + back, "note", role="note")

    def block_figure(self, block: Block) -> str:
        held = self.held(block)
        runs = [(picture, list(run)) for picture, run in groupby(held, key=lambda child: child.name == "graphic")]
        words = [number for number, (picture, _) in enumerate(runs) if not picture]
        at_the_edge = len(words) == 1 and words[0] in (0, len(runs) - 1)
        name = "figcaption" if at_the_edge else 'div class="figcaption"'
        out = [
            self.within(block, run) if picture else f"<{name}>{self.within(block, run)}</{name.split()[0]}>\n"
            for picture, run in runs
        ]
        found = any(self.image(child) for child in held if child.name == "graphic")
        return self.tag("figure", block, "".join(out), "" if found else "missing")

    def is_in_line(self, block: Block) -> bool:
        """Whether a picture within words stands between them like a letter; it has no caption then."""
        held = self.held(block)
        return all(child.name == "graphic" for child in held) and not any(map(self.is_large, held))

    def is_large(self, block: Block) -> bool:
        """Whether a picture is too large to stand between words: higher than two lines, or of unknown height."""
        return bool(self.image(block)) and not 0 < self.size_of(block)[1] <= 48

    def image(self, block: Block) -> str:
        """The ``img`` of a picture that came with the source; nothing, where it did not.

        It is not ``lazy``: what has not been scrolled to would be missing on paper.
        """
        url = block.get("url")
        if not url.startswith("pages/"):
            return ""
        width, height = self.size_of(block)
        size = {"width": str(width), "height": str(height)} if width and height else {}
        pairs = {"src": f"pictures/{percent(picture_name(block), errors='replace')}", **size, "decoding": "async"}
        return f'<img alt="{escape(speakable(block.get("alt")))}"{attributes(pairs)}>'

    def size_of(self, block: Block) -> tuple[int, int]:
        """Width and height of a picture in pixels; zeros where they are not known."""
        return 0, 0

    def missing(self, block: Block) -> str:
        """What stands in place of a picture that is not here."""
        said = block.get("alt") or block.get("url")
        said = said if said not in ("data:", "about:blank") else ""
        words = f"Picture not here: {said}" if said else "Picture not here"
        return f'<span class="no-picture">{self.text_of(words)}</span>'

    def block_graphic(self, block: Block) -> str:
        own = self.own(block.id)
        shown = self.image(block) or self.missing(block)
        return shown.replace("<img", f"<img{attributes({'id': own})}", 1).replace(
            "<span", f"<span{attributes({'id': own})}", 1
        )

    def block_pb(self, block: Block) -> str:
        return self.tag("p", block, f"[{self.text_of(page_name(block.get('n')))}]", "pb")

    def block_cb(self, block: Block) -> str:
        return self.tag("span", block, "", "cb") if f"#{block.id}" in self.targets else ""

    def block_milestone(self, block: Block) -> str:
        pairs = {"id": self.own(block.id), "class": f"rule {rend_class(block.get('rend'))}".strip()}
        return f"<hr{attributes(pairs)}>\n"


def picture_name(graphic: Block) -> str:
    """The name of a picture that came with the source (its address is that name, percent-encoded)."""
    return unquote(graphic.get("url").removeprefix("pages/"))


def _says(note: Block, number: str) -> bool:
    """Whether the words of a note begin with its number, or it has none."""
    words = words_of(note).lstrip("[( ")
    return not number.strip() or words.startswith(number.strip()) or words.lstrip("*").startswith(number.strip())


def _dashed(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)
