"""The record of an edition as ``teiHeader``, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, TypeAlias, cast

from lxml import etree

from pressmark.errors import InvalidEdition
from pressmark.model.header import FIELDS, Change, Hand, Header, Statement, Witness
from pressmark.model.text import plain
from pressmark.tei.names import (
    CITED,
    INLINE,
    NUMBERS,
    PROFILE,
    PROFILE_URL,
    RESPONSIBLE,
    TEI,
    TITLE_LEVELS,
    TITLE_TYPES,
    UNITS,
    XML_ID,
)

Element = etree._Element
Parts: TypeAlias = tuple[tuple[str, str], ...]

W3C_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
"""What ``@when`` may hold (TEI ``teidata.temporal.w3c``), of the forms used here."""

DATED = ("written",)

MIXED = frozenset(("author", "editor", "name", "date", "licence"))
"""Elements whose words are a statement's, and may hold the elements of its parts."""

PAGES = re.compile(r"([A-Za-z0-9]+)(?:\s*[-–—]\s*([A-Za-z0-9]+))?\W*")
"""A page, or a first and a last one."""

UNKNOWN_LANGUAGE = "und"
"""What BCP 47 calls a language that is not known; TEI demands some ``@ident``."""


def write_header(root: Element, header: Header) -> None:
    """Adds the header as a child of ``root``; each element of it on a line of its own."""
    top = _add(root, "teiHeader")
    _write_file_desc(top, header)
    encoding = _add(top, "encodingDesc")
    _add(encoding, "schemaRef", key=PROFILE, url=PROFILE_URL)
    _write_profile(top, header)
    if header.changes:
        revision = _add(top, "revisionDesc")
        for change in header.changes:
            _add(revision, "change", change.what, when=change.when, who=_pointer(change.who), n=change.stage)
    for element in list(top.iter()):
        if element is top or (len(element) and not element.text and etree.QName(element).localname not in MIXED):
            element.text = "\n"
            for child in element:
                child.tail = "\n"


def _add(parent: Element, name: str, words: str = "", **given: str) -> Element:
    element = etree.SubElement(parent, TEI + name)
    for key, value in given.items():
        if value:
            element.set(XML_ID if key == "id" else key.rstrip("_").replace("_", "-"), _line(value))
    if words:
        element.text = _line(words)
    return element


def _line(words: str) -> str:
    """The words, or ``InvalidEdition`` where they would not be read as they are written."""
    if words != plain(words):
        raise InvalidEdition(f"the record holds what is not one line of text that XML allows: {words!r}")
    return words


def is_date(normal: str) -> bool:
    """Whether an EDTF date is a year, month or day that ``@when`` may hold; any other is ``@when-custom``."""
    if not W3C_DATE.fullmatch(normal):
        return False
    try:
        date.fromisoformat(normal + "-01-01"[len(normal) - 10 :] if len(normal) < 10 else normal)
    except ValueError:
        return False
    return True


def _pointer(name: str) -> str:
    return f"#{name}" if name else ""


def _state(parent: Element, name: str, statement: Statement, **given: str) -> Element:
    """An element that holds one statement: its words, its hand, its place and its certainty."""
    normal = statement.normal
    if statement.field in DATED:
        given["when" if is_date(normal) else "when_custom"] = normal
    elif statement.field == "language":
        given["ident"] = normal or UNKNOWN_LANGUAGE
        given["n"] = normal if normal == UNKNOWN_LANGUAGE else ""
    else:
        given["n"] = normal
    element = _add(parent, name, **given, **_said(statement))
    _write_words(element, statement)
    return element


def _said(statement: Statement) -> dict[str, str]:
    """The attributes that say where a statement stands, whose it is, and how sure that is."""
    return {"source": statement.found, "resp": _pointer(statement.resp), "cert": statement.cert}


