"""Addresses as pages write them: which may stay, and how they are written in TEI."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from pressmark.model.text import FORBIDDEN

SAFE_SCHEMES = frozenset(("http", "https", "mailto", "ftp"))
LONGEST = 4000
"""Characters of the longest address that is kept."""

IGNORED = re.compile("[\x00-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")
"""What may hide a scheme from a reader's eye and not from every browser."""

SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
BRACKETS = re.compile(r"[\[\]#]")
AUTHORITY = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*:)?//([^/?#]*)")
HOST = re.compile(
    r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:%]*@)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9\-._~%!$&'()*+,;=]+)(?::\d{1,5})?"
)
WRITTEN_AS_THEY_ARE = "!#$%&'()*+,-./:;=?@_~[]"


def is_safe(address: str) -> bool:
    """Whether a link may lead there: on the web, to a mail-box, or to a place relative to the page."""
    bare = IGNORED.sub("", address)
    scheme = SCHEME.match(bare)
    if scheme:
        return scheme.group(1).lower() in SAFE_SCHEMES
    before_path = re.split(r"[/?#]", bare, maxsplit=1)[0]
    return ":" not in before_path and "&" not in before_path


def pointer(address: str) -> str:
    """The address as an XML Schema ``anyURI`` without white space, or ``""`` where it is not safe, empty, too
    long, or no address at all. What may not stand in an address is percent-encoded (RFC 3986, 2.1).
    """
    address = address.strip().replace("\t", "").replace("\n", "").replace("\r", "")
    if not address or len(address) > LONGEST or not is_safe(address):
        return ""
    address = STRAY_PERCENT.sub("%25", FORBIDDEN.sub("\ufffd", address)).replace("\\", "/")
    written = _as_uri(quote(address, safe=WRITTEN_AS_THEY_ARE))
    return written if is_safe(written) else ""


def _as_uri(written: str) -> str:
    """``written`` with what RFC 3986 does not allow there encoded; ``""`` where its host makes no sense."""
    head, mark, fragment = written.partition("#")
    fragment = BRACKETS.sub(_encoded, fragment)
    authority = AUTHORITY.match(head)
    if authority is None:
        return BRACKETS.sub(_encoded, head) + mark + fragment
    if not HOST.fullmatch(authority.group(2)):
        return ""
    return head[: authority.end()] + BRACKETS.sub(_encoded, head[authority.end() :]) + mark + fragment


def _encoded(match: re.Match[str]) -> str:
    return f"%{ord(match.group()):02X}"


def fragment_of(address: str, page: str) -> str | None:
    """The place in this very page that an address names (``#n1``, ``page.htm#n1``), or ``None``."""
    name, mark, fragment = address.strip().partition("#")
    if not mark or (name and unquote(name) != page):
        return None
    return unquote(fragment)
