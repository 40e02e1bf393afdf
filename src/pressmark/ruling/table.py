"""A table of roles: a CSV file with a header, a place of the source in each row, and the role of what stands there.

``line`` (1-based) or ``offset`` (code points, from 0) is the place in the source text; ``end`` is the last line, or
the offset where the block ends, of a block that is more than one line. All other columns are for people, but one: a
row whose ``machine`` says the same as its ``role`` was left as the machine had it, and decides nothing.
"""

from __future__ import annotations

import csv
import difflib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pressmark.errors import WrongRoles
from pressmark.model.edition import Edition
from pressmark.model.header import Change
from pressmark.model.ruling import BLOCK_ROLES, INLINE, Ruling, with_hand
from pressmark.model.text import plain

COLUMNS = ("line", "offset", "end", "role", "machine")
LINE_END = re.compile(r"\r\n|\r|\n")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet takes for a formula."""

SEPARATOR = re.compile(r'"?sep=(.)"?\s*\Z', re.IGNORECASE)
"""The line by which Excel is told what parts the cells."""

DIGITS = 15
"""Digits of the greatest number that is read."""

FORM = "it needs a first line such as line,role and rows such as 12,heading; pressmark inspect FILE --roles prints one"
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a role, and the place that has it: ``line`` or ``offset``, the other being -1.

    ``end`` is the last line, or the offset after the last character; -1 where only one line is named. ``place`` is how
    messages call the row.
    """

    role: str
    line: int = -1
    offset: int = -1
    end: int = -1
    place: str = ""


def rows_of(data: bytes, *, place: str = "roles.csv") -> tuple[Row, ...]:
    """The rows of a table that decide something. Commas, semicolons or tabs part its cells; it may begin with a byte
    order mark.

    Raises ``WrongRoles`` with the line of the table for what cannot be followed.
    """
    records = _records(data, place)
    first = next(records, None)
    if first is None:
        raise WrongRoles("the table of roles is empty", place=place, hint=FORM)
    columns = _columns(first, place)
    rows = []
    for number, cells in records:
        row = _row({name: cells[at].strip() for name, at in columns.items() if at < len(cells)}, f"{place}:{number}")
        if row is not None:
            rows.append(row)
    return tuple(rows)


def _records(data: bytes, place: str) -> Iterator[tuple[int, list[str]]]:
    """(line of the file, cells) of each row that is not empty."""
    lines = LINE_END.split(_decoded(data, place))
    begin, delimiter = 0, ""
    if lines and (said := SEPARATOR.match(lines[0])):
        begin, delimiter = 1, said[1]
    head = lines[begin] if begin < len(lines) else ""
    delimiter = delimiter or max(",;\t", key=head.count)
    reader = csv.reader((line + "\n" for line in lines[begin:]), delimiter=delimiter, strict=True)
    while True:
        number = begin + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise WrongRoles(f"this is no row of a CSV file ({error})", place=f"{place}:{number}", hint=FORM) from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield number, cells


def _decoded(data: bytes, place: str) -> str:
    """The table's characters. What counts is in ASCII, so that of an unknown encoding the rest may be misread."""
    try:
        words = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        words = data.decode("latin-1")
    if "\0" in words or data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise WrongRoles("this is no CSV file", place=place, hint="save the table as CSV, not as a workbook")
    return words


def _columns(record: tuple[int, list[str]], place: str) -> dict[str, int]:
    number, cells = record
    names = [cell.strip().lower() for cell in cells]
    columns = {name: names.index(name) for name in COLUMNS if name in names}
    missing = "role" if "role" not in columns else "line or offset" if not {"line", "offset"} & set(columns) else ""
    if missing:
        raise WrongRoles(f"the table of roles has no column {missing}", place=f"{place}:{number}", hint=FORM)
    twice = next((name for name in columns if names.count(name) > 1), "")
    if twice:
        raise WrongRoles(f"the table has two columns {twice}", place=f"{place}:{number}", hint="strike one of them out")
    return columns


def _row(cells: dict[str, str], place: str) -> Row | None:
    """What a row decides; nothing, where its role is empty or left as the machine had it."""
    for name in ("line", "offset", "end", "role"):
        if cells.get(name, "").startswith(FORMULA):
            raise WrongRoles(
                f"the {name} “{_short(cells[name])}” is a formula of a spreadsheet, and none is read",
                place=place,
                hint="write the number or the role itself",
            )
    wanted = cells.get("role", "")
    if not wanted or wanted == cells.get("machine"):
        return None
    role = _role(wanted, place)
    line, offset, end = (_count(cells.get(name, ""), name, place) for name in ("line", "offset", "end"))
    if line < 0 and offset < 0:
        raise WrongRoles("this row names no place", place=place, hint="give the line, or the offset, of the source")
    return Row(role, line, offset, end, place)


