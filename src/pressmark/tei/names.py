"""Names that reading and writing TEI share."""

from __future__ import annotations

from pressmark.model.header import FIELDS, SOURCES

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NAMESPACES = {None: "http://www.tei-c.org/ns/1.0"}

PROFILE = "pressmark-1"
"""The key under which an edition names the profile it keeps to (``schemaRef/@key``)."""

PROFILE_URL = "urn:pressmark:profile:1"
"""The address of the profile: TEI demands one (``schemaRef/@url``), and a name leads no editor astray."""

TITLE_TYPES = {"title": "main", "subtitle": "sub", "page_title": "page"}
"""Fields that are a ``title`` of ``titleStmt``, with its ``@type``."""

RESPONSIBLE = {
    "translator": "translated by",
    "transcriber": "transcribed by",
    "proofreader": "proofread by",
    "encoder": "encoded by",
}
"""Fields that are a ``respStmt``: the key of its ``resp``, and the words in it."""

CITED = SOURCES
"""Fields that are a ``bibl`` of ``sourceDesc``, or a ``biblStruct`` where they are taken apart."""

INLINE = {"name": "name", "date": "date", "place": "placeName", "holder": "orgName", "jurisdiction": "country"}
"""The element around a part that stands in the words of its statement."""

TITLE_LEVELS = {"article": "a", "journal": "j", "book": "m", "series": "s"}
"""Parts of a source that are a ``title``, with its ``@level``."""

UNITS = {"volume": "volume", "issue": "issue", "pages": "page"}
"""Parts of a source that are a ``biblScope``, with its ``@unit``."""

NUMBERS = {"repository": "repository", "collection": "collection", "item": "item", "url": "URL"}
"""Parts of a source that are an ``idno``, with its ``@type``."""

PLACED = {
    *TITLE_TYPES,
    *RESPONSIBLE,
    *CITED,
    "author",
    "editor",
    "written",
    "rights",
    "language",
    "description",
}
assert set(FIELDS) == PLACED, "every field of the record has a place in TEI"
