"""Reading, writing and validating TEI P5 in the Pressmark profile."""

from __future__ import annotations

from pressmark.tei.parse import parse
from pressmark.tei.write import write

__all__ = ["parse", "write"]
