"""Who had a hand in a text: the names in a line of the record, without its small words and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pressmark.languages import terms
from pressmark.model.header import PEOPLE
from pressmark.record.edtf import read_dates
from pressmark.record.labels import label_fields

PARTING = re.compile(r"[,;/&()\[\]]|(?<=\s)(?:and|und|et|y|и|e|sowie)(?=\s)|\s[–—-]\s")
BY = re.compile(r"(?<!\w)(?:by|von|par|por|durch)(?=\s)", re.IGNORECASE)
PARTICLES = frozenset("de von van der den del della la le di du da dos zu af of the für des ibn bin al el и".split())
HONOURS = re.compile(r"(?:the\s+late|comrade|prof\.|dr\.|mr\.?|mrs\.?)\s+(?=\S)", re.IGNORECASE)
CONJUNCTIONS = frozenset("& and und et y и e sowie".split())
LONGEST_NAME = 80
ASIDE = frozenset("for in from at für pour para для online with mit".split())
"""After these a name is not that of one who took part."""


@dataclass(frozen=True, slots=True)
class People:
    """The people of a line: ``parts`` are their names and the dates, as they stand there one after another.

    ``normal`` is the EDTF form of the dates. ``whole`` is true where every word is accounted for, and
    ``impossible`` where a date cannot be.
    """

    parts: tuple[tuple[str, str], ...]
    normal: str
    whole: bool
    impossible: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The names alone."""
        return tuple(words for name, words in self.parts if name == "name")


def people_in(words: str, field: str = "", *, day_first: bool = False) -> People:
    """The names and dates of a line such as ``by Tim Delaney and B. Baggins (July 1995)``.

    ``field`` is what the people of the line are: one who is said to be something else is not among them
    (``edited by Frederick Engels`` among translators); see ``asides_in``.
    """
    reading = read_dates(words, day_first=day_first)
    asides = list(asides_in(words)) if field else []
    told = [(each.start, each.named) for each in asides if each.field == field]
    own = {start for start, _ in told}
    others = [(each.start, each.end) for each in asides if each.field != field and each.start not in own]
    hidden = _hidden(words, [*((each.start, each.end) for each in reading.dates), *others, *told])
    spans = [(start, end, "name") for start, end in _names(hidden)]
    spans += [(each.start, each.end, "date") for each in reading.dates if each.normal]
    spans.sort()
    rest = _hidden(words, [*others, *told])
    for start, end, _ in reversed(spans):
        rest = rest[:start] + " " + rest[end:]
    small = terms("record.toml", "by") | terms("record.toml", "weak")
    left = [word for word in re.findall(r"\w+", rest.lower()) if word not in small]
    named = any(kind == "name" for _, _, kind in spans)
    if left and not named:
        return People((), "", whole=False, impossible=False)  # the date of something else: “written in German in 1885”
    parts = tuple((kind, words[start:end]) for start, end, kind in spans)
    return People(parts, reading.normal, named and not left, reading.impossible)


@dataclass(frozen=True, slots=True)
class Aside:
    """A clause that says what somebody did: its field, its place, and where the names in it begin."""

    field: str
    start: int
    end: int
    named: int


def asides_in(words: str) -> Iterator[Aside]:
    """What a line says by the way of people: each ``edited by …``, ``scanned … by …``.

    A clause goes from the word that says what was done, which stands at most eight words before its “by”, to the
    end of the sentence. One that says two things (``edited and translated by …``) is given for each of them.
    """
    after = 0
    for by in BY.finditer(words):
        if by.start() < after:
            continue
        begin = _clause(words, after, by.start())
        told = list(re.finditer(r"\w+", words[begin : by.start()]))[-8:]
        done = [(word.start(), _done(word.group(), by.group(), beside=word is told[-1])) for word in told]
        start = next((begin + at for at, field in done if field), begin)
        for field in dict.fromkeys(field for _, field in done if field):
            stop = CLAUSE_END.search(words, by.end())
            after = stop.start() if stop else len(words)
            yield Aside(field, start, after, by.end())


