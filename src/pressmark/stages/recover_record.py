"""Recovers the record: title, author, dates, hands and printed source, from what the page says of itself.

Each statement keeps the words of the page, the block where they stand, and whose word it is. Its certainty is
weighed from how its label was known, how much of it is understood, and what else the page says. Statements that
contradict one another are all kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from pressmark.languages.script import UNKNOWN
from pressmark.model.edition import Edition
from pressmark.model.header import PROGRAM, SOURCE, Statement
from pressmark.model.roles import blocks_of
from pressmark.model.text import plain
from pressmark.record.apart import taken_apart
from pressmark.record.evidence import MAKERS, weighed
from pressmark.record.headings import Head, lines_of, read_heads
from pressmark.record.labels import labelled_in
from pressmark.record.language import Tongue, language_in
from pressmark.record.paths import is_from_path, still_said
from pressmark.record.people import asides_in
from pressmark.record.sources import cited_from, is_imprint, is_person
from pressmark.stages.stage import stage

HEADS = ("title", "subtitle", "running_title", "author", "heading")
TEXT = ("paragraph", "verse", "block_quote", "list_item", "table", "salutation", "contents")
EDGE = 40
"""Who made the page, and where it was printed, is said among so many blocks at its head or its end."""

HEAD_BLOCKS = 12
"""The head of a page is among so many of its blocks."""

APART = (
    "paragraph",
    "editor_note",
    "signed",
    "contact",
    "navigation",
    "last_updated",
    "attribution",
    "subtitle",
    "epigraph",
    "running_title",
    "title",
    "heading",
    "image_alt",
)
"""Where a line may stand that names who made the page, or the printer, and was not taken for one of the record."""

LONGEST_APART = 400
LINES = 6
DAY_FIRST = frozenset(("de", "fr", "es", "ru"))
"""Languages in which the day comes before the month in figures; of English nobody can tell."""

LABEL_CERTAINTY = {"exact": 0.98, "parts": 0.94, "similar": 0.82}
ASIDE_CERTAINTY = 0.8
WHOLE = 0.9
"""How well the words of a line outside the record must be understood."""

ASIDES = ("translator", "transcriber", "proofreader", "encoder")
"""What a source can say by the way of this text; its editor is the source's own."""

HEADER = "tei:"
"""How the place of a statement begins that stands in the header of a TEI file; it leaves nothing to be guessed."""


@stage(requires=("recover_structure",), assigns=("header",), deed="Recovered the record.")
def recover_record(edition: Edition) -> Edition:
    """The edition with what its front, its record lines and its name state, added to its record once each."""
    header = edition.header
    found = {_key(statement): statement for statement in _statements(edition)}
    old = [_again(statement, found) for statement in header.statements]
    stated = {(statement.field, statement.value) for statement in old if not is_from_path(statement)}
    headed = {statement.field for statement in old if statement.found.startswith(HEADER)}
    fresh = [each for each in found.values() if (each.field, each.value) not in stated and each.field not in headed]
    if not any(statement.field == "title" for statement in (*old, *fresh)):
        fresh.append(_title_at_last(edition))
    said = [*old, *fresh]
    old, fresh = ([each for each in some if still_said(each, said)] for some in (old, fresh))
    witnesses = {_key(each): each for each in (*old, *found.values())}  # none counts twice
    kept = sorted(_once([*old, *fresh]), key=is_from_path)  # what the page says comes first
    statements = tuple(weighed(kept, list(witnesses.values())))
    if statements == header.statements:
        return edition
    return replace(edition, header=replace(header, statements=statements))


def _key(statement: Statement) -> tuple[str, str, str]:
    return statement.field, statement.value, statement.found


def _once(statements: Sequence[Statement]) -> list[Statement]:
    """The statements; of those of one field with the same words the first."""
    kept: dict[tuple[str, str], Statement] = {}
    for statement in statements:
        kept.setdefault((statement.field, statement.value), statement)
    return list(kept.values()) if len(kept) < len(statements) else list(statements)


def _again(statement: Statement, found: dict[tuple[str, str, str], Statement]) -> Statement:
    """A statement that the record has: of the machine's or the source's as it is found anew; a person's stays."""
    if statement.resp not in (PROGRAM, SOURCE):
        return statement
    if anew := found.get(_key(statement)):
        return anew
    if statement.found.startswith("meta:"):
        return taken_apart(statement).statement
    return statement


def _statements(edition: Edition) -> Iterator[Statement]:
    tongue = language_in(_running(edition))
    yield from _language(edition, tongue)
    lines = list(_lines(edition, day_first=tongue is not None and tongue.tag in DAY_FIRST))
    journals = [name for each in lines for name in each.all("journal")]
    page = edition.header.value("page_title")
    for named in read_heads(list(_heads(edition)), names=_names(edition), title=page, journals=journals):
        statement = Statement(named.field, named.words, found=f"#{named.id}", cert=_cert(named.sure))
        yield taken_apart(statement).statement
    yield from lines


def _language(edition: Edition, tongue: Tongue | None) -> Iterator[Statement]:
    """The language of the running text, as its words tell it. ``und``, where they are of none that is known, unless the
    source names one.
    """
    stated = any(each.normal for each in edition.header.all("language") if each.resp != PROGRAM)
    if tongue and not (tongue.tag == UNKNOWN and stated):
        yield Statement("language", tongue.tag, tongue.tag, found="text:words", cert=_cert(tongue.sure))


