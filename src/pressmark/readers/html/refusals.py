"""Pages that are not the text: frame sets, saved error pages, log-in pages."""

from __future__ import annotations

import re

from pressmark.errors import FramesWithoutText, NotTheText
from pressmark.model.edition import ink
from pressmark.model.text import plain
from pressmark.readers.html.page import Page, nothing, words_of

SHORT = 1500
"""Non-white characters: an error page or log-in page has fewer."""

ERROR = re.compile(
    r"""\W*(?:(?:http\s+)?(?:status\s+|error\s*)?[-–—:]?\s*
    (?P<code>40[0-9]|410|429|50[0-4])\b[\s\-–—:|.]*(?:error|
        bad\ request|unauthorized|forbidden|(?:page\ |file\ )?not\ found|method\ not\ allowed|gone|
        too\ many\ requests|internal\ server\ error|not\ implemented|bad\ gateway|
        service\ (?:temporarily\ )?unavailable|gateway\ time-?out
    )?|
    (?:error\W*)?(?:the\ )?(?:page|file|object|document|url|site|requested\ \w+)(?:\ (?:you\ )?requested)?
        (?:\ (?:was|is|could|can))?\ ?(?:not\ (?:be\ )?found|cannot\ be\ found|unavailable)|
    (?:not\ found|forbidden|access\ denied|internal\ server\ error|bad\ gateway|service\ unavailable)
    )\W*(?:[|\-–—:].{0,60})?""",
    re.IGNORECASE | re.VERBOSE,
)
SERVER_WORDS = re.compile(
    r"requested\s+(?:url|page|file|resource|document)|on\s+this\s+server|nginx|apache/|microsoft-iis|cloudflare"
    r"|the\s+page\s+you|you\s+don'?t\s+have\s+permission|try\s+again\s+later|web\s?master|administrator"
    r"|moved\s+or\s+deleted|has\s+been\s+(?:moved|removed|deleted)|home\s?page|(?:could|can)\s?not\s+be\s+found"
    r"|temporarily\s+(?:unavailable|overloaded)|errordocument|misspelled|mistyped|check\s+the\s+(?:url|address)",
    re.IGNORECASE,
)


def refuse(page: Page, text: str, *, place: str) -> None:
    """Raises for a page that is not a text.

    ``FramesWithoutText`` for a frame set; ``NotTheText`` for a short page that calls itself an error and
    speaks of a server, and for a short page that asks for a password; ``EmptySource`` for a page without
    words and pictures.
    """
    _refuse_frames(page, text, place)
    size = len(ink(text))
    if not size and next(page.find("img"), None) is None:
        raise nothing(place)
    if size < SHORT:
        _refuse_error(page, text, size, place)
        _refuse_login(page, place)


def _refuse_frames(page: Page, text: str, place: str) -> None:
    if next(page.find("frameset"), None) is None:
        return
    excused = sum(len(ink(words_of(element))) for element in page.find("noframes"))
    if len(ink(text)) > excused:
        return
    named = [plain(page.restored(frame.get("src") or "")) for frame in page.find("frame")]
    pages = ", ".join(dict.fromkeys(name for name in named if name))
    raise FramesWithoutText(
        "the page is a frame set: it only names other pages that hold the text",
        place=place,
        hint=f"give these pages: {pages[:300]}" if pages else "give the pages that it shows",
    )


def _refuse_error(page: Page, text: str, size: int, place: str) -> None:
    headings = [plain(words_of(element)) for element in page.find("h1", "h2")]
    names = [plain(title) for title in page.titles[:1]] + headings[:1]
    said = next((name for name in names if name and len(name) < 100 and ERROR.fullmatch(name)), None)
    if said is None:
        return
    others = [name for name in names if name and name != said]
    if any(not ERROR.fullmatch(name) for name in others) and len(headings) > 1:
        return
    alone = any(map(str.isalpha, said)) and size <= len(ink(said)) + 40
    if alone or SERVER_WORDS.search(text):
        raise NotTheText(
            f"this is a saved error page (“{said}”), not the text",
            place=place,
            hint="open the address in a browser; an older copy may be at web.archive.org",
        )


def _refuse_login(page: Page, place: str) -> None:
    if any((element.get("type") or "").strip().lower() == "password" for element in page.find("input")):
        raise NotTheText(
            "this is a log-in page that was saved in place of the text",
            place=place,
            hint="log in with a browser first, then save the page from there",
        )
