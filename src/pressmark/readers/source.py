"""A source: one file as received, before anything is understood of it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from pressmark.errors import NotAFile, SourceTooLarge, UnreadableFile
from pressmark.model.edition import Picture

MAX_SIZE = 64 * 1024 * 1024
"""Bytes of the largest source that is read without being told to."""

RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
"""Names that Windows keeps for devices."""

PICTURES = frozenset(".png .jpg .jpeg .gif .webp .avif .bmp".split())
"""Endings of pictures that browsers show. SVG is not among them: it is a page that can run a program."""


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes received, the name they came under, and the folder they lay in (for pictures beside them).

    ``given`` are the folders of the path as it was given, the outermost first, where that path was relative; at most
    ``FOLDERS``, the nearest.
    ``wanted`` are the names of places in it that other files of the same work link to.
    """

    name: str
    data: bytes = field(repr=False)
    folder: Path | None = None
    given: tuple[str, ...] = ()
    wanted: frozenset[str] = frozenset()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """The ending of the name, in lower case, with its dot."""
        return Path(self.name).suffix.lower()


def size_in_words(size: int) -> str:
    """A number of bytes as people say it: ``64 MB``."""
    for unit, bytes_of in (("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)):
        if size >= bytes_of:
            return f"{size / bytes_of:.3g} {unit}"
    return f"{size} bytes"


def load(path: str | os.PathLike[str], *, max_size: int = MAX_SIZE) -> Source:
    """Reads a file whole.

    Raises ``NotAFile``, ``UnreadableFile``, or ``SourceTooLarge`` where it has more than ``max_size`` bytes.
    """
    place = Path(path)
    try:
        status = place.stat()
        if stat.S_ISDIR(status.st_mode):
            raise NotAFile("this is a folder", place=str(path), hint="name the files in it, or use: FOLDER/*.txt")
        if not stat.S_ISREG(status.st_mode):
            raise NotAFile("this is not a file that can be kept", place=str(path), hint="save its text in a file")
        if status.st_size > max_size:
            raise SourceTooLarge(
                f"the file has {size_in_words(status.st_size)}, more than {size_in_words(max_size)}",
                place=str(path),
                hint=f"one text is seldom so long; to read it all the same: --max-size {status.st_size}",
            )
        data = place.read_bytes()
    except FileNotFoundError as error:
        hint = "look for a spelling mistake, or for a wrong folder"
        raise NotAFile("there is no such file", place=str(path), hint=hint) from error
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", "") or str(error)
        hint = "see who may read it"
        raise UnreadableFile(f"the file cannot be read: {words}", place=str(path), hint=hint) from error
    return Source(place.name, data, place.parent, given_folders(place))


FOLDERS = 5
"""So many folders of a path are looked at."""


def given_folders(path: PurePath) -> tuple[str, ...]:
    """The folders of a relative path. An absolute one tells of a computer, not of a text, and gives none."""
    return () if path.anchor or ".." in path.parts else path.parts[:-1][-FOLDERS:]


def picture_beside(source: Source, address: str) -> Picture | None:
    """The picture that ``address`` (as a page writes it) names beside the source, or ``None``.

    Only files in the source's own folder or below it are looked at, never through a symbolic link out of it,
    and only those that are named like pictures.
    """
    if source.folder is None or not address or ":" in address or "\0" in address:
        return None
    if PureWindowsPath(address).anchor or PurePosixPath(address).is_absolute():
        return None  # on Windows the mere look at a network share would call that server
    folder = source.folder.resolve()
    try:
        path = _as_it_is_spelt(folder, address).resolve()
        if path.suffix.lower() not in PICTURES or not path.is_relative_to(folder) or not path.is_file():
            return None
        if path.stat().st_size > MAX_SIZE:
            return None
        data = path.read_bytes()
    except (OSError, ValueError):
        return None
    return Picture(picture_name(path.relative_to(folder).as_posix(), data), data)


def _as_it_is_spelt(folder: Path, address: str) -> Path:
    """The path that an address means: as it stands, or with the capitals that the files have here.

    Pages made on Windows name ``Map.GIF`` where ``map.gif`` lies.
    """
    path = folder / address
    if path.exists() or ".." in path.parts:
        return path
    path = folder
    for part in address.replace("\\", "/").split("/"):
        names = {each.name.casefold(): each.name for each in path.iterdir()} if path.is_dir() else {}
        path /= names.get(part.casefold(), part)
    return path


def picture_name(path: str, data: bytes) -> str:
    """The name under which a picture is kept: small letters, digits, points and hyphens, safe on every system.

    A path that has to be changed for that gets the first digits of the picture's SHA-256, so that no two
    pictures come to the same name.
    """
    stem, dot, suffix = path.lower().rpartition(".")
    plain = "-".join(filter(None, re.split(r"[^a-z0-9]+", stem)))[:60] or "picture"
    if f"{plain}{dot}{suffix}" == path and not RESERVED.fullmatch(plain):
        return path
    return f"{plain}-{hashlib.sha256(data).hexdigest()[:8]}.{suffix}"