def _running(edition: Edition) -> Iterator[str]:
    """The words of the text, and after them those of everything else."""
    rest: list[str] = []
    for role, _, leaves in blocks_of(edition.text):
        for leaf in leaves:
            if role in TEXT:
                yield leaf.text
            else:
                rest.append(leaf.text)
    yield from rest


def _lines(edition: Edition, *, day_first: bool) -> Iterator[Statement]:
    """What the lines of the record state, and those outside it that say who made the page or where it was printed."""
    blocks = list(blocks_of(edition.text))
    for number, (role, block, leaves) in enumerate(blocks):
        if role == "record":
            words = plain("\n".join(leaf.text for leaf in leaves))
            yield from _record_line(words, f"#{block.id}", day_first=day_first)
        elif EDGE <= number < len(blocks) - EDGE:
            continue
        elif role in APART and sum(len(leaf.text) for leaf in leaves[:LINES]) <= LONGEST_APART:
            lines = [line for leaf in leaves for line in lines_of(leaf)]
            for words in lines if len(lines) <= LINES else ():
                yield from _line_apart(words, f"#{block.id}")


def _heads(edition: Edition) -> Iterator[Head]:
    """The titles, names and headings above the text."""
    titled = False
    for number, (role, block, leaves) in enumerate(blocks_of(edition.text)):
        if number >= HEAD_BLOCKS or role in TEXT or (role == "record" and titled):
            return
        titled = titled or role in HEADS
        if role in HEADS:
            lines = tuple(line for leaf in leaves for line in lines_of(leaf))
            given = leaves[0].get("cert") if leaves else ""
            if lines:
                yield Head(role, lines, block.id, Statement("title", "x", cert=given).probability)


def _names(edition: Edition) -> tuple[str, ...]:
    """Who the page says wrote it, outside its text."""
    elsewhere = [each for each in edition.header.all("author") if not each.found.startswith("#")]
    named = [name for each in elsewhere for name in each.persons]
    for title in edition.header.all("page_title"):
        before, colon, _ = title.value.partition(":")
        named += [before] if colon and (is_person(before) or before.isalpha()) else []
        _, by, after = title.value.rpartition(" by ")
        named += [after.rstrip(" 0123456789")] if by else []
    return tuple(named)


def _record_line(words: str, found: str, *, day_first: bool) -> Iterator[Statement]:
    pieces = labelled_in(words)
    if not pieces:
        yield from _asides(words, ("",), found)
    for piece in pieces:
        for field in piece.fields:
            apart = taken_apart(
                Statement(field, piece.value, found=found, resp=SOURCE), piece.label, day_first=day_first
            )
            yield replace(apart.statement, cert=_cert(LABEL_CERTAINTY[piece.how] * apart.sure))
        yield from _asides(piece.value, piece.fields, found)


def _line_apart(words: str, found: str) -> Iterator[Statement]:
    """A line outside the record that names who made the page (``Transcribed by …``), cites its source (``From …``), or
    is an imprint.
    """
    made = [(field, piece.value) for piece in labelled_in(words) for field in piece.fields]
    if not made:
        made = [(each.field, words[each.start : each.end].strip()) for each in asides_in(words) if each.start == 0]
    for field, value in made:
        apart = taken_apart(Statement(field, value, found=found, resp=SOURCE))
        if apart.sure > WHOLE and (field in MAKERS and apart.statement.all("name")):
            yield replace(apart.statement, cert=_cert(ASIDE_CERTAINTY * apart.sure))
    if source := cited_from(words):
        apart = taken_apart(Statement("printed_source", source, found=found, resp=SOURCE))
        yield replace(apart.statement, cert=_cert(ASIDE_CERTAINTY * apart.sure))
    elif is_imprint(words):
        apart = taken_apart(Statement("published", words, found=found, resp=SOURCE))
        yield replace(apart.statement, cert=_cert(ASIDE_CERTAINTY * apart.sure))


def _asides(value: str, fields: tuple[str, ...], found: str) -> Iterator[Statement]:
    for each in asides_in(value):
        if each.field not in fields and (each.field in ASIDES or fields[0] == "translator"):
            words = value[each.start : each.end].strip()
            apart = taken_apart(Statement(each.field, words, found=found, resp=SOURCE))
            if apart.statement.parts:
                yield replace(apart.statement, cert=_cert(ASIDE_CERTAINTY * apart.sure))


def _cert(probability: float) -> str:
    """A probability as TEI writes it, to two places."""
    return f"{min(probability, 0.99):.2f}"


def _title_at_last(edition: Edition) -> Statement:
    """The title of a page that does not show one: its first heading, what its ``title`` element says, its name."""
    head = next((leaf for leaf in edition.leaves() if leaf.name == "head" and leaf.text.strip()), None)
    if head:
        return Statement("title", " ".join(lines_of(head)) or plain(head.text), found=f"#{head.id}", cert="0.5")
    if page := edition.header.value("page_title"):
        return Statement("title", page, found="html:title", cert="0.6")
    name = edition.header.witnesses[0].name if edition.header.witnesses else ""
    words = " ".join(re.split(r"[\s_-]+", PurePath(name).stem)).strip()
    return Statement("title", plain(words) or "Untitled", found="file:name", cert="0.3")
