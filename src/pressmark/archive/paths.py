"""Pressmarks, the names of files in an archive, and the wall around it.

A pressmark (``sedova/father-and-son``) is a path below ``texts/``. Its letters are so few that it is the same
on every file system: no case to fold, no accent to compose, no device name of Windows.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterator
from itertools import count
from pathlib import Path, PurePath

from anyascii import anyascii

from pressmark.archive.writing import ON_WINDOWS, patiently
from pressmark.errors import UnreadableFile, UnsafePath, UsageError

TEXTS = "texts"
TEXT_FILE = "text.xml"
LONGEST_PART = 80  # characters
LONGEST_SOURCE_NAME = 120  # bytes of UTF-8
LONGEST_SUFFIX = 20  # bytes of UTF-8, with the dot

# Microsoft, "Naming Files, Paths, and Namespaces": devices, with or without a suffix.
WINDOWS_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [port + number for port in ("com", "lpt") for number in "0123456789¹²³"]
)
_PART = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FORBIDDEN_ON_WINDOWS = '<>:"/\\|?*'
_JOINERS = "\u200c\u200d"  # letters of Persian and of Indian scripts need them
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT


def slug(words: str, *, fallback: str) -> str:
    """One part of a pressmark made of any words in any script; ``fallback`` where no letter is left.

    At most 80 characters, cut between words where that is possible. Raises ``ValueError`` where
    ``fallback`` itself is not a part of a pressmark.
    """
    if not is_part(fallback):
        raise ValueError(f"{fallback!r} is not a part of a pressmark")
    return _slug(words) or fallback


def is_part(part: str) -> bool:
    """Whether ``part`` can stand between the slashes of a pressmark."""
    return len(part) <= LONGEST_PART and part not in WINDOWS_DEVICES and bool(_PART.fullmatch(part))


def is_pressmark(pressmark: str) -> bool:
    """Whether ``pressmark`` is two or more good parts joined by ``/``."""
    parts = pressmark.split("/")
    return len(parts) > 1 and all(map(is_part, parts))


def parse_pressmark(pressmark: str) -> str:
    """The pressmark itself if it is a good one. Raises ``UsageError``, whose hint names a good form."""
    if is_pressmark(pressmark):
        return pressmark
    raise UsageError(
        f"“{_shown(pressmark, longest=80)}” is not a pressmark (collection/text)",
        hint=f"Use small letters a to z, digits and hyphens, such as {_good_form(pressmark)}",
    )


def source_name(name: str) -> str:
    """The name under which a source called ``name`` is kept: safe on every file system, still readable.

    Letters of every script, spaces and dots stay; folders, control characters, what Windows forbids, and
    dots and spaces at either end go. At most 120 bytes of UTF-8, the suffix kept; NFC; never empty.
    """
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    kept = "".join(filter(None, map(_kept, unicodedata.normalize("NFC", last))))
    kept = unicodedata.normalize("NFC", kept).strip(" .") or "source"
    return _fitted(_no_device(_fitted(kept)))


def free_name(name: str, taken: Collection[str]) -> str:
    """``name``, or ``name-2``, ``name-3``, … with its suffix kept: the first that is not among ``taken``.

    Names that differ only in case or in the composition of letters count as the same, as on Windows and
    macOS.
    """
    folded = set(map(fold, taken))
    return next(candidate for candidate in numbered(name) if fold(candidate) not in folded)


def numbered(name: str) -> Iterator[str]:
    """``name``, then ``name-2``, ``name-3``, … without end, the suffix kept and the length held."""
    yield name
    for number in count(2):
        yield _fitted(name, ending=f"-{number}")


def fold(name: str) -> str:
    """What a file system that ignores case and composition makes of ``name``."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def inside(root: Path, path: str | PurePath) -> Path:
    """The absolute place of ``path`` (below ``root``, or relative to it) if it surely is inside ``root``.

    Nothing below ``root`` on the way there, nor the place itself, may be a symbolic link or a junction; what
    does not exist yet may follow. ``root`` itself may be reached by a link. Raises ``UnsafePath``.
    It guards against hostile archives, not against a program that puts links in place meanwhile.
    """
    place = root / path
    if "\0" in str(path) or not place.is_relative_to(root):
        raise _unsafe(str(path), "the path leads out of the archive")
    step = root
    for part in place.relative_to(root).parts:
        if part == ".." or (ON_WINDOWS and ":" in part):
            raise _unsafe(str(path), "the path leads out of the archive")
        step /= part
        if is_link(step):
            raise _unsafe(str(step), "this is a link, and Pressmark does not follow links inside an archive")
    return place


