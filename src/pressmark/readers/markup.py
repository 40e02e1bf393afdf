"""The signs that transcribers set in plain text for what type cannot show: ``_italics_``, ``[Illustration: …]``.

A sign stays in the text, where the source has it, under ``seg`` with the type ``markup``, which readers are not shown;
what it means is said by a mark or an element beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pressmark.model.text import Block, Container, Inset, Leaf, Mark, attributes, inset
from pressmark.readers.gutenberg import BLANK_PAGE, CREDIT, TRANSCRIBER

ITALIC = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{0,2000}?[^\s_])_(?![^\W_]|_)")
BOLD = re.compile(r"(?<![\w=])=(?=[^\s=])([^=\n]{0,200}?[^\s=])=(?![\w=])")
TAG = re.compile(r"<(?P<name>i|b|sc|g|f)>(?P<words>[^<>]{1,2000})</(?P=name)>")
TAGS = {"i": "italic", "b": "bold", "sc": "smallcaps", "g": "spaced", "f": "upright"}
FENCE = re.compile(r"(?:/[*#Pp$]|[*#Pp$]/)(?:\[[\d.,]*\])?[^\S\n]*$", re.MULTILINE)
"""The lines around what proofreaders keep as it is set (``/* */``) or set in (``/# #/``)."""

BRACKETED = re.compile(
    r"\*?\[(?P<kind>Illustration|Footnote|Sidenote|Side-note)\b[^\S\n]*(?P<label>[^\s:\]]{0,6})[^\S\n]*(?P<colon>:?)\s*",
    re.I,
)
CLOSED = re.compile(r"\]\*?\Z")
MOST_PARTS = 30
"""A note in brackets has no more paragraphs than this."""

INLINE_SIGNS = "_=</*#"


def with_markup(blocks: Sequence[Block], *, proofed: bool) -> list[Block]:
    """The blocks with the transcribers' signs as what they mean.

    ``proofed`` says that the text is by Project Gutenberg or Distributed Proofreaders, whose other signs
    (``=bold=``, ``<i>``, ``/*``, credits) are looked for, too.
    """
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        taken = 1
        if isinstance(block, Leaf) and block.name == "p":
            parts = list(_bracketed(blocks, index))
            taken = max(1, len(parts))
            block = _made_of(parts, proofed=proofed) if parts else _leaf(block, proofed=proofed)
        elif isinstance(block, Container):
            block = replace(block, children=tuple(with_markup(block.children, proofed=proofed)))
        found.append(block)
        index += taken
    return found


def _leaf(leaf: Leaf, *, proofed: bool) -> Leaf:
    """A paragraph with its signs marked; what transcribers say of their work as a note of theirs."""
    marked = _signed(leaf, proofed=proofed)
    if proofed and (CREDIT.match(leaf.text) or TRANSCRIBER.match(leaf.text) or BLANK_PAGE.match(leaf.text)):
        return replace(marked, name="ab", attributes=attributes(type="editorNote", cert="high"))
    return marked


# Signs within words.


def _signed(leaf: Leaf, *, proofed: bool) -> Leaf:
    text = leaf.text
    marks = [_inner(mark, proofed=proofed) for mark in leaf.marks]
    if "_" in text:
        marks += _around(ITALIC, text, lambda match: "italic")
    if proofed and any(sign in text for sign in INLINE_SIGNS):
        marks += _around(BOLD, text, lambda match: "bold")
        marks += _around(TAG, text, lambda match: TAGS[match["name"]])
        marks += (_sign(*match.span()) for match in FENCE.finditer(text) if _alone(text, match.start()))
    return replace(leaf, marks=tuple(marks)) if marks else leaf


def _inner(mark: Mark, *, proofed: bool) -> Mark:
    if isinstance(mark, Inset) and isinstance(mark.block, Container):
        return inset(mark.start, with_markup((mark.block,), proofed=proofed)[0])
    return mark


def _around(pattern: re.Pattern[str], text: str, rend: Callable[[re.Match[str]], str]) -> Iterator[Mark]:
    """For each match the words as ``hi``, and the signs before and after them."""
    for match in pattern.finditer(text):
        start, end = match.span(match.lastgroup or 1) if pattern is not TAG else match.span("words")
        yield Mark("hi", start, end, attributes=attributes(rend=rend(match)))
        yield _sign(match.start(), start)
        yield _sign(end, match.end())


def _sign(start: int, end: int) -> Mark:
    return Mark("seg", start, end, attributes=attributes(type="markup"))


def _alone(text: str, at: int) -> bool:
    """Whether only white space stands before ``at`` on its line."""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip()


# Pictures and notes in brackets.


def _bracketed(blocks: Sequence[Block], index: int) -> Iterator[Leaf]:
    """The paragraphs from this one on that one pair of brackets holds, where it begins with a known word."""
    first = blocks[index]
    assert isinstance(first, Leaf)
    if not first.text.startswith(("[", "*[")) or not BRACKETED.match(first.text):
        return
    depth, parts = 0, []
    for block in blocks[index : index + MOST_PARTS]:
        if not isinstance(block, Leaf) or block.name != "p":
            return
        parts.append(block)
        depth += block.text.count("[") - block.text.count("]")
        if depth <= 0:
            break
    if depth == 0 and CLOSED.search(parts[-1].text):
        yield from parts


def _made_of(parts: Sequence[Leaf], *, proofed: bool) -> Block:
    """A picture or a note of the paragraphs in brackets."""
    match = BRACKETED.match(parts[0].text)
    assert match is not None
    leaves = [_signed(part, proofed=proofed) for part in parts]
    last = leaves[-1]
    closing = CLOSED.search(last.text)
    assert closing is not None
    if match.end() < closing.start() or len(leaves) > 1:
        leaves[-1] = replace(last, marks=(*last.marks, _sign(closing.start(), len(last.text))))
        leaves[0] = replace(leaves[0], marks=(*leaves[0].marks, _sign(0, match.end())))
    if match["kind"].lower() == "illustration":
        return _picture(leaves, said=bool(match["colon"]))
    given = attributes(n=match["label"], type="footnote")
    if match["kind"].lower().startswith("side"):
        given = attributes(type="marginalNote", place="margin")
    return Container("note", tuple(leaves), attributes=given)


def _picture(leaves: Sequence[Leaf], *, said: bool) -> Container:
    """A picture with its caption; where it has none, the bare sign is what stands in its place."""
    if not said and len(leaves) == 1:
        leaf = replace(leaves[0], name="ab", marks=(), attributes=attributes(type="imageAlt"))
        return Container("figure", (leaf,))
    return Container("figure", (replace(leaves[0], name="head"), *leaves[1:]))
