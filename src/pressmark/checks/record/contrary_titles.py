"""What it finds
    A page whose ``title`` element has no word in common with the title that the page shows.

Why it matters
    One of the two is that of another page: the file was copied from it, or a wrong heading was taken for the title.

Example
    ``<title>Letters 1866</title>`` on a page headed “The Weight of Bells”.

What to do
    Look at the page. Where the title that it shows is right there is nothing to do: the ``title`` element is kept
    as it was, and is not shown.

Fix safety
    There is no fix that a machine could know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressmark.checks.check import Check
from pressmark.model.edition import Edition
from pressmark.model.stand_off import Finding


def find(edition: Edition) -> Iterator[Finding]:
    """A finding where the page shows a title, names itself otherwise, and no word of it is in the record's title."""
    shown = [each for each in edition.header.all("title") if each.found.startswith("#")]
    named = {word for each in edition.header.all("page_title") for word in words_of(each.value)}
    known = {
        word
        for field in ("title", "subtitle", "author")
        for each in edition.header.all(field)
        for word in words_of(each.value)
    }
    if shown and named and known and not named & known:
        block, page = shown[0].found[1:], edition.header.value("page_title")
        yield Finding(CHECK.code, CHECK.kind, CHECK.message.format(page), 0, 0, block, severity=CHECK.severity)


def words_of(title: str) -> set[str]:
    """The words of a title that tell it from others: those of four letters and more, in lower case."""
    return {word.casefold() for word in re.findall(r"[^\W_]{4,}", title)}


CHECK = Check(
    "C003",
    "contrary-titles",
    "the page calls itself “{}”, which has no word in common with the title that it shows",
    "notice",
    "record",
    find,
)
