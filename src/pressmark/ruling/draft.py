"""A table of roles to begin with: what the machine makes of each block, for a person to change and give back."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right

from pressmark.lossless import align
from pressmark.model.edition import Edition
from pressmark.model.roles import blocks_of
from pressmark.ruling.table import FORMULA, LINE_END

HEADER = ("line", "offset", "end", "role", "machine", "certainty", "words")
WORDS = 60
"""Characters of a block that are shown."""

CELL = re.compile(rf"""(\A|[,;|\t]["' ]*)([{re.escape("".join(FORMULA))}])""")
"""Where a cell may begin, and what would make it a formula."""


def draft(edition: Edition) -> str:
    """A CSV table with a row for each block of a freshly read edition, in the order of the source.

    ``line`` and ``offset`` are where the block begins, ``end`` is where it ends; ``role`` is to be changed by a person,
    ``machine`` is what it was. No cell is a formula to a spreadsheet.
    """
    alignment = align(edition)
    text = alignment.source_text
    starts = [0, *(match.end() for match in LINE_END.finditer(text))]
    rows: list[tuple[int, int, int, str, str, str, str]] = []
    for role, block, leaves in blocks_of(edition.text):
        spans = [span for leaf in leaves for span in alignment.spans(leaf)]
        if spans:
            start, end = min(spans)[0], max(to for _, to in spans)
            words = " ".join(" ".join(text[at:to] for at, to in spans)[: 4 * WORDS].split())[:WORDS]
            cert = block.get("cert")
            rows.append((bisect_right(starts, start), start, end, role, role, cert, safe(words)))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(sorted(rows))
    return out.getvalue()


def safe(words: str) -> str:
    """Words that no spreadsheet takes for a formula, whatever it parts cells by: an apostrophe goes before what would
    begin one (OWASP, CSV Injection).
    """
    return CELL.sub(r"\1'\2", words)
