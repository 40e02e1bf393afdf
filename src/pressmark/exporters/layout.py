"""How lists and tables are laid out: their entries, their header rows, the columns that cells take up."""

from __future__ import annotations

from collections.abc import Sequence

from pressmark.model.text import Block, Container, Leaf

MOST_SPANNED = 1000
"""Rows or columns that a cell may span (HTML Standard, section 4.9.11)."""


def entries(blocks: Sequence[Block], names: Sequence[str]) -> tuple[list[Block], list[tuple[Block, list[Block]]]]:
    """What stands before the first entry, and each entry with what stands between it and the next."""
    before: list[Block] = []
    found: list[tuple[Block, list[Block]]] = []
    for block in blocks:
        if block.name in names:
            found.append((block, []))
        else:
            (found[-1][1] if found else before).append(block)
    return before, found


def around_heads(blocks: Sequence[Block]) -> tuple[list[Block], list[Block], list[Block]]:
    """What stands before the first ``head``, the heads that follow one another, and the rest."""
    start = next((at for at, block in enumerate(blocks) if block.name == "head"), len(blocks))
    end = next((at for at in range(start, len(blocks)) if blocks[at].name != "head"), len(blocks))
    return list(blocks[:start]), list(blocks[start:end]), list(blocks[end:])


def header_rows(rows: Sequence[Block]) -> int:
    """How many rows at the top of a table label its columns: not all, and none that a cell leads out of."""
    count = next((number for number, row in enumerate(rows) if not _labels(row)), 0)
    ends = (number + spanned(cell, "rows") for number, row in enumerate(rows[:count]) for cell in _cells(row))
    return count if all(end <= count for end in ends) else 0


def columns(row: Block) -> int:
    """How many columns the cells of a row take up, at least one."""
    return min(MOST_SPANNED, sum(spanned(cell, "cols") for cell in _cells(row))) or 1


def spanned(cell: Block, way: str) -> int:
    """How many ``rows`` or ``cols`` a cell spans."""
    given = cell.get(way).lstrip("0")
    if not (given.isascii() and given.isdecimal()):
        return 1
    return int(given) if len(given) < len(str(MOST_SPANNED)) else MOST_SPANNED


def is_figure(cell: Block) -> bool:
    """Whether a cell holds a number, to be set flush right."""
    words = cell.text.strip() if isinstance(cell, Leaf) else ""
    digits = sum(character.isdigit() for character in words)
    return digits > 0 and digits * 2 >= len(words.replace(",", "").replace(".", ""))


def _labels(row: Block) -> bool:
    cells = _cells(row)
    return bool(cells) and (row.get("role") == "label" or all(cell.get("role") == "label" for cell in cells))


def _cells(row: Block) -> Sequence[Block]:
    return row.children if isinstance(row, Container) else ()
