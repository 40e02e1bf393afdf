"""The record of an edition: what it is, where it comes from, who did what to it (TEI ``teiHeader``)."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Statement:
    """One field of the record, and whose word it is.

    ``value`` is as printed. ``normal`` is the form for machines: EDTF for a date, BCP 47 for a language, else
    empty. ``found`` says where it stands: ``#`` and a block's id, or the name of the place (``meta:author``,
    ``html:title``, ``file:name``). ``resp`` is the id of a ``Hand``; ``cert`` is ``high``, ``medium``, ``low`` or a
    probability from 0 to 1 (TEI ``teidata.probCert``).
    """

    field: str
    value: str
    normal: str = ""
    found: str = ""
    resp: str = PROGRAM
    cert: str = ""

    def __post_init__(self) -> None:
        if self.field not in FIELDS:
            raise ValueError(f"a record has no field {self.field!r}")
        if not self.value or self.value != plain(self.value):
            raise ValueError(f"the value of {self.field} is one line of text that XML allows")
        if self.found != "".join(plain(self.found).split()):
            raise ValueError("the place of a statement is a pointer, without white space")


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
    ``source/``, empty where it is kept elsewhere.
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

    def all(self, field: str) -> tuple[Statement, ...]:
        """Every statement of one field, in the order in which they were made."""
        return tuple(statement for statement in self.statements if statement.field == field)

    def value(self, field: str, default: str = "") -> str:
        """The first value stated for a field."""
        return next((statement.value for statement in self.statements if statement.field == field), default)
