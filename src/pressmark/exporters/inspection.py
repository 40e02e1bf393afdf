"""What the machine sees in one source, as JSON: the form that ``pressmark inspect --json`` prints."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressmark.lossless import Alignment, Span, align
from pressmark.model.edition import Edition
from pressmark.model.roles import blocks_of
from pressmark.model.stand_off import Finding
from pressmark.model.text import Block, Container, Leaf, Mark

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
    labels = _note_labels(edition)
    for role, block, leaves in blocks_of(edition.text):
        spans = _spans(leaves, alignment)
        if spans:
            yield _entry(role, block, spans, labels)
        for leaf in leaves:
            for mark in leaf.marks:
                if mark.name == "ref" and mark.get("type") == "noteAnchor":
                    yield _anchor(leaf, mark, alignment)


def _note_labels(edition: Edition) -> dict[str, str]:
    """The label of the note that each block stands in, by the block's id."""
    return {
        child.id: note.get("n")
        for note in edition.blocks()
        if note.name == "note" and isinstance(note, Container)
        for child in note.children
        if note.get("n")
    }


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


def _entry(role: str, block: Block, spans: list[Span], labels: dict[str, str]) -> JSON:
    entry: JSON = {"start": spans[0][0], "end": spans[-1][1], "role": role, "id": block.id}
    if len(spans) > 1:
        entry["spans"] = [list(span) for span in spans]
    if cert := block.get("cert"):
        entry["certainty"] = cert
    if label := labels.get(block.id):
        entry["n"] = _number(label)
    if role == "record" and isinstance(block, Leaf) and (match := RECORD.match(block.text)):
        entry["field"], entry["value"] = match[1], match[2]
    return entry


def _anchor(leaf: Leaf, mark: Mark, alignment: Alignment) -> JSON:
    start, end = alignment.offset(leaf, mark.start), alignment.offset(leaf, mark.end - 1) + 1
    label = leaf.text[mark.start : mark.end].strip("[]() ")
    return {"start": start, "end": end, "role": "note_anchor", "n": _number(label), "note": mark.get("target")[1:]}


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