def is_link(path: Path) -> bool:
    """Whether ``path`` is a symbolic link or a junction (a folder of Windows that stands for another)."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


def read_inside(root: Path, path: str | PurePath) -> bytes | None:
    """The bytes of a file inside ``root``; ``None`` where there is none.

    Raises ``UnsafePath`` for a link or for what is not a plain file (a pipe would never end),
    ``UnreadableFile`` where the operating system refuses.
    """
    place = inside(root, path)
    try:
        if not stat.S_ISREG(os.lstat(place).st_mode):
            raise _unsafe(str(place), "this is not a file")
        return patiently(place.read_bytes)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UnreadableFile(
            "the operating system does not let this file be read",
            place=str(place),
            hint="Close other programs that have it open, or ask for the right to read it",
        ) from error


def find_texts(root: Path) -> Iterator[str]:
    """Every pressmark at which a text stands, sorted. Links are not followed (``find_links``)."""
    return iter(sorted(filter(is_pressmark, _text_folders(root))))


def find_strays(root: Path) -> Iterator[Path]:
    """Folders below ``texts/`` that hold a ``text.xml`` but whose path is no pressmark, sorted."""
    return (root / TEXTS / path for path in sorted(_text_folders(root)) if not is_pressmark(path))


def find_links(root: Path) -> Iterator[Path]:
    """Every symbolic link and junction in the archive, sorted, ``.git`` left out; none is followed."""
    links, folders = list[Path](), [root]
    while folders:
        for path in _listed(folders.pop()):
            if is_link(path):
                links.append(path)
            elif path.is_dir() and path != root / ".git":
                folders.append(path)
    return iter(sorted(links))


def _text_folders(root: Path) -> Iterator[str]:
    # A text's own folder is not searched: source/ may hold a foreign text.xml.
    folders = [inside(root, TEXTS)]
    while folders:
        folder = folders.pop()
        text = folder / TEXT_FILE
        if text.is_file() and not is_link(text):
            yield folder.relative_to(root / TEXTS).as_posix()
        else:
            folders.extend(path for path in _listed(folder) if path.is_dir() and not is_link(path))


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise UnreadableFile(
            "the operating system does not let this folder be read",
            place=str(folder),
            hint="Ask for the right to read it",
        ) from error


def _slug(words: str) -> str:
    letters = anyascii(unicodedata.normalize("NFC", words[: 4 * LONGEST_PART])).lower().replace("'", "")
    part = _shortened(re.sub(r"[^a-z0-9]+", "-", letters).strip("-"))
    return f"{part}-1" if part in WINDOWS_DEVICES else part


def _shortened(part: str) -> str:
    if len(part) <= LONGEST_PART:
        return part
    whole_words, _, _ = part[: LONGEST_PART + 1].rpartition("-")
    return whole_words or part[:LONGEST_PART]


def _good_form(pressmark: str) -> str:
    parts = list(filter(None, map(_slug, re.split(r"[/\\]", pressmark[:400]))))
    if len(parts) > 1:
        return "/".join(parts)
    return f"sedova/{parts[0]}" if parts else "sedova/father-and-son"


def _kept(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Zs":
        return " "
    noncharacter = ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF
    control = category in {"Cc", "Cs", "Zl", "Zp"} or (category == "Cf" and letter not in _JOINERS)
    return "" if control or noncharacter or letter in _FORBIDDEN_ON_WINDOWS else letter


def _no_device(name: str) -> str:
    stem, dot, rest = name.partition(".")
    device = stem.rstrip(" ")
    return f"{device}-1{dot}{rest}" if device.casefold() in WINDOWS_DEVICES else name


def _fitted(name: str, *, ending: str = "") -> str:
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(f".{suffix}".encode()) > LONGEST_SUFFIX:
        stem, dot, suffix = name, "", ""
    room = LONGEST_SOURCE_NAME - len(f"{ending}{dot}{suffix}".encode())
    cut = stem.encode()[:room].decode(errors="ignore")
    return f"{cut if cut == stem else cut.rstrip(' .')}{ending}{dot}{suffix}"


def _shown(text: str, *, longest: int = 1000) -> str:
    printable = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:longest])
    return printable if len(text) <= longest else f"{printable}…"


def _unsafe(place: str, message: str) -> UnsafePath:
    return UnsafePath(message, place=_shown(place), hint="Put a real file or folder in its place, inside the archive")
