"""What the machine sees in one source, as JSON: the form that ``pressmark inspect --json`` prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pressmark.lossless import Alignment, Span, align
from pressmark.model.edition import Edition
from pressmark.model.roles import blocks_of
from pressmark.model.stand_off import Finding, Reason
from pressmark.model.text import Block, Container, Leaf, Mark, pieces

JSON = dict[str, object]

RECORD = re.compile(r"\s*([^:]{1,60}?)\s*:\s*(\S.*)", re.DOTALL)


def inspection(edition: Edition, path: str) -> JSON:
    """Source, blocks and findings of a freshly read edition; offsets are code points into the source text."""
    alignment = align(edition)
    witness = edition.header.witnesses[-1]
    leaves = {leaf.id: leaf for leaf in edition.leaves()} if edition.stand_off.findings else {}
    findings = [_finding(finding, alignment, leaves) for finding in edition.stand_off.findings]
    return {
        "source": {
            "path": path,
            "sha256": witness.sha256,
            "encoding": witness.encoding,
            "length": witness.length,
        },
        "blocks": list(_blocks(edition, alignment)),
        "findings": sorted(findings, key=_place),
        "names": [],
        "dates": [],
        "events": [],
    }


def _blocks(edition: Edition, alignment: Alignment) -> Iterator[JSON]:
    notes = [note for note in edition.blocks() if note.name == "note" and isinstance(note, Container)]
    seen = _Seen(_note_labels(notes), _note_starts(notes, alignment), {r.block: r for r in edition.stand_off.reasons})
    for role, block, leaves in blocks_of(edition.text):
        spans = _spans(leaves, alignment)
        if spans:
            yield _entry(role, block, spans, seen)
        for leaf in leaves:
            for mark in leaf.marks:
                if mark.name == "ref" and mark.get("type") == "noteAnchor":
                    yield _anchor(leaf, mark, alignment, seen)
                elif mark.name == "pc" and mark.get("force") in ("weak", "strong"):
                    yield _hyphen(leaf, mark, alignment)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The labels of notes by the ids of their blocks, the offsets at which notes begin by their ids, and why each block
    has its role.
    """

    labels: dict[str, str]
    starts: dict[str, int]
    reasons: dict[str, Reason]


def _note_starts(notes: list[Container], alignment: Alignment) -> dict[str, int]:
    """Where each note begins in the source text, by its id."""
    found = {}
    for note in notes:
        first = next((leaf for leaf, _, _ in pieces(note)), None)
        if first is not None and (spans := alignment.spans(first)):
            found[note.id] = spans[0][0]
    return found


def _note_labels(notes: list[Container]) -> dict[str, str]:
    """The label of the note that each block stands in, by the block's id."""
    return {child.id: note.get("n") for note in notes for child in note.children if note.get("n")}


def _spans(leaves: tuple[Leaf, ...], alignment: Alignment) -> list[Span]:
    """The stretches of a block; those of a stanza's or table's leaves run on where nothing stands between."""
    spans: list[Span] = []
    for leaf in leaves:
        for at, to in alignment.spans(leaf):
            if spans and not alignment.source_text[spans[-1][1] : at].strip():
                spans[-1] = (spans[-1][0], to)
            else:
                spans.append((at, to))
    return spans


def _entry(role: str, block: Block, spans: list[Span], seen: _Seen) -> JSON:
    entry: JSON = {"start": spans[0][0], "end": spans[-1][1], "role": role, "id": block.id}
    if len(spans) > 1:
        entry["spans"] = [list(span) for span in spans]
    reason = seen.reasons.get(block.id)
    if cert := block.get("cert"):
        entry["certainty"] = _chance(cert)
    if reason is not None:
        entry["because"] = list(reason.because)
        if reason.instead:
            entry["instead"] = reason.instead
    if label := seen.labels.get(block.id):
        entry["n"] = _number(label)
    if role == "record" and isinstance(block, Leaf) and (match := RECORD.match(block.text)):
        entry["field"], entry["value"] = match[1], match[2]
    return entry


def _anchor(leaf: Leaf, mark: Mark, alignment: Alignment, seen: _Seen) -> JSON:
    start, end = alignment.offset(leaf, mark.start), alignment.offset(leaf, mark.end - 1) + 1
    label = leaf.text[mark.start : mark.end].strip("[]() ")
    note = mark.get("target")[1:]
    entry: JSON = {"start": start, "end": end, "role": "note_anchor", "n": _number(label), "note": note}
    return entry | ({"target": {"start": seen.starts[note]}} if note in seen.starts else {})


def _chance(cert: str) -> float:
    """A TEI certainty as a probability."""
    try:
        return {"high": 0.9, "medium": 0.6, "low": 0.3}.get(cert) or float(cert)
    except ValueError:
        return 0.5


def _hyphen(leaf: Leaf, mark: Mark, alignment: Alignment) -> JSON:
    """A hyphen at a line's end: whether it goes when the line is joined, and how sure that is."""
    start = alignment.offset(leaf, mark.start)
    entry: JSON = {"start": start, "end": start + 1, "role": "line_end_hyphen", "join": mark.get("force") == "weak"}
    return entry | ({"certainty": cert} if (cert := mark.get("cert")) else {})


def _number(label: str) -> int | str:
    return int(label) if label.isascii() and label.isdigit() else label


def _finding(finding: Finding, alignment: Alignment, leaves: dict[str, Leaf]) -> JSON:
    start, end = finding.start, finding.end
    leaf = leaves.get(finding.block)
    if leaf is not None:
        start, end = alignment.offset(leaf, start), alignment.offset(leaf, max(start, end - 1)) + (end > start)
    return {
        "start": start,
        "end": end,
        "code": finding.code,
        "kind": finding.kind,
        "message": finding.message,
        "replacement": finding.replacement,
        "confidence": finding.confidence,
    }


def _place(finding: JSON) -> tuple[int, int]:
    start, end = finding["start"], finding["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return start, end