def _write_words(element: Element, statement: Statement) -> None:
    """The words of a statement, with an element around each of its parts."""
    value = _line(statement.value)
    last, at = None, 0
    for name, start, end in statement.placed() if statement.field not in CITED else ():
        _write_text(element, last, value[at:start])
        last, at = etree.SubElement(element, TEI + INLINE[name]), end
        last.text = value[start:end]
    _write_text(element, last, value[at:])


def _write_text(element: Element, last: Element | None, words: str) -> None:
    if not words:
        return
    if last is None:
        element.text = words
    else:
        last.tail = words


def _write_file_desc(top: Element, header: Header) -> None:
    file_desc = _add(top, "fileDesc")
    _write_title_stmt(_add(file_desc, "titleStmt"), header)
    _add(_add(file_desc, "extent"), "measure", unit="identifiers", quantity=str(header.identifiers))
    publication = _add(file_desc, "publicationStmt")
    _add(publication, "publisher", header.publisher)
    if header.pressmark:
        _add(publication, "idno", header.pressmark, type="pressmark")
    if rights := header.all("rights"):
        availability = _add(publication, "availability")
        for statement in rights:
            element = _state(availability, "licence" if statement.normal or statement.parts else "p", statement)
            if address := statement.part("licence"):
                element.set("target", _line(address))
    source = _add(file_desc, "sourceDesc")
    for field in CITED:
        for statement in header.all(field):
            if statement.parts:
                _write_citation(source, statement)
            else:
                _state(source, "bibl", statement, type=field)
    _write_witnesses(source, header)


def _write_citation(source: Element, statement: Statement) -> None:
    """A source that is taken apart: its parts, and its printed words as a note."""
    dated = bool(statement.part("date"))
    given = {"type": statement.field, "n": "" if dated else statement.normal}
    struct = _add(source, "biblStruct", **given, **_said(statement))
    if article := statement.all("article"):
        analytic = _add(struct, "analytic")
        for words in article:
            _add(analytic, "title", words, level="a")
        _write_named(analytic, statement, "author")
    monogr = _add(struct, "monogr")
    _write_titles(monogr, statement, with_author=not article)
    _write_imprint(_add(monogr, "imprint"), statement)
    if series := statement.all("series"):
        held = _add(struct, "series")
        for words in series:
            _add(held, "title", words, level="s")
    _add(struct, "note", statement.value, type="printed")


def _write_named(parent: Element, statement: Statement, part: str, **given: str) -> None:
    for words in statement.all(part):
        _add(parent, "author" if part == "author" else "editor", words, **given)


def _write_titles(monogr: Element, statement: Statement, *, with_author: bool) -> None:
    """Titles come first; an empty one stands where only people are known (TEI allows them only beside one)."""
    for part in ("journal", "book"):
        for words in statement.all(part):
            _add(monogr, "title", words, level=TITLE_LEVELS[part])
    for part, kind in NUMBERS.items():
        for words in statement.all(part):
            _add(monogr, "idno", words, type=kind)
    people = [part for part in ("author", "editor", "translator") if statement.part(part)]
    if not len(monogr) and (people if with_author else set(people) - {"author"}):
        _add(monogr, "title")
    if with_author:
        _write_named(monogr, statement, "author")
    _write_named(monogr, statement, "editor")
    _write_named(monogr, statement, "translator", role="translator")
    for words in statement.all("edition"):
        _add(monogr, "edition", words)


def _write_imprint(imprint: Element, statement: Statement) -> None:
    for part, name in (("place", "pubPlace"), ("publisher", "publisher")):
        for words in statement.all(part):
            _add(imprint, name, words)
    normal = statement.normal
    if words := statement.part("date"):
        _add(imprint, "date", words, **{"when" if is_date(normal) else "when_custom": normal})
    for part, unit in UNITS.items():
        for words in statement.all(part):
            _add(imprint, "biblScope", words, unit=unit, **_page_range(words, part))
    if not len(imprint):
        _add(imprint, "date")


