"""The frame of a Project Gutenberg e-text: licence before and after the text, and what it says of the book.

The frame was worded in many ways since 1991; the forms known here are those of the Etexts with their “small print”,
of the eBooks with START and END lines, and the closing lines of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from pressmark.model.header import SOURCE, Statement
from pressmark.model.text import Block, Leaf, plain

NAME = re.compile(r"Project\s+Gutenberg", re.IGNORECASE)

START = re.compile(
    r"^[^\S\n]*\*{2,3}[^\S\n]*START[^\S\n]+OF[^\S\n]+(?:THE|THIS)[^\S\n]+PROJECT[^\S\n]+GUTENBERG"
    r"[^\n*]*(?:\n[^\n*]+)?\**[^\S\n]*$"
    r"|^[^\S\n]*\*?END[^\n]{0,4}THE[^\S\n]+SMALL[^\S\n]+PRINT[^\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""The last line of the frame before the text."""

END = re.compile(
    r"^[^\S\n]*\*{2,3}[^\S\n]*END[^\S\n]+OF[^\S\n]+(?:THE|THIS)[^\S\n]+PROJECT[^\S\n]+GUTENBERG"
    r"|^[^\S\n]*(?:this[^\S\n]+is[^\S\n]+the[^\S\n]+)?end[^\S\n]+of[^\S\n]+(?:the|this)?[^\S\n]*project[^\S\n]+gutenberg(?:['’]s)?\b"
    r"|^[^\S\n]*\*{2,3}[^\S\n]*START:[^\S\n]+FULL[^\S\n]+LICENSE",
    re.MULTILINE | re.IGNORECASE,
)
"""The first line of the frame after the text."""

FARTHEST = 60_000
"""The frame before the text is shorter than this, and so is that after it (characters)."""

CREDIT = re.compile(
    r"\s*(?:(?:e-?(?:text|book)\s+)?(?:produced|prepared|transcribed|scanned|typed|digiti[sz]ed)\s+(?:and\s+\w+\s+)?(?:by|from)\b"
    r"|(?:this|the)\s+(?:e-?text|e-?book|file)\s+was\s+(?:produced|prepared|first\s+\w+|scanned|transcribed|created)\b"
    r"|credits?\s*:|distributed\s+proofreaders\b)",
    re.IGNORECASE,
)
"""How the paragraph begins that names those who made the e-text."""

TRANSCRIBER = re.compile(
    r"\s*[\[{(|*]*\s*(?:transcriber|transcription|proofreader|e-?text\s+editor)[’'s]*s?[’']?\s+notes?\b", re.IGNORECASE
)
BLANK_PAGE = re.compile(r"\[Blank Page\]\Z", re.IGNORECASE)

LABEL = re.compile(
    r"^[^\S\n]*([A-Z][A-Za-z ]{2,24}?)[^\S\n]*:[^\S\n]+(\S[^\n]*(?:\n[^\S\n]+(?![A-Z][A-Za-z ]{2,24}:)\S[^\n]*)*)",
    re.MULTILINE,
)
OPENING = re.compile(
    r"\bproject\s+gutenberg(?:['’]s)?\s+(?:e-?text|e-?book)?,?\s*(?:of\s+)?(?P<title>\S[^\n]*?),?\s+by\s+(?P<author>[^\n*]+)",
    re.IGNORECASE,
)
BY = re.compile(r"\s*(?:[\w-]+\s+){1,4}by:?\s+(?P<who>.+?)\s*\Z", re.DOTALL | re.IGNORECASE)

FIELDS = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "editor": "editor",
    "translator": "translator",
    "release date": "online_version",
    "posting date": "online_version",
    "most recently updated": "online_version",
    "original publication": "printed_source",
    "language": "language",
    "credits": "transcriber",
    "produced by": "transcriber",
}
"""The field of the record for each label of the frame."""

LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "dutch": "nl", "latin": "la",
    "portuguese": "pt", "russian": "ru", "finnish": "fi", "swedish": "sv", "danish": "da", "greek": "el",
    "polish": "pl", "hungarian": "hu", "czech": "cs", "norwegian": "no", "chinese": "zh", "japanese": "ja",
    "esperanto": "eo", "catalan": "ca", "welsh": "cy", "hebrew": "he", "icelandic": "is", "romanian": "ro",
    "tagalog": "tl",
}  # fmt: skip
"""BCP 47 by the names of languages that the frame gives."""

PLACE = "gutenberg:header"
"""Where the facts of the frame are said to have been found."""

CREDITS = "gutenberg:credits"
"""Where those were found who made the e-text."""

NEAR = 12
"""The credits are among so many paragraphs after the frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text stands in an e-text: ``start`` to ``end``, code points; the rest is the frame."""

    start: int
    end: int


def frame_of(text: str) -> Frame | None:
    """The frame of an e-text, or ``None`` where the text has none."""
    top = text[:FARTHEST]
    below = max(0, len(text) - FARTHEST)
    if not NAME.search(top) and not NAME.search(text, below):
        return None
    starts = [match.end() for match in START.finditer(top)]
    start = max(starts, default=0)
    found = END.search(text, max(start, below))
    if not starts and not found:
        return None
    return Frame(start, found.start() if found else len(text))


def statements(text: str, frame: Frame, blocks: Iterable[Block]) -> Iterator[Statement]:
    """What the frame before the text says of the book, in its own words, and whom the credits name."""
    head = text[: frame.start]
    said = set()
    for match in LABEL.finditer(head):
        field = FIELDS.get(" ".join(match[1].lower().split()))
        value = plain(match[2])
        if field and value and (field, value) not in said:
            said.add((field, value))
            yield Statement(field, value, _normal(field, value), PLACE, SOURCE, "high")
    opening = OPENING.search(head)
    if opening and not any(field == "title" for field, _ in said):
        for field in ("title", "author"):
            if value := plain(opening[field].strip(" *,.")):
                yield Statement(field, value, "", PLACE, SOURCE, "medium")
    for block in islice(blocks, NEAR):
        if isinstance(block, Leaf) and (who := credited(block.text)) and ("transcriber", who) not in said:
            yield Statement("transcriber", who, "", CREDITS, SOURCE, "high")


def facts(paragraph: str) -> list[tuple[int, int]]:
    """The stretches of a paragraph that are facts of the record, where it is made of such; else none."""
    starts = [match.start() for match in LABEL.finditer(paragraph)]
    return list(pairwise([*starts, len(paragraph)])) if starts and starts[0] == 0 else []


def credited(words: str) -> str:
    """Whom a paragraph of credits names, or nothing."""
    match = BY.match(words) if CREDIT.match(words) else None
    return plain(match["who"].rstrip(".")) if match else ""


def _normal(field: str, value: str) -> str:
    return LANGUAGES.get(value.lower(), "") if field == "language" else ""
