"""Texts that come page by page: scans, and the files of Distributed Proofreaders.

Furniture becomes ``fw`` leaves, the bounds of pages ``pb``, notes at the foot of a page ``note``. A paragraph that
runs over a page's end is one leaf, and what stands between its halves interrupts it there, in the source's order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import quote

from pressmark.model.text import Block, Container, Leaf, Mark, attributes, inset, plain
from pressmark.readers.breaks import page_breaks
from pressmark.readers.furniture import Furnished, Furnishing, furnish
from pressmark.readers.layout import Layout, Line, layout_of
from pressmark.readers.rows import Row, Sheet, sheets_of

FOOTNOTE = re.compile(
    r"(?:\[(\d{1,3}|[*†‡§¶]{1,3}|[a-z])\]|\((\d{1,3}|[*†‡§]{1,3}|[a-z])\)|(\d{1,3})(?:[.)]|(?=\s))|([*†‡§‖¶]{1,3}|[¹²³⁰⁴-⁹]+))\s*(?=\S)"
)
"""The label with which a note at the foot of a page begins."""

SEPARATOR = re.compile(r"^---+\s*File:\s*\S", re.MULTILINE | re.IGNORECASE)

STOP = re.compile(r"[.!?…:][\"'”’»)\]*\d†‡]*\Z")
"""The end of a sentence, perhaps with a quotation mark or the sign of a note after it."""

DIVIDED = re.compile(r"[^\W\d_][-\u00ad\u2010¬]\*?\Z")
"""A line that ends within a word."""

LINE_END = re.compile(r"[ \t]*(\r\n|\r|\n)")

SMALL = 4
"""Columns by which the first lines of paragraphs are set in, seldom more than twice as much."""


@dataclass(slots=True)
class Paragraph:
    """The lines of one paragraph on one page."""

    rows: list[Row]
    label: str = ""

    @property
    def base(self) -> int:
        """The column in which its lines begin, but for the first."""
        return min((row.indent for row in self.rows[1:]), default=max(0, self.rows[0].indent - SMALL))


@dataclass(slots=True)
class _Page:
    """A page, taken apart."""

    furnished: Furnished
    paragraphs: list[Paragraph]
    notes: list[list[Paragraph]] = field(default_factory=list)


def page_bounds(text: str) -> Sequence[int] | None:
    """Where pages begin, besides after form feeds and separators; ``None`` where the text does not say it at all."""
    if ("\f" in text and "\f" in text.strip()) or has_separators(text):
        return ()
    return page_breaks(text) or None


def has_separators(text: str) -> bool:
    """Whether Distributed Proofreaders' lines stand between the pages of a text."""
    return "File:" in text and SEPARATOR.search(text) is not None


def blocks_of(text: str, breaks: Sequence[int]) -> tuple[Block, ...]:
    """The blocks of a text that says where its pages end, in the order of the source; see ``page_bounds``."""
    furnished = furnish(text, sheets_of(text, breaks))
    layout = _layout(furnished)
    parted = _Parting(text, layout)
    builder = _Builder(text, layout)
    for number, page in enumerate(furnished):
        builder.page(parted.page(page), first=number == 0)
    return tuple(builder.blocks())


def _layout(pages: Sequence[Furnished]) -> Layout:
    """The layout of the text without its furniture."""
    lines: list[Line] = []
    for page in pages:
        for row in page.rows:
            lines += [Line(0, 0)] * min(row.above, 1)
            lines.append(Line(row.end - row.start, row.indent))
        if len(lines) > 4000:
            break
    return layout_of(lines)


