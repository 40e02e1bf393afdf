"""TEI that Pressmark has written: read back as it stands, with its record, its ids and its editors' readings.

The source text of a TEI document is the *sic* reading of its ``text``: the text nodes in document order,
without the header and without what editors put beside the text (``corr``, ``reg``, ``expan``, ``supplied``).
"""

from __future__ import annotations

import re

from pressmark.model.text import sic
from pressmark.readers.reader import Reader, Reading
from pressmark.readers.source import Source
from pressmark.tei.parse import parse

TEI_ROOT = re.compile(rb"<(?:\w+:)?(?:TEI|TEI\.2|teiCorpus)[\s>]")
BEGINNING = 4096
"""Bytes at the start of a file in which the root element of a TEI document stands."""


def recognises(source: Source) -> bool:
    """Whether the first element of the file is the root of a TEI document."""
    top = source.data[:BEGINNING].replace(b"\0", b"")
    found = TEI_ROOT.search(top)
    return found is not None and not re.search(rb"<\w", top[: found.start()])


def read(source: Source, encoding: str | None, place: str) -> Reading:
    """The edition in a TEI document of the Pressmark profile.

    Raises ``MalformedXml``, ``UnsafeXml``, ``NestedTooDeep`` or ``InvalidEdition``. An XML document names its
    own encoding, so ``encoding`` is not looked at.
    """
    edition = parse(source.data, place=place)
    return Reading(edition.text, sic(edition.text), "utf-8", header=edition.header)


READER = Reader("tei", recognises, read)
