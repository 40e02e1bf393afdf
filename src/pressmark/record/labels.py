"""The labels of record lines (``Written:``, ``Transcribed/HTML Markup:``), known by what they mean.

A label is sought in the lists of ``languages/*/record.toml``; then by its parts; then without the marks and small
words that vary; at last among those that differ from it in one letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from pressmark.languages import record_labels, terms
from pressmark.page import JOINED
from pressmark.record.edtf import dates_in

How = Literal["exact", "parts", "similar"]

LONGEST = 60
"""A label is not longer than this (characters)."""

LONGEST_LINE = 2000
"""A line of the record is not longer than this (characters)."""

CLOSE_LENGTH = 6
"""A label of so many letters may have one of them wrong."""

COLON = re.compile(r"\s?[:：](?=\s|$|[\w“\"«(])(?!//)")
WORD = re.compile(r"\S+")
NOT_LETTERS = re.compile(r"[^\w/&]+")
BY = frozenset("by from von aus nach par por de по".split())
"""A label that ends with one of these, or is followed by one, may do without its colon."""

CLOSING = {"[": "]", "(": ")"}
INNER_WORDS = 4
"""A label within a line has so many words at most."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled piece of a record line.

    ``fields`` are the fields that its label states, often one, two for ``Transcribed/HTML Markup``. ``start`` and
    ``end`` are the place of the value in the line (code points, half-open), without white space, and without the
    semicolon that parts it from the next. ``how`` tells by what the label was known.
    """

    fields: tuple[str, ...]
    label: str
    value: str
    start: int
    end: int
    how: How


def label_fields(label: str) -> tuple[tuple[str, ...], How] | None:
    """The fields that a label states, and by what it was known; ``None`` for what is no label of a record."""
    if not label or len(label) > LONGEST:
        return None
    return _label_fields(" ".join(label.lower().replace("’", "'").split()))


def _exact_fields(label: str) -> tuple[str, ...]:
    """The fields of a label that is known as it stands, or whose parts all are."""
    parts = [part for part in JOINED.split(label) if part]
    known = [_exact(part) for part in parts]
    if len(parts) > 1 and all(known):
        return tuple(dict.fromkeys(known))
    return (exact,) if (exact := _exact(label)) else ()


@lru_cache(4096)
def _label_fields(label: str) -> tuple[tuple[str, ...], How] | None:
    exact = _exact(label)
    parts = [part for part in JOINED.split(label) if part]
    if len(parts) > 1:
        known = [_exact(part) or _loose(part) for part in parts]
        fields = tuple(dict.fromkeys(field for field in known if field))
        if len(fields) > 1 or (fields and all(known) and not exact):
            return fields, "exact" if all(map(_exact, parts)) else "parts"
    if exact:
        return (exact,), "exact"
    if field := _loose(label):
        return (field,), "parts"
    if field := _similar(label):
        return (field,), "similar"
    return None


@cache
def _known() -> dict[str, str]:
    labels = record_labels() | dict.fromkeys(terms("record.toml", "updated"), "online_version")
    return {label.replace("’", "'"): field for label, field in labels.items()}


@cache
def _bare() -> dict[str, str]:
    """The labels without hyphens and spaces: ``on-line version`` and ``online version`` are one."""
    found: dict[str, str] = {}
    for label, field in _known().items():
        found.setdefault(_letters(label), field)
    return found


def _letters(label: str) -> str:
    return "".join(filter(str.isalnum, label))


def _exact(label: str) -> str:
    return _known().get(label) or _known().get(label.rstrip(".")) or _bare().get(_letters(label), "")


@cache
def _weak() -> frozenset[str]:
    return terms("record.toml", "weak")


def _loose(label: str) -> str:
    """The field of a label that holds a known one, and beside it only words that do not change what it states."""
    words = NOT_LETTERS.sub(" ", label).split()
    if len(words) > 7:
        return ""
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            rest = words[:start] + words[start + length :]
            field = _bare().get("".join(words[start : start + length]), "")
            if field and words[start] not in _weak() and all(word in _weak() for word in rest):
                return field
    return ""


def _similar(label: str) -> str:
    letters = _letters(label)
    if len(letters) < CLOSE_LENGTH:
        return ""
    alike = (each for length in (-1, 0, 1) for each in _by_length().get((letters[0], len(letters) + length), ()))
    return next((_bare()[known] for known in alike if is_near(letters, known)), "")


@cache
def _by_length() -> dict[tuple[str, int], list[str]]:
    """The bare labels that one wrong letter may hide, by their first letter and their length."""
    found: dict[tuple[str, int], list[str]] = {}
    for known in _bare():
        if len(known) >= CLOSE_LENGTH:
            found.setdefault((known[0], len(known)), []).append(known)
    return found


def is_near(words: str, other: str) -> bool:
    """Whether two words differ in one letter that is wrong, missing, too many, or changed places with the next."""
    if words == other:
        return True
    longer, shorter = (words, other) if len(words) >= len(other) else (other, words)
    if len(longer) - len(shorter) > 1 or longer[0] != shorter[0]:
        return False
    at = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    if len(longer) > len(shorter):
        return longer[at + 1 :] == shorter[at:]
    swapped = longer[at : at + 2] == shorter[at : at + 2][::-1] and longer[at + 2 :] == shorter[at + 2 :]
    return longer[at + 1 :] == shorter[at + 1 :] or swapped


def labelled_in(line: str) -> tuple[Labelled, ...]:
    """The labelled pieces of a line, in order; none where it does not begin with a label.

    A line may hold several (``Written: 1859 Publisher: Progress``), if each begins with a capital letter. A label
    may do without its colon at the start of the line (``Transcribed by Zodiac``). A piece without words is none.
    """
    if len(line) > LONGEST_LINE:
        return ()
    found = list(_labels(line))
    if not found:
        bare = _without_colon(line)
        found = [bare] if bare else []
    return tuple(piece for piece in _pieces(line, found) if piece.value)


@dataclass(frozen=True, slots=True)
class _Label:
    start: int
    end: int
    words: str
    fields: tuple[str, ...]
    how: How


def _labels(line: str) -> Iterator[_Label]:
    """The labels of a line that have a colon; nothing, unless it begins with one."""
    after = 0
    for number, colon in enumerate(COLON.finditer(line)):
        first = after == 0
        words = list(WORD.finditer(line, after, colon.start()))
        label = _first(line, words, colon) if first else _inner(line, words, colon)
        if label is None:
            if first and number == 0:
                return
            continue
        yield label
        after = colon.end()


def _first(line: str, words: list[re.Match[str]], colon: re.Match[str]) -> _Label | None:
    if not words:
        return None
    start = words[0].start() + (line[words[0].start()] in "[(*•·")
    label = line[start : colon.start()].strip("[]()* ")
    known = label_fields(label)
    return _Label(0, colon.end(), label, *known) if known else None


def _inner(line: str, words: list[re.Match[str]], colon: re.Match[str]) -> _Label | None:
    """A label after other words: the longest run before the colon that is one and begins with a capital."""
    for word in words[-INNER_WORDS:]:
        label = line[word.start() : colon.start()]
        if label[0].isupper() and (known := label_fields(label)) and known[1] != "similar":
            return _Label(word.start(), colon.end(), label, *known)
    return None


def _without_colon(line: str) -> _Label | None:
    if COLON.search(line, 0, LONGEST):
        return None
    words = list(WORD.finditer(line[: LONGEST + 20]))
    for count in range(min(5, len(words) - 1), 0, -1):
        start = words[0].start() + (line[words[0].start()] in "[(")
        label = line[start : words[count - 1].end()]
        fields = _exact_fields(" ".join(label.lower().replace("’", "'").split()))
        named = count > 1 and label.rpartition(" ")[2].lower() in BY
        if fields and label[:1].isupper() and (named or _says_more(line[words[count - 1].end() :])):
            return _Label(0, words[count - 1].end(), label, fields, "parts")
    return None


def _says_more(rest: str) -> bool:
    """Whether what follows a word shows that it is a label: a “by”, or a date."""
    first = rest.split(maxsplit=1)[0].lower()
    dates = dates_in(rest[:60])
    return first in BY or bool(dates and dates[0].start < 10)


def _pieces(line: str, labels: list[_Label]) -> Iterator[Labelled]:
    for label, after in zip(labels, [*labels[1:], None], strict=False):
        end = after.start if after else len(line)
        piece = line[label.end : end].rstrip().rstrip(";").rstrip()
        closing = CLOSING.get(line.lstrip()[:1], "")
        if closing and piece.endswith(closing) and line.lstrip()[0] not in piece:
            piece = piece[:-1].rstrip()
        value = piece.lstrip()
        start = label.end + len(piece) - len(value)
        yield Labelled(label.fields, label.words, value, start, start + len(value), label.how)
