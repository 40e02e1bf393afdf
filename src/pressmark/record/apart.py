"""A statement of the record taken apart: its people, its date, its source, its rights; and how much is understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pressmark.languages import terms
from pressmark.model.header import PEOPLE, SOURCES, Statement
from pressmark.record.edtf import Reading, read_dates
from pressmark.record.people import people_in
from pressmark.record.rights import rights_in
from pressmark.record.sources import citation_in

TONGUES = {
    "en": "english englisch anglais inglés английский",
    "de": "german deutsch allemand alemán немецкий",
    "fr": "french französisch français francés французский",
    "es": "spanish spanisch espagnol español castellano испанский",
    "ru": "russian russisch russe ruso русский",
    "it": "italian italienisch italien italiano итальянский",
    "pl": "polish polnisch polonais polaco польский",
    "nl": "dutch niederländisch néerlandais neerlandés",
    "pt": "portuguese portugiesisch portugais portugués",
    "la": "latin latein lateinisch",
    "fi": "finnish finnisch finnois",
    "sv": "swedish schwedisch suédois sueco",
    "da": "danish dänisch danois",
    "eo": "esperanto",
}
"""Names of languages in the languages of records, by BCP 47 tag."""

IMPOSSIBLE = 0.4
"""What is left of the certainty of a date that cannot be."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A statement with its parts, and the share of its certainty that stays for what was not understood."""

    statement: Statement
    sure: float


def taken_apart(statement: Statement, label: str = "", *, day_first: bool = False) -> Apart:
    """The statement with its parts and its form for machines; one that it has already stays.

    ``label`` is the label that it had, and ``day_first`` how its dates of figures are meant (see ``read_dates``).
    """
    field = statement.field
    if field in PEOPLE:
        return _people(statement, day_first=day_first)
    if field in SOURCES:
        return _source(statement)
    if field == "written":
        return _written(statement, day_first=day_first)
    if field == "rights":
        found = rights_in(statement.value, label)
        sure = (1.0 if found.sure else 0.6) * (1.0 if found.status else 0.9)
        return Apart(_filled(statement, found.parts, found.status), sure)
    if field == "language" and not statement.normal:
        tag = next((tag for tag, names in TONGUES.items() if statement.value.lower().strip(" .") in names.split()), "")
        return Apart(replace(statement, normal=tag), 1.0 if tag else 0.8)
    return Apart(statement, 1.0)


def _filled(statement: Statement, parts: tuple[tuple[str, str], ...], normal: str) -> Statement:
    return replace(statement, parts=statement.parts or parts, normal=statement.normal or normal)


def _people(statement: Statement, *, day_first: bool) -> Apart:
    found = people_in(statement.value, statement.field, day_first=day_first)
    sure = (1.0 if found.whole else 0.93) * (1.0 if found.names else 0.6) * (IMPOSSIBLE if found.impossible else 1.0)
    return Apart(_filled(statement, found.parts, found.normal), sure)


def _source(statement: Statement) -> Apart:
    published, online = statement.field == "published", statement.field == "online_version"
    found = citation_in(statement.value, published=published, online=online)
    sure = (0.7 + 0.3 * found.share) * (IMPOSSIBLE if found.impossible else 1.0)
    return Apart(_filled(statement, found.parts, found.normal), sure)


def _written(statement: Statement, *, day_first: bool) -> Apart:
    reading = read_dates(statement.value, day_first=day_first)
    parts = tuple(("place", place) for place in _places(statement.value, reading))
    sure = 1.0 if reading.bare or parts else 0.97
    if not reading.normal:
        sure = IMPOSSIBLE if reading.impossible else 0.85
    return Apart(_filled(statement, parts, reading.normal), sure)


AT = re.compile(r"(?<!\w)(?:in|at|at the|à|en|в|zu)\s(?=[^\W\d_a-zа-яё])")


def _places(words: str, reading: Reading) -> tuple[str, ...]:
    """The place that a line names beside its date: a known one, or a name after “in” that stands alone."""
    for each in reading.dates:
        words = words[: each.start] + ";" * (each.end - each.start) + words[each.end :]
    known = terms("citation.toml", "places")
    for piece in re.split(r"[;,()\[\]]", words):
        name = piece.strip(" .")
        if name.lower() in known:
            return (name,)
        for match in AT.finditer(name):
            rest = name[match.end() :].split()
            if not name[: match.start()].strip() and len(rest) < 4:
                return (" ".join(rest),)
            for count in (3, 2, 1):
                if " ".join(rest[:count]).lower() in known:
                    return (" ".join(rest[:count]),)
    return ()
