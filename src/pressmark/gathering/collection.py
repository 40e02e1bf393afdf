"""Several works in one file: where each begins, and the edition of each.

A piece begins with a title or heading of its own, and between that and its text stands what a work has and a chapter
has not: a record (``Written:``), an author, or the head of a letter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from statistics import median_low
from typing import TypeAlias

from pressmark.lossless import Alignment, align
from pressmark.model.edition import Edition, ink
from pressmark.model.header import Statement
from pressmark.model.roles import blocks_of
from pressmark.model.stand_off import Finding, StandOff
from pressmark.model.text import Block, Container, Leaf, Mark, plain, rewrite, walk
from pressmark.model.text import pieces as pieces_of
from pressmark.page import cut, label_of
from pressmark.record.edtf import dates_in

TITLES = frozenset("title subtitle heading running_title".split())
OPENERS = frozenset("dateline addressee salutation".split())
HEAD = TITLES | OPENERS | frozenset("author record epigraph attribution argument scene_break image_alt".split())
"""Roles that may stand between a title and the text below it."""

TEXT = frozenset("paragraph verse block_quote list_item table".split())
AFTER = frozenset("footnote navigation contact last_updated running_title image_alt scene_break".split())
"""Roles that may stand after the last piece and belong to the page."""

TELLING = frozenset(("written", "printed_source", "published", "author", "title"))
SHORT = 80
"""Characters: a longer line is no title that was taken for a paragraph."""

BYLINE = re.compile(r"(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)\s+[^\W\d_a-z][\w.'’ -]{2,50}")
NUMBERED = re.compile(r"\(?\d{1,4}[.)]\s|[IVXLC]{1,6}\.\s|(?:letter|to)\s", re.IGNORECASE)
"""How the heading of a letter begins."""

ENOUGH = 250
"""Letters of text that make a piece more than an entry of a list."""

MOST = 0.6
"""Of the pieces with a heading so many begin as a letter or name an author, if these are what parts the page."""

CERTAIN = {"record": 0.9, "line": 0.75, "authors": 0.8, "author": 0.65, "letter": 0.7, "dated": 0.6}
"""How certain it is that a page holds several works, by what they have of their own."""


OWN = frozenset(("title", "subtitle", "page_title"))
"""Fields that a page states of itself and not of the works on it."""

COMMON = frozenset("author editor translator transcriber proofreader encoder printed_source rights language".split())
"""Fields that a page states for all works on it."""

FRAME = "page"
"""Where a statement was found that the page makes for all its works."""

GLOBAL = frozenset("fw note figure pb cb milestone".split())

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A block of a page: its role, its words, the stretches of the source it covers."""

    role: str
    block: Block
    leaves: tuple[Leaf, ...]
    words: str
    start: int


@dataclass(slots=True)
class Piece:
    """What may be a work of its own: its first block, the first of its text, what it has of its own, its letters."""

    first: int
    text: int
    fields: frozenset[str] = frozenset()
    lines: int = 0
    authors: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    heads: int = 0
    dated: bool = False
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Collection:
    """The pieces of a page, each as the stretches (start, end) of the source text that it covers, in order.

    ``frame`` are the stretches of the page around them; empty where there is nothing. ``blocks`` are the ids of the
    blocks with which the pieces begin. ``certainty`` is from 0 to 1.
    """

    pieces: tuple[tuple[Span, ...], ...]
    frame: tuple[Span, ...]
    blocks: tuple[str, ...]
    certainty: float


def collection_of(edition: Edition) -> Collection | None:
    """The works that a recovered edition of one file holds, or ``None`` where it is one work."""
    if edition.source_text is None:
        return None
    alignment = align(edition)
    places = list(_places(edition, alignment))
    found, certainty = begin_of_pieces(places)
    if len(found) < 2:
        return None
    return _laid(edition, places, found, certainty, alignment)


def beginnings(edition: Edition) -> tuple[list[str], float]:
    """The ids of the blocks with which the works of a page begin, and how certain that is; none for one work."""
    places = [
        Place(role, block, leaves, " ".join(" ".join(leaf.text for leaf in leaves).split()), 0)
        for role, block, leaves in blocks_of(edition.text)
    ]
    found, certainty = begin_of_pieces(places)
    return [_id(places[piece.first]) for piece in found], certainty


def _id(place: Place) -> str:
    return place.leaves[0].id if place.leaves else place.block.id


