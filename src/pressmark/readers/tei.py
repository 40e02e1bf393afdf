"""TEI: what Pressmark has written as it stands, what others have written brought into the Pressmark profile.

An edition is read back with its record, its ids and its editors' readings. What is not in the profile says nothing
of Pressmark in its ``encodingDesc``; it is read by ``foreign_tei``. A document that says it is in the profile and
breaks it is refused: it is to be mended, not to be guessed at.

The source text of a TEI document is the *sic* reading of its ``text``: the text nodes in document order,
without the header and without what editors put beside the text (``corr``, ``reg``, ``expan``, ``supplied``).
"""

from __future__ import annotations

import re

from pressmark.model.text import sic
from pressmark.readers import foreign_tei
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
    """The edition in a TEI document: one that says it is in Pressmark's profile as it stands, any other
    brought into it.

    Raises ``MalformedXml``, ``UnsafeXml``, ``NestedTooDeep`` or ``InvalidEdition``. An XML document names its
    own encoding, so ``encoding`` is not looked at.
    """
    root = foreign_tei.load(source.data, place=place)
    if not foreign_tei.is_pressmarks(root):
        return foreign_tei.read_tree(root, source, place)
    edition = parse(source.data, place=place)
    return Reading(edition.text, sic(edition.text), "utf-8", header=edition.header)


READER = Reader("tei", recognises, read)
