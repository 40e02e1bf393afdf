"""Pressmark turns rescued texts into editions that can be trusted, found, cited and kept.

import pressmark

edition = pressmark.run(pressmark.read("page.txt"))
archive = pressmark.Archive.create("my-archive")
archive.add("page.txt", who="Ines Farrow")
archive.build()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

VERSION = "0.1.0"
__version__ = VERSION

if TYPE_CHECKING:
    from pressmark.archive.archive import Archive
    from pressmark.errors import PressmarkError
    from pressmark.model.edition import Edition
    from pressmark.pipeline import run
    from pressmark.readers import read

__all__ = ["VERSION", "Archive", "Edition", "PressmarkError", "__version__", "read", "run"]

_HOMES = {
    "Archive": "pressmark.archive.archive",
    "Edition": "pressmark.model.edition",
    "PressmarkError": "pressmark.errors",
    "read": "pressmark.readers",
    "run": "pressmark.pipeline",
}


def __getattr__(name: str) -> object:
    """The public names, each imported when it is first asked for: so ``pressmark --help`` is there at once."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module 'pressmark' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
