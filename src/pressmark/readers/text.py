"""Plain text: any encoding, any line ends, paragraphs as their writer set them.

Paragraphs are parted by blank lines, by indentation, or by every line end; which of these a text uses is
judged from the whole of it (``Layout``). Text that comes page by page is taken apart in ``pages``, the frame and
the conventions of Project Gutenberg in ``gutenberg``, hyphens at line ends in ``hyphens``. Nothing else is decided
here: a heading is a paragraph until a stage knows better.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, repeat

from pressmark.errors import EmptySource
from pressmark.model.text import Block, Container, Leaf, attributes
from pressmark.readers import gutenberg, pages
from pressmark.readers.decoding import decode, refuse_what_is_no_text
from pressmark.readers.hyphens import with_hyphens
from pressmark.readers.layout import BREAK, END, SAMPLE, indent_of, layout_of, lines_of
from pressmark.readers.markup import with_markup
from pressmark.readers.reader import Reader, Reading
from pressmark.readers.source import Source

OTHERWISE = "if it should hold a text, try another encoding: --encoding cp1252"


def paragraphs(text: str) -> Iterator[tuple[int, int] | None]:
    """The stretches (start, end) of a text that are paragraphs, and ``None`` where a page ends."""
    layout = layout_of(list(islice(lines_of(text), SAMPLE + 1)))
    start = len(text) - len(text.lstrip())
    yield from _page_ends(text[:start])
    base = indent_of(END.split(text[:start])[-1] + "x")
    for match in BREAK.finditer(text, start):
        white = match.group()
        if len(white) == 1 and not layout.unwrapped and white != "\f":
            base = 0
            continue
        lines = END.split(white)
        indent = indent_of(lines[-1] + "x")
        if len(lines) > 2 or layout.unwrapped or "\f" in white or (layout.indented and indent > base):
            if match.start() > start:
                yield start, start + len(text[start : match.start()].rstrip())
            yield from _page_ends(white)
            start, base = match.end(), indent
        base = min(base, indent)
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())


def _page_ends(white: str) -> Iterator[None]:
    return repeat(None, white.count("\f"))


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text: page by page, where it says where its pages end."""
    breaks = pages.page_bounds(text)
    if breaks is not None:
        return pages.blocks_of(text, breaks)
    return tuple(Leaf("pb") if span is None else Leaf("p", text[span[0] : span[1]]) for span in paragraphs(text))


def read(source: Source, encoding: str | None, place: str) -> Reading:
    """Every paragraph of a plain text as a ``p``; the end of each page as a ``pb``, its furniture as ``fw``.

    What Project Gutenberg says of the file before and after the text is ``ab`` with the type ``licence``.
    """
    refuse_what_is_no_text(source.data, place=place)
    decoded = decode(source.data, forced=encoding, place=place)
    text = decoded.text
    if not text or text.isspace():
        raise EmptySource(
            f"the file holds nothing but white space, read as {decoded.encoding}", place=place, hint=OTHERWISE
        )
    frame = gutenberg.frame_of(text)
    start, end = (frame.start, frame.end) if frame else (0, len(text))
    proofed = frame is not None or pages.has_separators(text)
    blocks = with_markup(with_hyphens(text, blocks_of(text[start:end])), proofed=proofed)
    whole = (*_frame(text[:start], top=True), *blocks, *_frame(text[end:]))
    return Reading(
        Container("text", (_body(whole),)),
        text,
        decoded.encoding,
        statements=tuple(gutenberg.statements(text, frame, blocks)) if frame else (),
        findings=decoded.findings,
    )


def _frame(text: str, *, top: bool = False) -> Iterator[Leaf]:
    """The paragraphs of what is no part of the book; before it, the facts of the record line by line."""
    for span in filter(None, paragraphs(text)):
        words = text[slice(*span)]
        facts = gutenberg.facts(words) if top else []
        for start, end in facts or [(0, len(words))]:
            kind = attributes(type="record" if facts else "licence", cert="high")
            yield Leaf("ab", words[start:end].rstrip(), attributes=kind)


def _body(blocks: tuple[Block, ...]) -> Container:
    """The body; where there is nothing but furniture and pictures, those stand in a ``div``, as TEI asks."""
    if blocks and not any(block.name in ("p", "ab") for block in blocks):
        return Container("body", (Container("div", blocks),))
    return Container("body", blocks)


READER = Reader("text", lambda source: True, read)