def _clause(words: str, after: int, by: int) -> int:
    """Where the clause of a “by” begins; deeds parted by commas (``Transcribed, edited & formatted by``) are one."""
    begin = max(after, max(words.rfind(mark, after, by) for mark in (". ", "; ", "(")) + 1)
    comma = words.rfind(", ", begin, by)
    while comma >= 0:
        before = re.search(r"\w+\Z", words[begin:comma])
        if before is None or not _done(before.group(), "", beside=False):
            return comma + 1
        comma = words.rfind(", ", begin, comma)
    return begin


CLAUSE_END = re.compile(r"(?<=[^\W\d_]{2})\.(?=\s|$)|[;)]|,(?=\s[^\W\d_]+\s+by\s)")


def _done(word: str, by: str, *, beside: bool) -> str:
    """The field of a word for a deed (``scanned``): that of its label alone, or with the “by” that it stands beside."""
    known = None if word.lower() in terms("record.toml", "by") else label_fields(word)
    if beside and not (known and known[1] == "exact"):
        known = label_fields(f"{word} {by}")
    fields = known[0] if known and known[1] == "exact" else ()
    return fields[0] if fields and fields[0] in PEOPLE else ""


def _names(hidden: str) -> Iterator[tuple[int, int]]:
    """Where the names stand, in order; two first names with one family name are one stretch."""
    at = 0
    first: tuple[int, int] | None = None
    for mark in [*PARTING.finditer(hidden), None]:
        end = mark.start() if mark else len(hidden)
        name = _name(hidden, at, end)
        if name and hidden[slice(*name)].lower() not in terms("citation.toml", "places"):
            shared = first is not None and len(hidden[slice(*name)].split()) > 1 and not hidden[at : name[0]].strip()
            if first is not None and not shared:
                yield first
            name = (first[0], name[1]) if first is not None and shared else name
            alone = mark is not None and mark.group().strip() in CONJUNCTIONS and not shared
            first = name if alone and _is_first_name(hidden[slice(*name)]) else None
            if first is None:
                yield name
        at = mark.end() if mark else end


def _is_first_name(words: str) -> bool:
    return words.lower() in terms("names.toml", "given")


def _hidden(words: str, spans: Iterable[tuple[int, int]]) -> str:
    """The words with brackets in place of what stands in the spans, so that no name goes across one."""
    for start, end in spans:
        words = words[:start] + "(" * (end - start) + words[end:]
    return words


def _name(words: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of the name in a stretch of a line: what follows the last “by”, from its first capital letter on."""
    by = list(BY.finditer(words, start, end))
    if by and _is_by(words[start : by[-1].start()], by[-1].group()):
        start = by[-1].end()
    tokens = [(match.start(), match.end()) for match in re.finditer(r"\S+", words[start:end])]
    tokens = [(a + start, b + start) for a, b in tokens]
    if tokens and not by and words[tokens[0][0] : tokens[0][1]] in ASIDE:
        return None
    while tokens and not is_capital(words[tokens[0][0] : tokens[0][1]]):
        tokens.pop(0)
    if not tokens:
        return None
    if honour := HONOURS.match(words, tokens[0][0], end):
        return _name(words, honour.end(), end)
    last = 0
    for number, (a, b) in enumerate(tokens):
        word = words[a:b]
        if is_capital(word):
            last = number
        elif word.lower().rstrip(".") not in PARTICLES:
            break
    begin, stop = tokens[0][0], tokens[last][1]
    stop = begin + len(_trimmed(words[begin:stop]))
    return (begin, stop) if 0 < stop - begin <= LONGEST_NAME else None


def _is_by(before: str, by: str) -> bool:
    """Whether a “by” leads to a name; “von” and its like may be a part of it, if only names are before them."""
    if by.lower() in ("by", "durch"):
        return True
    told = BY.sub("", before, count=1).split() if BY.match(before.strip()) else before.split()
    return not told or any(word.islower() and word not in PARTICLES - {"de", "del"} for word in told)


def is_capital(word: str) -> bool:
    """Whether a word may begin a name: its first letter is a capital, or of a script that has none, or it is an
    address of electronic mail.
    """
    letter = next((each for each in word if each.isalnum()), "")
    return "@" in word.strip("@") or (letter.isalpha() and not letter.islower())


def _trimmed(name: str) -> str:
    """A name without the full stop of its sentence; that of an initial stays."""
    name = name.rstrip(" ,;:")
    if name.endswith("..") or (name.endswith(".") and len(name.split()[-1].strip(".").split(".")[-1]) > 1):
        name = name[:-1]
    return name
