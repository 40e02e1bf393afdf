"""Names of encodings, and eight-bit encodings in which every byte is a character."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

_NOT_FOR_TEXT = {"idna", "punycode", "undefined", "mbcs", "oem", "unicode_escape", "unicode-escape"} | {
    "raw_unicode_escape",
    "raw-unicode-escape",
}
_MANY_BYTE = ("gb", "big5", "shift", "euc", "cp932", "cp949", "cp950", "iso2022", "hz", "johab")


def canonical(name: str) -> str | None:
    """The one name of a text encoding (``latin1`` is ``iso-8859-1``), or ``None`` if there is none such."""
    try:
        b" ".decode(name, "replace")
        found = codecs.lookup(name.strip()).name
    except (LookupError, ValueError, UnicodeError):
        return None
    found = re.sub("^iso8859-", "iso-8859-", found)
    if found in _NOT_FOR_TEXT:
        return None
    return "utf-8" if found == "utf-8-sig" else found


def shown(encoding: str) -> str:
    """The name of an encoding as a message gives it."""
    return encoding.upper() if encoding.startswith("utf") else encoding


@lru_cache(maxsize=64)
def table(encoding: str) -> str:
    """The 256 characters of an eight-bit encoding; a byte that it leaves undefined is the C1 control."""
    return "".join(_one(byte, encoding) for byte in range(256))


def _one(byte: int, encoding: str) -> str:
    try:
        return bytes((byte,)).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def text_of(piece: bytes, encoding: str) -> str:
    """The text of some bytes; lone surrogates of UTF-16 and undefined bytes of eight-bit encodings are kept.

    Raises ``UnicodeDecodeError`` if UTF-8 or an East Asian encoding does not fit.
    """
    if encoding.startswith(("utf-16", "utf-32")):
        return piece.decode(encoding, "surrogatepass")
    if is_eight_bit(encoding):
        return codecs.charmap_decode(piece, "strict", table(encoding))[0]
    return piece.decode(encoding)


def bytes_of(text: str, encoding: str) -> bytes:
    """What ``text_of`` was given."""
    if encoding.startswith(("utf-16", "utf-32")):
        return text.encode(encoding, "surrogatepass")
    if is_eight_bit(encoding):
        return codecs.charmap_encode(text, "strict", _codes(encoding))[0]
    return text.encode(encoding)


@lru_cache(maxsize=64)
def is_eight_bit(encoding: str) -> bool:
    """Whether every byte is one character in this encoding."""
    if encoding.startswith("utf"):
        return False
    letters = table(encoding)
    return len(letters) == len(set(letters)) == 256 and not encoding.startswith(_MANY_BYTE)


_codes = lru_cache(maxsize=64)(lambda encoding: codecs.charmap_build(table(encoding)))
