"""Text that was UTF-8, was read as something else, and was saved so: “Ã©” for é, “â€™” for an apostrophe.

Such stretches are found and their repair is proposed; nothing is changed. A stretch counts only if its
characters are the bytes of valid UTF-8 in the wrong encoding, stand where they hardly can (a capital or a
sign inside a word), and would stand well if repaired. So “NÃO” and “É…” are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pressmark.readers.codec import table
from pressmark.readers.legacy import fitness

LIKELY = re.compile(
    r"[\xa0-\u024f\u0370-\u045f\u0462\u0463\u0472-\u0475\u0490\u0491\u05d0-\u05ea\u0600-\u06ff\u1e00-\u1fff\u2010-\u203a\u20ac\u2116\u2122\u2212"
    r"\ufb00-\ufb04\ufeff\ufffd\U0001f300-\U0001faff]*"
)
"""Characters that a mistaken reading may have hidden; anything else is chance."""

_LONGEST = 400
_WEIGHED = 200


@dataclass(frozen=True, slots=True)
class Misreading:
    """A stretch (code points, half-open) that was read in the wrong ``encoding``, and what it says."""

    start: int
    end: int
    encoding: str
    repaired: str


_OFTEN = ("cp1252", "cp1251", "cp1250")
_SELDOM = {"mac-roman": ("√", "¬", "‚Ä"), "cp437": ("├", "┬", "ΓÇ")}
"""Wrong encodings, and some strings of which one stands in every text so misread."""

_LEAD_BYTES = (range(0xC2, 0xE0), (0xE1, 0xE2, 0xEF), (0xF0,))
"""The first bytes of sequences of two, three and four bytes that stand for a likely character."""
_LEADS = {"mac-roman": "√¬‚", "cp437": "├┬Γ"}


def misreadings(text: str) -> Iterator[Misreading]:
    """The stretches of ``text`` that look like UTF-8 read in a wrong encoding, one encoding after the other.

    Where two encodings explain the same characters, the first is given. One stretch is at most some hundred
    characters long.
    """
    if text.isascii():
        return
    seen: set[int] = set()
    often = _OFTEN if _any_of(_OFTEN).search(text) else ()
    seldom = [encoding for encoding, signs in _SELDOM.items() if any(sign in text for sign in signs)]
    for encoding in (*often, *seldom):
        for match in _candidates(text, encoding):
            if match.start() not in seen and (repaired := _repair(text, match, encoding)) is not None:
                seen.update(range(match.start(), match.end()))
                yield Misreading(match.start(), match.end(), encoding, repaired)
    if "Â " in text:
        yield from (Misreading(*match.span(), "cp1252", "") for match in _LONE_A.finditer(text))


_LONE_A = re.compile(r"(?<![A-Z])Â(?= [^Â»!?:;])")
"""A no-break space (C2 A0) of which a later program kept the first half and a space."""


def _candidates(text: str, encoding: str) -> Iterator[re.Match[str]]:
    rough, exact = _patterns(encoding)
    for stretch in rough.finditer(text):
        yield from exact.finditer(text, stretch.start(), stretch.end())


@lru_cache
def _patterns(encoding: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern that runs fast over long texts, and one for what it finds."""
    leads, tail = _leads_and_tail(encoding)
    forms = [f"[{lead}][{tail}]{{{length}}}" for length, lead in enumerate(leads, 1) if lead]
    first = "".join(leads)
    rough = f"[{first}][{tail}][{first}{tail}]*+"
    return re.compile(rough), re.compile(f"(?:{'|'.join(forms)}){{1,{_LONGEST}}}")


@lru_cache
def _any_of(encodings: tuple[str, ...]) -> re.Pattern[str]:
    parts = [_leads_and_tail(encoding) for encoding in encodings]
    return re.compile(f"[{''.join(''.join(leads) for leads, _ in parts)}][{''.join(tail for _, tail in parts)}]")


def _leads_and_tail(encoding: str) -> tuple[list[str], str]:
    """The first bytes of two, three and four in UTF-8 and all later bytes, as characters for a pattern."""
    letters = table(encoding)
    tail = re.escape("".join(sorted({*letters[0x80:0xC0], *map(chr, range(0x80, 0xA0))})))
    allowed = _LEADS.get(encoding, letters[0xC2:0xF5])
    return [
        re.escape("".join(letters[byte] for byte in lead_bytes if letters[byte] in allowed))
        for lead_bytes in _LEAD_BYTES
    ], tail


def _repair(text: str, match: re.Match[str], encoding: str) -> str | None:
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return read_again(before or " ", match.group(), after or " ", encoding)


@lru_cache(maxsize=10_000)
def read_again(before: str, raw: str, after: str, encoding: str) -> str | None:
    """``raw``, which was read in ``encoding``, read as UTF-8, if it stands better so between its neighbours.

    ``None`` if the bytes are no UTF-8, give characters that nobody writes, or stand well as they are.
    """
    repaired = _read_again(raw, encoding)
    if repaired is None or not LIKELY.fullmatch(repaired):
        return None
    wrong, right = _stands(before, raw, after), _stands(before, repaired, after)
    certain = all(sign in "‘’“”„–—…€™\ufeff\ufffd" for sign in repaired) and len(raw) >= 3 * len(repaired) > 0
    most = -1.5 if certain else -2.5 if encoding in _LEADS else -4.0
    if wrong > most or right < wrong + (0.0 if certain else 2.5):
        return None
    twice = _read_again(repaired, encoding)
    return twice if twice is not None and LIKELY.fullmatch(twice) else repaired


def _read_again(raw: str, encoding: str) -> str | None:
    codes = _codes(encoding)
    if raw.isascii() or not all(letter in codes for letter in raw):
        return None
    try:
        return bytes(codes[letter] for letter in raw).decode()
    except UnicodeDecodeError:
        return None


@lru_cache
def _codes(encoding: str) -> dict[str, int]:
    return {chr(code): code for code in range(0x80, 0xA0)} | {
        letter: code for code, letter in enumerate(table(encoding))
    }


def _stands(before: str, inside: str, after: str) -> float:
    """How well the characters stand between their neighbours, the scale being that of ``fitness``."""
    line = before + inside[:_WEIGHED] + (inside[_WEIGHED : _WEIGHED + 1] or after)
    triples = zip(line, line[1:], line[2:], strict=False)
    crowded = sum(not (left.isalpha() or right.isalpha()) for left, right in pairwise(inside[:_WEIGHED]))
    return sum(fitness(*triple) for triple in triples if not triple[1].isascii()) - crowded
