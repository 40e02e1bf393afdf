"""The one value that travels: readers make it, stages return a new one, exporters write it out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pressmark.model.header import Header
from pressmark.model.ruling import Ruling
from pressmark.model.stand_off import StandOff
from pressmark.model.text import Block, Container, Inset, Leaf, Mark, inset, sic, walk


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that lies beside the source: its name in the edition's folder ``pages/``, and its bytes."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Edition:
    """A text and its record.

    ``header`` and ``text`` are what ``text.xml`` holds, and alone count when two editions are compared.
    ``stand_off`` holds what machines propose. ``source_text`` is the text as received, kept while the edition
    is being made so that each stage can be proved to lose nothing; ``performed`` names the stages done;
    ``pictures`` are the pictures that came with the source; ``rulings`` are what a person has said that stretches
    of it are, for ``recover_structure`` to obey.
    """

    header: Header
    text: Container
    stand_off: StandOff = field(default_factory=StandOff, compare=False)
    source_text: str | None = field(default=None, compare=False, repr=False)
    performed: tuple[str, ...] = field(default=(), compare=False)
    pictures: tuple[Picture, ...] = field(default=(), compare=False, repr=False)
    rulings: tuple[Ruling, ...] = field(default=(), compare=False, repr=False)

    @property
    def sic(self) -> str:
        """The *sic* reading of the whole text, leaves parted by a newline."""
        return sic(self.text)

    def blocks(self) -> Iterator[Block]:
        """Every block in document order, the text itself first."""
        return walk(self.text)

    def leaves(self) -> Iterator[Leaf]:
        """Every leaf in document order."""
        return (block for block in walk(self.text) if isinstance(block, Leaf))


def ink(text: str) -> str:
    """The non-white characters of a text, in order: what must never be lost.

    White is what ``str.isspace`` calls white.
    """
    return "".join(text.split())


def number(edition: Edition) -> Edition:
    """The edition with an id for every block that has none, in document order after the last ever given out."""
    count = edition.header.identifiers

    def give(block: Block) -> Block:
        nonlocal count
        own = block.id
        if not own:
            count += 1
            own = f"b{count}"
        if isinstance(block, Container):
            return replace(block, id=own, children=tuple(give(child) for child in block.children))
        return replace(block, id=own, marks=tuple(give_inset(mark) for mark in block.marks))

    def give_inset(mark: Mark) -> Mark:
        return inset(mark.start, give(mark.block)) if isinstance(mark, Inset) and mark.block else mark

    text = give(edition.text)
    assert isinstance(text, Container)
    return replace(edition, text=text, header=replace(edition.header, identifiers=count))
