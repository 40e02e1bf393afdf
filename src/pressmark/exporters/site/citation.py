"""How to cite a text: its author and title, the archive, where it stands there, and the state that was read."""

from __future__ import annotations

import re
from html import escape

from pressmark.exporters.listing import Listing
from pressmark.exporters.phrases import attributes, language, speakable
from pressmark.exporters.site.record import day
from pressmark.model.edition import Edition

STATE = 12
"""How many digits of a state's hash a citation gives: enough to tell it from every other."""


def citation(each: Listing, edition: Edition, *, archive: str, state: str) -> str:
    """HTML: author, title, year; archive, pressmark; the state and the day on which it came to be."""
    authors = _listed(each.authors)
    title = f"<cite{attributes(language(each.language))}>{_text(each.title)}</cite>"
    work = ", ".join(filter(None, (_text(authors), title, _text(each.years or each.year))))
    place = f"{_text(archive)}, <span>{_text(each.pressmark)}</span>"
    when = day(edition.header.changes[-1].when) if edition.header.changes else None
    of = f" of {_text(when)}" if when else ""
    return f'{_stopped(work)} {place}, state <span class="state">{_text(state[:STATE])}</span>{of}.'


def _stopped(words: str) -> str:
    return words if re.search(r"[.!?…](?:</cite>)?$", words) else f"{words}."


def _listed(names: tuple[str, ...]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _text(words: str) -> str:
    return escape(speakable(words))
