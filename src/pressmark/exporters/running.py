"""The words of a leaf as readers get them: lines joined, transcribers' signs left out, editors' readings in place."""

from __future__ import annotations

from collections.abc import Iterator

from pressmark.model.text import Choice, Leaf


def running(leaf: Leaf, *, note_signs: bool = True) -> str:
    """The text of a leaf as its editors read it, without line-end hyphens that go and without transcribers' signs.

    Without ``note_signs`` the signs that call notes are left out, too.
    """
    if not leaf.marks:
        return leaf.text
    out: list[str] = []
    at = 0
    for start, end, reading in sorted(_changes(leaf, note_signs=note_signs)):
        if start >= at:
            out += (leaf.text[at:start], reading)
            at = end
        elif not reading and end > at:
            at = end
    return "".join((*out, leaf.text[at:]))


def _changes(leaf: Leaf, *, note_signs: bool) -> Iterator[tuple[int, int, str]]:
    for mark in leaf.marks:
        if isinstance(mark, Choice):
            yield mark.start, mark.end, mark.reading
        elif mark.name == "ref" and mark.get("type") == "noteAnchor":
            if not note_signs:
                yield mark.start, mark.end, ""
        elif (mark.name, mark.get("force")) == ("pc", "weak") or (mark.name, mark.get("type")) == ("seg", "markup"):
            yield mark.start, mark.end, ""
        elif mark.name == "lb" and mark.get("break") == "no":
            yield *white_around(leaf.text, mark.start), ""


def white_around(text: str, at: int) -> tuple[int, int]:
    """The white space around an offset: where it starts and where it ends."""
    start = end = at
    while start and text[start - 1].isspace():
        start -= 1
    while end < len(text) and text[end].isspace():
        end += 1
    return start, end
