"""What an archive shows of a text without showing the text: a line in its lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pressmark.exporters.outline import words_of
from pressmark.languages import LANGUAGES
from pressmark.languages.script import UNKNOWN, direction, language_by_letters
from pressmark.model.edition import Edition
from pressmark.model.header import Header, same_person
from pressmark.model.text import Block, Container

YEAR = re.compile(r"(?<!\d)(1\d\d\d|20\d\d)(?!\d)(?:\s*[–/-]\s*((?:1\d|20)?\d\d)(?!\d|-\d))?")
"""A year, or a first and a last one, the last perhaps cut to two digits."""
EDTF_YEAR = re.compile(r"(?<![\dX-])(\d{3}[\dX]|\d\dXX)(?![\dX])")
"""A year of an EDTF date; it stands first in each date of it."""

UNSURE = 0.5
"""A statement that is less likely than this is shown only where there is no other."""

OPENING = 110
SHORTEST_OPENING = 20

RUNNING = frozenset(("p", "l", "head", "ab", "cell", "item"))
"""Leaves whose words count."""

APART = frozenset(("front", "note", "figure", "epigraph", "argument", "table", "opener"))
"""Containers in which no text begins."""

UNSPACED = frozenset("bo dz ja km lo my th zh".split())
"""Languages written without spaces between words (their BCP 47 primary tags): their letters are counted."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A text as lists show it.

    ``year`` is that of writing, or else of printing, empty where neither is known; ``years`` is the same as lists
    print it, which may be several (``1911–12``). ``words`` counts the running words, or the letters of a language
    that has no spaces between words; ``opening`` is how the text begins.
    """

    pressmark: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    year: str
    language: str
    words: int
    opening: str
    years: str = ""

    @property
    def direction(self) -> str:
        """``rtl`` for a language written from right to left, else ``ltr``."""
        return direction(self.language)

    @property
    def length(self) -> str:
        """The length in words, such as “5,442 words”; empty for a text without any."""
        noun = "character" if self.language.split("-")[0] in UNSPACED else "word"
        return f"{self.words:,} {noun}{'' if self.words == 1 else 's'}" if self.words else ""

    @property
    def collection(self) -> str:
        """The pressmark without its last part."""
        return self.pressmark.rpartition("/")[0]


def listing(edition: Edition, *, pressmark: str = "", language: str = "en") -> Listing:
    """The line that lists an edition; ``language`` is the archive's, where the text states none."""
    header = edition.header
    running = [leaf.text for leaf in edition.leaves() if leaf.name in RUNNING]
    language = language_of(edition, language)
    return Listing(
        pressmark or header.pressmark,
        header.value("title", "Untitled"),
        header.value("subtitle"),
        authors_of(header),
        year_of(header),
        language,
        _length(running, language),
        opening_of(edition),
        years_of(header),
    )


def authors_of(header: Header) -> tuple[str, ...]:
    """The authors that the record states, each once, in the form that comes first; the family name alone is none
    beside a fuller form.

    What a person states goes before all else. One of whom the record is not sure is not among them where others
    are known, and not at all where he is also said to have made the page: the ``author`` that an HTML page declares
    is often its maker.
    """
    persons = {hand.id for hand in header.hands if hand.kind == "person"}
    if decided := [each.value for each in header.all("author") if each.resp in persons]:
        return tuple(dict.fromkeys(decided))
    makers = " ".join(each.value for field in ("transcriber", "encoder", "proofreader") for each in header.all(field))
    stated = [each for each in header.all("author") if each.probability >= UNSURE or each.value not in makers]
    sure = [each for each in stated if each.probability >= UNSURE]
    names = [name for each in sure or stated for name in each.persons]
    found: list[str] = []
    for name in names:
        if not any(same_person(name, other) for other in found):
            found.append(_fuller(name, names) if " " not in name else name)
    return tuple(found)


def _fuller(name: str, names: Iterable[str]) -> str:
    """The first of the names that is this one with first names."""
    return next((other for other in names if " " in other and same_person(name, other)), name)


def opening_of(edition: Edition) -> str:
    """How the text begins, cut between words: its first paragraph, or the first lines of its first stanza."""
    said = {_bare(statement.value) for statement in edition.header.statements}
    for block in _prose(edition.text):
        if isinstance(block, Container):
            return _cut(" / ".join(words_of(child) for child in block.children if child.name == "l"))
        words = words_of(block)
        if len(words) > SHORTEST_OPENING and _bare(words) not in said:
            return _cut(words)
    return ""


def _prose(block: Block) -> Iterator[Block]:
    """Paragraphs and stanzas of the running text."""
    if block.name == "p" or (block.name == "lg" and any(child.name == "l" for child in _held(block))):
        yield block
    elif block.name not in APART:
        for child in _held(block):
            yield from _prose(child)


def _held(block: Block) -> tuple[Block, ...]:
    return block.children if isinstance(block, Container) else ()


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _cut(words: str) -> str:
    if len(words) <= OPENING:
        return words.rstrip(" .…")
    short = words[:OPENING].rpartition(" ")[0] or words[:OPENING]
    return short.rstrip(" /,;:.–—…")


def _length(texts: Iterable[str], language: str) -> int:
    if language.split("-")[0] in UNSPACED:
        return sum(letter.isalnum() for text in texts for letter in text)
    return sum(len(text.split()) for text in texts)


def year_of(header: Header) -> str:
    """The year of writing, or else of publication, that the record states; empty where it states none.

    Of a decade, which is known as ``192X`` only, it is the first.
    """
    first, _ = _years(header)
    return first.replace("X", "0")


def years_of(header: Header) -> str:
    """The same as lists print it: with the year in which the writing ended, where the record states both."""
    first, last = _years(header)
    if not last or not last > first:
        return f"{first.replace('X', '0')}s" if first.endswith("X") else first
    return f"{first}–{last[2:] if last[:2] == first[:2] else last}"


def _years(header: Header) -> tuple[str, str]:
    """The first and the last year of the first statement that names any; the last may be empty. One of which the record
    is not sure comes after all others.
    """
    stated = [each for field in ("written", "published", "printed_source") for each in header.all(field)]
    for unsure in (False, True):
        for statement in (each for each in stated if (each.probability < UNSURE) == unsure):
            found = EDTF_YEAR.findall(statement.normal)
            if "/" in statement.normal and found:
                return found[0], found[-1]
            match = YEAR.search(statement.value)
            if match and (not found or match[1] == found[0]):
                last = match[2] or ""
                return match[1], match[1][: 4 - len(last)] + last if last else ""
            if found:
                return found[0], ""
    return "", ""


def language_of(edition: Edition, default: str) -> str:
    """The language of the text (BCP 47): as a person states it, else as the surest statement has it, else as its
    letters tell it, or ``default``.

    A text whose words are those of no known language is not in ``default``, where that is one that would be known.
    """
    stated = [each for each in edition.header.all("language") if each.normal]
    persons = {hand.id for hand in edition.header.hands if hand.kind == "person"}
    if decided := [each.normal for each in stated if each.resp in persons]:
        return decided[0]
    known = [each for each in stated if each.normal != UNKNOWN]
    if known:
        return max(known, key=lambda each: each.probability).normal
    if given := edition.text.get("xml:lang"):
        return given
    unlike = stated and default.split("-")[0] in LANGUAGES
    return language_by_letters((leaf.text for leaf in edition.leaves()), UNKNOWN if unlike else default)
