"""What an archive shows of a text without showing the text: a line in its lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pressmark.model.edition import Edition
from pressmark.model.header import Header
from pressmark.model.inventory import FURNITURE
from pressmark.model.text import Leaf

YEAR = re.compile(r"(?<!\d)(1\d\d\d|20\d\d)(?!\d)")
OPENING = 110
RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ku ps sd syr ug ur yi".split())
"""Languages written from right to left (their BCP 47 primary tags)."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A text as lists show it: ``year`` is that of writing, or else of printing, empty where neither is known;
    ``words`` counts the running words; ``opening`` is how the text begins."""

    pressmark: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    year: str
    language: str
    words: int
    opening: str

    @property
    def direction(self) -> str:
        """``rtl`` for a language written from right to left, else ``ltr``."""
        return "rtl" if self.language.split("-")[0] in RIGHT_TO_LEFT else "ltr"

    @property
    def collection(self) -> str:
        """The pressmark without its last part."""
        return self.pressmark.rpartition("/")[0]


def listing(edition: Edition, *, pressmark: str = "", language: str = "en") -> Listing:
    """The line that lists an edition; ``language`` is the archive's, where the text states none."""
    header = edition.header
    running = [leaf for leaf in edition.leaves() if leaf.name in ("p", "l", "head", "ab", "cell", "item")]
    prose = _prose(edition)
    return Listing(
        pressmark or header.pressmark,
        header.value("title", "Untitled"),
        header.value("subtitle"),
        authors_of(header),
        year_of(header),
        language_of(edition, language),
        sum(len(leaf.text.split()) for leaf in running),
        _cut(prose),
    )


def authors_of(header: Header) -> tuple[str, ...]:
    """The authors that the record states, each once.

    One who is stated with low certainty and is also said to have transcribed or marked up the text is not
    among them: the ``author`` that an HTML page declares is often its maker.
    """
    makers = " ".join(each.value for field in ("transcriber", "encoder", "proofreader") for each in header.all(field))
    stated = [each for each in header.all("author") if each.cert != "low" or each.value not in makers]
    sure = [each for each in stated if each.cert != "low"]
    return tuple(dict.fromkeys(statement.value for statement in sure or stated))


def _prose(edition: Edition) -> str:
    for part in edition.text.children:
        if part.name == "body":
            for block in Edition(edition.header, part if not isinstance(part, Leaf) else edition.text).leaves():
                if block.name in ("p", "l") and len(block.text) > 20 and block.get("type") not in FURNITURE:
                    return " ".join(block.text.split())
    return ""


def _cut(words: str) -> str:
    if len(words) <= OPENING:
        return words.rstrip(" .…")
    return words[:OPENING].rsplit(" ", 1)[0].rstrip(" ,;:.–—…")


def year_of(header: Header) -> str:
    """The year of writing, or else of publication, that the record states; empty where it states none."""
    for field in ("written", "published", "printed_source"):
        for statement in header.all(field):
            found = YEAR.search(statement.normal or statement.value)
            if found:
                return found[1]
    return ""


def language_of(edition: Edition, default: str) -> str:
    """The language of the text (BCP 47): as the record states it, or ``default``."""
    for statement in edition.header.all("language"):
        if statement.normal:
            return statement.normal
    return edition.text.get("xml:lang") or default
