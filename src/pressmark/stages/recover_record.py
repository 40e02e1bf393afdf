"""Recovers the record: title, author, dates, hands and printed source, from what the page says of itself.

Each statement keeps the words of the page, the block where they stand, and whose word it is. Statements that
contradict one another are all kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath

from pressmark.model.edition import Edition
from pressmark.model.header import PROGRAM, SOURCE, Statement
from pressmark.model.text import plain
from pressmark.page import label_of
from pressmark.stages.stage import stage

YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)")
BYLINE = re.compile(r"(?:by|von|par|por)\s+", re.IGNORECASE)
DATED = ("written", "published", "printed_source", "online_version")


@stage(requires=("recover_structure",), assigns=("header",), deed="Recovered the record.")
def recover_record(edition: Edition) -> Edition:
    """The edition with what its front, its record lines and its name state, added to its record once each."""
    header = edition.header
    known = {(statement.field, statement.value) for statement in header.statements}
    fresh = []
    for statement in _statements(edition):
        if (statement.field, statement.value) not in known:
            known.add((statement.field, statement.value))
            fresh.append(statement)
    if not any(field == "title" for field, _ in known):
        fresh.append(_title_at_last(edition))
    if not fresh:
        return edition
    return replace(edition, header=replace(header, statements=(*header.statements, *fresh)))


def _statements(edition: Edition) -> Iterator[Statement]:
    for leaf in edition.leaves():
        found = f"#{leaf.id}"
        words = plain(leaf.text)
        if leaf.name == "titlePart" and words:
            field = "subtitle" if leaf.get("type") == "sub" else "title"
            yield Statement(field, words, found=found, resp=PROGRAM, cert=leaf.get("cert") or "high")
        elif leaf.name == "docAuthor" and words:
            yield Statement("author", BYLINE.sub("", words), found=found, cert=leaf.get("cert") or "high")
        elif leaf.name == "ab" and leaf.get("type") == "record":
            yield from _record_line(words, found)


def _record_line(words: str, found: str) -> Iterator[Statement]:
    labelled = label_of(words)
    if labelled:
        field, value = labelled
        yield Statement(field, value, year_of(value) if field in DATED else "", found, SOURCE, "high")


def year_of(words: str) -> str:
    """The year that a text names, where it names just one; else nothing."""
    years = set(YEAR.findall(words))
    return years.pop() if len(years) == 1 else ""


def _title_at_last(edition: Edition) -> Statement:
    """The title of a page that does not show one: its first heading, what its ``title`` element says, its name."""
    head = next((leaf for leaf in edition.leaves() if leaf.name == "head" and leaf.text.strip()), None)
    if head:
        return Statement("title", plain(head.text), found=f"#{head.id}", cert="low")
    if page := edition.header.value("page_title"):
        return Statement("title", page, found="html:title", cert="low")
    name = edition.header.witnesses[0].name if edition.header.witnesses else ""
    words = " ".join(re.split(r"[\s_-]+", PurePath(name).stem)).strip()
    return Statement("title", plain(words) or "Untitled", found="file:name", cert="low")
