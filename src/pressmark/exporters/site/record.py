"""The record and the history of a text, as its page shows them: whose word each statement is, and how sure."""

from __future__ import annotations

from datetime import date

from pressmark.model.edition import Edition
from pressmark.model.header import PROGRAM, Header, Statement

LABELS = {
    "title": "Title",
    "subtitle": "Subtitle",
    "author": "Author",
    "editor": "Edited",
    "translator": "Translated",
    "written": "Written",
    "published": "First published",
    "printed_source": "Source",
    "online_version": "Online version",
    "transcriber": "Transcribed",
    "proofreader": "Proofread",
    "encoder": "Marked up",
    "rights": "Rights",
    "language": "Language",
    "description": "Description",
    "page_title": "Title of the page",
}
"""The fields that a page shows, in this order."""

PRINTED = frozenset(("title", "subtitle", "author"))
CERTAINTY = {"high": "", "medium": "likely", "low": "perhaps", "unknown": "unsure"}


def record_fields(edition: Edition) -> list[dict[str, object]]:
    """One entry a field that the record states: its label, and its statements with their hands."""
    header = edition.header
    fields: list[dict[str, object]] = []
    for name, label in LABELS.items():
        statements = [_statement(each, header) for each in header.all(name)]
        if statements:
            fields.append({"label": label, "statements": statements})
    witnesses = [
        {"text": f"{each.name} ({each.encoding}, {each.length:,} characters)", "hand": "machine", "hand_label": "machine"}
        for each in header.witnesses
    ]
    if witnesses:
        fields.append({"label": "Received as", "statements": witnesses})
    return fields


def _statement(statement: Statement, header: Header) -> dict[str, object]:
    hand, label = _hand(statement, header)
    return {
        "text": statement.value,
        "href": statement.found if statement.found.startswith("#") else None,
        "hand": hand,
        "hand_label": label,
        "sure": sureness(statement.cert),
    }


def _hand(statement: Statement, header: Header) -> tuple[str, str]:
    held = next((hand for hand in header.hands if hand.id == statement.resp), None)
    if held is None or held.kind == "program":
        return "machine", "machine"
    if held.kind == "person":
        return "editor", held.name
    return "transcriber", "the source page"


def sureness(cert: str) -> str | None:
    """How sure a statement is, in a word: nothing where it is certain."""
    try:
        probability = float(cert)
    except ValueError:
        return CERTAINTY.get(cert) or None
    return None if probability >= 0.95 else "likely" if probability >= 0.7 else "perhaps"


def revisions(edition: Edition) -> list[dict[str, object]]:
    """What was done to the text, the oldest first: the day, the hand, the deed."""
    names = {hand.id: hand.name for hand in edition.header.hands}
    return [
        {
            "date": change.when or None,
            "when": _day(change.when),
            "who": "Pressmark" if change.who == PROGRAM else names.get(change.who, change.who),
            "what": change.what,
        }
        for change in edition.header.changes
    ]


def _day(when: str) -> str | None:
    try:
        day = date.fromisoformat(when[:10])
    except ValueError:
        return when or None
    return f"{day.day} {day:%B %Y}"
