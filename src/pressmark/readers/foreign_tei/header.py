"""The header of a foreign document as the record of an edition: what it states, by whom, and what was done before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from lxml import etree

from pressmark.model.header import PEOPLE, SOURCE, SOURCE_PARTS, SOURCES, Change, Hand, Statement
from pressmark.model.text import plain
from pressmark.readers.foreign_tei.attributes import language
from pressmark.readers.foreign_tei.editorial import words_of
from pressmark.readers.foreign_tei.ledger import Ledger
from pressmark.readers.foreign_tei.tree import name_of
from pressmark.readers.html.links import pointer
from pressmark.record.apart import taken_apart
from pressmark.record.edtf import read_dates
from pressmark.record.labels import label_fields
from pressmark.tei.header import is_date
from pressmark.tei.names import XML_ID, XML_LANG

Element = etree._Element

FIELDS = {
    "fileDesc/titleStmt/title": "title",
    "fileDesc/titleStmt/author": "author",
    "fileDesc/titleStmt/editor": "editor",
    "fileDesc/titleStmt/respStmt": "",
    "fileDesc/publicationStmt": "online_version",
    "fileDesc/publicationStmt/availability/licence": "rights",
    "fileDesc/publicationStmt/availability/p": "rights",
    "fileDesc/publicationStmt/availability/ab": "rights",
    "fileDesc/sourceDesc/p": "printed_source",
    "fileDesc/sourceDesc/ab": "printed_source",
    "fileDesc/sourceDesc/bibl": "printed_source",
    "fileDesc/sourceDesc/biblStruct": "printed_source",
    "fileDesc/sourceDesc/biblFull": "printed_source",
    "fileDesc/sourceDesc/msDesc": "printed_source",
    "fileDesc/sourceDesc/listBibl/bibl": "printed_source",
    "fileDesc/sourceDesc/listBibl/biblStruct": "printed_source",
    "fileDesc/sourceDesc/listBibl/biblFull": "printed_source",
    "profileDesc/langUsage/language": "language",
    "profileDesc/creation": "written",
    "profileDesc/abstract/p": "description",
    "profileDesc/abstract/ab": "description",
}
"""The field that each place of a header is, by its path below ``teiHeader``."""

CITED = {
    **dict.fromkeys("firstedition firstpublication original first".split(), "published"),
    **dict.fromkeys("digitalsource digital online electronic web".split(), "online_version"),
}
"""The field of a citation in ``sourceDesc`` by its ``@type``."""

PUBLICATION = frozenset("publisher distributor authority pubPlace date address idno ref ptr p ab".split())
"""What of ``publicationStmt`` is the citation of the file itself."""

DEEDS = (
    (r"translat|übersetz|tradu|перев", "translator"),
    (r"transcri|typed|typing|key(?:ed|ing)|scann?|\bocr\b|digiti|input", "transcriber"),
    (r"proof|correct|revis|check", "proofreader"),
    (r"encod|mark|conver|\btei\b|\bxml\b|\bsgml\b|tagg", "encoder"),
    (r"edit", "editor"),
)
"""What a ``resp`` says that somebody did, where no label of a record says it."""

PARTS = {
    "author": "author",
    "edition": "edition",
    "pubPlace": "place",
    "publisher": "publisher",
    "distributor": "publisher",
    "authority": "publisher",
    "repository": "repository",
    "collection": "collection",
    "date": "date",
}
TITLES = {"a": "article", "j": "journal", "m": "book", "s": "series", "u": "book"}
SCOPES = {
    **dict.fromkeys(("volume", "vol", "vol."), "volume"),
    **dict.fromkeys(("issue", "number", "no", "nr", "part"), "issue"),
    **dict.fromkeys(("page", "pages", "pp", "p"), "pages"),
}
NAMES = frozenset("persName name author editor forename".split())
"""Elements whose parts are those of a name: nothing but a space stands between them."""

READ = frozenset("when from to notBefore notAfter value target type ident role level unit who resp id".split())
"""Attributes of the header that say what the record keeps."""

YEARS = r"(?:ca?\.|b\.|d\.|born|died)? ?\d{3,4}\??"
LIFE = re.compile(rf",? ?[(\[]?{YEARS} ?(?:[-–—/] ?(?:{YEARS})?)?[)\]]?\.?$")
"""The years of a life after a name."""

PSEUDONYM = re.compile(r" ?\[pseud[^\[\]]*\]\.?$")

SEVERAL = re.compile(r"[;&/]| (?:and|und|et|y|e|и) |^(?:by|von|par|por|[a-z]+ed by) ", re.IGNORECASE)
"""What shows that an element names several people, or says more than a name."""

LONG = 2000
"""Characters of a statement that is not taken apart any more."""

SURE = "high"
"""How sure it is that a place of the header means its field."""


@dataclass(slots=True)
class Said:
    """What a header says: statements, hands by the pointers that lead to them, and what was done before."""

    statements: list[Statement] = field(default_factory=list)
    people: dict[str, Hand] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    looks: dict[str, str] = field(default_factory=dict)


def read_header(header: Element | None, tongue: str, ledger: Ledger) -> Said:
    """What the header says; words for which there is no field go to the ledger.

    ``tongue`` is the language of the document by its ``xml:lang``.
    """
    said = Said()
    if header is not None:
        _Reader(said, ledger).walk(header, "")
    if tongue and not any(each.field == "language" for each in said.statements):
        said.statements.append(Statement("language", tongue, tongue, "tei:@xml:lang", SOURCE, SURE))
    return said


class _Reader:
    def __init__(self, said: Said, ledger: Ledger) -> None:
        self.said, self.ledger = said, ledger
        self.deeds: dict[Element, str] = {}

    def walk(self, element: Element, path: str) -> None:
        """Reads what has a field, and goes into what has none."""
        self._person(element)
        for child in element:
            name = name_of(child)
            below = f"{path}/{name}" if path else name
            self._attributes(child)
            if name == "change" and path.startswith("revisionDesc"):
                self._change(child)
            elif below in FIELDS:
                self._field(child, below, FIELDS[below])
            else:
                self._look(child)
                self._unplaced(child, below)
                self.walk(child, below)

    def _attributes(self, element: Element) -> None:
        """Counts the attributes that say something for which the record has no field."""
        for key in map(str, element.attrib):
            if key not in READ and key not in (XML_ID, XML_LANG):
                self.ledger.undressed(f"{etree.QName(key).localname} of <{name_of(element).lstrip(':')}>")

    def _unplaced(self, element: Element, path: str) -> None:
        """The words directly in an element that has no field."""
        pieces = [element.text, *(child.tail for child in element)]
        words = plain(" ".join(piece for piece in pieces if piece))
        if words:
            self.ledger.unplaced(path, words)

    def _field(self, element: Element, path: str, named: str) -> None:
        for each in element.iter("*"):
            self._person(each)
            if each is not element and not path.endswith("publicationStmt"):
                self._attributes(each)
        if path.endswith("respStmt"):
            self._responsible(element, path)
        elif path.endswith("publicationStmt"):
            self._publication(element, path)
        elif "sourceDesc" in path:
            kind = (element.get("type") or "").lower()
            self._state(CITED.get(kind, named), element, path)
        elif named == "title":
            self._state("subtitle" if element.get("type") in ("sub", "desc") else "title", element, path)
        elif named == "editor" and "transl" in (element.get("role") or "").lower():
            self._state("translator", element, path)
        else:
            self._state(named, element, path)

    def _state(self, named: str, element: Element, path: str, value: str = "") -> None:
        """One statement of an element, with its parts where its elements or its words have them."""
        value = value or printed(element)
        normal = ""
        parts: tuple[tuple[str, str], ...] = ()
        if named == "language":
            normal = language(element.get("ident") or element.get(XML_ID) or "")
            value = value or normal
        elif named == "rights":
            value = value or plain(element.get("target") or "")
        elif named == "written":
            normal = _dated(next((each for each in element.iter("*") if name_of(each) == "date"), element))
        elif named in SOURCES:
            found = _parts(element)
            value = value or ", ".join(dict.fromkeys(words for _, words in found))
            parts = tuple(found)
            normal = next((_dated(each) for each in element.iter("*") if name_of(each) == "date"), "")
        if not value:
            return
        said = Statement(named, value, normal, f"tei:{path}", SOURCE, SURE, parts)
        if named == "rights":
            said = _licensed(said, element)
        elif named in PEOPLE and (name := _name_in(value, element)):
            said = replace(said, parts=(("name", name),))
        elif not parts and len(value) < LONG:
            apart = taken_apart(said).statement
            said = apart if named not in SOURCES or apart.part("date") else said
        self.said.statements.append(said)

    def _publication(self, element: Element, path: str) -> None:
        """Who published the file, as one citation; the rights and the rest on their own."""
        cited = etree.Element("bibl")
        for child in list(element):
            name = name_of(child)
            self._attributes(child)
            if name in PUBLICATION:
                cited.append(child)
            elif name == "availability":
                self._availability(child, f"{path}/{name}")
            else:
                self._unplaced(child, f"{path}/{name}")
                self.walk(child, f"{path}/{name}")
        self._state("online_version", cited, path)

    def _availability(self, element: Element, path: str) -> None:
        self._unplaced(element, path)
        self.walk(element, path)

    def _responsible(self, element: Element, path: str) -> None:
        """Everyone in a ``respStmt`` under what its ``resp`` says that they did."""
        deeds = [printed(each) for each in element if name_of(each) == "resp"]
        names = [each for each in element if name_of(each) not in ("resp", "note") and printed(each)]
        named = deed_field("; ".join(deeds))
        for each in names if named else ():
            self._state(named, each, path)
        if not named or not names:
            words = printed(element)
            if words:
                self.ledger.unplaced(path, words)
        elif deeds:
            self.ledger.unplaced(f"{path}/resp", "; ".join(deeds))

    def _person(self, element: Element) -> None:
        """Somebody with an id, to whom the text may point."""
        own = element.get(XML_ID)
        if own and own not in self.said.people and (name := _named(element)):
            parent = element.getparent()
            around = element if name_of(element) == "respStmt" or parent is None else parent
            if around not in self.deeds:
                self.deeds[around] = "; ".join(printed(each) for each in around if name_of(each) == "resp")
            self.said.people[own] = Hand(own, name, "person", self.deeds[around] or name_of(element))

    def _look(self, element: Element) -> None:
        """What a ``rendition`` with an id looks like, in CSS."""
        if name_of(element) == "rendition" and (own := element.get(XML_ID)):
            self.said.looks[f"#{own}".lower()] = plain(words_of(element))

    def _change(self, element: Element) -> None:
        """What was done to the file before it came here."""
        dates = [each for each in element.iter("*") if name_of(each) == "date"]
        when = element.get("when") or next((_dated(each) for each in dates), "")
        items = [each for each in element if name_of(each) == "item"]
        what = plain(" ".join(printed(each) for each in items)) or printed(element)
        who = next(iter((element.get("who") or element.get("resp") or "").split()), "").lstrip("#")
        if what:
            self.said.changes.append(Change(when if is_date(when) and len(when) == 10 else "", who, what))


def printed(element: Element) -> str:
    """The words of an element on one line. Where words stand only in its children, a comma goes between them."""
    if not len(element) or (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        return plain(words_of(element))
    between = " " if name_of(element) in NAMES else ", "
    out = ""
    for words in filter(None, map(printed, element)):
        out += (" " if out.endswith((",", ";", ":")) else between if out else "") + words
    return out


def _named(element: Element) -> str:
    """The name of a person, an organisation or whoever is responsible; empty for any other element."""
    name = name_of(element)
    if name in ("persName", "name", "orgName", "editor", "author", "principal"):
        return printed(element)
    if name in ("respStmt", "person", "org"):
        found = next((each for each in element if name_of(each) in ("persName", "name", "orgName")), None)
        return printed(found) if found is not None else ""
    return ""


@cache
def deed_field(words: str) -> str:
    """The field of the record for what somebody is said to have done; empty where there is none."""
    known = label_fields(words) if words else None
    if known and known[1] == "exact" and known[0][0] in PEOPLE:
        return known[0][0]
    return next((named for pattern, named in DEEDS if re.search(pattern, words[:200].lower())), "")


def _name_in(words: str, element: Element) -> str:
    """The one name in the words of an element, which are one person's (``Shaw, Ann (1820–1901)``)."""
    inner = [each for each in element if name_of(each) in ("name", "persName", "orgName")]
    if len(inner) == 1 and (name := printed(inner[0])) in words:
        return _without_years(name)
    return "" if len(inner) > 1 or SEVERAL.search(words) else _without_years(words)


