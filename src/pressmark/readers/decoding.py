"""From the bytes received to text, for plain text and HTML alike: no byte is lost and nothing is made up.

The encoding is found in this order: what the person said; a byte order mark; UTF-16 and UTF-32 by their
NUL bytes; strict UTF-8; then the eight-bit encoding that fits best (``pressmark.readers.legacy``). What a
page says of itself is evidence only. A file in two encodings is read stretch by stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pressmark.errors import UndecodableSource, UsageError
from pressmark.model.stand_off import Finding
from pressmark.readers.codec import bytes_of, canonical, shown, table, text_of
from pressmark.readers.encoding_findings import REMARKS, Run, encoding_findings
from pressmark.readers.legacy import choose, many_byte_encoding
from pressmark.readers.mojibake import read_again
from pressmark.readers.signatures import refuse_what_is_no_text, wide_encoding
from pressmark.readers.utf8 import VALID_CHARACTERS, VALID_STRETCH

__all__ = ["REMARKS", "Decoded", "canonical", "decode", "refuse_what_is_no_text"]

KNOWN_ENCODINGS = "utf-8, cp1252, iso-8859-1, iso-8859-2, cp1250, cp1251, koi8-r, mac-roman, utf-16"

_MOST_PIECES = 200_000
_ASCII = bytes(range(128))


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as decoded: line ends, U+001A and odd characters are kept, a byte order mark is not.

    ``encoding`` is the Python codec of the greater part (ASCII counts as ``utf-8``). ``findings`` have an
    empty ``block``: their offsets are code points into ``text``. ``runs`` are (start, end, encoding) in code
    points, half-open, without gaps. In a run of an eight-bit encoding a byte that the encoding leaves
    undefined is the C1 control of the same number (as in the WHATWG Encoding Standard, section 9).
    """

    text: str
    encoding: str
    bom: bool
    findings: tuple[Finding, ...]
    runs: tuple[Run, ...]

    def received(self) -> bytes:
        """The bytes that were decoded, made again from ``text`` and ``runs``: proof that none is lost."""
        mark = "\ufeff".encode(self.encoding) if self.bom else b""
        return mark + b"".join(bytes_of(self.text[start:end], encoding) for start, end, encoding in self.runs)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Bytes in order, each with its encoding, and the encoding of the greater part."""

    pieces: list[tuple[bytes, str]]
    main: str
    bom: bool = False


def decode(data: bytes, *, declared: str | None = None, forced: str | None = None, place: str = "") -> Decoded:
    """The text in ``data``, with findings on everything about its encoding that a person should know.

    ``declared`` is what the page says of itself: evidence, often wrong. ``forced`` is what the person said,
    and is used as it is. ``place`` (a path) is named in errors.

    Raises ``UsageError`` if ``forced`` names no text encoding, and ``UndecodableSource`` if the bytes do not
    fit it. Without ``forced`` every sequence of bytes gives a text.
    """
    if forced is not None:
        pieces = _forced(data, forced, place)
    elif (wide := wide_encoding(data)) is not None:
        pieces = _wide(data, wide)
    else:
        pieces = _narrow(data, canonical(declared) if declared else None)
    text, runs = _join(pieces.pieces)
    findings = tuple(
        encoding_findings(text, runs, pieces.main, data=data, declared=declared if forced is None else None)
    )
    return Decoded(text, pieces.main, pieces.bom, findings, runs)


def _forced(data: bytes, forced: str, place: str) -> _Pieces:
    encoding = canonical(forced)
    if encoding is None:
        raise UsageError(
            f"“{forced}” is not an encoding of text",
            place=place,
            hint=f"some that are known: {KNOWN_ENCODINGS}",
        )
    if encoding in {"utf-16", "utf-32"}:
        found = wide_encoding(data)
        encoding = found if found and found.startswith(encoding) else f"{encoding}-le"
    body, bom = _without_mark(data, encoding)
    try:
        body.decode(encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(data, body, error, encoding, place) from error
    return _Pieces([(body, encoding)], encoding, bom)


def _undecodable(data: bytes, body: bytes, error: UnicodeDecodeError, encoding: str, place: str) -> UndecodableSource:
    before = body[: error.start].decode(encoding, "replace")
    line = len(re.findall(r"\r\n?|\n", before)) + 1
    better = decode(data).encoding
    hint = (
        f"try --encoding {better}"
        if better != encoding
        else "leave --encoding out: Pressmark then reads the stretch that does not fit in another encoding"
    )
    return UndecodableSource(
        f"byte 0x{body[error.start]:02X} is not {shown(encoding)}",
        place=f"{place}:{line}" if place else f"line {line}",
        hint=hint,
    )


def _without_mark(data: bytes, encoding: str) -> tuple[bytes, bool]:
    if not encoding.startswith("utf-") or encoding == "utf-7":
        return data, False
    mark = "\ufeff".encode(encoding)
    return data.removeprefix(mark), data.startswith(mark)


def _wide(data: bytes, encoding: str) -> _Pieces:
    body, bom = _without_mark(data, encoding)
    whole = len(body) - len(body) % (4 if encoding.startswith("utf-32") else 2)
    return _Pieces([(body[:whole], encoding), (body[whole:], "iso-8859-1")], encoding, bom)


def _narrow(data: bytes, declared: str | None) -> _Pieces:
    body, bom = _without_mark(data, "utf-8")
    try:
        body.decode()
    except UnicodeDecodeError:
        return _legacy(body, bom, declared)
    return _Pieces([(body, "utf-8")], "utf-8", bom)


def _legacy(body: bytes, bom: bool, declared: str | None) -> _Pieces:
    """Bytes that are not all UTF-8: another encoding, or two in one file."""
    beyond = len(body.translate(None, _ASCII))
    foreign = len(VALID_CHARACTERS.sub(b"", body).translate(None, _ASCII))
    if not bom and beyond - foreign < foreign and (asian := many_byte_encoding(body)):
        return _Pieces([(body, asian)], asian)
    mostly_utf_8 = bom or beyond - foreign >= 8 * foreign
    encoding = choose(body, declared=declared, beside_utf_8=bom or beyond - foreign >= foreign)
    split = _pieces_beside_utf_8 if mostly_utf_8 else _pieces_of_utf_8_within
    kept = list(islice(split(body, encoding), _MOST_PIECES + 1))
    if len(kept) > _MOST_PIECES:
        return _Pieces([(body, encoding)], encoding)
    as_utf_8 = sum(len(piece.translate(None, _ASCII)) // 2 for piece, used in kept if used == "utf-8")
    return _Pieces(kept, "utf-8" if bom or as_utf_8 > foreign else encoding, bom)


def _pieces_beside_utf_8(body: bytes, encoding: str) -> Iterator[tuple[bytes, str]]:
    """Every valid stretch as UTF-8; what stands between, and ASCII between such, as ``encoding``."""
    begin = end = 0
    for match in VALID_STRETCH.finditer(body):
        if match.group().isascii() and begin < match.start() and match.end() < len(body):
            continue
        if begin < match.start():
            yield body[begin : match.start()], encoding
        yield match.group(), "utf-8"
        begin = end = match.end()
    if end < len(body):
        yield body[end:], encoding


def _pieces_of_utf_8_within(body: bytes, encoding: str) -> Iterator[tuple[bytes, str]]:
    """All as ``encoding``, but for the valid sequences that read better as UTF-8."""
    letters, reached = table(encoding), 0
    for match in VALID_CHARACTERS.finditer(body):
        before, after = (
            body[match.start() - 1 : match.start()] or b" ",
            body[match.end() : match.end() + 1] or b" ",
        )
        if not _reads_better_as_utf_8(letters[before[0]], match.group(), letters[after[0]], encoding):
            continue
        if reached < match.start():
            yield body[reached : match.start()], encoding
        yield match.group(), "utf-8"
        reached = match.end()
    if reached < len(body):
        yield body[reached:], encoding


def _reads_better_as_utf_8(before: str, inside: bytes, after: str, encoding: str) -> bool:
    whole = inside[:120].decode("utf-8", "ignore").encode()
    return read_again(before, text_of(whole, encoding), after, encoding) is not None


def _join(pieces: Iterable[tuple[bytes, str]]) -> tuple[str, tuple[Run, ...]]:
    texts: list[str] = []
    runs: list[Run] = []
    reached = 0
    for piece, encoding in pieces:
        if not piece:
            continue
        texts.append(text_of(piece, encoding))
        runs.append((reached, reached + len(texts[-1]), encoding))
        reached = runs[-1][1]
    return "".join(texts), tuple(runs)
