"""Any TEI, however strange, comes into the profile with every word of its text."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter
from xml.sax.saxutils import escape, quoteattr

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from pressmark.model.edition import Edition, ink
from pressmark.model.text import Choice, Leaf, walk
from pressmark.pipeline import run
from pressmark.readers import read_source
from pressmark.readers.foreign_tei.places import EMPTIED, IN, PLACES
from pressmark.readers.source import Source
from pressmark.tei import parse, write

P5 = 'xmlns="http://www.tei-c.org/ns/1.0"'
NAMES = sorted({*PLACES, *EMPTIED, *(name for _, name in IN), "forename", "measureX", "teiCorpus"} - {"text"})
USUAL = "p div head lg l list item table row cell sp speaker stage quote q note hi ref choice sic corr".split()
ATTRIBUTES = {
    "rend": ("italic", "center", "it b", "xyz"),
    "type": ("act", "footnote", "person", "two words", "pageNum"),
    "n": ("1", "a b"),
    "target": ("#i1", "#gone", "http://example.org/a b", "javascript:x", "#i1 #i2"),
    "who": ("#i2", "nobody"),
    "resp": ("#ed", "ed"),
    "cert": ("high", "maybe"),
    "place": ("foot", "margin", "somewhere"),
    "unit": ("section", "chars", "!"),
    "when": ("1889", "1889-02-30", "soon"),
    "xml:lang": ("eng", "de", "??"),
    "url": ("a.png", "http://example.org/b.png"),
    "cols": ("2", "-1"),
    "part": ("I",),
    "part2": ("<&>",),
    "corr": ("right",),
}
WORDS = st.sampled_from(["", "", " ", "\n  ", "water", " the mill ", "a\u00a0b", "é—", "&<"])


@st.composite
def elements(draw: st.DrawFn, depth: int) -> str:
    """An element of any name with a few attributes, words and elements in it."""
    name = draw(st.sampled_from(USUAL) | st.sampled_from(NAMES))
    given = draw(st.dictionaries(st.sampled_from(sorted(ATTRIBUTES)), st.integers(0, 4), max_size=3))
    pairs = "".join(
        f" {key}={quoteattr(ATTRIBUTES[key][number % len(ATTRIBUTES[key])])}" for key, number in given.items()
    )
    if draw(st.integers(0, 5)) == 0:
        pairs += " IDENTIFIED"
    inner = draw(WORDS.map(escape))
    if depth:
        for child in draw(st.lists(elements(depth - 1), max_size=4)):
            inner += child + draw(WORDS.map(escape))
    return f"<{name}{pairs}>{inner}</{name}>"


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A document of any elements, P5 or P4, with ids that are there once."""
    old = draw(st.booleans())
    parts = draw(st.lists(elements(4), min_size=1, max_size=4))
    body = "".join(parts) if draw(st.booleans()) else f"<body>{''.join(parts)}</body>"
    ids = iter(["i1", "i_2", "b1", "w1", "source", "i2", *(f"x{number}" for number in range(10_000))])
    pieces = body.split(" IDENTIFIED")
    key = "id" if old else "xml:id"
    body = pieces[0] + "".join(f' {key}="{next(ids)}"{piece}' for piece in pieces[1:])
    root = "TEI.2" if old else "TEI"
    space = "" if old else f" {P5}"
    return f"<{root}{space}><teiHeader/><text>words {body}</text></{root}>".encode()


def read(document: bytes) -> Edition:
    return read_source(Source("strange.xml", document))


def readings(edition: Edition) -> str:
    leaves = [block for block in walk(edition.text) if isinstance(block, Leaf)]
    return "".join(mark.reading for leaf in leaves for mark in leaf.marks if isinstance(mark, Choice))


def is_within(part: str, whole: str) -> bool:
    """Whether the characters of ``part`` come in ``whole`` in the same order."""
    letters = iter(whole)
    return all(letter in letters for letter in part)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(documents())
def test_nothing_is_lost_and_the_edition_is_valid(document: bytes) -> None:
    """Every character is in the words of the text or in an editor's reading; a second parser has counted them."""
    edition = read(document)
    again = write(run(edition, when="2000-01-01"))
    assert parse(write(edition)) == edition
    assert parse(again).sic == edition.sic
    (text,) = [child for child in ElementTree.fromstring(document) if child.tag.endswith("text")]
    received = ink("".join(text.itertext()))
    beside = readings(edition)
    event(f"readings: {bool(beside)}")
    assert is_within(ink(edition.sic), received)
    if " corr=" not in document.decode():
        assert Counter(received) == Counter(ink(edition.sic)) + Counter(ink(beside))


@settings(max_examples=40, deadline=None)
@given(documents())
def test_it_is_read_alike_each_time(document: bytes) -> None:
    assert write(read(document)) == write(read(document))
