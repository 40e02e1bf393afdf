"""The words of a date line as tokens: numbers, years, months, seasons, and the small words between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pressmark.languages import tables, terms

DASHES = frozenset("-–—‒−‐‑")

PIECE = re.compile(
    r"(?P<year>(?<!\d)(?:1\d|20)\[?\d\[?\d\]?(?!\d))(?P<decade>[’']?s\b|-?(?:er|х|ых|е)\b)?(?![^\W\d_г])"
    r"|(?P<vague>(?<!\d)(?:1\d|20)(?:\d[?_X](?!\w)|(?:\?\?|__|XX)(?!\w)|\d-\?))"
    r"|(?P<number>\d+)|(?P<word>[^\W\d_]+)|(?P<sign>\S)"
)

SMALL = (
    "circa",
    "perhaps",
    "early",
    "middle",
    "late",
    "before",
    "after",
    "to",
    "or",
    "and",
    "between",
    "of",
    "ordinals",
)
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
ROMAN = {roman: number for number, roman in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
YEARLY = frozenset("г гг год года году годы годов jahr jahre jahres année années año años".split())
DECADE_BEFORE = frozenset("années años".split())
SIGNS = {
    ".": "dot",
    ",": "comma",
    "/": "slash",
    "(": "open",
    "[": "open",
    ")": "close",
    "]": "close",
    "?": "doubt",
    "&": "and",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line: its kind, its words, the number that it stands for (a month 1–12, a season 21–24), and
    its place (code points, half-open). The words of a year are its four digits; ``X`` stands for one not known.
    """

    kind: str
    words: str
    number: int
    start: int
    end: int

    @property
    def yearly(self) -> bool:
        """Whether it is a word for “year” that follows its number, as in Russian."""
        return self.words in YEARLY


@cache
def _months() -> dict[str, int]:
    return {name: number for lists in tables("months.toml") for number, names in _numbered(lists) for name in names}


def _numbered(lists: dict[str, list[str]]) -> list[tuple[int, list[str]]]:
    return [(number, list(names)) for number, names in enumerate(lists["months"], 1)]


@cache
def _small() -> dict[str, str]:
    """The kind of each small word; of a word that means several, the first of ``SMALL``."""
    found: dict[str, str] = {}
    for kind in SMALL:
        for word in terms("months.toml", kind):
            found.setdefault(word, "ordinal" if kind == "ordinals" else kind)
    return found


@cache
def _seasons() -> dict[str, int]:
    return {word: number for kind, number in SEASONS.items() for word in terms("months.toml", kind)}


@cache
def _ordinals() -> frozenset[str]:
    return terms("months.toml", "ordinals")


def tokens_of(words: str) -> list[Token]:
    """The tokens of a line, in order."""
    found: list[Token] = []
    for match in PIECE.finditer(words):
        found.append(_token(match, found))
    return found


def _token(match: re.Match[str], before: list[Token]) -> Token:
    start, end = match.span()
    kind, words = match.lastgroup or "", match.group()
    if match["year"]:
        digits = "".join(filter(str.isdigit, match["year"]))
        decade = match["decade"] or (before and before[-1].words in DECADE_BEFORE and digits.endswith("0"))
        return Token("year", digits[:3] + "X" if decade and digits[3] == "0" else digits, 0, start, end)
    if match["vague"]:
        return Token("year", re.sub(r"\D", "X", words)[:4], 0, start, end)
    if match["number"]:
        return Token("number", words, int(words) if len(words) < 9 else 10**9, start, end)
    if kind == "sign":
        return Token("dash" if words in DASHES else SIGNS.get(words, "sign"), words, 0, start, end)
    return _word(words, start, end, before)


def _word(words: str, start: int, end: int, before: list[Token]) -> Token:
    lower = words.lower() if words != "C" else words
    after_number = before and before[-1].end == start and before[-1].kind in ("number", "dash")
    if after_number and lower in _ordinals() and (before[-1].kind == "number" or _dashed_ordinal(before)):
        return Token("ordinal", lower, 0, start, end)
    if number := _months().get(lower):
        return Token("month", lower, number, start, end)
    if number := _seasons().get(lower):
        return Token("season", lower, number, start, end)
    if words in ROMAN and before and before[-1].kind in ("slash", "dot", "dash"):
        return Token("roman", words, ROMAN[words], start, end)
    return Token(_small().get(lower, "word"), lower, 0, start, end)


def _dashed_ordinal(before: list[Token]) -> bool:
    return len(before) > 1 and before[-2].kind == "number" and before[-2].end == before[-1].start