def _without_years(name: str) -> str:
    """A name without the years of a life after it, or the remark that it is a pseudonym."""
    return PSEUDONYM.sub("", LIFE.sub("", name)) if len(name) < 200 else name


def _dated(element: Element) -> str:
    """The date of an element in EDTF, by its attributes (P4 has ``value``)."""
    single = plain(element.get("when") or element.get("value") or "")
    if is_date(single):
        return single
    if not {"from", "to", "notBefore", "notAfter"}.intersection(element.attrib):
        return read_dates(printed(element)).normal
    for first, last in (("from", "to"), ("notBefore", "notAfter")):
        bounds = [plain(element.get(key) or "") for key in (first, last)]
        if all(map(is_date, bounds)):
            return "/".join(bounds)
    return ""


def _parts(element: Element) -> list[tuple[str, str]]:
    """The parts of a citation by its elements; one date, and what cannot be twice once."""
    found: list[tuple[str, str]] = []
    for each in element.iter("*"):
        part, words = _part(each), printed(each).rstrip(" ,;:")
        if part == "url":
            words = pointer(each.get("target") or words)
        if part and words and not (part == "date" and any(name == "date" for name, _ in found)):
            found.append((part, words))
    return sorted(dict.fromkeys(found), key=lambda pair: SOURCE_PARTS.index(pair[0]))