def _places(edition: Edition, alignment: Alignment) -> Iterator[Place]:
    for role, block, leaves in blocks_of(edition.text):
        spans = [span for leaf in leaves for span in alignment.spans(leaf)]
        if spans:
            words = " ".join(" ".join(leaf.text for leaf in leaves).split())
            yield Place(role, block, leaves, words, min(spans)[0])


# --- Where pieces begin -----------------------------------------------------------------------------


def begin_of_pieces(places: Sequence[Place]) -> tuple[list[Piece], float]:
    """The pieces of a page, where there are several, and how certain that is."""
    regions = list(_regions(places))
    for choose in (_with_records, _with_authors, _with_openers):
        found, certainty = choose(regions)
        if len(found) > 1:
            _without_title_of_page(places, found)
            return found, certainty
    return [], 0.0


def _regions(places: Sequence[Place]) -> Iterator[Piece]:
    """Each run of blocks above a text that has a title in it, from the first title or author on."""
    at = 0
    held: list[Piece] = []
    while at < len(places):
        end = at
        while end < len(places) and (places[end].role in HEAD or _is_head(places, end)):
            end += 1
        if end == at:
            if held and places[at].role in TEXT:
                held[-1].letters += len(ink(places[at].words))
            at += 1
            continue
        first = next((n for n in range(at, end) if _is_head(places, n)), end)
        titles = [n for n in range(first, end) if _is_head(places, n) and not _is_author(places, n)]
        if not titles and first + 1 < end and _label(places[first + 1]) in TELLING:
            titles = [first]  # a title that looks like a name
        if titles:
            held.append(_seen(places, first, end, titles))
        at = end
    yield from (piece for piece in held if piece.letters >= ENOUGH)


def _is_head(places: Sequence[Place], at: int) -> bool:
    return places[at].role in TITLES or _is_author(places, at) or _is_title_below_text(places, at)


def _is_author(places: Sequence[Place], at: int) -> bool:
    """Whether a line names an author, by its role or by its words (``by Ada Thorne``)."""
    return places[at].role == "author" or BYLINE.fullmatch(places[at].words[:SHORT]) is not None


def _is_title_below_text(places: Sequence[Place], at: int) -> bool:
    """Whether a short line below a text, taken for a part of it, stands right above what only a title stands above."""
    place = places[at]
    if len(place.words) > SHORT or place.words[-1:] in ".,;:" or place.role in TITLES or _label(place):
        return False
    before, after = places[at - 1] if at else None, places[at + 1] if at + 1 < len(places) else None
    if after is None or not (before is None or before.role in TEXT | AFTER | {"signed"}):
        return False
    if _label(after) in TELLING or _is_author(places, at + 1):
        return before is None or before.role != "signed"
    return after.role in OPENERS and NUMBERED.match(place.words) is not None


def _label(place: Place) -> str:
    """The field of the record that a line states, where it is one."""
    label = label_of(place.words[:300]) if place.role == "record" else None
    return label[0] if label else ""


def _seen(places: Sequence[Place], first: int, end: int, titles: Sequence[int]) -> Piece:
    own = places[first:end]
    fields = [field for each in own if (field := _label(each)) in TELLING]
    return Piece(
        first,
        end,
        frozenset(fields),
        len(fields),
        frozenset(_bare(places[at].words) for at in range(first, end) if at not in titles and _is_author(places, at)),
        frozenset(each.role for each in own if each.role in OPENERS),
        len(titles),
        all(_is_date(places[at].words) for at in titles),
    )


def _bare(name: str) -> str:
    return name.casefold().removeprefix("by ").strip(" .,")


def _is_date(words: str) -> bool:
    """Whether a heading is but a day, as those of a diary are."""
    dates = dates_in(words)
    return 3 * sum(each.end - each.start for each in dates) >= 2 * len(words)


def _with_records(regions: Sequence[Piece]) -> tuple[list[Piece], float]:
    """Pieces that have records of the same kind."""
    found = [piece for piece in regions if piece.fields]
    if len(found) < 2:
        return [], 0.0
    common = frozenset.intersection(*(piece.fields for piece in found))
    if not common:
        return [], 0.0
    return found, CERTAIN["record" if all(piece.lines > 1 for piece in found) else "line"]


def _with_authors(regions: Sequence[Piece]) -> tuple[list[Piece], float]:
    """Pieces under most of whose titles an author stands."""
    found = [piece for piece in regions if piece.authors]
    if len(found) < max(2, MOST * len(regions)):
        return [], 0.0
    differ = len({name for piece in found for name in piece.authors}) > 1
    return found, CERTAIN["authors" if differ else "author"]


