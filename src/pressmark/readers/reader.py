"""What a reader is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pressmark.model.edition import Picture
from pressmark.model.header import PROGRAM, SOURCE, Hand, Header, Statement
from pressmark.model.stand_off import Finding
from pressmark.model.text import Container
from pressmark.readers.source import Source

HANDS = (
    Hand(SOURCE, "the source as received", "source", "stated by the source itself"),
    Hand(PROGRAM, "Pressmark", "program", "recovered by machine"),
)
"""The two hands that every edition has from the start."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a source: blocks without ids, and the source text whose every character they hold.

    ``encoding`` is the Python name of the codec. ``statements`` are what the file says of itself outside its
    text (HTML ``meta``), each with the source's hand. ``header`` is the whole record of a source that has one.
    """

    text: Container
    source_text: str = field(repr=False)
    encoding: str
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()
    pictures: tuple[Picture, ...] = ()
    header: Header | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """One source format: its name, whether a source is in it, and how it is read.

    ``read(source, encoding, place)`` raises a ``SourceError``; ``encoding`` is what a person insists on, or
    ``None``; ``place`` is how messages call the file.
    """

    format: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source, str | None, str], Reading]
