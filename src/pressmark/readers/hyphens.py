"""Hyphens at line ends: which go when the line is joined, and which belong to their word.

The text itself is asked first: the word, joined or with its hyphen, may stand elsewhere in it. Then a list of the
language's words, then the form of the two parts. Either way the hyphen is ``pc``, ``weak`` where it goes and ``strong``
where it stays, and ``lb`` with ``break="no"`` stands where the next line of the print begins, unless a space belongs
there (“pre- and post-war”).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from pressmark.languages import LANGUAGES
from pressmark.languages.words import after_suspended, words
from pressmark.model.text import Block, Container, Inset, Leaf, Mark, attributes, inset
from pressmark.readers.layout import ENDS

HYPHENS = "-\u00ad\u2010¬"
DIVISION = re.compile(
    rf"(?<=\w)(?P<hyphen>[{HYPHENS}])(?P<join>\*?)[ \t]*(?:\r\n|[{ENDS}])\s*+(?P<sign>\*?)(?P<right>\w{{1,40}})"
)
"""A hyphen and a line end within a word; the asterisks are those of Distributed Proofreaders."""

BACKWARDS = re.compile(r"\w+(?:[-'’]\w+)*")
"""A word, and the hyphens that it has itself, read from its end."""

LONGEST = 40
"""A part of a word has so many letters at most."""

SUSPECT = re.compile(rf"[{HYPHENS}]\*?[ \t]*[{ENDS}]")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

SAMPLE = 500
"""By so many hyphens is a text judged."""

COMMON = 11
"""A word of English seen 2**COMMON times is one of its most common."""

LEAST_FIRST, LEAST_SECOND = 3, 6
"""The two parts of a compound are words of their own that are at least so common (the same measure)."""

ENDINGS = frozenset(
    "able ably age al ance ant ard ary ate cy dom ed ence ency er est ful fully hood ible ic ing ings ion ish ism ist "
    "ity ive ize less lessly ling ly man men ment ments ness or our ous ress ship some son ster tion tions ton tor ty "
    "ure ward wards ways wise".split()
)
"""Ends of words that are words, too, or look so."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the two parts are one word without the hyphen, and how sure that is (``high``, ``medium``, ``low``).

    Where ``suspended``, the second is a word of its own, as in “pre- and post-war”.
    """

    join: bool
    cert: str
    suspended: bool = False


class Divisions:
    """What a text says about its divided words."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def seen(self) -> Counter[str]:
        """How often each word, and each compound within a line, stands in the text."""
        return Counter(WORD.findall(self.text.casefold()))

    @cached_property
    def listed(self) -> dict[str, int]:
        """The list of English words, where most of the text's words are English; else empty."""
        english = words("en")
        total = sum(self.seen.values())
        common = sum(times for word, times in self.seen.items() if english.get(word, 0) >= COMMON)
        return english if common > 0.5 * total else {}

    @cached_property
    def habit(self) -> float:
        """The share of words that are one without the hyphen, of those that the text or the list knows.

        A text whose lines were broken at spaces, and at the hyphens that words have, has hardly any.
        """
        matches = islice(DIVISION.finditer(self.text), SAMPLE)
        known = [verdict.join for match in matches if (verdict := self._by_words(left_of(match), match["right"]))]
        return (sum(known) + 1) / (len(known) + 1)

    @cached_property
    def after_suspended(self) -> frozenset[str]:
        """The words after a hyphen that stands for the rest of a compound; the English ones in English only."""
        others = frozenset[str]().union(*(after_suspended(each) for each in LANGUAGES if each != "en"))
        return after_suspended("en") | others if self.listed else others

    def verdict(self, left: str, right: str) -> Verdict:
        """Whether ``left`` and ``right``, parted by a hyphen and a line end, are one word."""
        if not left[-1].isalpha() or not right[0].isalpha():
            return Verdict(False, "high")
        if known := self._by_words(left, right):
            return known
        if right in self.after_suspended:
            return Verdict(False, "medium", suspended=True)
        if right[0].isupper() and not left[-1].isupper():
            return Verdict(False, "medium")
        return self._by_form(left.casefold(), right.casefold())

    def _by_words(self, left: str, right: str) -> Verdict | None:
        """What the text says, or the list; ``None`` where neither knows the word."""
        whole = left.casefold()
        last, first = re.split("[-'’]", whole)[-1], right.casefold()
        joined, kept = last + first, (f"{last}-{first}", f"{whole}-{first}")
        if said := _weighed(self.seen[joined], max(self.seen[each] for each in kept)):
            return Verdict(said > 0, "high")
        if right[0].isupper() and not left[-1].isupper():
            return None
        listed = self.listed
        if said := _weighed(_times(listed, joined), max(_times(listed, each) for each in kept)):
            return Verdict(said > 0, "high" if abs(said) > 3 else "medium")
        return None

    def _by_form(self, left: str, right: str) -> Verdict:
        """A verdict on a word that nobody has seen: two words that stand alone make a compound."""
        if self.habit <= 0.2:
            return Verdict(False, "low")
        if right in ENDINGS or not self.listed:
            return Verdict(True, "low")
        left = re.split("[-'’]", left)[-1]
        one, other = self.listed.get(left, 0), self.listed.get(right, 0)
        return Verdict(not (_stands_alone(left, one, LEAST_FIRST) and _stands_alone(right, other, LEAST_SECOND)), "low")


