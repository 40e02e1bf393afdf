"""What it finds
    A web page that declares as its author (in a ``meta`` element) somebody who is said elsewhere to have
    transcribed it, marked it up or proofread it.

Why it matters
    The author of a page is often not the author of the text. Lists and citations would give the wrong name.

Example
    ``<meta name="author" content="Lena Okafor">`` on a page that says ``HTML Markup: Lena Okafor``.

What to do
    Look at the title page. Correct the author in the record, or leave it: a name that is doubted is not shown
    where another author is known.

Fix safety
    There is no fix that a machine could know.
"""

from __future__ import annotations

from collections.abc import Iterator

from pressmark.checks.check import Check
from pressmark.model.edition import Edition
from pressmark.model.stand_off import Finding
from pressmark.record.evidence import is_maker


def find(edition: Edition) -> Iterator[Finding]:
    """A finding for each author whom only the page itself declares, and who is one of its makers."""
    statements = edition.header.statements
    for statement in edition.header.all("author"):
        if statement.found.startswith("meta:") and is_maker(statement, statements) and statement.probability < 0.5:
            message = CHECK.message.format(", ".join(statement.persons))
            yield Finding(CHECK.code, CHECK.kind, message, 0, 0, severity=CHECK.severity)


CHECK = Check(
    "C001",
    "author-who-is-the-transcriber",
    "the page declares {} as its author, who is said to have made the page",
    "warning",
    "record",
    find,
)
