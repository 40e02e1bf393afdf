"""Builds the site: into a new folder first, which then takes the place of the old one.

Killed at any moment, the old site or the new one stands whole; the next build clears up what was left. A file
that has not changed is not written again: it keeps its bytes and its time.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pressmark import VERSION
from pressmark.archive.checking import proved
from pressmark.archive.locking import writing
from pressmark.archive.paths import find_texts, inside, read_inside
from pressmark.archive.settings import Settings
from pressmark.archive.store import TextStore
from pressmark.archive.writing import make_folder, patiently, refused
from pressmark.errors import UsageError
from pressmark.exporters.listing import Listing, listing
from pressmark.exporters.site import Archived, Site, SiteSettings
from pressmark.model.edition import Edition, Picture
from pressmark.readers.source import PICTURES

SITE = Path("site")
NEW = Path(".pressmark") / "site-new"
OLD = Path(".pressmark") / "site-old"


@dataclass(frozen=True, slots=True)
class Built:
    """A built site: its folder, how many texts and files it has, and how many of the files are new."""

    folder: Path
    texts: int
    files: int
    written: int


def build_site(root: Path, settings: Settings, *, on_progress: Callable[[int, int], None] | None = None) -> Built:
    """Builds the site of the archive at ``root``. ``on_progress`` is called with texts done and texts in all.

    Raises what reading a text raises, and ``OutputError``; then the old site stands as it was.
    """
    with writing(root):
        recover(root)
        pressmarks = list(find_texts(root))
        if not pressmarks:
            raise UsageError("the archive has no texts", place=str(root), hint="pressmark add FILE")
        site = Site(_site_settings(settings), list(_listings(root, pressmarks, settings)))
        files = written = 0
        for path, data in _files(root, site, pressmarks, on_progress):
            files += 1
            written += _put(root, path, data)
        _swap(root)
    return Built(inside(root, SITE), len(pressmarks), files, written)


def recover(root: Path) -> None:
    """Finishes or clears away what a killed build left. To be called under the archive's lock."""
    site, new, old = (inside(root, path) for path in (SITE, NEW, OLD))
    if old.exists() and not site.exists():
        patiently(lambda: old.replace(site))
    for left in (old, new):
        if left.exists():
            _remove(left)


def _site_settings(settings: Settings) -> SiteSettings:
    return SiteSettings(
        settings.title,
        settings.base_url,
        settings.languages[0] if settings.languages else "en",
        settings.rights,
        settings.contact,
        VERSION,
    )


def _listings(root: Path, pressmarks: list[str], settings: Settings) -> Iterator[Listing]:
    language = settings.languages[0] if settings.languages else "en"
    for pressmark in pressmarks:
        yield listing(proved(root, pressmark)[1], pressmark=pressmark, language=language)


def _files(
    root: Path, site: Site, pressmarks: list[str], on_progress: Callable[[int, int], None] | None
) -> Iterator[tuple[str, bytes]]:
    for done, pressmark in enumerate(pressmarks, 1):
        document, edition = proved(root, pressmark)
        yield from site.text(Archived(pressmark, edition, document, tuple(_pictures(root, pressmark, edition))))
        if on_progress:
            on_progress(done, len(pressmarks))
    yield from site.frame()


def _pictures(root: Path, pressmark: str, edition: Edition) -> Iterator[Picture]:
    """The pictures of a text, each once: only what is named like a picture, for a page could run a program."""
    folder = TextStore(root, pressmark).folder
    urls = dict.fromkeys(leaf.get("url") for leaf in edition.leaves() if leaf.name == "graphic")
    for url in urls:
        if url.startswith("pages/") and PurePosixPath(url).suffix.lower() in PICTURES:
            data = read_inside(root, folder / url)
            if data is not None:
                yield Picture(url.removeprefix("pages/"), data)


def _put(root: Path, path: str, data: bytes) -> bool:
    """Puts a file into the new site: the old one itself where nothing changed; whether it had to be written."""
    target = inside(root, NEW / path)
    before = inside(root, SITE / path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if before.is_file() and before.stat().st_size == len(data) and before.read_bytes() == data:
            with suppress(OSError):
                os.link(before, target)
                return False
            shutil.copy2(before, target)
            return False
        target.write_bytes(data)
    except OSError as error:
        raise refused(target, error) from error
    return True


def _swap(root: Path) -> None:
    site, new, old = (inside(root, path) for path in (SITE, NEW, OLD))
    make_folder(old.parent)
    try:
        if site.exists():
            patiently(lambda: site.replace(old))
        patiently(lambda: new.replace(site))
    except OSError as error:
        if old.exists() and not site.exists():
            old.replace(site)
        raise refused(site, error) from error
    if old.exists():
        _remove(old)


def _remove(place: Path) -> None:
    try:
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()
    except OSError as error:
        raise refused(place, error) from error
