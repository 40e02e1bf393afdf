"""A text's page: what the site's HTML does otherwise than ``Html``."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import imagesize

from pressmark.exporters.html import Html, picture_name
from pressmark.exporters.outline import has_words, words_of
from pressmark.model.edition import Edition, Picture
from pressmark.model.text import Block, Container, Leaf

HEAD_OF_SOURCE = "The head of the page, as received"
RECORD_OF_SOURCE = "The record, as the page gives it"

WHOLE = frozenset(("text", "front", "body", "div"))
"""Containers whose first blocks may be the head of the page."""

SHORT = 80
"""Below this length, in characters, a line before the title is a line of the head of the page."""

SHOWN_ABOVE = frozenset(("titlePart", "docAuthor", "docDate", "fw"))
AB_SHOWN_ABOVE = frozenset(("record", "title", "subtitle", "author", "imageAlt"))
"""Leaves, and types of ``ab``, that say at the beginning of a text what its title block and record say."""


class SiteHtml(Html):
    """The body of a text's page. The title block above it shows the ``shown`` (title, subtitle, authors) already.

    ``lead`` are the blocks at the beginning of the text that say no more than that: they are folded away, and
    not lost.
    """

    def __init__(self, edition: Edition, pictures: tuple[Picture, ...] = (), *, shown: Iterable[str] = ()) -> None:
        super().__init__(edition)
        self.sizes = {picture.name: _size(picture) for picture in pictures}
        self.shown = frozenset(map(_bare, shown)) - {""}
        self.lead = _lead(edition.text, self.shown)
        self.folded = {id(block) for block in self.lead}

    @property
    def omitted(self) -> set[str]:
        """Ids of the headings that are folded away."""
        return {block.id for block in self.lead}

    def body(self) -> str:
        self.given.clear()
        if not self.lead:
            return self.block(self.edition.text)
        inner = "".join(
            self.paragraph(block, "head-line") if block.name == "head" else self.block(block) for block in self.lead
        )
        rest = self.block(self.edition.text)
        return folded(HEAD_OF_SOURCE, inner, is_open=not rest.strip()) + rest

    def held(self, block: Block) -> Sequence[Block]:
        return [child for child in super().held(block) if id(child) not in self.folded]

    def within(self, block: Block, blocks: Iterable[Block]) -> str:
        """As in ``Html``; lines of the record that stand together are folded away, too."""
        if block.name not in WHOLE:
            return super().within(block, blocks)
        out: list[str] = []
        for run in _runs(blocks):
            inner = super().within(block, run)
            out.append(folded(RECORD_OF_SOURCE, inner) if any(map(_is_record, run)) else inner)
        return "".join(out)

    def image(self, block: Block) -> str:
        return super().image(block) if picture_name(block) in self.sizes else ""

    def size_of(self, block: Block) -> tuple[int, int]:
        return self.sizes.get(picture_name(block), (0, 0))


def folded(summary: str, inner: str, *, is_open: bool = False) -> str:
    """HTML under a line that opens it."""
    opened = " open" if is_open else ""
    return f'<details class="source-head"{opened}>\n<summary>{summary}</summary>\n{inner}</details>\n'


def _runs(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """The blocks, lines of the record together with the rules around them, and all others together."""
    runs = [(kind, list(run)) for kind, run in groupby(blocks, key=_kind)]
    joined: list[tuple[str, list[Block]]] = []
    for number, (kind, run) in enumerate(runs):
        beside = {runs[at][0] for at in (number - 1, number + 1) if 0 <= at < len(runs)}
        kind = "record" if kind == "rule" and "record" in beside else kind.replace("rule", "text")
        if joined and joined[-1][0] == kind:
            joined[-1][1].extend(run)
        else:
            joined.append((kind, run))
    return (run for _, run in joined)


def _kind(block: Block) -> str:
    if _is_record(block):
        return "record"
    return "rule" if block.name == "milestone" else "text"


def _is_record(block: Block) -> bool:
    return block.name == "ab" and block.get("type") == "record"


def _lead(text: Container, shown: frozenset[str]) -> list[Block]:
    """The first blocks of a text, as long as they say what is shown above it, with the rules between and after.

    A short line that the front has before its title or author is among them, whatever it says.
    """
    lead: list[Block] = []
    waiting: list[Block] = []
    before_title = _before_title(text)
    for block in _units(text):
        if id(block) in before_title or _is_shown(block, shown):
            lead += (*waiting, block)
            waiting = []
        elif block.name in ("milestone", "pb", "cb") or (block.name in ("p", "ab", "head") and not has_words(block)):
            waiting.append(block)
        else:
            break
    if not lead:
        return []
    after = next((number for number, block in enumerate(waiting) if block.name != "milestone"), len(waiting))
    return lead + waiting[:after]


def _before_title(text: Container) -> set[int]:
    """The short lines before the last title or author of the front, by identity."""
    front = [block for part in text.children if part.name == "front" for block in _units(part)]
    last = max((at for at, block in enumerate(front) if block.name in ("titlePart", "docAuthor")), default=0)
    lines = (block for block in front[:last] if isinstance(block, Leaf) and not block.insets)
    return {id(block) for block in lines if len(block.text) < SHORT}


def _units(block: Block) -> Iterator[Block]:
    """What stands in text, front, body and div, in document order."""
    if block.name in WHOLE and isinstance(block, Container):
        for child in block.children:
            yield from _units(child)
    else:
        yield block


def _is_shown(block: Block, shown: frozenset[str]) -> bool:
    if block.name in SHOWN_ABOVE or (block.name == "ab" and block.get("type") in AB_SHOWN_ABOVE):
        return True
    return isinstance(block, Leaf) and not block.insets and _bare(words_of(block)) in shown


def _bare(words: str) -> str:
    """Letters and digits alone, and no ``by`` before a name: what makes two titles or names the same."""
    letters = "".join(letter for letter in words.casefold() if letter.isalnum() or letter.isspace())
    return "".join(letters.strip().removeprefix("by ").split())


def _size(picture: Picture) -> tuple[int, int]:
    """Width and height in pixels; zeros where the file does not tell."""
    try:
        width, height = imagesize.get(io.BytesIO(picture.data))
    except (ValueError, struct.error):  # as imagesize 1 says that a file is cut short
        return 0, 0
    return (int(width), int(height)) if width > 0 and height > 0 else (0, 0)
