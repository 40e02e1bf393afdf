"""Where each element of TEI has its place in the Pressmark profile: one table, by name.

The names are those of TEI P5 (TEI Lite, TEI simplePrint and ELTeC are parts of it) and those that P4 had beside
them. An element that is not here is kept as its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["container", "leaf", "either", "quotation", "mark", "point", "graphic", "choice", "supplied", "through"]


@dataclass(frozen=True, slots=True)
class Place:
    """What becomes of an element.

    ``kind`` says how it is read:

    - ``container``: a block that holds blocks
    - ``leaf``: a block that holds words
    - ``either``: words alone make it a leaf, blocks a container
    - ``quotation``: the mark ``q`` within words, otherwise the container ``name``
    - ``mark``, ``point``: words of a leaf, or a place between them
    - ``graphic``: a picture, in a figure
    - ``choice``, ``supplied``: what an editor reads
    - ``through``: the element goes, and what stands in it stays

    ``name`` and ``type`` (``@type``) are the element of the profile. ``within`` is what it is inside words, where
    that is something else. A ``quiet`` one loses nothing, and is not reported.
    """

    kind: Kind
    name: str = ""
    type: str = ""
    rend: str = ""
    within: Place | None = None
    quiet: bool = False

    @property
    def form(self) -> str:
        """The element as a message and the reference show it; empty for one that goes."""
        kind = f' type="{self.type}"' if self.type else ""
        rend = f' rend="{self.rend}"' if self.rend else ""
        return f"<{self.name}{kind}{rend}>" if self.name else ""


THROUGH = Place("through")
QUIET = Place("through", quiet=True)
NOTE = Place("container", "note", "editorNote")


def _all(kind: Kind, names: str) -> Iterator[tuple[str, Place]]:
    """Elements that the profile has under the same name."""
    return ((name, Place(kind, name, within=_within(kind, name))) for name in names.split())


def _within(kind: Kind, name: str) -> Place | None:
    """What a leaf is inside words: a phrase that says what it was. Paragraphs and lines end the words instead."""
    return Place("mark", "seg", name) if kind == "leaf" and name not in ("p", "ab", "l", "fw") else None


def _typed(names: str, name: str, *, kind: Kind = "mark", rend: str = "") -> Iterator[tuple[str, Place]]:
    """Elements that are a kind of another, which then says so in its ``@type``."""
    return ((each, Place(kind, name, "" if rend else each, rend)) for each in names.split())


PLACES: dict[str, Place] = {
    # the parts of a text
    "text": Place("container", "text"),
    **dict(_all("container", "front body back div floatingText")),
    **{f"div{level}": Place("container", "div", quiet=True) for level in range(8)},
    "group": Place("container", "body"),
    "titlePage": QUIET,
    "docTitle": QUIET,
    "docImprint": Place("leaf", "p", within=QUIET),
    "docEdition": Place("leaf", "p", within=QUIET),
    "imprimatur": Place("leaf", "p", within=QUIET),
    # blocks
    **dict(
        _all(
            "leaf",
            "p head l fw titlePart docAuthor byline bibl salute signed dateline addrLine trailer speaker stage label",
        )
    ),
    "ab": Place("leaf", "p"),
    "docDate": Place("leaf", "docDate", within=Place("mark", "date")),
    "biblStruct": Place("leaf", "bibl", within=Place("mark", "seg", "bibl")),
    "biblFull": Place("leaf", "bibl", within=Place("mark", "seg", "bibl")),
    "eg": Place("leaf", "ab", "preformatted", within=Place("mark", "hi", rend="code")),
    **dict(_all("container", "epigraph argument lg list table row figure note sp opener closer address postscript")),
    **dict(_all("either", "item cell")),
    "listBibl": Place("container", "list", "bibliography"),
    "castList": Place("container", "list"),
    "castItem": Place("either", "item"),
    "set": Place("container", "div", "set"),
    **dict(_typed("prologue epilogue performance", "div", kind="container")),
    # quotations
    **{name: Place("quotation", "quote") for name in ("quote", "q", "said")},
    "cit": Place("quotation", "quote", within=QUIET),
    # words that look or sound different, names, dates, numbers
    **dict(_all("mark", "hi emph foreign title term seg rs persName placeName orgName date num unclear del add")),
    "ref": Place("mark", "ref"),
    "ptr": Place("mark", "ref"),
    "xref": Place("mark", "ref", quiet=True),
    "xptr": Place("mark", "ref", quiet=True),
    "name": Place("mark", "rs"),
    "time": Place("mark", "date"),
    "soCalled": Place("mark", "q", "soCalled"),
    **dict(_typed("mentioned gloss distinct measure measureGrp formula email idno abbr expan am ex", "seg")),
    **dict(_typed("sic corr orig reg surplus secl damage author editor edition series biblScope", "seg")),
    **dict(_typed("roleDesc actor camera sound tech view caption move", "seg")),
    **dict(_typed("geogName country region settlement district bloc pubPlace", "placeName")),
    "role": Place("mark", "persName", "role"),
    "publisher": Place("mark", "orgName", "publisher"),
    "distributor": Place("mark", "orgName", "distributor"),
    **dict(_typed("objectName eventName", "rs")),
    **dict(_typed("code gi att tag val ident", "hi", rend="code")),
    # places between words
    **dict(_all("point", "lb pb cb gap anchor milestone")),
    # pictures
    "graphic": Place("graphic", "graphic"),
    "figDesc": Place("leaf", "ab", "imageAlt", within=Place("mark", "seg", "desc")),
    "desc": Place("mark", "seg", "desc"),
    # what editors read
    "choice": Place("choice", "choice"),
    "supplied": Place("supplied", "supplied", within=Place("mark", "seg", "supplied")),
    "app": QUIET,
    "lem": QUIET,
    "rdgGrp": QUIET,
    "rdg": NOTE,
    "wit": Place("mark", "seg", "wit"),
    "witDetail": NOTE,
    "index": NOTE,
    # linguists' marks and frames, which say nothing that an edition shows
    **dict.fromkeys("w c pc s m cl phr castGroup imprint analytic monogr respStmt resp lg1 lg2 lg3".split(), QUIET),
    **dict.fromkeys("subst mod restore listPerson listPlace listOrg".split(), QUIET),
}
"""Every element that has a place, by its name."""

IN: dict[tuple[str, str], Place] = {
    ("group", "text"): Place("container", "div", "text"),
    ("group", "group"): Place("container", "div", "group"),
    ("cit", "quote"): QUIET,
    ("cit", "q"): QUIET,
    ("epigraph", "cit"): QUIET,
    ("epigraph", "quote"): QUIET,
    ("epigraph", "q"): QUIET,
    ("quote", "cit"): QUIET,
    ("listBibl", "bibl"): Place("either", "item", quiet=True),
    ("listBibl", "biblStruct"): Place("either", "item", quiet=True),
    ("listBibl", "biblFull"): Place("either", "item", quiet=True),
    ("grouped text", "front"): Place("container", "div", "front"),
    ("grouped text", "body"): QUIET,
    ("grouped text", "back"): Place("container", "div", "back"),
}
"""Elements that have another place in certain parents, by (parent, element)."""

NAMES = {
    "person": "persName",
    "pers": "persName",
    "place": "placeName",
    "org": "orgName",
    "organisation": "orgName",
    "organization": "orgName",
}
"""What a ``name`` is by its ``@type``; any other is an ``rs``."""

EMPTIED = frozenset("handShift space metamark noteGrp media binaryObject locus lacunaStart lacunaEnd".split())
"""Elements without words of their own that an edition has nothing for."""

READINGS = {"corr": "sic", "reg": "orig", "expan": "abbr"}
"""What an editor reads in a ``choice``, with the element for what is printed."""
