"""What a person decides of the roles of blocks: read from a table, drafted for one, signed where it was done by hand.

A table is a CSV file as spreadsheets write it. ``table`` reads one and lays it on a source, ``draft`` makes one of
what the machine sees; ``signing`` finds what was changed in an edition by hand.
"""

from __future__ import annotations

from pressmark.ruling.draft import draft
from pressmark.ruling.signing import signed
from pressmark.ruling.table import Row, rows_of, ruled

__all__ = ["Row", "draft", "rows_of", "ruled", "signed"]
