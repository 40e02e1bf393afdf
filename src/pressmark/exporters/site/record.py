"""The record and the history of a text, as its page shows them: whose word each statement is, and how sure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from pressmark.model.edition import Edition
from pressmark.model.header import PEOPLE, PROGRAM, Header, Statement, Witness

LABELS = {
    "title": "Title",
    "subtitle": "Subtitle",
    "author": "Author",
    "editor": "Edited by",
    "translator": "Translated by",
    "written": "Written",
    "published": "First published",
    "printed_source": "Source",
    "online_version": "Online version",
    "transcriber": "Transcribed by",
    "proofreader": "Proofread by",
    "encoder": "Marked up by",
    "rights": "Rights",
    "language": "Language",
    "description": "Description",
    "page_title": "Title of the page",
}
"""The fields that a page shows, in this order."""

CERTAINTY = {"high": "", "medium": "likely", "low": "perhaps", "unknown": "unsure"}

_NAMES = (
    "ar Arabic, bg Bulgarian, ca Catalan, cs Czech, da Danish, de German, el Greek, en English, "
    "eo Esperanto, es Spanish, et Estonian, eu Basque, fa Persian, fi Finnish, fr French, ga Irish, "
    "he Hebrew, hi Hindi, hr Croatian, hu Hungarian, hy Armenian, id Indonesian, it Italian, "
    "ja Japanese, ka Georgian, ko Korean, la Latin, lt Lithuanian, lv Latvian, nl Dutch, no Norwegian, "
    "nb Norwegian, pl Polish, pt Portuguese, ro Romanian, ru Russian, sk Slovak, sl Slovene, sr Serbian, "
    "sv Swedish, tr Turkish, uk Ukrainian, und Not known, ur Urdu, vi Vietnamese, yi Yiddish, zh Chinese"
)
LANGUAGES = dict(pair.split(" ", 1) for pair in _NAMES.split(", "))
"""English names of languages, by BCP 47 primary tag."""

ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "ascii": "ASCII", "mac-roman": "Mac Roman", "koi8-r": "KOI8-R"}
FORMATS = {"text": "plain text", "txt": "plain text", "html": "web page", "tei": "TEI"}

HTML_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def record_fields(edition: Edition, address: Callable[[str], str] = str) -> list[dict[str, object]]:
    """One entry a field that the record states: its label, and its statements with their hands.

    ``address`` gives where on the page the place ``#ID`` of the text is, empty if nowhere.
    """
    header = edition.header
    fields: list[dict[str, object]] = []
    for name, label in LABELS.items():
        statements = [_statement(each, header, address) for each in header.all(name)]
        if statements:
            fields.append({"label": label, "statements": statements})
    witnesses = [{"text": _received(each), "hand": "machine", "hand_label": "machine"} for each in header.witnesses]
    if witnesses:
        fields.append({"label": "Received as", "statements": witnesses})
    return fields


def _statement(statement: Statement, header: Header, address: Callable[[str], str]) -> dict[str, object]:
    hand, label = _hand(statement, header)
    return {
        "text": _shown(statement),
        "href": address(statement.found) if statement.found.startswith("#") else None,
        "hand": hand,
        "hand_label": label,
        "sure": sureness(statement.cert),
    }


def _shown(statement: Statement) -> str:
    if statement.field == "language":
        return language_name(statement.value)
    return _people(statement) if statement.field in PEOPLE and statement.parts else statement.value


def _people(statement: Statement) -> str:
    """The names, each with the dates that follow it in brackets: without the small words between them."""
    out: list[str] = []
    for part, words in statement.parts:
        if part == "name" or not out:
            out.append(words)
        else:
            out[-1] = f"{out[-1]} ({words})"
    return ", ".join(out)


def language_name(value: str) -> str:
    """The English name of a language tag, the tag after it where that says more; other words as they are."""
    primary = value.split("-")[0].lower()
    if primary not in LANGUAGES or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", value):
        return value
    name = LANGUAGES[primary]
    return name if primary == value.lower() else f"{name} ({value})"


def _received(witness: Witness) -> str:
    """A file as received, in words: what it is, how it is encoded, how long it is, when it came."""
    facts = [FORMATS.get(witness.format.lower(), witness.format), encoding_name(witness.encoding)]
    facts.append(f"{witness.length:,} characters")
    when = f"; taken in on {day(witness.when)}" if witness.when else ""
    return f"{witness.name} ({', '.join(filter(None, facts))}{when})"


def encoding_name(encoding: str) -> str:
    """The name of an encoding as people write it: ``Windows-1252`` for ``cp1252``."""
    plain = encoding.lower().replace("_", "-")
    if windows := re.fullmatch(r"(?:cp|windows-)(125\d)", plain):
        return f"Windows-{windows[1]}"
    if latin := re.fullmatch(r"iso-?8859-(\d+)|latin-?1", plain):
        return f"ISO 8859-{latin[1] or 1}"
    return ENCODINGS.get(plain, encoding.upper() if plain.startswith(("utf", "koi")) else encoding)


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
            "date": change.when[:10] if HTML_DATE.fullmatch(change.when[:10]) else None,
            "when": day(change.when),
            "who": "Pressmark" if change.who == PROGRAM else names.get(change.who, change.who) or "Unknown",
            "what": change.what,
        }
        for change in edition.header.changes
    ]


MONTHS = "January February March April May June July August September October November December".split()


def day(when: str) -> str | None:
    """A day (ISO 8601) as people write it; other words as they are."""
    try:
        found = date.fromisoformat(when[:10])
    except ValueError:
        return when or None
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"
