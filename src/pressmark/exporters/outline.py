"""What a text shows of itself at a glance: the words of its headings, its contents, its paragraphs' numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from pressmark.exporters.running import running
from pressmark.model.edition import Edition
from pressmark.model.text import Block, Container, Leaf, pieces

UNNUMBERED = frozenset(("front", "back", "note", "table", "figure", "item"))
"""Containers whose paragraphs have no number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the table of contents: the id of a ``div``, its heading, the entries in it."""

    id: str
    title: str
    children: list[Entry] = field(default_factory=list)


def contents(edition: Edition, *, omit: Collection[str] = ()) -> list[Entry]:
    """The table of contents: each ``div`` that has a heading, and those in it.

    Headings whose ids are in ``omit`` do not count; what stands below them moves up.
    """

    def below(blocks: Iterable[Block]) -> list[Entry]:
        found: list[Entry] = []
        for block in blocks:
            if isinstance(block, Container):
                inner = below(block.children)
                title = _title(block, omit) if block.name == "div" else ""
                found += [Entry(block.id, title, inner)] if title else inner
        return found

    return below(edition.text.children)


def _title(div: Container, omit: Collection[str]) -> str:
    heads = [words_of(child) for child in div.children if child.name == "head" and child.id not in omit]
    return ". ".join(words.rstrip(".") if number < len(heads) else words for number, words in enumerate(heads, 1))


def paragraph_numbers(edition: Edition) -> dict[str, int]:
    """The number of each paragraph of the running text, by its id: those of the body, and none in a note."""
    found: dict[str, int] = {}

    def number(block: Block) -> None:
        if isinstance(block, Container):
            if block.name not in UNNUMBERED:
                for child in block.children:
                    number(child)
        elif block.name == "p":
            found[block.id] = len(found) + 1

    number(edition.text)
    return found


def words_of(block: Block) -> str:
    """The words of a block on one line, as its editors read them, without the signs that call notes."""
    if isinstance(block, Leaf):
        return " ".join(running(block, note_signs=False).split())
    return " ".join(filter(None, map(words_of, block.children)))


def has_words(block: Block) -> bool:
    """Whether any character of a block, or of what interrupts it, is not white."""
    return any(leaf.text[start:end].strip() for leaf, start, end in pieces(block))
