"""The record of an edition: what it is, where it comes from, who did what to it (TEI ``teiHeader``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pressmark.model.text import plain

PROGRAM = "pressmark"
"""The hand of the machine: the id under which Pressmark itself makes statements."""

SOURCE = "source"
"""The hand of the source: what the received page says of itself."""

FIELDS = (
    "title",
    "subtitle",
    "author",
    "editor",
    "translator",
    "transcriber",
    "proofreader",
    "encoder",
    "written",
    "published",
    "printed_source",
    "online_version",
    "rights",
    "language",
    "description",
    "page_title",
)
"""The fields of a record; a record may state one several times, and differently."""

PEOPLE = ("author", "editor", "translator", "transcriber", "proofreader", "encoder")
"""Fields that name who had a hand in the text."""

SOURCES = ("published", "printed_source", "online_version")
"""Fields that cite a publication."""

SOURCE_PARTS = (
    "author",
    "article",
    "journal",
    "book",
    "editor",
    "translator",
    "edition",
    "series",
    "place",
    "publisher",
    "date",
    "volume",
    "issue",
    "pages",
    "repository",
    "collection",
    "item",
    "url",
)
"""What a citation can be taken apart into, in the order in which a statement keeps it."""

PARTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(PEOPLE, ("name", "date")),
    **dict.fromkeys(SOURCES, SOURCE_PARTS),
    "written": ("place",),
    "rights": ("licence", "holder", "date", "jurisdiction"),
}
"""The parts that the statements of a field may have."""

STATUSES = ("public-domain", "copyleft", "licence", "copyright")
"""The status of rights, as ``normal`` of a statement has it."""

CERTAINTIES = {"high": 0.95, "medium": 0.75, "low": 0.4, "unknown": 0.5, "": 0.9}
"""A certainty in words as a probability, to compare it with others; nothing said is nearly certain."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One field of the record, and whose word it is.

    ``value`` is as printed. ``normal`` is the form for machines: EDTF for a date, BCP 47 for a language, one of
    ``STATUSES`` for rights, else empty; for people and sources it is their date. ``found`` says where it stands:
    ``#`` and a block's id, or the name of the place (``meta:author``, ``html:title``, ``file:name``,
    ``tei:profileDesc/creation``). ``resp`` is the id of a ``Hand``; ``cert`` is ``high``, ``medium``, ``low`` or a
    probability from 0 to 1 (TEI ``teidata.probCert``).

    ``parts`` are the pieces that the value was taken apart into, as (name, words): see ``PARTS``. Those of a
    source are kept in the order of ``SOURCE_PARTS``. All others stand in the value itself, one after another; a
    ``licence``, which is an address, comes before them and need not.
    """

    field: str
    value: str
    normal: str = ""
    found: str = ""
    resp: str = PROGRAM
    cert: str = ""
    parts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.field not in FIELDS:
            raise ValueError(f"a record has no field {self.field!r}")
        if not self.value or self.value != plain(self.value):
            raise ValueError(f"the value of {self.field} is one line of text that XML allows")
        if self.found != "".join(plain(self.found).split()):
            raise ValueError("the place of a statement is a pointer, without white space")
        if self.parts:
            self._check_parts()

    def _check_parts(self) -> None:
        known = PARTS.get(self.field, ())
        for name, words in self.parts:
            if name not in known:
                raise ValueError(f"the field {self.field} has no part {name!r}")
            if not words or words != plain(words):
                raise ValueError(f"the {name} of {self.field} is one line of text that XML allows")
        if self.field in SOURCES:
            if sum(name == "date" for name, _ in self.parts) > 1:
                raise ValueError("a source has one date")
            ordered = tuple(sorted(self.parts, key=lambda part: SOURCE_PARTS.index(part[0])))
            object.__setattr__(self, "parts", ordered)
        else:
            self.placed()

    def placed(self) -> tuple[tuple[str, int, int], ...]:
        """Where in the value each part stands: (name, start, end), code points, half-open.

        Each is sought after the one before. Raises ``ValueError`` where it is not there. A licence is no part of
        the value, and those of a source need not be.
        """
        found: list[tuple[str, int, int]] = []
        at = 0
        for number, (name, words) in enumerate(self.parts):
            if name == "licence":
                if number or " " in words:
                    raise ValueError("the licence is one address, and the first of the parts")
                continue
            start = self.value.find(words, at)
            if start < 0:
                raise ValueError(f"the {name} {words!r} does not stand in the {self.field} after the parts before it")
            at = start + len(words)
            found.append((name, start, at))
        return tuple(found)

    def all(self, part: str) -> tuple[str, ...]:
        """The words of every part of this name."""
        return tuple(words for name, words in self.parts if name == part)

    def part(self, part: str) -> str:
        """The words of the first part of this name; empty where there is none."""
        return next((words for name, words in self.parts if name == part), "")

    @property
    def persons(self) -> tuple[str, ...]:
        """The people named, each with a family name: “Peter and Betty Ross” are two, though one stretch of the words.

        The whole words where no name was found in them.
        """
        return tuple(one for name in self.all("name") or (self.value,) for one in _each(name))

    @property
    def probability(self) -> float:
        """The certainty as a number from 0 to 1."""
        try:
            return min(1.0, max(0.0, float(self.cert)))
        except ValueError:
            return CERTAINTIES.get(self.cert, 0.5)


SHARED = re.compile(r"([^\W\d_][\w’'-]*)\s(?:&|and|und|et|y|и|e|sowie)\s(\S+(?:\s\S+)*?)\s(\S+)")


def _each(name: str) -> tuple[str, ...]:
    shared = SHARED.fullmatch(name) if len(name) < 200 else None
    return (f"{shared[1]} {shared[3]}", f"{shared[2]} {shared[3]}") if shared else (name,)


def same_person(name: str, other: str) -> bool:
    """Whether two names may be one person's: the same family name, and first names that do not contradict
    (``V. I. Lenin`` and ``Vladimir Ilyich Lenin``, ``Marx, Karl`` and ``Marx``).
    """
    one, two = _names(name), _names(other)
    if not one or not two or one[-1] != two[-1]:
        return False
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one[:-1], two[:-1], strict=False))


def _names(name: str) -> list[str]:
    family, comma, given = name.partition(", ")
    if comma and " " not in family:
        name = f"{given} {family}"
    return re.findall(r"[^\W\d_]+", name.casefold())


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody or something that makes statements: a person, this program, the source itself."""

    id: str
    name: str
    kind: Literal["person", "program", "source"]
    resp: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A file as received that bears the text.

    ``sha256`` is that of its bytes; ``ink`` is that of its non-white characters (UTF-8), so that the same text
    is known in another encoding or line-wrapping; ``length`` counts the code points of the source text.
    ``when`` is the day it was taken in (ISO 8601); ``file`` is the name under which the archive keeps it in
    ``source/``, empty where it is kept elsewhere. ``part`` is its place among the files that together are one work
    (1, 2, …), 0 where it is the whole text. ``stretch`` says which stretches of the source text the edition has, as
    ``START-END`` in code points, parted by spaces; empty where it has all of it. ``ink`` is of these alone.
    """

    id: str
    name: str
    sha256: str
    ink: str
    encoding: str
    length: int
    format: str
    when: str = ""
    file: str = ""
    part: int = 0
    stretch: str = ""

    def borne(self, source_text: str) -> str:
        """What of the source text the edition has."""
        if not self.stretch:
            return source_text
        return "\n".join(source_text[start:end] for start, end in self.stretches)

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """The stretches that the edition has, as (start, end); none where it has all of the source."""
        bounds = (each.partition("-") for each in self.stretch.split())
        return tuple((int(start), int(end)) for start, _, end in bounds)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing done to the edition (TEI ``revisionDesc/change``): the day, the hand, the deed."""

    when: str
    who: str
    what: str
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The whole record.

    ``statements`` are kept in the order of ``FIELDS``, those of one field as given. ``publisher`` is the archive.
    ``identifiers`` counts the block ids ever given out (``b1`` … ``bN``), so that none is used twice.
    """

    pressmark: str = ""
    publisher: str = ""
    statements: tuple[Statement, ...] = ()
    hands: tuple[Hand, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    changes: tuple[Change, ...] = ()
    identifiers: int = 0

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.statements, key=lambda statement: FIELDS.index(statement.field)))
        object.__setattr__(self, "statements", ordered)

    @property
    def newest(self) -> tuple[Witness, ...]:
        """The witnesses that the edition is made of: the last one, or the last of all parts of a work, in order."""
        count = self.witnesses[-1].part if self.witnesses else 0
        last = self.witnesses[-max(count, 1) :]
        return last if count < 2 or [each.part for each in last] == list(range(1, count + 1)) else last[-1:]

    def all(self, field: str) -> tuple[Statement, ...]:
        """Every statement of one field, in the order in which they were made."""
        return tuple(statement for statement in self.statements if statement.field == field)

    def value(self, field: str, default: str = "") -> str:
        """The first value stated for a field."""
        return next((statement.value for statement in self.statements if statement.field == field), default)
