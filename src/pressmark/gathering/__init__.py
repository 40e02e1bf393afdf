"""Works that are more than one file, and files that are more than one work.

``order`` sees whether files are the chapters of one work, and in which order; ``work`` makes one edition of them.
``collection`` sees whether a file holds several works, and makes an edition of each.
"""

from __future__ import annotations

from pressmark.gathering.collection import Collection, beginnings, collection_of, inheriting, parts_of
from pressmark.gathering.order import Chapters, File, chapters_of, in_order, place_of, wanted_places
from pressmark.gathering.work import joined

__all__ = [
    "Chapters",
    "Collection",
    "File",
    "beginnings",
    "chapters_of",
    "collection_of",
    "in_order",
    "inheriting",
    "joined",
    "parts_of",
    "place_of",
    "wanted_places",
]
