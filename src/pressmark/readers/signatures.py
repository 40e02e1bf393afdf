"""What a file is by its first bytes, whatever its name says: a text, or one of the many other things."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pressmark.errors import BinarySource, EmptySource, ForeignFormat

_SAMPLE = 65_536
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"
_COMMON = re.compile(
    r"[\t\n\f\r\x20-\x7e\xa0-\u024f\u0370-\u052f\u0590-\u06ff\u1e00-\u1fff\u2010-\u203a\u20ac\u2116\ufeff]"
)

_WORD_PROCESSOR = "open it in your word processor and save it as plain text (UTF-8) or HTML, then give that file"
_UNPACK = "unpack it and give the text files in it"
_PICTURE = "recognise its text first (OCR), for example with Tesseract, and give the text that comes out"
_PAGES = "take its text out first, for example with `pdftotext -layout FILE.pdf`, or run OCR on its pages"
_DJVU = "take its text out first with `djvutxt FILE.djvu FILE.txt`"
_PRINTER = "take its text out first, for example with `ps2ascii FILE.ps FILE.txt`"
_PROGRAM = "it holds no text of an edition; check that you gave the right file"


@dataclass(frozen=True, slots=True)
class Signature:
    """The bytes (``offset`` bytes from the beginning) by which a format is known, and the way out of it."""

    magic: bytes
    name: str
    hint: str
    offset: int = 0
    with_nul: bool = False
    """Whether the magic bytes are also ordinary letters, so that a NUL byte must confirm them."""


SIGNATURES = (
    Signature(b"{\\rtf", "an RTF document", _WORD_PROCESSOR),
    Signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word (DOC) or other Office document", _WORD_PROCESSOR),
    Signature(b"\xffWPC", "a WordPerfect document", _WORD_PROCESSOR),
    Signature(b"\x31\xbe\x00\x00", "an old Word (DOC) document", _WORD_PROCESSOR),
    Signature(b"\xdb\xa5\x2d\x00", "an old Word (DOC) document", _WORD_PROCESSOR),
    Signature(b"%PDF-", "a PDF", _PAGES),
    Signature(b"%!PS", "a PostScript file", _PRINTER),
    Signature(b"\x04%!PS", "a PostScript file", _PRINTER),
    Signature(b"\xc5\xd0\xd3\xc6", "a PostScript (EPS) file", _PRINTER),
    Signature(b"AT&TFORM", "a DjVu file", _DJVU),
    Signature(b"BOOKMOBI", "a Kindle (MOBI) book", "convert it to HTML first, for example with Calibre", 60),
    Signature(b"ITSF", "a Windows help (CHM) file", "convert it to HTML first, for example with Calibre", 0, True),
    Signature(b"\x1f\x8b", "a gzip file", _UNPACK),
    Signature(b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    Signature(b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    Signature(b"\xfd7zXZ\x00", "an xz file", _UNPACK),
    Signature(b"\x28\xb5\x2f\xfd", "a Zstandard file", _UNPACK),
    Signature(b"BZh91AY&SY", "a bzip2 file", _UNPACK),
    Signature(b"ustar", "a tar archive", _UNPACK, 257, True),
    Signature(b"\x89PNG\r\n\x1a\n", "a picture (PNG)", _PICTURE),
    Signature(b"\xff\xd8\xff", "a picture (JPEG)", _PICTURE),
    Signature(b"GIF87a", "a picture (GIF)", _PICTURE, 0, True),
    Signature(b"GIF89a", "a picture (GIF)", _PICTURE, 0, True),
    Signature(b"II*\x00", "a picture (TIFF)", _PICTURE),
    Signature(b"MM\x00*", "a picture (TIFF)", _PICTURE),
    Signature(b"\x00\x00\x00\x0cjP  ", "a picture (JPEG 2000)", _PICTURE),
    Signature(b"BM", "a picture (BMP)", _PICTURE, 0, True),
    Signature(b"RIFF", "a picture or a recording (RIFF)", _PROGRAM, 0, True),
    Signature(b"ID3", "a sound recording (MP3)", _PROGRAM, 0, True),
    Signature(b"OggS", "a sound recording (Ogg)", _PROGRAM, 0, True),
    Signature(b"SQLite format 3\x00", "a database (SQLite)", _PROGRAM),
    Signature(b"\x7fELF", "a program", _PROGRAM),
    Signature(b"MZ", "a program", _PROGRAM, 0, True),
)

_ZIPPED = (
    (b"word/document", "a Word (DOCX) document", _WORD_PROCESSOR),
    (b"opendocument.text", "an OpenDocument (ODT) document", _WORD_PROCESSOR),
    (b"application/epub+zip", "an EPUB book", "unpack it as a ZIP file and give the XHTML files in it"),
    (b"xl/workbook", "an Excel (XLSX) workbook", "save it from your spreadsheet as plain text or HTML"),
    (b"ppt/presentation", "a PowerPoint (PPTX) file", "save its outline as plain text or HTML"),
    (b"opendocument", "an OpenDocument file", _WORD_PROCESSOR),
)


def refuse_what_is_no_text(data: bytes, *, place: str) -> None:
    """Raise if the bytes are no text, with a sentence on what they are; return otherwise.

    Raises ``ForeignFormat`` for a format that is known by its first bytes, ``EmptySource`` if there is
    nothing but white space (in any encoding, with or without a byte order mark), and ``BinarySource`` for
    NUL bytes outside UTF-16 and UTF-32 and for text of which a fifth or more are control characters.
    """
    _refuse_foreign_format(data, place)
    wide = wide_encoding(data)
    if wide is None:
        _refuse_empty(data, place)
        _refuse_nul(data, place)
        sample = data[:_SAMPLE]
    else:
        text = _wide_text(data[: _SAMPLE * 4], wide)
        _refuse_empty(text if text.strip() or len(data) <= _SAMPLE * 4 else _wide_text(data, wide), place)
        sample = text.encode("utf-8", "surrogatepass")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > 0.2 * len(sample):
        raise BinarySource(
            "this is no text: most of it is control characters",
            place=place,
            hint="it may be a picture, a program or a damaged file; check that you gave the right one",
        )


def wide_encoding(data: bytes) -> str | None:
    """``utf-16-le``, ``utf-16-be``, ``utf-32-le`` or ``utf-32-be`` if the bytes are that, else ``None``.

    A byte order mark says it (The Unicode Standard, section 23.8). Without one, text in UTF-16 is known by
    its high bytes: every other byte is NUL, or a control code such as 04 for Russian, and what is read so
    is nearly all common letters.
    """
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark) and (encoding.startswith("utf-16") or _is_utf_32(data, encoding)):
            return encoding
    sample = data[:_SAMPLE]
    if len(data) < 2 or len(sample) - len(sample.translate(None, _CONTROLS)) < 0.25 * len(sample):
        return None
    likely = {encoding: _share_of_common(sample, encoding) for encoding in _UNMARKED}
    best = max(likely, key=lambda encoding: likely[encoding])
    if likely[best] < 0.9 or (best.startswith("utf-32") and not _is_utf_32(data, best)):
        return None
    return best


_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def _is_utf_32(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _share_of_common(sample: bytes, encoding: str) -> float:
    width = 4 if encoding.startswith("utf-32") else 2
    whole = sample[: len(sample) // width * width]
    try:
        text = whole.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return 0.0
    return len(_COMMON.findall(text)) / max(1, len(text))


def _wide_text(data: bytes, encoding: str) -> str:
    width = 4 if encoding.startswith("utf-32") else 2
    return data[: len(data) // width * width].decode(encoding, "surrogatepass")


def _refuse_empty(content: bytes | str, place: str) -> None:
    if not _is_blank(content):
        return
    raise EmptySource(
        "the file is empty or holds nothing but white space",
        place=place,
        hint="check that it was saved or copied completely",
    )


def _is_blank(content: bytes | str) -> bool:
    if isinstance(content, bytes):
        inside = content.removeprefix(codecs.BOM_UTF8).strip(b" \t\r\n\f\v\x1a")
        if not inside.strip(b"\xa0") or 0x20 < inside[0] < 0x7F:
            return not inside.strip(b"\xa0")
        content = inside.decode("utf-8", "replace")
    return not re.sub(r"[\s\ufeff\u200b\u2060\x1a]+", "", content[:_SAMPLE]) and not content[_SAMPLE:].strip()


def _refuse_nul(data: bytes, place: str) -> None:
    first = data.find(b"\0")
    if first < 0:
        return
    rest = len(data.translate(None, _CONTROLS))
    what = (
        "it looks like a text that was damaged on its way; take a sound copy"
        if rest > 0.8 * len(data)
        else "it may be a picture or the document of some program; save its text as plain text or HTML"
    )
    raise BinarySource(f"this is no text: byte {first + 1} is NUL, which no text contains", place=place, hint=what)


def _refuse_foreign_format(data: bytes, place: str) -> None:
    head = data[:4096].removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        known = ((name, hint) for inside, name, hint in _ZIPPED if inside in data)
        name, hint = next(known, ("a ZIP archive", _UNPACK))
        raise _foreign(name, hint, place)
    for signature in SIGNATURES:
        found = data.startswith(signature.magic, signature.offset) or (
            signature.offset == 0 and head.startswith(signature.magic)
        )
        if found and (not signature.with_nul or b"\0" in data[:4096]):
            raise _foreign(signature.name, signature.hint, place)


def _foreign(name: str, hint: str, place: str) -> ForeignFormat:
    return ForeignFormat(f"this is {name}, which Pressmark does not read", place=place, hint=hint)