def _role(wanted: str, place: str) -> str:
    role = re.sub(r"[\s_-]+", "_", wanted.lower())
    if role in BLOCK_ROLES:
        return role
    if role in INLINE:
        reason = f"{role} is no role of a block but of a mark within its words"
    else:
        reason = f"there is no role “{_short(wanted)}”"
    near = difflib.get_close_matches(role[:SHOWN], BLOCK_ROLES, 1)
    hint = f"perhaps {near[0]}; " if near else ""
    raise WrongRoles(reason, place=place, hint=f"{hint}the roles are {', '.join(BLOCK_ROLES)}")


def _count(words: str, name: str, place: str) -> int:
    if not words:
        return -1
    if not (words.isascii() and words.isdigit() and len(words) <= DIGITS):
        raise WrongRoles(f"the {name} “{_short(words)}” is no number", place=place, hint="write it in digits, like 12")
    return int(words)


def _short(words: str) -> str:
    bare = plain(words)
    return bare if len(bare) <= SHOWN else bare[:SHOWN] + "…"


# --- A table laid on a source ---------------------------------------------------------------------


def ruled(edition: Edition, rows: Sequence[Row], *, who: str, when: str) -> Edition:
    """A freshly read edition that ``recover_structure`` will give the roles of the rows, decided by ``who`` on the
    day ``when`` (ISO 8601).

    Raises ``WrongRoles`` for a row that names no words of the source.
    """
    if not rows:
        return edition
    text = edition.source_text or ""
    taken = frozenset(block.id for block in edition.blocks())
    taken |= {mark.id for leaf in edition.leaves() for mark in leaf.marks if mark.id}
    header, hand = with_hand(edition.header, who, taken)
    counted = "1 block" if len(rows) == 1 else f"{len(rows)} blocks"
    header = replace(header, changes=(*header.changes, Change(when, hand, f"Said what {counted} of the page are.")))
    lines = _line_bounds(text)
    rulings = tuple(_ruling(row, text, lines, f"#{hand}") for row in rows)
    return replace(edition, header=header, rulings=(*edition.rulings, *rulings))


def _line_bounds(text: str) -> list[int]:
    """Where each line begins, and at last where the text ends."""
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    if starts[-1] == len(text) and len(starts) > 1:
        starts.pop()  # the end of the last line begins no other
    return [*starts, len(text)]


def _ruling(row: Row, text: str, lines: list[int], resp: str) -> Ruling:
    start, end = _by_offset(row, text, lines) if row.offset >= 0 else _by_line(row, lines)
    words = text[start:end]
    if not words.strip():
        raise WrongRoles(
            f"{f'the offset {row.offset}' if row.offset >= 0 else f'line {row.line}'} of the source is blank",
            place=row.place,
            hint="name a line that has words; pressmark inspect FILE --roles lists them",
        )
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    return Ruling(start, end, row.role, resp, row.end >= 0, row.place)


def _by_line(row: Row, lines: list[int]) -> tuple[int, int]:
    count, last = len(lines) - 1, row.end if row.end >= 0 else row.line
    if not 1 <= row.line <= count or last > count:
        beyond = last if 1 <= row.line <= count else row.line
        counted = "1 line" if count == 1 else f"{count} lines"
        raise WrongRoles(
            f"there is no line {beyond}: the source has {counted}", place=row.place, hint="lines are counted from 1"
        )
    if last < row.line:
        raise WrongRoles(f"the last line {last} stands before the first, {row.line}", place=row.place, hint=END_IS)
    return lines[row.line - 1], lines[last]


END_IS = "end is the last line of the block, or with an offset the offset where it ends"


def _by_offset(row: Row, text: str, lines: list[int]) -> tuple[int, int]:
    end = row.end if row.end >= 0 else row.offset + 1
    if row.offset >= len(text) or end > len(text):
        beyond = row.offset if row.offset >= len(text) else end
        raise WrongRoles(
            f"there is no offset {beyond}: the source has {len(text)} characters",
            place=row.place,
            hint="offsets are counted from 0; pressmark inspect FILE --text prints what they count",
        )
    if end <= row.offset:
        raise WrongRoles(f"the end {end} stands before the offset {row.offset}", place=row.place, hint=END_IS)
    if row.line >= 0 and bisect_right(lines, row.offset, hi=len(lines) - 1) != row.line:
        raise WrongRoles(
            f"the offset {row.offset} is not on line {row.line} of the source",
            place=row.place,
            hint="clear one of the two cells",
        )
    return row.offset, end
