"""Properties of what is read page by page: nothing lost, valid, the same again from its TEI."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressmark.errors import EmptySource
from pressmark.exporters.html import Html
from pressmark.exporters.inspection import inspection
from pressmark.exporters.text import plain_text
from pressmark.model.edition import ink
from pressmark.readers import read_source
from pressmark.readers.source import Source
from pressmark.tei import parse, write

ROWS = (
    "They went down to the water, and it was not there, and so they turned",
    "and came upon the house of the inspector, who had nothing to say, but",
    "   In the dry year of 1816 there was no loss. The inspector thought so",
    "was all.",
    "had been meas-",
    "ured twice.* And then",
    "of the well-",
    "known road,1 which",
    "  * See there.",
    "  1 And there, too.",
    "[Footnote 2: So",
    "he says.]",
    "[Illustration: the _inn_]",
    "            A song,",
    "               and more,",
    "                         CHAPTER II",
    "* * *",
    "_so_ and =so=",
    "*bacco",
    "to-*",
)
EDGES = (
    "THE SALT ROAD",
    "THB SALT ROAD",
    "{} THE SALT ROAD",
    "DOWN THE PASS   {}",
    "{}",
    "[{}]",
    "",
    "",
    "-----File: {}.png---",
)
SPACES = ("\n", "\n\n", "\r\n", "\n   \n\n")
ENDS = ("\f", "\n\f", "\n\n\f", "\n\n\n\n", "\n-----File: 004.png---\\one\\two---\n")


@st.composite
def paged(draw: st.DrawFn) -> str:
    """Pages with or without furniture, notes, verse and divided words."""
    out, number = [], draw(st.integers(1, 400))
    for page in range(number, number + draw(st.integers(1, 7))):
        out.append(draw(st.sampled_from(EDGES)).format(page) + draw(st.sampled_from(SPACES)))
        for row in draw(st.lists(st.one_of(st.sampled_from(ROWS), st.text(max_size=12)), max_size=9)):
            out.append(row + draw(st.sampled_from(SPACES)))
        out.append(draw(st.sampled_from(EDGES)).format(page) + draw(st.sampled_from(ENDS)))
    return "".join(out)


@given(paged())
def test_pages_lose_nothing_and_come_back_from_their_tei(text):
    try:
        edition = read_source(Source("a.txt", text.encode("utf-8", "surrogatepass").replace(b"\0", b"")))
    except EmptySource:
        return
    received = ink(edition.source_text or "")
    assert ink(edition.sic) == received
    assert ink(plain_text(edition, as_corrected=False)) == received
    assert parse(write(edition)) == edition
    assert Html(edition).body()


@given(paged())
def test_spans_and_hyphens_stand_where_the_source_has_them(text):
    try:
        edition = read_source(Source("a.txt", text.encode("utf-8", "surrogatepass").replace(b"\0", b"")))
    except EmptySource:
        return
    source = edition.source_text or ""
    blocks = inspection(edition, "a.txt")["blocks"]
    assert isinstance(blocks, list)
    inner = ("note_anchor", "line_end_hyphen")
    spans = sorted(span for b in blocks if b["role"] not in inner for span in b.get("spans", [[b["start"], b["end"]]]))
    assert ink("".join(source[a:b] for a, b in spans)) == ink(source)
    for hyphen in (b for b in blocks if b["role"] == "line_end_hyphen"):
        assert source[hyphen["start"] : hyphen["end"]] in "-\u00ad\u2010¬"
        assert "\n" in source[hyphen["end"] :] or "\r" in source[hyphen["end"] :]


@given(st.text(st.sampled_from("_=<>i/*#[]: \nab"), max_size=80))
def test_any_signs_of_transcribers_lose_nothing(text):
    framed = f"*** START OF THIS PROJECT GUTENBERG EBOOK X ***\n\nHe slept.\n\n{text}\n\nEnd of Project Gutenberg's X\n"
    edition = read_source(Source("a.txt", framed.encode()))
    assert ink(edition.sic) == ink(framed)
    assert parse(write(edition)) == edition