def _part(element: Element) -> str:
    name = name_of(element)
    if name == "title":
        parent = element.getparent()
        default = "a" if parent is not None and name_of(parent) == "analytic" else "m"
        return TITLES.get(element.get("level") or default, "book")
    if name == "editor":
        return "translator" if "transl" in (element.get("role") or "").lower() else "editor"
    if name == "biblScope":
        return SCOPES.get((element.get("unit") or element.get("type") or "").lower(), "")
    if name == "idno":
        return "url" if printed(element).lower().startswith(("http://", "https://")) else "item"
    if name in ("ref", "ptr") and (element.get("target") or "").lower().startswith(("http://", "https://")):
        return "url"
    return PARTS.get(name, "")


def _licensed(statement: Statement, element: Element) -> Statement:
    """A statement of rights with what its words say; the address of its licence is in an attribute."""
    apart = taken_apart(statement).statement if len(statement.value) < LONG else statement
    address = pointer(element.get("target") or "")
    if address and not apart.part("licence"):
        apart = replace(apart, parts=(("licence", address), *apart.parts), normal=apart.normal or "licence")
    return apart


def tongue_of(*elements: Element | None) -> str:
    """The language of a document: the first ``xml:lang`` of its elements."""
    tags = (element.get(XML_LANG) for element in elements if element is not None)
    return next((language(tag) for tag in tags if tag and re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tag)), "")
