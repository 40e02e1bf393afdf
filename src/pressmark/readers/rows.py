"""The lines of a text that comes page by page, and the evidence by which a line is known as page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

PROOFERS = re.compile(r"-{3,}\s*File:\s*(\S+?)(?:-{2,}.*|\s.*|\\.*)?\Z", re.IGNORECASE)
"""The line between two pages in files of Distributed Proofreaders: ``-----File: 001.png---\\name\\…``."""

LONGEST = 160
"""A line of page furniture is shorter than this (characters)."""

NUMERAL = r"\d{1,4}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9}"
ALONE = re.compile(rf"[\[(<{{|*.·•_—–-]*\s*({NUMERAL})\s*[\])>}}|*.·•_—–-]*\Z")
BEFORE = re.compile(rf"[\[(]?({NUMERAL})[\])]?[.|]?(\s+)(?=\S)")
AFTER = re.compile(rf"(?<=\S)(\s+)[\[(]?({NUMERAL})[\])]?[.|]?\Z")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
ROMAN_NUMERAL = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,4})\Z")


class Row(NamedTuple):
    """A line that is not blank: ``start`` and ``end`` of its words in the text (code points), how many columns it is
    indented, and how many blank lines stand above it on its page.
    """

    start: int
    end: int
    indent: int
    above: int

    @property
    def right(self) -> int:
        """The column in which the line ends."""
        return self.indent + self.end - self.start


@dataclass(slots=True)
class Sheet:
    """The lines of one page. ``file`` names the picture of the page, where a separator does; ``separator`` is it."""

    rows: list[Row] = field(default_factory=list)
    separator: Row | None = None
    file: str = ""


def sheets_of(text: str, breaks: Iterable[int] = ()) -> list[Sheet]:
    """The pages of a text: parted by form feeds, by the separators of Distributed Proofreaders, and at ``breaks``,
    offsets in rising order.
    """
    sheets = [Sheet()]
    at = above = 0
    waiting = iter(breaks)
    following = next(waiting, len(text) + 1)
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if at >= following:
            following = next(waiting, len(text) + 1)
            sheets.append(Sheet())
            above = 0
        if words:
            lead = len(line) - len(line.lstrip())
            indent = lead if "\t" not in line[:lead] else len(line[:lead].expandtabs())
            row = Row(at + lead, at + lead + len(words), indent, above)
            if words.startswith("---") and (separator := PROOFERS.match(words)):
                sheets.append(Sheet(separator=row, file=separator[1].rstrip("-")))
                above = 0
            else:
                sheets[-1].rows.append(row)
                above = 0
        else:
            above += 1
        if line[-1] == "\f":
            sheets.append(Sheet())
            above = 0
        at += len(line)
    return sheets


class Numeral(NamedTuple):
    """A number that may be a page's: its value, its kind (``roman`` or not), where it stands in its line."""

    value: int
    roman: bool
    start: int
    end: int


class Part(NamedTuple):
    """A reading of a line of furniture: its number, and the stretch of other words (empty where equal)."""

    number: Numeral
    start: int
    end: int
    gap: int


def value_of(numeral: str) -> tuple[int, bool] | None:
    """The value of an Arabic or Roman numeral, and whether it is Roman; ``None`` where it is neither."""
    if numeral.isdecimal():
        return int(numeral), False
    low = numeral.lower()
    if not low or not ROMAN_NUMERAL.match(low):
        return None
    values = [ROMAN[letter] for letter in low]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(value if value >= after else -value for value, after in pairs), True


def readings(words: str) -> Iterator[Part]:
    """Every way in which a line may be a page number, alone or before or after other words."""
    if len(words) > LONGEST:
        return
    if match := ALONE.match(words):
        if found := value_of(match[1]):
            yield Part(Numeral(*found, match.start(1), match.end(1)), 0, 0, 0)
        return
    if (match := BEFORE.match(words)) and (found := value_of(match[1])):
        yield Part(Numeral(*found, 0, match.start(2)), match.end(), len(words), len(match[2]))
    if (match := AFTER.search(words)) and (found := value_of(match[2])):
        yield Part(Numeral(*found, match.end(1), len(words)), 0, match.start(), len(match[1]))


def bare(words: str) -> str:
    """The letters of a line, in small letters: what running heads are compared by."""
    return "".join(filter(str.isalpha, words.casefold()))
