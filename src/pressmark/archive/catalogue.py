"""What an archive has, at a glance: the header of every text, read again only where the text has changed.

The catalogue is derived, and kept in ``.pressmark/catalogue.json``, which can be thrown away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from pressmark.archive.paths import find_texts, inside, read_inside, source_name
from pressmark.archive.writing import make_folder, write_atomically
from pressmark.errors import OutputError, PressmarkError
from pressmark.tei import parse

CATALOGUE_FILE = Path(".pressmark") / "catalogue.json"
FORM = 1


@dataclass(frozen=True, slots=True)
class Catalogued:
    """One text: its stamp (mtime in ns and size of ``text.xml``), its title, and its witnesses."""

    pressmark: str
    stamp: tuple[int, int]
    title: str
    names: tuple[str, ...]
    sources: tuple[str, ...]
    inks: tuple[str, ...]


class Catalogue:
    """Every text that can be read; one that cannot is left out (``check`` names it).

    It is read once for a batch of additions, told of each, and kept at the end.
    """

    def __init__(self, texts: Iterable[Catalogued]) -> None:
        self.texts: dict[str, Catalogued] = {}
        self._by: dict[str, dict[str, list[str]]] = {"names": {}, "sources": {}, "inks": {}}
        for each in texts:
            self.put(each)

    @classmethod
    def read(cls, root: Path) -> Catalogue:
        """The catalogue as it is now; what it takes from the kept one has not changed since."""
        kept = _kept(root)
        fresh = (_entry(root, pressmark, kept) for pressmark in find_texts(root))
        catalogue = cls(entry for entry in fresh if entry is not None)
        catalogue.is_new = catalogue.texts != kept
        return catalogue

    is_new = False
    """Whether it differs from the one that is kept."""

    def put(self, entry: Catalogued) -> None:
        """Adds a text, or what has become of it."""
        self.texts[entry.pressmark] = entry
        self.is_new = True
        for field, index in self._by.items():
            for key in getattr(entry, field):
                found = index.setdefault(key, [])
                if entry.pressmark not in found:
                    found.append(entry.pressmark)

    def refresh(self, root: Path, pressmark: str) -> None:
        """Reads one text anew."""
        entry = _entry(root, pressmark, {})
        if entry is not None:
            self.put(entry)

    def keep(self, root: Path) -> None:
        """Keeps the catalogue for the next time, where it is new."""
        if self.is_new:
            _keep(root, self.texts)
            self.is_new = False

    def get(self, pressmark: str) -> Catalogued | None:
        """The text at a pressmark, or ``None``."""
        return self.texts.get(pressmark)

    def with_name(self, name: str, wanted: str) -> Catalogued | None:
        """The one text made of a file of this name that has the last part of ``wanted`` for its own."""
        last = wanted.rpartition("/")[2]
        found = [each for each in self._by["names"].get(name, ()) if each.endswith(f"/{last}")]
        return self.texts[found[0]] if len(found) == 1 else None

    def named(self, name: str) -> list[str]:
        """The pressmarks of the texts made of a file of this name."""
        return self._by["names"].get(name, [])

    def with_source(self, sha256: str) -> list[str]:
        """The pressmarks of the texts that a file with this SHA-256 is a witness of."""
        return self._by["sources"].get(sha256, [])

    def with_ink(self, ink: str) -> list[str]:
        """The pressmarks of the texts that have a witness of the same non-white characters."""
        return self._by["inks"].get(ink, [])


def _entry(root: Path, pressmark: str, kept: dict[str, Catalogued]) -> Catalogued | None:
    path = inside(root, Path("texts") / pressmark / "text.xml")
    status = path.stat()
    stamp = (status.st_mtime_ns, status.st_size)
    known = kept.get(pressmark)
    if known is not None and known.stamp == stamp:
        return known
    try:
        header = parse(read_inside(root, path) or b"", place=str(path)).header
    except PressmarkError:
        return None
    witnesses = header.witnesses
    return Catalogued(
        pressmark,
        stamp,
        header.value("title"),
        tuple(source_name(witness.name) for witness in witnesses),
        tuple(witness.sha256 for witness in witnesses),
        tuple(witness.ink for witness in witnesses),
    )


def _kept(root: Path) -> dict[str, Catalogued]:
    """The catalogue that is kept; nothing, where it is not ours or is damaged: it is only a cache."""
    try:
        form = json.loads(read_inside(root, CATALOGUE_FILE) or b"{}")
        entries = form["texts"] if form.get("form") == FORM else []
        return {entry.pressmark: entry for entry in map(_remembered, entries)}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _remembered(entry: dict[str, object]) -> Catalogued:
    pressmark, title = entry["pressmark"], entry["title"]
    mtime, size = cast("list[int]", entry["stamp"])
    if not (isinstance(pressmark, str) and isinstance(title, str) and type(mtime) is int and type(size) is int):
        raise TypeError("this is no entry of a catalogue")
    names, sources, inks = (tuple(map(str, cast("list[str]", entry[key]))) for key in ("names", "sources", "inks"))
    return Catalogued(pressmark, (mtime, size), title, names, sources, inks)


def _keep(root: Path, texts: dict[str, Catalogued]) -> None:
    form = {"form": FORM, "texts": [asdict(entry) for entry in texts.values()]}
    with suppress(OutputError):  # the catalogue only saves time
        make_folder(inside(root, CATALOGUE_FILE.parent))
        write_atomically(inside(root, CATALOGUE_FILE), json.dumps(form).encode())
