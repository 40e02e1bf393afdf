"""From a file to an edition: one module per source format.

A reader says whether a source is in its format and reads it: blocks in document order, the source text as
received, and what is odd about it as findings. It loses nothing and recovers little; that is for the stages.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from importlib.metadata import entry_points

from pressmark.lossless import align
from pressmark.model.edition import Edition, ink, number
from pressmark.model.header import Header, Witness
from pressmark.model.stand_off import StandOff
from pressmark.model.text import plain
from pressmark.readers import decoding, foreign_tei, html, tei, text
from pressmark.readers.reader import HANDS, Reader, Reading
from pressmark.readers.source import MAX_SIZE, Source, load
from pressmark.record.paths import told_by_path

READERS: tuple[Reader, ...] = (tei.READER, html.READER, text.READER)
"""Every reader, the pickiest first; each is asked in turn whether the source is its own."""


def readers() -> tuple[Reader, ...]:
    """The built-in readers, after those that installed packages offer (entry points ``pressmark.readers``)."""
    offered = tuple(point.load() for point in entry_points(group="pressmark.readers"))
    return offered + READERS


def read(path: str | os.PathLike[str], *, encoding: str | None = None, max_size: int = MAX_SIZE) -> Edition:
    """The edition that a file holds, as its reader sees it, before any stage.

    Raises a ``SourceError`` that says in one sentence why the file cannot be read, and ``LostText`` should a
    reader lose a character.
    """
    return read_source(load(path, max_size=max_size), encoding=encoding, place=os.fspath(path))


def read_source(source: Source, *, encoding: str | None = None, place: str = "") -> Edition:
    """The edition that a loaded source holds; ``place`` is how messages call it."""
    place = place or source.name
    reader = next(each for each in readers() if each.recognises(source))
    return edition_of(reader.read(source, encoding, place), source, reader.format)


def remarks() -> dict[str, str]:
    """What readers remark on: the page of each code, in plain sentences."""
    return decoding.REMARKS | html.REMARKS | foreign_tei.REMARKS


def edition_of(reading: Reading, source: Source, format_: str) -> Edition:
    """A reading made an edition: with ids, with its witness and hands, and proved whole."""
    told = () if reading.header else tuple(told_by_path(plain(source.name), [plain(each) for each in source.given]))
    header = reading.header or Header(statements=(*reading.statements, *told), hands=HANDS)
    witness = Witness(
        id=f"w{len(header.witnesses) + 1}",
        name=plain(source.name),
        sha256=source.sha256,
        ink=fingerprint(reading.source_text),
        encoding=reading.encoding,
        length=len(reading.source_text),
        format=format_,
    )
    elsewhere = tuple(replace(each, file="") for each in header.witnesses)
    edition = number(
        Edition(
            replace(header, witnesses=(*elsewhere, witness)),
            reading.text,
            StandOff(reading.findings),
            reading.source_text,
            performed=tuple(change.stage for change in header.changes if change.stage),
            pictures=reading.pictures,
        )
    )
    align(edition)
    return edition


def fingerprint(text: str) -> str:
    """The SHA-256 of a text's non-white characters in UTF-8: the same for every encoding and line-wrapping."""
    return hashlib.sha256(ink(text).encode("utf-8", "surrogatepass")).hexdigest()


__all__ = ["MAX_SIZE", "READERS", "fingerprint", "read", "read_source", "readers", "remarks"]
