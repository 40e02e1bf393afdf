"""What stands in a citation and is no part of it: the address of a publisher, and remarks on the source."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from pressmark.languages import terms

DISTRICT = re.compile(r"(?<=\w)[,\s]\s?(?:[NSEW]\.?\s?[CEW]\.?|[NSEWC](?=[.\d]))\.?\s?\d{0,2}(?=[\s,.;)]|$)")
"""A postal district after the name of its city: ``London E.C.``, ``London, W.C.1``."""

TELLING = 7
"""A sentence after the first that has so many words, most of them small, tells of something else."""

SENTENCE_END = re.compile(r"(?<=[\w)”»]{2})\.\s+(?=[^\W\d_])")


def remarks_in(words: str) -> Iterator[tuple[int, int]]:
    """The sentences after a citation (``Note that this version differs …``): their numbers are those of others."""
    ends = [match.end() for match in SENTENCE_END.finditer(words)]
    for start, end in itertools.pairwise([*ends, len(words)]):
        told = re.findall(r"[^\W\d_]+", words[start:end])
        if len(told) >= TELLING and sum(word.islower() for word in told) > len(told) / 2:
            yield start, end


@cache
def _street() -> re.Pattern[str]:
    """A house in a street, in the order of English and French (``7 Bell Street``) or of German (``Hauptstraße 12``)."""
    names = "|".join(sorted(map(re.escape, terms("citation.toml", "street")), key=len, reverse=True))
    ends = "|".join(sorted(map(re.escape, terms("citation.toml", "street_end")), key=len, reverse=True))
    house = r"(?<!\w)\d{1,3}[a-z]?(?:[-–]\d{1,3})?(?!\w)"
    word = r"[^\W\d_][\w’'.-]{0,30}"
    return re.compile(
        rf"{house},?\s(?:{word}\s){{0,4}}(?:{names})(?!\w)\.?(?:\s{word}(?=\s{word}|,)){{0,3}}"
        rf"|(?<!\w)(?:{names})\.?\s(?:{word}\s?){{1,3}},?\s{house}|(?<!\w)[^\W\d_]{{2,20}}(?:{ends})\.?\s{house}",
        re.IGNORECASE,
    )


def addresses_in(words: str) -> Iterator[tuple[int, int]]:
    """Where the streets and the postal districts of publishers stand."""
    yield from (match.span() for match in _street().finditer(words))
    for match in DISTRICT.finditer(words):
        before = re.split(r"[^\w .]", words[max(0, match.start() - 60) : match.start()])[-1].strip().lower()
        if before.rpartition(" ")[2] in terms("citation.toml", "places"):
            yield match.span()
