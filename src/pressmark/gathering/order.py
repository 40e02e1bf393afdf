"""Chapters in files of their own: whether files are such, and how they follow one another.

The page that links to the others says their order; where it is silent, their names do (``ch2`` before ``ch10``).
Links are compared with the names of the files that were given, and never followed.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pressmark.model.edition import Edition
from pressmark.model.header import Statement
from pressmark.model.text import Mark, plain

INDEX_NAMES = frozenset(("index", "contents", "toc", "default", "title", "inhalt", "sommaire"))
NOTES_NAMES = re.compile(r"(?:foot|end)?notes?\d*\Z|anmerkungen\Z|fussnoten\Z", re.IGNORECASE)
FIRST_NAMES = re.compile(r"(?:title|dedication|foreword|preface|prologue|intro|vorwort|avant-?propos|prefacio)", re.I)
LAST_NAMES = re.compile(r"(?:conclusion|epilogue|postscript|afterword|append|anhang|nachwort|glossary)", re.I)
NUMBERED = re.compile(r"([a-z][a-z_.-]*?)[-_.]?0*\d{1,3}[a-z]?\Z", re.IGNORECASE)
"""A chapter's name: a word that all share, and a number."""

FEWEST = 2
"""So many chapters make a work of several files."""

SHARE = 0.6
"""An index leads to at least so much of the other files."""

BY_LINKS, BY_NAMES = 0.9, 0.7
"""How certain it is that files are one work, by what shows it."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was given, and the edition that it alone makes, read or recovered."""

    path: str
    edition: Edition

    @property
    def place(self) -> str:
        """The path by which links are compared."""
        return place_of(self.path)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return posixpath.splitext(posixpath.basename(self.place))[0]


@dataclass(frozen=True, slots=True)
class Chapters:
    """Files that are one work, in order; the first is its index where ``has_index``. ``certainty`` is from 0 to 1."""

    files: tuple[File, ...]
    has_index: bool
    certainty: float


def place_of(path: str) -> str:
    """A path in full, with ``/`` between its parts and without ``..``; the file itself is not looked at."""
    return posixpath.normpath(os.path.abspath(path).replace("\\", "/"))  # noqa: PTH100 - no link is to be followed


@dataclass(frozen=True, slots=True)
class Link:
    """A link from one of the files to another, or to a place in it: ``to`` is the place of that file in the row."""

    leaf: str
    mark: Mark
    to: int
    fragment: str


def links_of(files: Sequence[File], number: int) -> Iterator[Link]:
    """The links of one file to others of the row, in the order of its text."""
    known = {file.place.casefold(): at for at, file in enumerate(files)}
    folder = posixpath.dirname(files[number].place)
    for leaf in files[number].edition.leaves():
        for mark in leaf.marks:
            target = mark.get("target")
            if mark.name != "ref" or not target or target.startswith("#"):
                continue
            to, fragment = _led(target, folder, known)
            if to is not None and to != number:
                yield Link(leaf.id, mark, to, fragment)


def _led(target: str, folder: str, known: dict[str, int]) -> tuple[int | None, str]:
    """The number of the file that an address leads to, where it is one of those given, and the place in it."""
    try:
        address = urlsplit(target)
    except ValueError:
        return None, ""
    if address.scheme or address.netloc or not address.path or address.path.startswith("/"):
        return None, ""
    place = posixpath.normpath(posixpath.join(folder, unquote(address.path)))
    return known.get(place.casefold()), unquote(address.fragment)


def wanted_places(files: Sequence[File]) -> list[frozenset[str]]:
    """For each file the names of the places in it that links of the others lead to."""
    wanted: list[set[str]] = [set() for _ in files]
    for number in range(len(files)):
        for link in links_of(files, number):
            if link.fragment:
                wanted[link.to].add(link.fragment)
    return [frozenset(names) for names in wanted]


def in_order(files: Sequence[File]) -> Chapters:
    """The files as one work: the index first, then the others as it links to them, then those that it does not name
    by their names: a preface before the numbered chapters, an appendix after them, notes last.
    """
    index = index_of(files)
    linked: list[int] = []
    if index is not None:
        linked = list(dict.fromkeys(link.to for link in links_of(files, index) if link.to != index))
    rest = [number for number in range(len(files)) if number != index and number not in linked]
    rest.sort(key=lambda number: (_position(files[number].stem), natural(files[number].place)))
    order = ([] if index is None else [index]) + linked + rest
    certainty = BY_LINKS if linked else BY_NAMES
    return Chapters(tuple(files[number] for number in order), index is not None, certainty)


def index_of(files: Sequence[File]) -> int | None:
    """The number of the file that links to most of the others, and to more of them than they do; or ``None``."""
    if len(files) < FEWEST:
        return None
    reach = [len({link.to for link in links_of(files, number)}) for number in range(len(files))]
    ranked = sorted(range(len(files)), key=lambda n: (files[n].stem.casefold() not in INDEX_NAMES, -reach[n], n))
    best = ranked[0]
    named = files[best].stem.casefold() in INDEX_NAMES
    if not named:
        best = max(range(len(files)), key=reach.__getitem__)
    enough = reach[best] >= max(1 if named else FEWEST, SHARE * (len(files) - 1) if not named else 1)
    alone = named or sorted(reach)[-2] < reach[best]
    return best if enough and alone else None


def _position(stem: str) -> int:
    """Where a chapter stands by what its name says: before the numbered ones, among them, after them, at the end."""
    if NOTES_NAMES.match(stem):
        return 3
    return 0 if FIRST_NAMES.match(stem) else 2 if LAST_NAMES.match(stem) else 1


def natural(name: str) -> tuple[tuple[int, str, int], ...]:
    """A key to sort names by, in which numbers count as numbers."""
    pieces = re.split(r"(\d{1,18})", name.casefold())
    return tuple((1, "", int(each)) if each.isdecimal() else (0, each, 0) for each in pieces if each)


# --- Noticing -------------------------------------------------------------------------------------


def chapters_of(files: Sequence[File]) -> Chapters | None:
    """The chapters of one work among files that were given together, or ``None`` where they are none.

    All lie in one folder; an index links to most of them, or their names are one word with numbers and their pages
    agree whose work they are. Pages that each have a date of their own are texts of their own: letters, articles.
    """
    if len(files) <= FEWEST or len({posixpath.dirname(file.place) for file in files}) > 1:
        return None
    chapters = in_order(files)
    others = chapters.files[1:] if chapters.has_index else chapters.files
    if _are_dated_apart(others):
        return None
    if chapters.has_index:
        index = files.index(chapters.files[0])
        named = {link.to for link in links_of(files, index)}
        return chapters if len(named) >= max(FEWEST, SHARE * len(others)) else None
    stems = Counter(match[1].casefold() for file in files if (match := NUMBERED.fullmatch(file.stem)))
    same = stems.most_common(1)[0][1] if stems else 0
    return chapters if same > FEWEST and same >= SHARE * len(files) and _agree(files) else None


def _are_dated_apart(files: Sequence[File]) -> bool:
    """Whether the pages say that they were written at different times."""
    days = [file.edition.header.value("written") for file in files]
    return len({day for day in days if day}) > 1


def _agree(files: Sequence[File]) -> bool:
    """Whether the pages name one author, or no two of them differ."""
    named = [{_level(each) for each in file.edition.header.all("author")} for file in files]
    stated = [names for names in named if names]
    return not stated or bool(set.intersection(*stated))


def _level(statement: Statement) -> str:
    return plain(statement.value).casefold().strip(" .:")
