"""What an exporter of single texts is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pressmark.model.edition import Edition


@dataclass(frozen=True, slots=True)
class Exporter:
    """One form in which a text can be taken out of an archive: its name, the ending of its files, what it is.

    ``export(edition)`` gives the bytes of the file.
    """

    name: str
    suffix: str
    title: str
    export: Callable[[Edition], bytes]
