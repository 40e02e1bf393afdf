"""Which TEI elements an edition is made of, and what each is in the model.

The Pressmark profile (``pressmark/tei/profile.rng``) says where each may stand; this says how each is kept.
``item`` and ``cell`` are leaves, or containers whose first child is a ``p``. ``pb``, ``cb`` and ``milestone``
are marks within a leaf and empty leaves among blocks.
"""

from __future__ import annotations

CONTAINERS = frozenset(
    "text front body back div epigraph argument quote lg list item table row cell figure note sp "
    "opener closer address postscript floatingText".split()
)
"""Blocks that hold blocks."""

LEAVES = frozenset(
    "p ab head l fw titlePart docAuthor docDate byline bibl salute signed dateline addrLine trailer "
    "speaker stage item cell label graphic pb cb milestone".split()
)
"""Blocks that hold text."""

EMPTY_LEAVES = frozenset("graphic pb cb milestone".split())
"""Leaves that never have text."""

INSETS = frozenset("fw note figure list table quote".split())
"""Blocks that may interrupt a leaf."""

MARKS = frozenset(
    "hi emph foreign ref q title term seg rs persName placeName orgName date num unclear del add gap "
    "pc lb pb cb anchor milestone".split()
)
"""Phrases and points within a leaf."""

POINTS = frozenset("lb pb cb anchor milestone gap".split())
"""Marks that never cover text."""

CHOICES = {"corr": "sic", "reg": "orig", "expan": "abbr"}
"""An editor's readings, each with the element that then holds what the source says."""

FURNITURE = ("header", "pageNum", "runningTitle", "navigation", "contact", "lastUpdated", "sig", "catch")
"""The types of ``fw``: what stands on the page and is not the text."""

AB_TYPES = (
    "record",
    "sceneBreak",
    "title",
    "subtitle",
    "author",
    "dedication",
    "contents",
    "editorNote",
    "licence",
    "epigraph",
    "attribution",
    "heading",
    "argument",
    "dateline",
    "addressee",
    "salutation",
    "signed",
    "caption",
    "imageAlt",
    "preformatted",
)
"""The types of ``ab``: what no TEI element is for, and everything that TEI allows only in certain places.

An ``ab`` may stand wherever a paragraph may; ``pressmark.model.roles`` says when it is needed.
"""

NOTE_TYPES = ("footnote", "endnote", "marginalNote", "editorNote")
"""The types of ``note``; one without a type is a footnote."""

PARTING = frozenset("list table quote".split())
"""Insets that stand in ``PARTED`` leaves alone, and in no mark; the other insets may interrupt any leaf."""

PARTED = frozenset("p ab item cell".split())
"""Leaves that a list, a table or a quotation may interrupt."""