class _Parting:
    """Parts the lines of a page into paragraphs and notes."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.text, self.layout = text, layout

    def page(self, furnished: Furnished) -> _Page:
        """One page, its lines as paragraphs, the notes at its foot told from them."""
        groups = list(_groups(furnished.rows))
        notes = self._notes(groups)
        if notes:
            del groups[-len(notes) :]
        base = min((row.indent for group in groups for row in group), default=0)
        paragraphs = [paragraph for group in groups for paragraph in self.paragraphs(group, base)]
        return _Page(furnished, paragraphs, [part for group in notes for part in self._parted_notes(group)])

    def paragraphs(self, group: list[Row], base: int) -> Iterator[Paragraph]:
        """The paragraphs of lines without a blank line between them; ``base`` is where the page's lines begin."""
        if self.layout.unwrapped:
            yield from (Paragraph([row]) for row in group)
            return
        whole = self._is_verse(group, base) or self._is_centred(group, base)
        if len(group) == 1 or not self.layout.indented or whole:
            yield Paragraph(group)
            return
        own = min(row.indent for row in group)
        start = 0
        for index in range(1, len(group)):
            row, before = group[index], group[index - 1]
            drops = before.indent > own + 2 * SMALL and row.indent < before.indent and index - start == 1
            if row.indent > own or drops:
                yield Paragraph(group[start:index])
                start = index
        yield Paragraph(group[start:])

    def _is_verse(self, group: list[Row], base: int) -> bool:
        """Whether lines are set off from the page's and none of them is full."""
        if min(row.indent for row in group) <= base:
            return False
        width = max(self.layout.width, 1)
        if any(row.right >= 0.92 * width for row in group[:-1]):
            return False
        small = sum(self.text[row.start].islower() for row in group)
        return small <= 0.3 * len(group) and any(row.right < 0.75 * width for row in group[:-1])

    def _is_centred(self, group: list[Row], base: int) -> bool:
        """Whether lines stand one below the other's middle, as those of a heading do."""
        middles = [row.indent + row.right for row in group]
        return min(row.indent for row in group) > base + 2 and max(middles) - min(middles) <= 3

    # Notes at the foot.

    def _notes(self, groups: list[list[Row]]) -> list[list[Row]]:
        """The last groups of a page that are notes: each begins with a label, and the page above bears its sign."""
        found: list[list[Row]] = []
        for index in range(len(groups) - 1, 0, -1):
            group = groups[index]
            label = self.label(group[0])
            above = self.text[groups[0][0].start : groups[index - 1][-1].end]
            if not label or not anchors(label, above):
                break
            found.insert(0, group)
        return found

    def _parted_notes(self, group: list[Row]) -> Iterator[list[Paragraph]]:
        """The notes in a group, each a list of its paragraphs: a note begins with a label, set in like the first."""
        own = min(row.indent for row in group[1:]) if len(group) > 1 else group[0].indent
        starts = [0]
        labels = {0: self.label(group[0])}
        for index in range(1, len(group)):
            row = group[index]
            label = self.label(row) if row.indent == group[0].indent else ""
            if label and (group[0].indent > own or _follows(labels[starts[-1]], label)):
                starts.append(index)
                labels[index] = label
        for start, end in zip(starts, [*starts[1:], len(group)], strict=True):
            parts = [start, *(i for i in range(start + 1, end) if group[i].indent > own and group[0].indent > own), end]
            yield [Paragraph(group[a:b], label=labels[start]) for a, b in pairwise(parts) if a < b]

    def label(self, row: Row) -> str:
        """The label with which a line begins, if it may be a note's; else nothing."""
        match = FOOTNOTE.match(self.text, row.start, row.end)
        return next(group for group in match.groups() if group) if match else ""


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Lines without blank lines between them."""
    group: list[Row] = []
    for row in rows:
        if row.above and group:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def anchors(label: str, words: str) -> bool:
    """Whether the sign of a note stands in ``words``: in brackets, or close behind a word or its punctuation."""
    sign = re.escape(label)
    if label.isascii() and label.isalnum():
        behind = rf"|(?<=[^\W\d_]){sign}(?![\w%])|(?<=[^\W\d_][.,;:!?”’\"'\)\]]){sign}(?!\w|[.,]\d)"
        return re.search(rf"[\[(]{sign}[\])]" + behind * label.isdigit(), words) is not None
    return re.search(rf"(?<=[^\s{sign}]){sign}(?!{re.escape(label[-1])})", words) is not None


def _follows(before: str, label: str) -> bool:
    """Whether one label comes after another: the next number, the next letter, another sign."""
    if before.isdigit() and label.isdigit():
        return int(label) == int(before) + 1
    if before.isalpha() and label.isalpha():
        return ord(label) == ord(before) + 1
    return not label.isalnum() and not before.isalnum() and label != before


class _Builder:
    """Makes blocks of pages, and joins the paragraphs that run over their ends."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.text, self.layout = text, layout
        self.done: list[Block] = []
        self.last: Paragraph | None = None
        """The last paragraph, which may run on over the page's end; ``said`` and ``marks`` are all that is known
        of it."""
        self.said: list[str] = []
        self.marks: list[Mark] = []
        self.length = 0
        self.between: list[Block] = []
        """What stands after the last paragraph."""

    def page(self, page: _Page, *, first: bool) -> None:
        """Adds a page."""
        furnished, paragraphs = page.furnished, page.paragraphs
        self._add(self._opening(furnished, first=first))
        self._add(map(self._fw, furnished.above))
        for index, paragraph in enumerate(paragraphs):
            if index == 0 and self.last and self._runs_on(self.last, paragraph, furnished.sheet):
                self._join(paragraph)
            else:
                self._close()
                self.said = [self._words(paragraph)]
                self.length = len(self.said[0])
            self.last = paragraph
        self._add(map(self._note, page.notes))
        self._add(map(self._fw, furnished.below))

    def blocks(self) -> list[Block]:
        """Every block, when the last page is done."""
        self._close()
        return self.done

    def _add(self, blocks: Iterable[Block]) -> None:
        (self.done if self.last is None else self.between).extend(blocks)

    def _close(self) -> None:
        if self.last is not None:
            self.done += (Leaf("p", "".join(self.said), tuple(self.marks)), *self.between)
            self.between, self.said, self.marks = [], [], []
            self.last = None

    def _opening(self, furnished: Furnished, *, first: bool) -> Iterator[Block]:
        """The beginning of a page, and the line that separates it from the one before."""
        sheet = furnished.sheet
        if not first or furnished.number:
            yield Leaf("pb", attributes=attributes(n=plain(furnished.number), facs=quote(sheet.file, safe="/:%")))
        if sheet.separator:
            words = self.text[sheet.separator.start : sheet.separator.end]
            yield Leaf("fw", words, attributes=attributes(type="header", cert="high"))

    def _fw(self, furnishing: Furnishing) -> Leaf:
        words = self.text[furnishing.start : furnishing.end]
        return Leaf("fw", words, attributes=attributes(type=furnishing.type, cert=furnishing.cert))

    def _note(self, parts: list[Paragraph]) -> Container:
        leaves = tuple(Leaf("p", self._words(part)) for part in parts)
        return Container("note", leaves, attributes=attributes(n=parts[0].label, place="bottom", type="footnote"))

    def _words(self, paragraph: Paragraph) -> str:
        return self.text[paragraph.rows[0].start : paragraph.rows[-1].end]

    def _join(self, paragraph: Paragraph) -> None:
        """Adds the other half of the last paragraph; what stands between the two interrupts it."""
        assert self.last is not None
        end = self.last.rows[-1].end
        found = LINE_END.match(self.text, end)
        line_end = found[1] if found else "\n"
        self.said.append(line_end)
        at = self.length = self.length + len(line_end)
        self.marks += (_interrupting(block, at) for block in self.between)
        self.said.append(self._words(paragraph))
        self.length += len(self.said[-1])
        self.between = []

    # Whether a paragraph runs over the end of its page.

    def _runs_on(self, before: Paragraph, after: Paragraph, sheet: Sheet) -> bool:
        """Whether ``after``, the first paragraph of a page, is the other half of ``before``."""
        last, first = before.rows[-1], after.rows[0]
        words, begins = self.text[max(last.start, last.end - 12) : last.end], self.text[first.start]
        if sheet.separator:
            return first.above == 0 and not before.label
        if DIVIDED.search(words) and begins.islower():
            return True
        ended, full = STOP.search(words) is not None, last.right >= 0.7 * self.layout.width
        if self.layout.unwrapped or not self.layout.indented:
            return begins.islower() if not ended else (begins.islower() and full)
        if abs(first.indent - before.base) > 1:
            return False
        return full if ended else (full or begins.islower())


def _interrupting(block: Block, at: int) -> Mark:
    """A block as that which interrupts a leaf at an offset; the beginning of a page as a point in it."""
    if block.name == "pb":
        return Mark("pb", at, at, attributes=block.attributes)
    return inset(at, block)
