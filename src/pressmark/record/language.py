"""The language of a text, known by its small words.

Every language that Pressmark knows has a list of small words (``languages/*/profile.toml``), and so have some that it
does not know but that share words with those (``languages/others.toml``). A text is in the language whose words are
most of its words, if they are as many as in any text of that language. Anything else is in a language that is not
known: ``und``, not the nearest one.

After Grefenstette 1995, “Comparing two language identification schemes”: for texts of more than fifty words small words
do as well as trigrams. A library with a trained model (fastText's among them) always names some language; what matters
here is to say when none is known, and no compiled part is worth that.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pressmark.languages import LANGUAGES, other_words, tables
from pressmark.languages.script import UNKNOWN, language_by_letters

WORD = re.compile(r"[^\W\d_]+")
ENOUGH = 20_000
"""So many words of a text are looked at."""

FEWEST = 20
"""Fewer words tell nothing."""

AHEAD = 3
"""So many more small words than any other language must have."""

COVERED = 0.27
"""The share of small words that a text of a known language has at least; in its relatives they are fewer."""

SPARSE = 0.2
"""The same for a list of headings or a table, if no other language has half as many."""

LEAST = 0.3
BY_LETTERS = 0.8
"""How sure a language is that letters tell, which others may be written with, too."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as a BCP 47 tag, and the probability that it is that."""

    tag: str
    sure: float


@cache
def _profiles() -> dict[str, frozenset[str]]:
    known = {tag: frozenset(table["words"]) for tag, table in zip(LANGUAGES, tables("profile.toml"), strict=True)}
    return known | {tag: frozenset(words) for tag, words in other_words().items()}


def language_in(texts: Iterable[str]) -> Tongue | None:
    """The language in which most of some texts is written; ``None`` where there are too few words to tell.

    Only the first ``ENOUGH`` words count.
    """
    held = list(_first(texts))
    told = language_by_letters(held, "")
    if told and not told.startswith(UNKNOWN):
        return Tongue(told, BY_LETTERS)
    words = [word.lower() for text in held for word in WORD.findall(text)][:ENOUGH]
    if len(words) < FEWEST:
        return None
    counted = Counter(words)
    hits = {tag: sum(counted[word] for word in profile) for tag, profile in _profiles().items()}
    (best, most), (_, next_) = Counter(hits).most_common(2)
    least = SPARSE if most >= 2 * next_ + AHEAD else COVERED
    doubtful = most < least * len(words) or most - next_ < AHEAD
    if best not in LANGUAGES or doubtful:
        return Tongue(UNKNOWN, LEAST)
    return Tongue(best, _sure(most, next_))


def _first(texts: Iterable[str]) -> Iterator[str]:
    """The texts, as far as they are looked at: a word has some letters."""
    left = ENOUGH * 8
    for text in texts:
        if left <= 0:
            return
        yield text[:left]
        left -= len(text)


def _sure(most: int, next_: int) -> float:
    """How sure a language is by how many more of its small words there are than of any other's."""
    return 1 - 0.5 * 0.8 ** (most - next_)
