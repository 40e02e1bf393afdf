"""What the name of a file, and of the folders that it was given in, tells of a text: ``engels/1874/05/bells.htm``.

It is a weak witness. It speaks where the page says nothing, or where it says something else; what agrees adds nothing.
Only what was typed counts: the name, and the folders of a relative path. No more of it is kept than a date or a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pressmark.languages import tables, terms
from pressmark.model.header import Statement
from pressmark.model.text import plain
from pressmark.record.edtf import years

PATH = "file:path"
NAME = "file:name"

DATE_CERTAINTY = "0.30"
AUTHOR_CERTAINTY = "0.20"

YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
NAMED = re.compile(
    r"(?<![\d.])(?P<first>1[5-9]\d\d|20\d\d)(?:[-_](?P<last>1[5-9]\d\d|20\d\d)"
    r"|[-_.](?P<month>0[1-9]|1[0-2])(?:[-_.](?P<day>0[1-9]|[12]\d|3[01]))?)?(?!\d)"
)
DAY = re.compile(r"(0[1-9]|[12]\d|3[01])[a-z]?")
HOLDING = frozenset(
    "works work letters letter archive archives texts text books articles speeches pamphlets index".split()
)
"""Folders that hold works of somebody, and are named for nobody."""


def told_by_path(name: str, folders: Sequence[str]) -> Iterator[Statement]:
    """What the name of a file and of its folders, the outermost first, say of date and author.

    The words of a statement are those of the path that say it: ``1874/05``.
    """
    stem = name.rpartition(".")[0] or name
    found = _of_folders(stem, folders) or _of_name(stem)
    if found:
        yield Statement("written", found[0], found[1], found[2], cert=DATE_CERTAINTY)
    yearly = next((at for at, folder in enumerate(folders) if YEAR.fullmatch(folder)), 0)
    above = [folder for folder in folders[:yearly] if folder.casefold() not in HOLDING]
    if (
        above
        and re.fullmatch(r"[^\W\d_]{2,40}(?:[-_ ][^\W\d_]{1,40}){0,3}", above[-1])
        and not _is_collection(above[-1])
    ):
        words = plain(re.sub(r"[-_]", " ", above[-1]))
        yield Statement("author", words, found=PATH, cert=AUTHOR_CERTAINTY, parts=(("name", words),))


def _is_collection(folder: str) -> bool:
    return folder.casefold() in terms("structure.toml", "said") | terms("structure.toml", "navigation")


def _of_folders(stem: str, folders: Sequence[str]) -> tuple[str, str, str] | None:
    """The date of folders for a year, a month, and a file for a day: its words, its EDTF form, its place."""
    at = next((at for at in range(len(folders) - 1, -1, -1) if YEAR.fullmatch(folders[at])), None)
    if at is None:
        return None
    below = [*folders[at + 1 :], stem]
    words, normal = [folders[at]], folders[at]
    if month := _month(below[0]):
        words.append(below[0])
        normal += f"-{month:02}"
        if len(below) > 1 and (day := DAY.fullmatch(below[1])):
            words.append(below[1])
            normal += f"-{day[1]}"
    return "/".join(words), normal, PATH


def _month(words: str) -> int:
    """The number of a month that a folder is named for, by figures or by its name; 0 for any other."""
    if re.fullmatch(r"0[1-9]|1[0-2]", words):
        return int(words)
    for table in tables("months.toml"):
        for number, names in enumerate(table["months"], 1):
            if words.casefold() in names:
                return number
    return 0


def _of_name(stem: str) -> tuple[str, str, str] | None:
    """The one date in a name: ``1905-letters``, ``1905-1907``, ``1874-05-24``."""
    found = list(NAMED.finditer(stem))
    if len(found) != 1:
        return None
    date = found[0]
    if date["last"]:
        normal = f"{date['first']}/{date['last']}" if date["last"] > date["first"] else ""
    else:
        normal = "-".join(part for part in (date["first"], date["month"], date["day"]) if part)
    return (date.group(), normal, NAME) if normal else None


def is_from_path(statement: Statement) -> bool:
    """Whether a statement is one that only the file's name or its folders make, and no title."""
    return statement.found in (PATH, NAME) and statement.field in ("written", "author")


def still_said(statement: Statement, others: Sequence[Statement]) -> bool:
    """Whether what a path tells is worth keeping beside what the page says: a date with which none of the page agrees,
    an author where the page names none.
    """
    if not is_from_path(statement):
        return True
    page = [each for each in others if not is_from_path(each)]
    if statement.field == "author":
        return not any(each.field == "author" for each in page)
    printed = {year for each in page if each.field in ("written", "published") for year in years(each.normal)}
    own = years(statement.normal)
    return not any(min(own) <= year <= max(own) for year in printed)
