"""Strategies that make valid editions, with every block, mark, attribute and strange character there is.

The blocks follow the profile itself: children are drawn step by step from an element's content model, so that
an element or attribute added to ``profile.rng`` is tested from that day on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from hypothesis import strategies as st

from pressmark.model.edition import Edition, number
from pressmark.model.header import FIELDS, PARTS, SOURCES, Change, Hand, Header, Statement, Witness
from pressmark.model.inventory import (
    CHOICES,
    CONTAINERS,
    EMPTY_LEAVES,
    INSETS,
    LEAVES,
    MARKS,
    PARTED,
    PARTING,
    POINTS,
)
from pressmark.model.text import (
    FORBIDDEN,
    Attributes,
    Block,
    Choice,
    Container,
    Leaf,
    Mark,
    attributes,
    inset,
    plain,
)
from pressmark.tei.grammar import NONE, WORDS, AttributeDoc, Definition, after, definitions, expected, may_end

STRANGE = (
    "\x00\x01\x08\x0b\x0c\x1a\x1f\ud800\udbff\udc00\udfff\ufffe\uffff"  # no XML
    "\r\n\t \u00a0\u0085\u2028\ufeff"  # white, or nearly
    "&<>\"'_]"  # mark-up
    "e\u0301\u0308\u200d\u00ad"  # combining, joining, hyphenating
    "\U0001d54f\U0001f469\U0010ffff\U0001fffe"  # beyond the first plane
    "אבجد\u200f\u202e"  # right to left
)
WORDS_OF_TEXT = st.text(st.one_of(st.sampled_from(STRANGE + "ab ,."), st.characters()), max_size=12)
LINES = WORDS_OF_TEXT.map(plain)
FULL_LINES = LINES.filter(bool)
XML_TEXT = st.text(st.sampled_from("a é\t\n\r<&\"'\u2028א"), min_size=1, max_size=5)
assert not FORBIDDEN.search("a é\t\n\r<&\"'\u2028א")

VALUES: dict[str, st.SearchStrategy[str]] = {
    "xml:lang": st.sampled_from(["de", "sr-Latn", "zh-Hant-TW", "x-mine"]),
    "n": XML_TEXT,
    "key": XML_TEXT,
    "extent": XML_TEXT,
    "resp": st.sampled_from(["#pressmark", "#kr #source"]),
    "cert": st.sampled_from(["high", "low", "unknown", "0", "0.25", "1.0"]),
    "source": st.sampled_from(["#b1", "meta:author", "http://example.org/a?b=c#d #b2"]),
    "corresp": st.sampled_from(["#b1", "#b1 #b2", "other.xml#b7"]),
    "target": st.sampled_from(["#b1"]),
    "who": st.sampled_from(["people.xml#nadia"]),
    "ref": st.sampled_from(["people.xml#nadia", "https://www.wikidata.org/wiki/Q42"]),
    "facs": st.sampled_from(["pages/1.png"]),
    "url": st.sampled_from(["a.png", "pictures/b%20c.jpg"]),
    "when": st.sampled_from(["1940", "1940-05", "1940-05-24", "2000-02-29"]),
    "when-custom": st.sampled_from(["1940~", "P3W", "T05:00", "1917-07-XX"]),
    "value": st.sampled_from(["3", "-2.5"]),
    "quantity": st.sampled_from(["0", "3"]),
    "rows": st.sampled_from(["1", "12"]),
    "cols": st.sampled_from(["2"]),
    "width": st.sampled_from(["120px", "80%"]),
    "height": st.sampled_from(["2.5cm"]),
}
for _same in ("notBefore", "notAfter", "from", "to"):
    VALUES[_same] = VALUES["when"]

FEW = st.integers(0, 3)

NEAR_THE_END = ("p", "item", "cell", "l", "addrLine", "head", "desc")
"""What is drawn where an edition is deep enough and must come to an end."""


@dataclass
class Names:
    """Ids given out to marks while one edition is made."""

    count: int = 0
    given: list[str] = field(default_factory=list)

    def fresh(self) -> str:
        self.count += 1
        return f"m{self.count}"


@cache
def value(attribute: AttributeDoc) -> st.SearchStrategy[str]:
    """A value that the profile allows for the attribute."""
    if attribute.name == "rend" and len(attribute.values) > 3:
        return st.lists(st.sampled_from(attribute.values), min_size=1, max_size=3).map(" ".join)
    if attribute.values and attribute.name != "cert":
        return st.sampled_from(attribute.values)
    return VALUES.get(attribute.name, st.sampled_from(["letter", "a", "x-1.b"]))


@cache
def _attributes(key: str) -> tuple[list[AttributeDoc], list[AttributeDoc]]:
    """The attributes that an element must have, and those that it may have, as the model knows them."""
    kept = [each for each in definitions()[key].attributes.values() if each.name not in ("xml:id", "next", "prev")]
    return [each for each in kept if each.required], [each for each in kept if not each.required]


def dress(draw: Any, definition: Definition) -> Attributes:
    """Attributes for an element: those it must have, and a few of the others."""
    needed, optional = _attributes(definition.key)
    chosen = list(needed)
    for _ in range(max(0, draw(FEW) - 1) if optional else 0):
        chosen.append(draw(st.sampled_from(optional)))
    names = {each.name: "lang" if each.name == "xml:lang" else each.name for each in chosen}
    return attributes(**{names[each.name]: draw(value(each)) for each in chosen})


def block(draw: Any, definition: Definition, names: Names, depth: int) -> Block:
    """A block of the given kind, ``depth`` levels deep at most where that is possible."""
    name, given = definition.name, dress(draw, definition)
    if name == "graphic" and draw(st.booleans()):
        given = tuple(sorted((*given, ("alt", draw(XML_TEXT)))))
    if name in EMPTY_LEAVES:
        return Leaf(name, attributes=given)
    if name in LEAVES and (name not in CONTAINERS or depth <= 0 or draw(st.booleans())):
        return leaf(draw, name, given, names, depth)
    state, children = definition.content, []
    if name in LEAVES:
        children.append(block(draw, definitions()["p"], names, depth - 1))
        state = after(state, "p")
    while not (may_end(state) and (depth <= 0 or len(children) > 6 or draw(FEW) == 0)):
        known = [key for key in sorted(expected(state)) if key != WORDS]
        near = [key for key in NEAR_THE_END if key in known] if depth <= 0 else []
        if not known:
            break
        key = near[0] if near else draw(st.sampled_from(known))
        children.append(block(draw, definitions()[key], names, depth - 1))
        state = after(state, key)
        assert state is not NONE
    return Container(name, tuple(children), attributes=given)


def leaf(draw: Any, name: str, given: Attributes, names: Names, depth: int) -> Leaf:
    """A leaf with marks that nest, cross, meet, and cover nothing."""
    text = draw(WORDS_OF_TEXT)
    offsets = st.integers(0, len(text))
    marks: list[Mark] = []
    hyphens: list[Mark] = []
    for _ in range(draw(st.integers(0, 5 if depth > -2 else 0))):
        start, end = sorted((draw(offsets), draw(offsets)))
        kind = draw(st.sampled_from(["range", "range", "choice", "point", "inset"]))
        if kind == "inset" and depth > 0:
            marks.append(_inset(draw, name, start, names, depth))
        elif kind == "choice":
            marks.append(_choice(draw, start, end, names))
        elif kind == "point":
            marks.append(_point(draw, start, names))
        elif kind == "range":
            drawn = draw(st.sampled_from(sorted(MARKS - POINTS)))
            if drawn == "pc":
                end = min(start + 1, len(text))
            made = Mark(drawn, start, end, _own(draw, names), dress(draw, definitions()[drawn]))
            (hyphens if drawn == "pc" else marks).append(made)
    return Leaf(name, text, (*marks, *_apart(hyphens)), attributes=given)


def _apart(hyphens: list[Mark]) -> list[Mark]:
    """One punctuation mark for each place: none can stand in another."""
    return list({(mark.start, mark.end): mark for mark in hyphens}.values())


def _own(draw: Any, names: Names) -> str:
    return names.fresh() if draw(st.integers(0, 5)) == 5 else ""


def _point(draw: Any, start: int, names: Names) -> Mark:
    drawn = draw(st.sampled_from(sorted(POINTS)))
    own = names.fresh() if drawn == "anchor" else _own(draw, names)
    return Mark(drawn, start, start, own, dress(draw, definitions()[drawn]))


def _choice(draw: Any, start: int, end: int, names: Names) -> Choice:
    drawn = draw(st.sampled_from(sorted(CHOICES))) if start < end else "supplied"
    given = dress(draw, definitions()[drawn])
    return Choice(drawn, start, end, _own(draw, names), given, draw(WORDS_OF_TEXT))


def _inset(draw: Any, name: str, start: int, names: Names, depth: int) -> Mark:
    drawn = draw(st.sampled_from(sorted(INSETS if name in PARTED else INSETS - PARTING)))
    return inset(start, block(draw, definitions()[drawn], names, depth - 2))


@st.composite
def texts(draw: Any, depth: int = 4) -> Container:
    """A ``text`` without ids on its blocks."""
    made = block(draw, definitions()["body.text"], Names(), depth)
    assert isinstance(made, Container)
    return made


EDTF = st.sampled_from(["", "1940", "1940-05", "1940-05-24", "1940-13-45", "1940~", "0000", "-0044"])
NORMALS = {"written": EDTF, "language": st.sampled_from(["", "de", "und", "und-Latn", "sr-Latn"])}


@st.composite
def statements(draw: Any) -> Statement:
    """A statement with parts: of a source any words, of other fields words of the statement itself."""
    name, words = draw(st.sampled_from(FIELDS)), draw(FULL_LINES)
    parts: list[tuple[str, str]] = []
    if name in SOURCES:
        drawn = draw(st.lists(st.tuples(st.sampled_from(PARTS[name]), FULL_LINES), max_size=4))
        parts = [each for at, each in enumerate(drawn) if each[0] != "date" or each[0] not in dict(drawn[:at])]
    elif known := [part for part in PARTS.get(name, ()) if part != "licence"]:
        pieces = draw(st.lists(FULL_LINES, max_size=3))
        parts = [(draw(st.sampled_from(known)), piece) for piece in pieces]
        words = plain(" ".join((words, *pieces)))
        if name == "rights" and draw(st.booleans()):
            parts.insert(0, ("licence", "https://example.org/by/4.0/"))
    normals = NORMALS.get(name, EDTF if parts and name in SOURCES else st.one_of(st.just(""), LINES))
    return Statement(
        name,
        words,
        draw(normals),
        draw(st.sampled_from(["", "#b1", "meta:author", "html:title", "file:name"])),
        draw(st.sampled_from(["", "pressmark", "kr"])),
        draw(st.sampled_from(["", "high", "medium", "low", "0.5", "1"])),
        tuple(parts),
    )


STATEMENTS = statements()
HANDS = st.builds(
    Hand,
    st.sampled_from(["pressmark", "source", "kr", "nadia-k."]),
    LINES,
    st.sampled_from(["person", "program", "source"]),
    LINES,
)
STRETCHES = ("", "0-12", "0-12 40-50000", "")
WITNESSES = st.builds(
    Witness,
    st.sampled_from(["w1", "w2", "w3"]),
    LINES,
    LINES,
    LINES,
    LINES,
    st.integers(0, 10**9),
    LINES,
    st.sampled_from(["", "2015-07-29"]),
).map(lambda witness: replace(witness, part=witness.length % 3, stretch=STRETCHES[witness.length % 4]))
CHANGES = st.builds(
    Change,
    st.sampled_from(["", "2015-07-29", "2015-07-29T12:00:00Z"]),
    st.sampled_from(["", "pressmark", "kr"]),
    LINES,
    LINES,
)


def _some(made: st.SearchStrategy[Any], by: Any = None) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(made, max_size=4, unique_by=by).map(tuple)


def _id(held: Any) -> str:
    return str(held.id)


HEADERS = st.builds(
    Header,
    LINES,
    LINES,
    _some(STATEMENTS),
    _some(HANDS, _id),
    _some(WITNESSES, _id),
    _some(CHANGES),
    st.integers(0, 10**6),
)


def editions(depth: int = 4) -> st.SearchStrategy[Edition]:
    """Whole editions, valid against the profile, with ids as ``number`` gives them."""
    return st.builds(Edition, HEADERS, texts(depth)).map(number)