def _with_openers(regions: Sequence[Piece]) -> tuple[list[Piece], float]:
    """Letters with a heading each; entries of a diary, whose headings are but days, are none."""
    found = [piece for piece in regions if piece.openers and not piece.dated]
    if len(found) < max(2, MOST * len(regions)):
        return [], 0.0
    letters = sum(bool(piece.openers - {"dateline"}) for piece in found)
    return found, CERTAIN["letter" if letters * 2 > len(found) else "dated"]


def _without_title_of_page(places: Sequence[Place], found: list[Piece]) -> None:
    """Takes from the first piece the titles of the page above its own: it has as many as the others."""
    usual = median_low([piece.heads for piece in found[1:]])
    first = found[0]
    while first.heads > usual and first.first + 1 < first.text:
        first.first = next(
            (at for at in range(first.first + 1, first.text) if _is_head(places, at) and not _is_author(places, at)),
            first.first,
        )
        first.heads -= 1


# --- What each covers -------------------------------------------------------------------------------


def _laid(
    edition: Edition, places: Sequence[Place], found: Sequence[Piece], certainty: float, alignment: Alignment
) -> Collection:
    """The stretches of the pieces: from the beginning of each to that of the next, and the notes that it calls."""
    last = len(places)
    while last > found[-1].text + 1 and _is_after(places, last - 1):
        last -= 1
    length = len(alignment.source_text)
    starts = [places[piece.first].start for piece in found]
    end = places[last].start if last < len(places) else length
    bounds = list(zip(starts, [*starts[1:], end], strict=True))
    notes = _notes_by_piece(edition, end, bounds, alignment)
    pieces = tuple((bound, *notes.get(number, ())) for number, bound in enumerate(bounds))
    taken = sorted(span for piece in pieces for span in piece)
    frame = []
    at = 0
    for start, stop in [*taken, (length, length)]:
        if alignment.source_text[at:start].strip():
            frame.append((at, start))
        at = max(at, stop)
    return Collection(pieces, tuple(frame), tuple(_id(places[piece.first]) for piece in found), certainty)


def _is_after(places: Sequence[Place], at: int) -> bool:
    """Whether a block may stand after the last piece: furniture, notes, and the heading of these."""
    if places[at].role in AFTER:
        return True
    return places[at].role == "heading" and at + 1 < len(places) and places[at + 1].role == "footnote"


def _notes_by_piece(
    edition: Edition, after: int, bounds: Sequence[Span], alignment: Alignment
) -> dict[int, list[Span]]:
    """The stretches of the notes from ``after`` on, by the number of the one piece that calls them."""
    starts = [start for start, _ in bounds]
    callers: dict[str, set[int]] = defaultdict(set)
    for leaf in edition.leaves():
        for mark in leaf.marks:
            if mark.get("type") == "noteAnchor" and (target := mark.get("target")).startswith("#"):
                callers[target[1:]].add(bisect_right(starts, alignment.offset(leaf, mark.start)) - 1)
    found: dict[int, list[Span]] = defaultdict(list)
    for block in edition.blocks():
        if block.name != "note" or not isinstance(block, Container) or len(callers.get(block.id, ())) != 1:
            continue
        spans = [span for leaf, _, _ in pieces_of(block) for span in alignment.spans(leaf)]
        (number,) = callers[block.id]
        if spans and min(spans)[0] >= after and number >= 0:
            found[number].append((min(spans)[0], max(end for _, end in spans)))
    return {number: sorted(spans) for number, spans in found.items()}


# --- The edition of each ----------------------------------------------------------------------------


def parts_of(edition: Edition, collection: Collection) -> Iterator[Edition]:
    """Of a freshly read edition the frame, where there is one, and then each piece, as editions of their own.

    The witness of each says which stretches of the source it has. Every non-white character is in exactly one.
    """
    alignment = align(edition)
    for spans in ([collection.frame] if collection.frame else []) + list(collection.pieces):
        yield _part(edition, spans, alignment, is_frame=spans is collection.frame)


