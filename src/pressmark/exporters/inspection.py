"""What the machine sees in one source, as JSON: the form that ``pressmark inspect --json`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from pressmark.lossless import Alignment, align
from pressmark.model.edition import Edition
from pressmark.model.roles import role_of
from pressmark.model.stand_off import Finding
from pressmark.model.text import Block, Container, Leaf, Mark, pieces

JSON = dict[str, object]
ONE_BLOCK = frozenset(("lg", "table"))
"""Containers that are one block: a stanza, a table."""


def inspection(edition: Edition, path: str) -> JSON:
    """Source, blocks and findings of a freshly read edition; offsets are code points into the source text."""
    alignment = align(edition)
    witness = edition.header.witnesses[-1]
    leaves = {leaf.id: leaf for leaf in edition.leaves()}
    findings = (_finding(finding, alignment, leaves) for finding in edition.stand_off.findings)
    return {
        "source": {
            "path": path,
            "sha256": witness.sha256,
            "encoding": witness.encoding,
            "length": witness.length,
        },
        "blocks": list(_blocks(edition.text, (), alignment)),
        "findings": sorted(findings, key=lambda each: (each["start"], each["end"])),
        "names": [],
        "dates": [],
        "events": [],
    }


def _blocks(block: Block, parents: tuple[Block, ...], alignment: Alignment) -> Iterator[JSON]:
    if isinstance(block, Container) and block.name not in ONE_BLOCK:
        for child in block.children:
            yield from _blocks(child, (*parents, block), alignment)
        return
    spans = _spans(block, alignment)
    if spans:
        yield _entry(block, parents, spans)
    for leaf in _leaves(block):
        yield from _inline(leaf, alignment)
        for mark in leaf.insets:
            assert mark.block is not None
            yield from _blocks(mark.block, (*parents, block), alignment)


def _leaves(block: Block) -> Iterator[Leaf]:
    if isinstance(block, Leaf):
        yield block
    else:
        for child in block.children:
            yield from _leaves(child)


def _spans(block: Block, alignment: Alignment) -> list[tuple[int, int]]:
    """The stretches of a block; those of a stanza or table run on, unless something interrupts them."""
    spans: list[tuple[int, int]] = []
    for leaf, start, _ in pieces(block):
        own = leaf in _leaves(block) if isinstance(block, Container) else leaf is block
        if not own:
            spans.append((-1, -1))
            continue
        at, to = next((piece.at, piece.to) for piece in alignment.by_leaf[leaf.id] if piece.start == start)
        if spans and spans[-1][0] >= 0 and isinstance(block, Container):
            spans[-1] = (spans[-1][0], to)
        elif to > at:
            spans.append((at, to))
    return [span for span in spans if span[0] >= 0 and span[1] > span[0]]


def _entry(block: Block, parents: tuple[Block, ...], spans: list[tuple[int, int]]) -> JSON:
    entry: JSON = {"start": spans[0][0], "end": spans[-1][1], "role": role_of(block, parents), "id": block.id}
    if len(spans) > 1:
        entry["spans"] = [list(span) for span in spans]
    if cert := block.get("cert"):
        entry["certainty"] = cert
    note = next((parent for parent in reversed(parents) if parent.name == "note"), None)
    if note is not None and note.get("n"):
        entry["n"] = _number(note.get("n"))
    return entry


def _inline(leaf: Leaf, alignment: Alignment) -> Iterator[JSON]:
    for mark in leaf.marks:
        if mark.name == "ref" and mark.get("type") == "noteAnchor":
            yield _anchor(leaf, mark, alignment)


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
