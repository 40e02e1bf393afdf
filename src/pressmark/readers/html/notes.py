"""Linked notes: a short mark in the text that leads to a block which begins with the same mark.

Old pages link both ways (``<a href="#n1" name="f1">[1]</a>`` and back), or one way; newer ones say what they
are (DPUB-ARIA, EPUB). Notes stay where the page has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pressmark.readers.html.drafts import FLOW, Draft, Frame, Node, Phrase, drafts

MARK = r"(?:\d{1,4}[a-z]?|[*†‡§¶]{1,5}|[A-Za-z]|[ivxlc]{1,6})"
CALL = re.compile(rf"[\[({{]?\s*({MARK})\s*[\])}}]?[.:]?")
LABEL = re.compile(rf"[\[({{]?\s*(?:({MARK})\s*[\])}}.:*]|(\d{{1,4}}|[*†‡§¶]{{1,5}})(?=\s|$|[A-Z“\"‘'«]))")
BRACKETED = re.compile(r"\s*[\[({*†‡§]")
NAMED_AS_NOTE = re.compile(
    r"_?(?:f|n|e|fn|ftn|edn|en|note|footnote|endnote|anm)[-_.:]?[a-z]{0,2}\d+[a-z]?", re.IGNORECASE
)
LONGEST_CALL = 12
NEAR_START = 8
"""Characters within which the anchor of a note stands from its beginning."""


CONTINUING = frozenset(("p", "quote", "list", "table"))


class Linked(NamedTuple):
    """A linked note: the number of its draft, that of its first call, and its role and origin by its class."""

    number: int
    called: int
    kind: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """A link from a short mark to a place in the page.

    ``number`` is the place of its draft on the page; ``raised`` says whether it is printed as a call, raised or
    in brackets; ``places`` are the names of the anchors in its draft.
    """

    phrase: Phrase
    draft: Draft
    number: int
    mark: str
    raised: bool
    places: frozenset[str]


def link_notes(body: Frame) -> None:
    """Makes notes of the blocks that calls lead to, with ids ``note1``, ``note2`` …, and links the calls."""
    order = {id(draft): number for number, draft in enumerate(drafts(body))}
    calls: dict[str, list[Call]] = {}
    for draft in drafts(body):
        for call in _calls_in(draft, order[id(draft)]):
            calls.setdefault(call.phrase.fragment, []).append(call)
    if not calls:
        return
    linked: dict[str, Linked] = {}
    for node in _candidates(body):
        first = next(drafts(node), None)
        if first is None:
            continue
        number = order[id(first)]
        found = _calls_of(first, number, calls, node)
        if not found:
            continue
        own = f"note{len(linked) + 1}"
        linked[own] = Linked(number, min(call.number for call in found), (node.role, node.origin))
        node.role, node.origin, node.note, node.label = "note", own, own, found[0].mark
        for call in found:
            call.phrase.attributes = {"type": "noteAnchor", "target": f"#{own}"}
            call.phrase.fragment = ""
    _continue_notes(body, linked)


def _continue_notes(body: Frame, linked: dict[str, Linked]) -> None:
    """Gives notes their further paragraphs."""
    waiting: list[Node] = [body]
    while waiting:
        frame = waiting.pop()
        if isinstance(frame, Draft) or frame.name not in FLOW:
            continue
        waiting.extend(frame.children)
        last: Node | None = None
        between: list[Node] = []
        for node in frame.children:
            if node.note:
                if last is not None:
                    _continue(last, between, linked, before=node)
                last, between = node, []
            elif node.name in CONTINUING and node.role in ("", "quote", "note", "record"):
                between.append(node)
            elif last is not None:
                _continue(last, between, linked)
                last, between = None, []
        if last is not None:
            _continue(last, between, linked)


def _continue(last: Node, between: list[Node], linked: dict[str, Linked], *, before: Node | None = None) -> None:
    """Adds to a note what stands after it: all, where the next note is called before this one (there is no text
    between notes that stand together), else as far as blocks of the class of its first paragraph go.
    """
    note = linked[last.note]
    if before is None or linked[before.note].called >= note.number:
        like = [i for i, node in enumerate(between) if note.kind[0] and (node.role, node.origin) == note.kind]
        between = between[: like[-1] + 1] if like else []
    for node in between:
        node.role, node.origin = "note", last.origin


def _calls_in(draft: Draft, number: int) -> Iterator[Call]:
    """The links of a draft that may call notes."""
    links = [p for p in draft.phrases if p.name == "ref" and p.fragment and p.end - p.start <= LONGEST_CALL]
    if not links:
        return
    text = draft.text
    places = frozenset(p.fragment for p in draft.phrases if p.name == "anchor")
    raised = {
        at
        for p in draft.phrases
        if p.name == "hi" and "superscript" in p.attributes.get("rend", "")
        for at in range(p.start, min(p.end, p.start + 2 * LONGEST_CALL))
    }
    for phrase in links:
        match = CALL.fullmatch(text[phrase.start : phrase.end].strip())
        if match is None or phrase.end - phrase.start >= draft.length:
            continue
        up = (
            not raised.isdisjoint(range(phrase.start, phrase.end))
            or BRACKETED.match(text, phrase.start, phrase.end) is not None
            or text[phrase.start - 1 : phrase.start] in ("[", "(")
        )
        yield Call(phrase, draft, number, match.group(1), up, places)


def _candidates(frame: Frame) -> Iterator[Node]:
    """The paragraphs and items that may be notes, in document order."""
    waiting: list[Node] = [frame]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Draft):
            if node.name in ("p", "ab"):
                yield node
        elif node.name == "item":
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Frame))
        elif node.name in FLOW or node.name == "list":
            waiting.extend(reversed(node.children))


MOST_CALLS = 100
"""A note is called from so many places at most; a page made to do harm has more."""


def _calls_of(first: Draft, number: int, calls: dict[str, list[Call]], node: Node) -> list[Call]:
    """The calls that lead to the beginning of a block, if it is a note."""
    names = {p.fragment for p in first.phrases if p.name == "anchor" and p.start <= NEAR_START}
    label = label_of(first)
    spoken = "note" in (node.role, first.role)
    found = [call for name in names for call in calls.get(name, [])[:MOST_CALLS] if call.number < number]
    return [call for call in found if _agree(call, first, label, names, spoken=spoken, item=isinstance(node, Frame))]


def _agree(call: Call, first: Draft, label: str, names: set[str], *, spoken: bool, item: bool) -> bool:
    """Whether a call and the block it leads to say that the block is a note."""
    if label and label.lower() != call.mark.lower():
        return False
    if not label and not (spoken or item):
        return False
    return (
        spoken
        or call.phrase.attributes.get("type") == "noteAnchor"
        or call.raised
        or any(p.name == "ref" and p.fragment in call.places for p in first.phrases)
        or any(NAMED_AS_NOTE.fullmatch(name) for name in names)
    )


def label_of(draft: Draft) -> str:
    """The mark that a note begins with, without brackets and full stop, or ``""``."""
    match = LABEL.match(draft.text[:20])
    return match.group(1) or match.group(2) if match else ""
