"""Names that reading and writing TEI share."""

from __future__ import annotations

from pressmark.model.header import FIELDS

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

CITED = ("published", "printed_source", "online_version")
"""Fields that are a ``bibl`` of ``sourceDesc``."""

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
