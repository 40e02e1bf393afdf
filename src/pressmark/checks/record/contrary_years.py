"""What it finds
    Two statements on when a text was written that have no year in common, or a year of writing after the year in
    which the text was first published.

Why it matters
    The text would stand in the wrong place in every list by date.

Example
    ``Written: 1843`` beside ``First published: 1834``.

What to do
    Look at the print. Two figures are often transposed; or one date is that of a later edition, and its label is
    wrong. Both statements stay in the record until a person decides.

Fix safety
    There is no fix that a machine could know.
"""

from __future__ import annotations

from collections.abc import Iterator

from pressmark.checks.check import Check
from pressmark.model.edition import Edition
from pressmark.model.stand_off import Finding
from pressmark.record.evidence import contradicts
from pressmark.record.paths import is_from_path


def find(edition: Edition) -> Iterator[Finding]:
    """A finding for each date of writing that another statement speaks against, the first of two left out."""
    statements = edition.header.statements
    for number, statement in enumerate(statements):
        if statement.field != "written":
            continue
        before = [each for each in statements[:number] if each.field == "written"]
        if is_from_path(statement):
            before = [each for each in statements if each.field == "written" and each is not statement]
        others = [each for each in statements if each.field == "published"]
        if contradicts(statement, [*before, *others]):
            block = statement.found[1:] if statement.found.startswith("#") else ""
            message = CHECK.message.format(statement.value)
            yield Finding(CHECK.code, CHECK.kind, message, 0, 0, block, severity=CHECK.severity)


CHECK = Check(
    "C002",
    "contrary-years",
    "the record says that this was written “{}”, and another statement of it says otherwise",
    "warning",
    "record",
    find,
)