def _page_range(words: str, part: str) -> dict[str, str]:
    match = PAGES.fullmatch(words) if part == "pages" and len(words) < 40 else None
    return {"from_": match[1], "to": match[2] or match[1]} if match else {}


def _write_title_stmt(title_stmt: Element, header: Header) -> None:
    titles = [statement for statement in header.statements if statement.field in TITLE_TYPES]
    for statement in titles:
        _state(title_stmt, "title", statement, type=TITLE_TYPES[statement.field])
    if not titles:
        _add(title_stmt, "title")
    for field in ("author", "editor"):
        for statement in header.all(field):
            _state(title_stmt, field, statement)
    for hand in header.hands:
        held = _add(title_stmt, "respStmt", id=hand.id)
        _add(held, "resp", hand.resp)
        _add(held, "name", hand.name, type=hand.kind)
    for field, words in RESPONSIBLE.items():
        for statement in header.all(field):
            held = _add(title_stmt, "respStmt")
            _add(held, "resp", words, n=field)
            _state(held, "name", statement)


def _write_witnesses(source: Element, header: Header) -> None:
    if not header.witnesses:
        if not len(source):
            _add(source, "p", "No source is recorded.")
        return
    witnesses = _add(source, "listWit")
    for witness in header.witnesses:
        held = _add(witnesses, "witness", id=witness.id)
        for kind in ("name", "sha256", "ink", "encoding", "length", "format", "when", "file", "part", "stretch"):
            value = getattr(witness, kind)
            if value or kind == "length":
                _add(held, "idno", str(value), type=kind)


def _write_profile(top: Element, header: Header) -> None:
    written, languages, abstracts = header.all("written"), header.all("language"), header.all("description")
    if not (written or languages or abstracts):
        return
    profile = _add(top, "profileDesc")
    if abstracts:
        abstract = _add(profile, "abstract")
        for statement in abstracts:
            _state(abstract, "p", statement)
    if written:
        creation = _add(profile, "creation")
        for statement in written:
            _state(creation, "date", statement)
    if languages:
        usage = _add(profile, "langUsage")
        for statement in languages:
            _state(usage, "language", statement)


def read_header(top: Element) -> Header:
    """The record that a header of the profile holds."""
    return Header(
        pressmark=_words(top.find(f".//{TEI}publicationStmt/{TEI}idno[@type='pressmark']")),
        publisher=_words(top.find(f".//{TEI}publicationStmt/{TEI}publisher")),
        statements=tuple(_statements(top)),
        hands=tuple(_hands(top)),
        witnesses=tuple(_witness(held) for held in top.iter(f"{TEI}witness")),
        changes=tuple(
            Change(_given(change, "when"), _given(change, "who")[1:], _words(change), _given(change, "n"))
            for change in top.iter(f"{TEI}change")
        ),
        identifiers=int(top.find(f".//{TEI}extent/{TEI}measure").get("quantity", "0")),  # type: ignore[union-attr]
    )


def _words(element: Element | None) -> str:
    return "" if element is None else plain("".join(str(piece) for piece in element.itertext()))


def _given(element: Element, name: str) -> str:
    """The value of an attribute, or nothing; white space that XML allows around it is not part of it."""
    return plain(str(element.get(name) or ""))


def _hands(top: Element) -> Iterator[Hand]:
    for held in top.iter(f"{TEI}respStmt"):
        name = held.find(f"{TEI}name")
        if held.get(XML_ID) and name is not None:
            kind = cast("Literal['person', 'program', 'source']", _given(name, "type"))
            yield Hand(held.get(XML_ID, ""), _words(name), kind, _words(held.find(f"{TEI}resp")))


def _witness(held: Element) -> Witness:
    parts = {_given(idno, "type"): _words(idno) for idno in held}
    length = int(parts.get("length") or "0")
    names = ("name", "sha256", "ink", "encoding", "format", "when", "file", "stretch")
    kept = {key: parts.get(key, "") for key in names}
    return Witness(id=held.get(XML_ID, ""), length=length, part=int(parts.get("part") or "0"), **kept)


