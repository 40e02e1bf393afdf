"""Pages of a text without form feeds, as many archives serve it: known by page numbers that go up by one.

Numbered sections go up by one, too. What tells a page's number is that it stands in the middle of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pressmark.readers.rows import bare, readings

NUMBERED = re.compile(r"^[^\S\n]*[^\w\n]{0,3}\d|\d[^\w\n]{0,3}$", re.MULTILINE)
"""A line that begins or ends with a figure."""

WIDEST = 90
"""A page number's line has no more characters than this."""

SHORTEST_PAGE, LONGEST_PAGE = 200, 15_000
"""Between two page numbers that follow one another stand so many characters."""

MISSED = 4
"""A sequence goes on after as many as this, less one, were not read."""

LEAST = 4
"""So many page numbers make a sequence."""

WITHIN = 0.3
"""At least this share of page numbers stand within a sentence."""

ENDED = re.compile(r"[.!?…:;][\"'”’»)\]*\d†‡]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Bearer:
    """A line that may bear a page number: ``start`` and ``end`` in the text, the number, and its other words."""

    start: int
    end: int
    value: int
    other: str


def page_breaks(text: str) -> list[int]:
    """The offsets at which a page begins, of a text whose page numbers show that; else none."""
    chain = _longest(_bearers(text))
    if len(chain) < LEAST or chain[-1].end - chain[0].start < 0.4 * len(text):
        return []
    if sum(_is_within_sentence(text, bearer) for bearer in chain) < WITHIN * len(chain):
        return []
    return [_begins(text, bearer, at_top) for at_top in [_at_top(text, chain)] for bearer in chain]


def _bearers(text: str) -> list[Bearer]:
    """Every line with a blank one above or below it that may be, or may hold, a page number."""
    found: list[Bearer] = []
    last = -1
    for match in NUMBERED.finditer(text):
        start = text.rfind("\n", 0, match.start() + 1) + 1
        if start == last:
            continue
        last = start
        end = text.find("\n", match.start() + 1)
        end = len(text) if end < 0 else end
        words = text[start:end].strip() if end - start < 2 * WIDEST else ""
        if not 0 < len(words) <= WIDEST or not (_blank_above(text, start) or _blank_below(text, end)):
            continue
        for part in readings(words):
            if not part.number.roman:
                found.append(Bearer(start, end, part.number.value, words[part.start : part.end]))
    return found


def _blank_above(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start].strip()


def _blank_below(text: str, end: int) -> bool:
    after = text.find("\n", end + 1)
    return not text[end : after if after >= 0 else len(text)].strip()


def _longest(bearers: Sequence[Bearer]) -> list[Bearer]:
    """The longest sequence of lines whose numbers go up by one, or by a little more where some were not read."""
    last: dict[int, int] = {}
    length: list[int] = []
    before: list[int] = []
    for index, bearer in enumerate(bearers):
        best, previous = 0, -1
        for step in range(1, MISSED + 1):
            candidate = last.get(bearer.value - step, -1)
            if candidate >= 0 and length[candidate] > best and _far_enough(bearers[candidate], bearer, step):
                best, previous = length[candidate], candidate
        length.append(best + 1)
        before.append(previous)
        known = last.get(bearer.value, -1)
        if known < 0 or length[known] <= best + 1:
            last[bearer.value] = index
    chain: list[Bearer] = []
    at = max(range(len(length)), key=length.__getitem__, default=-1)
    while at >= 0:
        chain.append(bearers[at])
        at = before[at]
    return chain[::-1]


def _far_enough(one: Bearer, other: Bearer, step: int) -> bool:
    return SHORTEST_PAGE * step <= other.start - one.end <= LONGEST_PAGE * step


def _is_within_sentence(text: str, bearer: Bearer) -> bool:
    """Whether the text before a line and after it, two lines at most, run on into one another."""
    before = text[max(0, bearer.start - 400) : bearer.start].rstrip().split("\n")
    after = text[bearer.end : bearer.end + 400].split("\n")
    first = next((line.strip() for line in after if line.strip() and not line.strip().isupper()), "")
    last = next((line for line in reversed(before) if line.strip() and not line.strip().isupper()), "")
    return bool(last) and not ENDED.search(last) and first[:1].islower()


def _at_top(text: str, chain: Sequence[Bearer]) -> bool:
    """Whether the numbers stand at the top of their pages: with a running head, or with more white above."""
    headed = sum(1 for bearer in chain if bare(bearer.other))
    if headed >= 0.3 * len(chain):
        return True
    above = sum(len(_white(text[: bearer.start][-200:][::-1])) for bearer in chain)
    below = sum(len(_white(text[bearer.end : bearer.end + 200])) for bearer in chain)
    return above > below


def _white(words: str) -> str:
    return words[: len(words) - len(words.lstrip())].replace(" ", "")


def _begins(text: str, bearer: Bearer, at_top: bool) -> int:
    return bearer.start if at_top else min(len(text), bearer.end + 1)
