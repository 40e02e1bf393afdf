"""What a page says of itself outside its text: its title, its ``meta`` elements, its language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pressmark.model.header import SOURCE, Statement
from pressmark.model.text import plain
from pressmark.readers.html.page import Page
from pressmark.readers.html.tags import language_of

FIELDS: dict[str, str] = {
    "author": "author",
    "description": "description",
    "copyright": "rights",
    "rights": "rights",
    "translator": "translator",
    "editor": "editor",
    "transcriber": "transcriber",
    "language": "language",
    "content-language": "language",
    "title": "title",
    "creator": "author",
    "contributor": "editor",
    "date": "published",
    "date.created": "written",
    "created": "written",
    "date.issued": "published",
    "issued": "published",
    "source": "printed_source",
    "abstract": "description",
    "citation_title": "title",
    "citation_author": "author",
    "citation_editor": "editor",
    "citation_translator": "translator",
    "citation_date": "published",
    "citation_publication_date": "published",
    "citation_language": "language",
    "citation_abstract": "description",
}
"""The field of the record that a ``meta`` name states; names of Dublin Core without their prefix."""

PREFIX = re.compile(r"(?:dc|dcterms|dct)[.:]", re.IGNORECASE)
LIBRARY_ONLY = frozenset(("title", "date", "date.created", "created", "date.issued", "issued", "source"))
"""Names that mean this only with the prefix of Dublin Core."""

UNSURE = frozenset(("author",))
"""On old pages the author of ``meta`` is often the transcriber."""

ISO_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def statements(page: Page) -> tuple[Statement, ...]:
    """Every statement of the page, each with the source's hand; the same one once."""
    return tuple(dict.fromkeys((*_titles(page), *_metas(page), *_languages(page))))


def _titles(page: Page) -> Iterator[Statement]:
    for title in page.titles:
        if value := plain(title):
            yield Statement("page_title", value, found="html:title", resp=SOURCE)


def _metas(page: Page) -> Iterator[Statement]:
    for element in page.find("meta"):
        name = plain(page.restored(element.get("name") or element.get("http-equiv") or "")).lower()
        value = plain(page.restored(element.get("content") or ""))
        bare = PREFIX.sub("", name)
        if not value or bare not in FIELDS or (bare == name and name in LIBRARY_ONLY):
            continue
        field = FIELDS[bare]
        cert = "low" if name in UNSURE else ""
        yield Statement(field, value, _normal(field, value), f"meta:{name}", SOURCE, cert)


def _languages(page: Page) -> Iterator[Statement]:
    for element in page.find("html", "body"):
        if tag := language_of(element):
            yield Statement("language", tag, _normal("language", tag), "html:lang", SOURCE)


def _normal(field: str, value: str) -> str:
    """The form for machines: a date in EDTF, a language in BCP 47; else empty."""
    if field in ("published", "written"):
        date = value.replace("/", "-")
        return date if ISO_DATE.fullmatch(date) else ""
    if field == "language" and LANGUAGE.fullmatch(value):
        parts = value.split("-")
        return "-".join([parts[0].lower(), *(_subtag(part) for part in parts[1:])])
    return ""


def _subtag(part: str) -> str:
    """A subtag in the case that BCP 47 (RFC 5646, 2.1.1) recommends."""
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part.lower()
