"""An edition as TEI: the form in which it is saved."""

from __future__ import annotations

from pressmark.exporters.exporter import Exporter
from pressmark.tei import write

EXPORTER = Exporter("tei", ".xml", "TEI P5, with the whole record and every reading", write)