def _stands_alone(word: str, times: int, least: int) -> bool:
    """Whether a part of a word is a word of its own; three letters often are one by chance."""
    return len(word) > 2 and times >= (least if len(word) > 3 else least + 3)


def _times(listed: dict[str, int], word: str) -> int:
    return 1 << listed[word] if word in listed else 0


def _weighed(joined: int, kept: int) -> float:
    """For the word as one above nothing, for its hyphen below; nothing where they are even.

    A word can be divided in several places, a compound is divided at its hyphen, so that a hyphen counts for more.
    """
    if joined == kept:
        return 0
    return (joined + 0.1) / (2 * kept + 0.1) if joined > 2 * kept else -(2 * kept + 0.1) / (joined + 0.1)


def with_hyphens(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with every hyphen at a line's end marked; ``text`` is the whole text, which is the evidence."""
    if SUSPECT.search(text) is None and not any(_suspicious(block) for block in blocks):
        return tuple(blocks)
    divisions = Divisions(text)
    return tuple(_marked(block, divisions) for block in blocks)


def _suspicious(block: Block) -> bool:
    return isinstance(block, Leaf) and bool(block.marks) and SUSPECT.search(block.text) is not None


def left_of(match: re.Match[str]) -> str:
    """The word before the hyphen of a ``DIVISION``, with the hyphens that it has itself."""
    start = match.start("hyphen")
    found = BACKWARDS.match(match.string[max(0, start - LONGEST) : start][::-1])
    assert found is not None
    return found.group()[::-1]


def _marked(block: Block, divisions: Divisions) -> Block:
    if isinstance(block, Container):
        return replace(block, children=tuple(_marked(child, divisions) for child in block.children))
    if block.name != "p":
        return block
    marks = [_inner(mark, divisions) for mark in block.marks]
    for match in DIVISION.finditer(block.text) if SUSPECT.search(block.text) else ():
        marks += _marks(match, divisions)
    return replace(block, marks=tuple(marks)) if marks else block


def _inner(mark: Mark, divisions: Divisions) -> Mark:
    if isinstance(mark, Inset) and mark.block is not None:
        return inset(mark.start, _marked(mark.block, divisions))
    return mark


def _marks(match: re.Match[str], divisions: Divisions) -> list[Mark]:
    verdict = divisions.verdict(left_of(match), match["right"])
    given = attributes(force="weak" if verdict.join else "strong", cert=verdict.cert)
    at = match.start("sign")
    marks = [Mark("pc", *match.span("hyphen"), attributes=given)]
    if not verdict.suspended:
        marks.append(Mark("lb", at, at, attributes=attributes(break_="no")))
    signs = [match.span(name) for name in ("join", "sign") if match[name]]
    return marks + [Mark("seg", *span, attributes=attributes(type="markup")) for span in signs]
