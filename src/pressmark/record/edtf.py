"""Dates as people print them, in EDTF (ISO 8601-2, level 1 and what of level 2 historical dates need).

``May 24th, 1940`` is ``1940-05-24``, ``Winter 1911–12`` is ``1911-24``, ``c. 1840`` is ``1840~``. A double date of
the old and the new calendar, ``March 3 (16), 1917``, is the day of the new one, which is EDTF's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pressmark.record.lexing import Token, tokens_of

LONGEST = 2000
"""Longer words are no date line (characters)."""

JOINTS = frozenset(("dash", "to", "before", "and", "or"))
"""Kinds of tokens that join the two ends of a range, or two days."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: its place (code points, half-open), and its EDTF form, empty for an impossible date."""

    start: int
    end: int
    normal: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a line says of when: the EDTF form of the whole, empty where it names no date or an impossible one.

    ``impossible`` tells the two apart; ``bare`` is true where the line holds nothing but dates.
    """

    normal: str
    dates: tuple[Dated, ...]
    impossible: bool
    bare: bool


@dataclass(frozen=True, slots=True)
class _Point:
    """A day, month, season, year or decade, perhaps without its year; ``end`` is the token after it.

    ``shifted`` is the year, month and day of the new calendar as far as they are printed beside it.
    """

    end: int
    year: str = ""
    month: int = 0
    day: int = 0
    season: int = 0
    flag: str = ""
    shifted: tuple[int, int, int] = (0, 0, 0)
    wrong: bool = False

    @property
    def edtf(self) -> str:
        """The point for machines."""
        year, month, day = self.year, self.month, self.day
        if self.season:
            return f"{year}-{self.season}{self.flag}"
        if not month:
            return f"{year}{self.flag}"
        return f"{year}-{month:02d}{f'-{day:02d}' if day else ''}{self.flag}"

    @property
    def possible(self) -> bool:
        """Whether the calendar has such a day."""
        if self.wrong or not self.year or self.month > 12:
            return False
        if not self.day:
            return True
        if not self.month or not self.year.isdigit():
            return False
        return is_day(int(self.year), self.month, self.day)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the Gregorian calendar has such a day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def read_dates(words: str, *, day_first: bool = False) -> Reading:
    """All the dates of a line, and the EDTF form of the whole: of several dates ``{…}``, in the order of time.

    ``day_first`` says that of two small numbers with strokes (``5/6/1940``) the first is the day, as in every language
    here but English; else only their year is sure.
    """
    if len(words) > LONGEST:
        return Reading("", (), impossible=False, bare=False)
    tokens = tokens_of(words)
    found, covered = _found(tokens, day_first=day_first)
    normals = list(dict.fromkeys(each.normal for each in found))
    impossible = "" in normals
    bare = bool(found) and all(
        index in covered or token.kind in ("of", "and", "mark") or not token.words.isalnum()
        for index, token in enumerate(tokens)
    )
    whole = "" if impossible else _together(normals)
    return Reading(whole, tuple(found), impossible=impossible, bare=bare)


def dates_in(words: str) -> tuple[Dated, ...]:
    """The dates that stand in a text, in order."""
    return read_dates(words).dates


def edtf(words: str) -> str:
    """The EDTF form of the date or dates in a text; empty where there is none, or one that cannot be."""
    return read_dates(words).normal


def _together(normals: Sequence[str]) -> str:
    if len(normals) < 2:
        return "".join(normals)
    members = (part for each in normals for part in (each[1:-1].split(",") if each[0] == "{" else [each]))
    if any(each[0] == "[" for each in normals):
        return normals[0]
    flat = (part.replace("/", "..") if part.count("/") == 1 and ".." not in part else part for part in members)
    return "{" + ",".join(sorted(dict.fromkeys(flat))) + "}"


def _found(tokens: Sequence[Token], *, day_first: bool) -> tuple[list[Dated], set[int]]:
    reader = _Reader(tokens, day_first=day_first)
    found: list[Dated] = []
    covered: set[int] = set()
    index = 0
    while index < len(tokens):
        read = reader.date(index)
        if read is None:
            index += 1
            continue
        normal, end = read
        first = next(at for at in range(index, end) if tokens[at].kind not in ("of", "between", "open"))
        found.append(Dated(tokens[first].start, tokens[end - 1].end, normal))
        covered.update(range(index, end))
        index = end
    return found, covered


class _Reader:
    """Reads dates from a row of tokens. Each reading looks at a few tokens only, so the whole is linear."""

    def __init__(self, tokens: Sequence[Token], *, day_first: bool) -> None:
        self.tokens = tokens
        self.day_first = day_first

    def kind(self, at: int) -> str:
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def words(self, at: int) -> str:
        return self.tokens[at].words if 0 <= at < len(self.tokens) else ""

    def number(self, at: int) -> int:
        return self.tokens[at].number if 0 <= at < len(self.tokens) else 0

    def close(self, at: int) -> bool:
        """Whether a token follows the one before it without white space."""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end

    # --- A whole date: one point, a range, an open range, one of several -----------------------------

    def date(self, at: int) -> tuple[str, int] | None:
        """The EDTF form of the date that begins at a token, and the token after it."""
        bound = self.kind(at) if self.kind(at) in ("before", "after") else ""
        bound = "before" if at == 0 and self.kind(0) == "to" else bound
        start = at + 1 if bound else at
        if not bound and at == 0 and self.kind(0) == "dash" and self.close(1):
            bound, start = "before", 1
        first = self.point(start)
        if first is None:
            return None
        pair = None if bound else self.second(first)
        if pair is None:
            return self.single(first, bound)
        second, joint = pair
        first, second = _completed(first, second)
        if not (first.year and second.year):
            return self.single(first, bound) if first.year else None
        if not (first.possible and second.possible):
            return "", second.end
        if joint != "/" and self.kind(at) != "between":
            ends = f"{first.edtf},{second.edtf}"
            return (f"[{ends}]" if joint == "or" else "{" + ends + "}"), second.end
        return self.span(first, second), second.end

    def span(self, first: _Point, second: _Point) -> str:
        """Two points as a range; a winter of two years is one season."""
        if first.season == 24 and not second.season and second.month == 0 and _follows(first.year, second.year):
            return first.edtf
        if first.edtf == second.edtf:
            return first.edtf
        if _earliest(first) > _earliest(second):
            return ""
        return f"{first.edtf}/{second.edtf}"

    def single(self, point: _Point, bound: str) -> tuple[str, int] | None:
        if not point.year:
            return None
        if not point.possible:
            return "", point.end
        if bound:
            return (f"../{point.edtf}" if bound == "before" else f"{point.edtf}/.."), point.end
        end = point.end
        if self.kind(end) == "dash" and self.close(end) and self.kind(end + 1) in ("", "close") and not point.month:
            return f"{point.edtf}/..", end + 1
        return point.edtf, end

    def second(self, first: _Point) -> tuple[_Point, str] | None:
        """The second point of a range or a pair, and what joins it to the first: ``/``, ``or``, ``and``."""
        at = first.end
        kind = self.kind(at)
        if kind in ("dash", "to", "before") or (kind == "slash" and not first.day and (first.year or first.month)):
            return self.last(first, at + 1)
        if kind in ("or", "and"):
            second = self.point(at + 1, bare=not first.year or bool(first.day))
            if second is not None and (not first.year or (second.year and (not first.month or second.month))):
                return second, kind
        return None

    def last(self, first: _Point, at: int) -> tuple[_Point, str] | None:
        """The end of a range; of years it may have one or two digits only (``1911–12``)."""
        token = self.tokens[at] if at < len(self.tokens) else None
        if token and token.kind == "number" and first.year.isdigit() and not first.day and len(token.words) <= 2:
            if not first.month and self.kind(at + 1) != "month":
                year = first.year[: 4 - len(token.words)] + token.words
                if int(year) < int(first.year) and len(token.words) == 2 and int(year) + 100 < int(first.year) + 20:
                    year = str(int(year) + 100)
                if int(first.year) < int(year):
                    return self.after(_Point(at + 1, year=year)), "/"
            return None
        second = self.point(at, bare=True)
        if second is None or (second.day and not (second.month or first.month)):
            return None
        return self.over_new_year(first, second), "/"

    def over_new_year(self, first: _Point, second: _Point) -> _Point:
        """The end of ``December–January 1911–12``: its year is the second one."""
        at = second.end
        if first.year or not second.year.isdigit() or not 0 < second.month < first.month:
            return second
        year = str(int(second.year) + 1)
        if self.kind(at) in ("dash", "slash") and self.words(at + 1) in (year, year[2:]):
            return replace(second, year=year, end=at + 2)
        return second

    # --- A point: a day, a month, a season, a year, a decade -----------------------------------------

    def point(self, at: int, *, bare: bool = True) -> _Point | None:
        """The point that begins at a token; ``bare`` allows a day alone, whose month stands elsewhere."""
        at, flag = self.modified(at)
        token = self.tokens[at] if at < len(self.tokens) else None
        if token is None:
            return None
        point = None
        if token.kind == "year":
            point = self.from_year(at)
        elif token.kind == "number":
            point = self.from_number(at, bare=bare)
        elif token.kind == "month":
            point = self.from_month(at)
        elif token.kind == "season":
            point = self.with_year(_Point(at + 1, season=token.number))
        if point is None:
            return None
        point = self.after(point)
        if flag:
            point = replace(point, flag={"?~": "%", "~?": "%"}.get(point.flag + flag, flag))
        return _new_style(point)

    def modified(self, at: int) -> tuple[int, str]:
        """Past the words before a point: what they make of it (``~`` vague, ``?`` unsure)."""
        flag = ""
        for _ in range(6):
            kind = self.kind(at)
            if kind in ("circa", "early", "middle", "late"):
                flag = "~" if flag in ("", "~") else "%"
            elif kind == "perhaps":
                flag = "?" if flag in ("", "?") else "%"
            elif kind in ("of", "open", "between") or (kind in ("dot", "dash") and flag):
                pass
            else:
                break
            at += 1
        return at, flag

    def after(self, point: _Point) -> _Point:
        """The point with what follows it: a question mark, words for “year”, a bracket that closes."""
        at, flag = point.end, point.flag
        for _ in range(4):
            kind = self.kind(at)
            if kind == "doubt":
                flag = "%" if flag == "~" else "?"
            elif kind == "open" and self.kind(at + 1) == "doubt" and self.kind(at + 2) == "close":
                flag = "%" if flag == "~" else "?"
                at += 2
            elif kind == "of" and self.tokens[at].yearly:
                at += self.kind(at + 1) == "dot" and self.close(at + 1) and self.kind(at + 2) != ""
            else:
                break
            at += 1
        return replace(point, end=at, flag=flag)

    def from_year(self, at: int) -> _Point | None:
        token = self.tokens[at]
        year = token.words
        if not year.isdigit():
            return _Point(at + 1, year=year)
        if self.kind(at + 1) == "dash" and self.close(at + 1) and self.close(at + 2):
            month = self.tokens[at + 2]
            plain = self.words(at + 1) != "–"
            if plain and month.kind == "number" and len(month.words) == 2 and month.number <= int(year[2:]):
                return self.iso(at, month.number)
            if month.kind == "number" and self.kind(at + 3) == "dash" and self.close(at + 3) and self.close(at + 4):
                return self.iso(at, month.number)
        comma = self.kind(at + 1) == "comma" and self.kind(at + 3) == "number"
        another = comma and self.kind(at + 4) == "comma" and self.kind(at + 5) == "year"
        month_next = self.kind(at + 1 + comma) == "month" and self.kind(at + 2 + comma) not in ("year", "comma")
        if month_next and not another:
            return self.year_first(at, at + 1 + comma)
        return _Point(at + 1, year=year)

    def iso(self, at: int, month: int) -> _Point | None:
        year = self.words(at)
        if not 1 <= month <= 12:
            return _Point(at + 3, year=year, wrong=month != 0) if self.kind(at + 3) == "dash" else _Point(at + 1, year)
        if self.kind(at + 3) == "dash" and self.close(at + 3) and self.kind(at + 4) == "number" and self.close(at + 4):
            return _Point(at + 5, year, month, self.number(at + 4))
        return _Point(at + 3, year, month)

    def year_first(self, at: int, month: int) -> _Point:
        """``1940 May 24``, ``1911, May 5``; ``month`` is the token of the month."""
        if self.kind(month + 1) == "number" and self.kind(month + 2) not in ("month", "year"):
            return _Point(month + 2, self.words(at), self.number(month), self.number(month + 1))
        return _Point(month + 1, self.words(at), self.number(month))

    def from_number(self, at: int, *, bare: bool) -> _Point | None:
        """A point that begins with its day: ``24 May 1940``, ``24. 5. 1940``, ``24/V/1940``; or the day alone."""
        if numeric := self.numeric(at):
            return numeric
        day, end, shifted = self.day(at)
        end = self.past_of(end)
        if self.kind(end) == "month":
            point = _Point(self.past_dot(end + 1), month=self.number(end), day=day, shifted=shifted, wrong=not day)
            return self.with_year(self.paired(point))
        _, end, _ = self.day(at)
        if not bare or not 1 <= day <= 31:
            return None
        if self.kind(end) == "comma" and self.kind(end + 1) == "year":
            return _Point(end + 2, year=self.words(end + 1), day=day, shifted=shifted)
        if self.kind(end) in JOINTS or (at and self.kind(at - 1) in JOINTS):
            return _Point(end, day=day, shifted=shifted)
        return None

    def day(self, at: int) -> tuple[int, int, tuple[int, int, int]]:
        """A day, perhaps with its ordinal ending and, in brackets, the day of the new calendar."""
        end = at + 1
        if self.kind(end) == "dash" and self.kind(end + 1) == "ordinal" and self.close(end) and self.close(end + 1):
            end += 2
        elif (self.kind(end) == "ordinal" and self.close(end)) or self.kind(end) == "dot":
            end += 1
        if self.kind(end) == "open" and self.kind(end + 1) == "number":
            inner = end + 2
            inner += self.kind(inner) in ("dot", "ordinal")
            if self.kind(inner) == "close":
                return self.number(at), inner + 1, (0, 0, self.number(end + 1))
        return self.number(at), end, (0, 0, 0)

    def numeric(self, at: int) -> _Point | None:
        """``24.5.1940``, ``24/V/1940``, ``24. 5. 1940``; of two small numbers none is the month."""
        mark = self.kind(at + 1)
        if (
            mark not in ("dot", "slash", "dash")
            or self.kind(at + 3) != mark
            or self.words(at + 1) != self.words(at + 3)
        ):
            return None
        if self.kind(at + 4) != "year" or self.kind(at + 2) not in ("number", "roman"):
            return None
        day, month = self.number(at), self.number(at + 2)
        if mark == "slash" and self.kind(at + 2) == "number":
            if month > 12 >= day:
                day, month = month, day
            elif day <= 12 and day != month and not self.day_first:
                return _Point(at + 5, year=self.words(at + 4), flag="")
        if not 1 <= month <= 12:
            return _Point(at + 5, year=self.words(at + 4), wrong=True)
        return _Point(at + 5, self.words(at + 4), month, day)

    def from_month(self, at: int) -> _Point | None:
        """A point that begins with its month: ``May 24th, 1940``, ``May 1940``, or the month alone."""
        month, end = self.number(at), self.past_dot(at + 1)
        first = self.past_of(end)
        if self.kind(first) == "number" and not self.is_yearless(first):
            day, after, shifted = self.day(first)
            if day and not (self.kind(after) in ("dot",) and self.kind(after + 1) == "number"):
                return self.with_year(self.paired(_Point(after, month=month, day=day, shifted=shifted)))
        return self.with_year(_Point(end, month=month))

    def is_yearless(self, at: int) -> bool:
        """Whether a number after a month is no day: too large for one."""
        return self.number(at) > 99

    def paired(self, point: _Point) -> _Point:
        """``February 27 (March 12), 1917``: the day of the new calendar may have a month of its own."""
        if self.kind(point.end) != "open" or point.shifted[2]:
            return point
        inner = self.point(point.end + 1)
        if inner is None or not (inner.month and inner.day) or self.kind(inner.end) != "close":
            return point
        year = int(inner.year) if inner.year.isdigit() else 0
        return replace(point, end=inner.end + 1, shifted=(year, inner.month, inner.day))

    def with_year(self, point: _Point) -> _Point:
        """The point with the year that follows it, across a comma or words such as “of the year”."""
        at = self.past_dot(point.end) if not point.day else point.end
        at += self.kind(at) == "comma"
        at = self.past_of(at)
        at += self.kind(at) == "comma"
        at += self.kind(at) == "close" and self.kind(at + 1) == "year"
        if self.kind(at) == "open" and self.kind(at + 1) == "year" and self.kind(at + 2) == "close":
            return replace(point, end=at + 3, year=self.words(at + 1))
        at += self.kind(at) == "open" and self.kind(at + 1) == "year"
        if self.kind(at) != "year":
            return point
        dated = replace(point, end=at + 1, year=self.words(at))
        return self.paired(dated) if dated.day else dated

    def past_of(self, at: int) -> int:
        while self.kind(at) == "of":
            at += 1
        return at

    def past_dot(self, at: int) -> int:
        return at + (self.kind(at) == "dot" and self.close(at))


def _completed(first: _Point, second: _Point) -> tuple[_Point, _Point]:
    """Two points with what each takes from the other: ``12–17 April 1871``, ``March–May 1871``."""
    if first.day and not first.month and second.month:
        first = replace(first, month=second.month)
    if second.day and not second.month:
        second = replace(second, month=first.month)
    if not first.year and second.year:
        earlier = bool(first.month and second.month and first.month > second.month and second.year.isdigit())
        first = replace(first, year=str(int(second.year) - 1) if earlier else second.year)
    if not second.year and first.year:
        second = replace(second, year=first.year)
    return _new_style(first), _new_style(second)


def _new_style(point: _Point) -> _Point:
    """The point in the new calendar, where both are given and differ by as many days as they must."""
    year, month, day = point.shifted
    if not day or not (point.month and point.day and point.year.isdigit()):
        return point
    try:
        shifted = _gregorian(int(point.year), point.month, point.day)
    except ValueError:
        return replace(point, wrong=True)
    if shifted.day != day or (month and shifted.month != month) or (year and shifted.year != year):
        return replace(point, day=0, shifted=(0, 0, 0), flag=point.flag or "?")
    return replace(point, year=str(shifted.year), month=shifted.month, day=shifted.day, shifted=(0, 0, 0))


def _gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Julian one (the formula of the leap days that the two calendars do not share)."""
    leap = year if month > 2 else year - 1
    if (month, day) == (2, 29) and year % 4 == 0:
        return date(year, 2, 28) + timedelta(days=1 + leap // 100 - leap // 400 - 2)
    return date(year, month, day) + timedelta(days=leap // 100 - leap // 400 - 2)


def _follows(year: str, other: str) -> bool:
    return year.isdigit() and other.isdigit() and int(other) == int(year) + 1


SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}


def _earliest(point: _Point) -> tuple[str, int, int]:
    return point.year.replace("X", "0"), point.month or SEASON_MONTHS.get(point.season, 0), point.day


def years(normal: str) -> tuple[int, ...]:
    """The years that an EDTF date names, in its order; those of a decade by its first year."""
    return tuple(_years(normal.replace("..", "/").strip("{}[]").replace(",", "/").split("/")))


def _years(parts: Iterable[str]) -> Iterator[int]:
    for part in parts:
        digits = part[:4].replace("X", "0")
        if len(digits) == 4 and digits.isdigit():
            yield int(digits)
