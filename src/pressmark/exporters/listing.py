"""What an archive shows of a text without showing the text: a line in its lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pressmark.exporters.outline import words_of
from pressmark.exporters.script import direction, language_by_letters
from pressmark.model.edition import Edition
from pressmark.model.header import Header
from pressmark.model.text import Block, Container

SAID = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d)(?:\s*[–/-]\s*((?:1\d|20)?\d\d)(?!\d|-\d))?")
"""A year in words, or a first and a last one, the last perhaps cut to two digits."""

EDTF = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d)(?:[^/]*/(1\d{3}|20\d\d)(?!\d))?")
"""The same in the form for machines, where ``1911-12`` is a month (ISO 8601-2)."""

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
    """The authors that the record states, each once.

    What a person states goes before all else.
    One who is stated with low certainty and is also said to have transcribed or marked up the text is not
    among them: the ``author`` that an HTML page declares is often its maker.
    """
    persons = {hand.id for hand in header.hands if hand.kind == "person"}
    if decided := [each.value for each in header.all("author") if each.resp in persons]:
        return tuple(dict.fromkeys(decided))
    makers = " ".join(each.value for field in ("transcriber", "encoder", "proofreader") for each in header.all(field))
    stated = [each for each in header.all("author") if each.cert != "low" or each.value not in makers]
    sure = [each for each in stated if each.cert != "low"]
    return tuple(dict.fromkeys(statement.value for statement in sure or stated))


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
    """The year of writing, or else of publication, that the record states; empty where it states none."""
    found = _year(header)
    return found[1] if found else ""


def years_of(header: Header) -> str:
    """The same as lists print it: with the year in which the writing ended, where the record states both."""
    found = _year(header)
    if not found:
        return ""
    first, last = found[1], found[2] or ""
    last = last if int(first[: 4 - len(last)] + last) > int(first) else ""
    return f"{first}–{last[-2:] if last[:-2] in ('', first[:2]) else last}" if last else first


def _year(header: Header) -> re.Match[str] | None:
    """The first year stated; where the value names several years and its form for machines one, the value's."""
    for field in ("written", "published", "printed_source"):
        for statement in header.all(field):
            both = (EDTF.search(statement.normal), SAID.search(statement.value))
            found = [match for match in both if match]
            if found:
                return next((match for match in found if match[1] == found[0][1] and match[2]), found[0])
    return None


def language_of(edition: Edition, default: str) -> str:
    """The language of the text (BCP 47): as the record states it, or as its letters tell it, or ``default``."""
    for statement in edition.header.all("language"):
        if statement.normal:
            return statement.normal
    stated = edition.text.get("xml:lang")
    return stated or language_by_letters((leaf.text for leaf in edition.leaves()), default)