def _part(edition: Edition, spans: Sequence[Span], alignment: Alignment, *, is_frame: bool) -> Edition:
    text = _Cutter(spans, alignment).cut(edition.text)
    assert isinstance(text, Container)
    text = _without_loose_ends(text)
    header = edition.header
    witness = replace(header.witnesses[-1], stretch=" ".join(f"{start}-{end}" for start, end in spans))
    source_text = witness.borne(alignment.source_text)
    witness = replace(witness, ink=sha256(ink(source_text).encode("utf-8", "surrogatepass")).hexdigest())
    statements = header.statements if is_frame else tuple(each for each in header.statements if each.field not in OWN)
    urls = {block.get("url") for block in walk(text)}
    findings = tuple(_shifted(edition.stand_off.findings, spans))
    made = replace(
        edition,
        header=replace(header, statements=statements, witnesses=(*header.witnesses[:-1], witness)),
        text=text,
        stand_off=StandOff(findings),
        source_text=source_text,
        pictures=tuple(each for each in edition.pictures if f"pages/{each.name}" in urls),
    )
    align(made)
    return made


def _shifted(findings: Sequence[Finding], spans: Sequence[Span]) -> Iterator[Finding]:
    """The findings that are about these stretches, at their places in them."""
    for finding in findings:
        at = 0
        for start, end in spans:
            if not finding.block and start <= finding.start < max(end, start + 1):
                moved = finding.start - start + at
                yield replace(finding, start=moved, end=min(finding.end, end) - start + at)
            at += end - start + 1


@dataclass(slots=True)
class _Cutter:
    """Takes stretches of the source out of a tree. What has no letters goes with those before it."""

    spans: Sequence[Span]
    alignment: Alignment
    inside: bool = False

    def cut(self, block: Block) -> Block | None:
        """What of a block stands in the stretches; ``None`` where nothing does."""
        if isinstance(block, Container):
            if not block.children:
                return block if self.inside else None
            children = tuple(kept for child in block.children if (kept := self.cut(child)) is not None)
            return replace(block, children=children) if children or block.name in ("text", "body") else None
        return self._leaf(block)

    def _leaf(self, leaf: Leaf) -> Leaf | None:
        stretches = self.alignment.spans(leaf)
        if not stretches:
            return leaf if self.inside else None
        start, end = stretches[0][0], stretches[-1][1]
        self.inside = any(at < end <= to for at, to in self.spans)
        bounds = [(max(start, at), min(end, to)) for at, to in self.spans if max(start, at) < min(end, to)]
        if bounds == [(start, end)]:
            return leaf
        if not bounds:
            return None
        first = 0 if bounds[0][0] == start else self._index(leaf, bounds[0][0])
        last = len(leaf.text) if bounds[-1][1] == end else self._index(leaf, bounds[-1][1])
        return cut(leaf, first, last, first=True)

    def _index(self, leaf: Leaf, offset: int) -> int:
        """Where in a leaf the character of the source at ``offset``, or the first letter after it, stands."""
        low, high = 0, len(leaf.text)
        while low < high:
            middle = (low + high) // 2
            if self.alignment.offset(leaf, middle) < offset:
                low = middle + 1
            else:
                high = middle
        return low


def _without_loose_ends(text: Container) -> Container:
    """The text without links to places that it has not; their words stay. A body without blocks gets one."""
    known = {block.id for block in walk(text)} | {
        mark.id for block in walk(text) if isinstance(block, Leaf) for mark in block.marks
    }

    def tie(block: Block) -> Block:
        if isinstance(block, Leaf):
            kept = tuple(mark for mark in block.marks if not _is_loose(mark, known))
            return block if len(kept) == len(block.marks) else replace(block, marks=kept)
        bare = block.name == "body" and all(child.name in GLOBAL for child in block.children)
        return replace(block, children=(Container("div", block.children),)) if bare else block

    made = rewrite(text, tie)
    assert isinstance(made, Container)
    return made


def _is_loose(mark: Mark, known: set[str]) -> bool:
    target = mark.get("target")
    return mark.name == "ref" and target.startswith("#") and target[1:] not in known


def inheriting(part: Edition, frame: Edition | None) -> Edition:
    """A recovered part with what the frame states of the hands, the source and the rights of all, where the part
    states nothing of that itself. A part that shows no title is called by its first line.
    """
    header = part.header
    if frame is not None:
        stated = {each.field for each in header.statements}
        common = [replace(each, found=FRAME) for each in frame.header.statements if each.field in COMMON - stated]
        header = replace(header, statements=(*header.statements, *dict.fromkeys(common)))
    first = next((leaf for leaf in part.leaves() if leaf.text.strip()), None)
    if first is not None and [each.found for each in header.all("title")] == ["file:name"]:
        line = plain(first.text.strip().splitlines()[0])[:SHORT]
        called = Statement("title", line, found=f"#{first.id}", cert="0.5")
        others = tuple(each for each in header.statements if each.field != "title")
        header = replace(header, statements=(called, *others))
    return replace(part, header=header)
