"""The rights in a text: their status, a licence that is known by its name, who grants them, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pressmark.record.edtf import read_dates

URL = re.compile(r"https?://[^\s<>\"')\]]+[^\s<>\"')\].,;]")
COMMONS = re.compile(r"(?:creative\s+commons|\bcc\b)[^.;]{0,80}", re.IGNORECASE)
VERSION = re.compile(r"(?<!\d)([1-4]\.\d)(?!\d)")
TERMS = (
    ("by", re.compile(r"attribution|\bby\b|namensnennung|paternité|reconocimiento|атрибуция", re.IGNORECASE)),
    ("nc", re.compile(r"non-?\s?commercial|\bnc\b|nicht-?kommerziell", re.IGNORECASE)),
    ("nd", re.compile(r"no-?\s?deriv\w*|\bnd\b|keine\s+bearbeitung", re.IGNORECASE)),
    ("sa", re.compile(r"share-?\s?alike|\bsa\b|weitergabe|compartirigual|partage", re.IGNORECASE)),
)
KNOWN = (
    (re.compile(r"\bcc-?0\b|cc\s+zero", re.IGNORECASE), "https://creativecommons.org/publicdomain/zero/1.0/"),
    (re.compile(r"gnu\s+free\s+doc\w*|\bgfdl\b|\bfdl\b", re.IGNORECASE), "https://www.gnu.org/licenses/fdl-1.3.html"),
)
STATUS = (
    (
        "public-domain",
        re.compile(
            r"public\s+domain|gemeinfrei|domaine\s+public|dominio\s+público|общественн\w+\s+достояни|\bcc-?0\b",
            re.IGNORECASE,
        ),
    ),
    ("copyleft", re.compile(r"copyleft|share-?\s?alike|gnu\s+free|\bgfdl\b|\bfdl\b", re.IGNORECASE)),
    (
        "licence",
        re.compile(
            r"creative\s+commons|\bcc[ -]by|licen[cs]e[ds]?\b|lizenz|licencia|лицензи"
            r"|may\s+(?:freely\s+)?(?:copy|be\s+cop)",
            re.IGNORECASE,
        ),
    ),
    (
        "copyright",
        re.compile(
            r"copyright|©|\(c\)\s*\d{4}|all\s+rights\s+reserved|urheberrecht|alle\s+rechte|droits\s+réservés|derechos\s+reservados|авторск\w+\s+прав",
            re.IGNORECASE,
        ),
    ),
)
COUNTRIES = re.compile(
    r"(?<!\w)(?:the\s+)?(United\s+States(?:\s+of\s+America)?|USA|U\.S\.A\.|U\.S\.|US|United\s+Kingdom|UK|European\s+Union|EU|Germany|"
    r"France|Russia|Canada|Australia|Deutschland|Frankreich|Österreich|Schweiz|États-Unis|Estados\s+Unidos|"
    r"España|México|Argentina|России|Россия|США)(?!\w)"
)
OWNER = re.compile(
    r"([^\W\d_][^.;:(©]{2,70}?(?:Archive|Archiv|Archives|Archivo|Архив|Foundation|Press|Publishers|Wishart|Verlag|Institute|Library|Project\s+Gutenberg)(?:\s+Archive)?)(?!\w)"
)
COPYRIGHT_OWNER = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:by\s+)?(?:\d{4}\s*,?\s*)?(?:by\s+)?([^\W\d_][^.;:,(\d]{2,60})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Rights:
    """What a line says of rights; see ``STATUSES`` of the header. ``sure`` tells whether one status is named only."""

    status: str
    parts: tuple[tuple[str, str], ...]
    sure: bool


def rights_in(words: str, label: str = "") -> Rights:
    """The rights that a line states, under its label (``Public Domain``, ``Copyleft``)."""
    named = [status for status, pattern in STATUS if pattern.search(label)]
    said = [status for status, pattern in STATUS if pattern.search(words)]
    status = next((status for status, _ in STATUS if status in named or status in said), "")
    contrary = "copyright" in said and bool({"public-domain", "copyleft"} & {*named, *said})
    spans: list[tuple[int, int, str]] = []
    if owner := COPYRIGHT_OWNER.search(words) or OWNER.search(words):
        spans.append((owner.start(1), owner.start(1) + len(owner[1].rstrip(" ,")), "holder"))
    spans += [(each.start, each.end, "date") for each in read_dates(words[:300]).dates if each.normal][:1]
    spans += [(match.start(1), match.end(1), "jurisdiction") for match in COUNTRIES.finditer(words)][:2]
    parts = [(kind, words[start:end]) for start, end, kind in _apart(spans)]
    if address := licence_of(words):
        parts.insert(0, ("licence", address))
    return Rights(status, tuple(parts), not contrary)


def _apart(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The stretches in order, without those that overlap one before."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def licence_of(words: str) -> str:
    """The address of the licence that a line names; empty where it names none that is known."""
    if printed := URL.search(words):
        return printed.group()
    for pattern, address in KNOWN:
        if pattern.search(words):
            return address
    for match in COMMONS.finditer(words):
        terms = [short for short, pattern in TERMS if pattern.search(match.group())]
        if "by" in terms:
            version = VERSION.search(words, match.start())
            return f"https://creativecommons.org/licenses/{'-'.join(terms)}/{version[1] if version else '4.0'}/"
    return ""
