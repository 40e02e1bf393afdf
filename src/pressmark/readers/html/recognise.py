"""Whether a source is HTML, by what it holds."""

from __future__ import annotations

import re

from pressmark.readers.signatures import wide_encoding
from pressmark.readers.source import Source

LOOKED_AT = 16_384
"""Bytes from the beginning that are looked at."""

HTML_NAMES = frozenset((".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".cgi"))
PLAIN_NAMES = frozenset((".txt", ".text", ".asc"))

PROLOGUE = re.compile(r"(?:\s|\ufeff|<\?.*?\?>|<!--.*?(?:-->|\Z))*", re.DOTALL)
BEGINS = re.compile(r"<(?:!doctype\s+html\b|html\b|head\b|body\b|title\s*>|meta\s|frameset\b)", re.IGNORECASE)
OTHER_XML = re.compile(
    r"<(?:!doctype\s+(?!html\b)|[\w.\-]+:?(?:TEI|teiCorpus|rss|feed|svg|book|article)\b|(?:TEI|rss|feed|svg)\b)"
)
TAG = re.compile(
    r"</?(?:p|div|table|tr|td|h[1-6]|br|hr|ul|ol|li|blockquote|center|font|pre|body|html|head|title|img|span|i|b|em"
    r"|strong|a)(?:\s[^<>]*|\s*/)?>",
    re.IGNORECASE,
)
BLOCK = re.compile(
    r"(?:\A|[>\n])[ \t\r]*</?(?:p|div|table|tr|td|h[1-6]|br|hr|ul|ol|li|blockquote|center|font|pre|a)"
    r"(?:\s[^<>]*|\s*/)?>",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"</(?:p|div|table|h[1-6]|ul|ol|li|blockquote|center|font|pre|body|html|a|i|b|em)\s*>", re.IGNORECASE
)
META_CHARSET = re.compile(rb"<meta\s[^<>]*?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:\-]+)", re.IGNORECASE)
XML_ENCODING = re.compile(rb"\s*<\?xml\s[^<>?]*?encoding\s*=\s*[\"']([A-Za-z0-9_.:\-]+)", re.IGNORECASE)


def recognises(source: Source) -> bool:
    """Whether a source is a web page: it begins as one, or is built of tags, not only speaks of them."""
    begin = _beginning(source.data)
    prologue = PROLOGUE.match(begin)
    at = prologue.end() if prologue else 0
    if BEGINS.match(begin, at):
        return True
    if OTHER_XML.match(begin, at) or begin.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return False
    tags = len(TAG.findall(begin))
    if source.suffix in HTML_NAMES:
        return tags > 0
    blocks = len(BLOCK.findall(begin))
    starts = TAG.match(begin, at) is not None
    closed = CLOSING.search(begin) is not None
    return (starts and blocks >= 2 and (closed or blocks >= 3)) or (blocks >= 4 and closed)


def is_named_plain(source: Source) -> bool:
    """Whether the name promises plain text."""
    return source.suffix in PLAIN_NAMES


def declared_encoding(text: bytes) -> str | None:
    """The encoding that a page names for itself in its first 4 KB."""
    head = text[:4096]
    found = META_CHARSET.search(head) or XML_ENCODING.match(head)
    return found.group(1).decode("ascii") if found else None


def _beginning(data: bytes) -> str:
    """The beginning of a source, read well enough to see tags."""
    wide = wide_encoding(data[:LOOKED_AT])
    head = data[:LOOKED_AT]
    text = head.decode(wide, "replace") if wide else head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    return text.removeprefix("\ufeff")
