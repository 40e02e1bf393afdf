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

from pressmark.model.edition import Edition
from pressmark.model.header import PROGRAM, SOURCE, Statement
from pressmark.model.roles import blocks_of
from pressmark.model.text import plain
from pressmark.record.apart import taken_apart
from pressmark.record.evidence import weighed
from pressmark.record.headings import Head, lines_of, read_heads
from pressmark.record.labels import labelled_in
from pressmark.record.people import asides_in
from pressmark.record.sources import is_person
from pressmark.stages.stage import stage

HEADS = ("title", "subtitle", "running_title", "author", "heading")
TEXT = ("paragraph", "verse", "block_quote", "list_item", "table", "salutation", "contents")
HEAD_BLOCKS = 12
"""The head of a page is among so many of its blocks."""

LABEL_CERTAINTY = {"exact": 0.98, "parts": 0.94, "similar": 0.82}
ASIDE_CERTAINTY = 0.8
ASIDES = ("translator", "transcriber", "proofreader", "encoder")
"""What a source can say by the way of this text; its editor is the source's own."""


@stage(requires=("recover_structure",), assigns=("header",), deed="Recovered the record.")
def recover_record(edition: Edition) -> Edition:
    """The edition with what its front, its record lines and its name state, added to its record once each."""
    header = edition.header
    found = {_key(statement): statement for statement in _statements(edition)}
    old = [_again(statement, found) for statement in header.statements]
    stated = {(statement.field, statement.value) for statement in old}
    fresh = [each for each in found.values() if (each.field, each.value) not in stated]
    if not any(statement.field == "title" for statement in (*old, *fresh)):
        fresh.append(_title_at_last(edition))
    witnesses = {_key(each): each for each in (*old, *found.values())}  # none counts twice
    statements = tuple(weighed(_once([*old, *fresh]), list(witnesses.values())))
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
    heads = list(_heads(edition))
    for named in read_heads(heads, names=_names(edition), title=edition.header.value("page_title")):
        statement = Statement(named.field, named.words, found=f"#{named.id}", cert=_cert(named.sure))
        yield taken_apart(statement).statement
    for role, block, leaves in blocks_of(edition.text):
        if role == "record":
            words = plain("\n".join(leaf.text for leaf in leaves))
            yield from _record_line(words, f"#{block.id}")


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
    named = [name for each in elsewhere for name in (each.all("name") or (each.value,))]
    for title in edition.header.all("page_title"):
        before, colon, _ = title.value.partition(":")
        named += [before] if colon and (is_person(before) or before.isalpha()) else []
        _, by, after = title.value.rpartition(" by ")
        named += [after.rstrip(" 0123456789")] if by else []
    return tuple(named)


def _record_line(words: str, found: str) -> Iterator[Statement]:
    pieces = labelled_in(words)
    if not pieces:
        yield from _asides(words, ("",), found)
    for piece in pieces:
        for field in piece.fields:
            apart = taken_apart(Statement(field, piece.value, found=found, resp=SOURCE), piece.label)
            yield replace(apart.statement, cert=_cert(LABEL_CERTAINTY[piece.how] * apart.sure))
        yield from _asides(piece.value, piece.fields, found)


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
