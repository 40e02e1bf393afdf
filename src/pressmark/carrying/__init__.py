"""What a new edition of a text takes over from the old one, when a better source comes in.

The new edition is read and structured afresh. From the old one it takes what people and citations rely on:
the ids of the blocks, what persons decided, and the record's history. What finds no place is told as a
``Loss``.

``sequences`` lays two rows of anything side by side, ``counterparts`` the leaves of two editions. On that rest
``naming`` (ids), ``places`` and ``decisions`` (marks), ``structure`` (what persons made of blocks) and ``record``
(the header); ``rulings`` makes what persons made of blocks hold for the new source before its structure is
recovered; ``carry`` puts all together, by way of ``tree``; ``reading`` prints what differs.
"""

from __future__ import annotations

from pressmark.carrying.carry import carry_over
from pressmark.carrying.loss import Loss
from pressmark.carrying.reading import difference
from pressmark.carrying.rulings import with_rulings

__all__ = ["Loss", "carry_over", "difference", "with_rulings"]
