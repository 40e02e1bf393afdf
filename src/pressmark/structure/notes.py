"""Notes and the marks in the text that call them.

A call is linked where a note with its label stands after it (the next one, where numbers start again); what has no
such note stays as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pressmark.model.edition import Edition
from pressmark.model.text import Container, Leaf, Mark, attributes
from pressmark.structure.features import anchors_in, call_style, label_style
from pressmark.structure.parts import Part

NEVER = frozenset(("record", "navigation", "contents", "contact", "last_updated", "page_number", "running_head"))
"""Roles whose blocks call no notes."""

AHEAD = 3
"""A bare number calls a note where it is at most so far ahead of the last one called."""


@dataclass(frozen=True, slots=True)
class Call:
    """A place that may call a note: the number of its part, where it stands in it, its label and its style."""

    part: int
    start: int
    end: int
    label: str
    style: str


def name_notes(parts: Sequence[Part], taken: int = 0) -> None:
    """Gives each note its label and an id; a paragraph of a note without a label goes on with the note before."""
    count = taken
    last: Part | None = None
    for part in parts:
        if part.role != "footnote":
            last = None
            continue
        label = label_style(part.leaf.text.lstrip()[:24])
        if label and label[0] != "-":
            count += 1
            part.label, part.note, part.opens = label[1].lower(), f"note{count}", True
            last = part
        elif last is not None:
            part.note = last.note
        else:
            count += 1
            part.note, part.opens = f"note{count}", True
            last = part


def link(parts: list[Part], edition: Edition) -> None:
    """Marks the calls in all parts, each with the note that it calls as its target.

    Notes that the reader knew already count as well.
    """
    order, notes, styles = _notes(parts, edition)
    if not notes:
        return
    calls = [call for call in _calls(parts) if call.label in notes]
    by_part: dict[int, list[Mark]] = defaultdict(list)
    for call in _believed(calls, styles):
        after = notes[call.label]
        at = bisect_right(after, (order[call.part], "~"))
        if at == len(after):
            if len(after) > 1 or after[0][1] == parts[call.part].note:
                continue
            at = 0
        given = attributes(type="noteAnchor", target=f"#{after[at][1]}")
        by_part[call.part].append(Mark("ref", call.start, call.end, attributes=given))
    for number, marks in by_part.items():
        leaf = parts[number].leaf
        free = [mark for mark in marks if not _crosses(leaf, mark)]
        parts[number].leaf = replace(leaf, marks=(*leaf.marks, *free))


def _notes(
    parts: Sequence[Part], edition: Edition
) -> tuple[list[float], dict[str, list[tuple[float, str]]], Counter[str]]:
    """The place of each part in the document; of each label the notes that have it, as (place, id); and how many
    notes are labelled in each style.
    """
    places: dict[str, float] = {}
    notes: dict[str, list[tuple[float, str]]] = defaultdict(list)
    styles: Counter[str] = Counter()
    for place, block in enumerate(edition.blocks()):
        places[block.id] = place
        if isinstance(block, Container) and block.name == "note" and block.children and block.id:
            first = block.children[0]
            words = first.text if isinstance(first, Leaf) else ""
            style = label_style(words.lstrip()[:24])
            label = (block.get("n") or (style[1] if style else "")).lower()
            if label:
                notes[label].append((place, block.id))
                styles[style[0] if style else ""] += 1
    order = []
    for number, part in enumerate(parts):
        order.append(places.get(part.home, 0.0) + number / (len(parts) + 1))
        if part.role == "footnote" and part.label:
            notes[part.label].append((order[-1], part.note))
            styles[(label_style(part.leaf.text.lstrip()[:24]) or ("",))[0]] += 1
    for found in notes.values():
        found.sort()
    return order, notes, styles


def _crosses(leaf: Leaf, mark: Mark) -> bool:
    return any(each.name == "ref" and each.start < mark.end and mark.start < each.end for each in leaf.marks)


def _calls(parts: Sequence[Part]) -> list[Call]:
    found = []
    for number, part in enumerate(parts):
        if part.role in NEVER:
            continue
        text = part.leaf.text
        begin = 6 if part.role == "footnote" else 0
        for start, end, label in anchors_in(text, start=begin):
            style = call_style(text[start:end]) if text[start].isascii() or text[start] in "†‡" else "¹"
            if start == 0 and part.role != "heading":
                continue
            found.append(Call(number, start, end, label.lower(), style))
    return found


def _believed(calls: list[Call], styles: Counter[str]) -> list[Call]:
    """The calls that are meant as such: of several styles that fit, a page uses brackets before bare numbers."""
    count = Counter(call.style for call in calls)
    kept = [call for call in calls if call.style in ("[", "*", "¹")]
    if (not count["["] and not count["¹"]) or styles["(1)"]:
        kept += [call for call in calls if call.style == "("]
    if styles["1)"] or not any(count[style] for style in "[¹(1*"):
        kept += [call for call in calls if call.style == ")"]
    if not count["["] and not count["¹"] and not count["("]:
        last = 0
        for call in calls:
            if call.style == "1" and call.label.isdigit():
                value = int(call.label)
                if last < value <= last + AHEAD or value == 1:
                    last = value
                    kept.append(call)
    return sorted(kept, key=lambda call: (call.part, call.start))
