"""From an edition to what people use: one module per output. The site of a whole archive is ``site``."""

from __future__ import annotations

from importlib.metadata import entry_points

from pressmark.exporters import tei, text
from pressmark.exporters.exporter import Exporter

EXPORTERS: tuple[Exporter, ...] = (tei.EXPORTER, text.EXPORTER, text.SIC)
"""Every form in which a single text can be taken out."""


def exporters() -> dict[str, Exporter]:
    """The built-in exporters by name, and those that installed packages offer (``pressmark.exporters``)."""
    offered = tuple(point.load() for point in entry_points(group="pressmark.exporters"))
    return {each.name: each for each in EXPORTERS + offered}