def _statement(field: str, element: Element) -> Iterator[Statement]:
    value = _words(element)
    if not value:
        return
    normal = _given(element, "n")
    if field in DATED:
        normal = _given(element, "when") or _given(element, "when-custom")
    elif field == "language" and (ident := _given(element, "ident")) != UNKNOWN_LANGUAGE:
        normal = ident
    yield _stated(field, value, normal, element, _inline_parts(element))


def _stated(field: str, value: str, normal: str, element: Element, parts: Parts) -> Statement:
    said = (_given(element, "source"), _given(element, "resp").removeprefix("#"), _given(element, "cert"))
    try:
        return Statement(field, value, normal, *said, parts)
    except ValueError as error:
        raise InvalidEdition(str(error), hint=f"look at {field} in the record") from error


def _inline_parts(element: Element) -> Parts:
    """The parts that stand in the words of a statement."""
    names = {tag: part for part, tag in INLINE.items()}
    parts = [(names[etree.QName(child).localname], words) for child in element if (words := _words(child))]
    if address := _given(element, "target"):
        parts.insert(0, ("licence", address))
    return tuple(parts)


def _citation(struct: Element) -> Iterator[Statement]:
    """The statement of a source that is taken apart; nothing where its printed words are missing."""
    value = _words(struct.find(f"{TEI}note"))
    date = struct.find(f".//{TEI}imprint/{TEI}date")
    normal = "" if date is None or not _words(date) else _given(date, "when") or _given(date, "when-custom")
    parts = tuple((part, words) for element in struct.iter() if (part := _part(element)) and (words := _words(element)))
    if value:
        yield _stated(_given(struct, "type"), value, normal or _given(struct, "n"), struct, parts)


def _part(element: Element) -> str:
    """The part of a source that an element holds; empty for one that only holds others."""
    name = etree.QName(element).localname
    if name in ("title", "biblScope", "idno"):
        kinds = {"title": TITLE_LEVELS, "biblScope": UNITS, "idno": NUMBERS}[name]
        given = _given(element, {"title": "level", "biblScope": "unit", "idno": "type"}[name])
        return next((part for part, kind in kinds.items() if kind == given), "")
    if name == "editor":
        return "translator" if element.get("role") else "editor"
    return {"pubPlace": "place"}.get(name, name if name in ("author", "edition", "publisher", "date") else "")


def _statements(top: Element) -> Iterator[Statement]:
    types = {kind: field for field, kind in TITLE_TYPES.items()}
    for title in top.iterfind(f".//{TEI}titleStmt/{TEI}title"):
        yield from _statement(types.get(title.get("type", "main"), "title"), title)
    for field in ("author", "editor"):
        for element in top.iterfind(f".//{TEI}titleStmt/{TEI}{field}"):
            yield from _statement(field, element)
    for held in top.iter(f"{TEI}respStmt"):
        key = held.find(f"{TEI}resp")
        name = held.find(f"{TEI}name")
        if not held.get(XML_ID) and key is not None and name is not None and key.get("n") in RESPONSIBLE:
            yield from _statement(key.get("n", ""), name)
    for bibl in top.iterfind(f".//{TEI}sourceDesc/*"):
        if bibl.tag == f"{TEI}biblStruct":
            yield from _citation(bibl)
        elif bibl.get("type") in FIELDS:
            yield from _statement(bibl.get("type", ""), bibl)
    for path, field in (
        (f".//{TEI}availability/*", "rights"),
        (f".//{TEI}abstract/{TEI}p", "description"),
        (f".//{TEI}creation/{TEI}date", "written"),
        (f".//{TEI}langUsage/{TEI}language", "language"),
    ):
        for element in top.iterfind(path):
            yield from _statement(field, element)
