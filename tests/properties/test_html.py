"""Whatever soup of tags comes: nothing is lost, two parsers agree, and the edition is valid TEI."""

from __future__ import annotations

import contextlib
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from pressmark.errors import SourceError
from pressmark.lossless import align_text
from pressmark.model.edition import Edition, ink, number
from pressmark.model.header import SOURCE, Hand, Header
from pressmark.model.text import Block, Container, Leaf, Mark, walk
from pressmark.readers import html
from pressmark.readers.html.links import is_safe, pointer
from pressmark.readers.source import Source
from pressmark.tei.write import write

HANDS = (Hand(SOURCE, "the source", "source", "stated"),)

TAGS = st.sampled_from(
    """p p p div center blockquote ul ol li dl dt dd table caption tr td th h1 h2 h3 h5 pre hr br br figure figcaption
    i b em sup sub span font a a q del ins small ruby rt svg template noscript address nav section form select option
    object video body html head""".split()
)
ATTRIBUTES = st.lists(
    st.sampled_from(
        [
            "class=quoteb",
            "class=enote",
            "class=information",
            "class=footer",
            "class=toc",
            "class=title",
            "align=center",
            "align=right",
            "lang=fr",
            "lang='x y'",
            "id=n1",
            "id=n2",
            "name=n1",
            "name=f1",
            "href='#n1'",
            "href='#f1'",
            "href='page.htm#n2'",
            "href='http://example.org/a b'",
            "href='javascript:x'",
            "colspan=2",
            "rowspan=999999",
            "role=doc-endnote",
            "style='font-style:italic;text-align:right'",
        ]
    ),
    max_size=3,
).map(" ".join)
WORDS = st.one_of(
    st.sampled_from(
        [
            "Words. ",
            "[1]",
            "1",
            "* * *",
            "\n ",
            "&nbsp;",
            "&eacute;t&eacute;",
            "&amp;lt;",
            "&#8212;",
            "Source: x ",
            " | ",
        ]
    ),
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="<>&\0\r"), max_size=8),
)
PIECES = st.one_of(
    st.builds("<{} {}>".format, TAGS, ATTRIBUTES),
    st.builds("</{}>".format, TAGS),
    st.just("<img src=x.png alt='A picture'>"),
    st.just("<!-- a comment -->"),
    st.just("<script>var a = '<p>';</script>"),
    st.just("<style>p {}</style>"),
    WORDS,
    WORDS,
)
SOUP = st.lists(PIECES, max_size=40).map("".join)


def edition_of(page: str | bytes) -> Edition:
    received = page if isinstance(page, bytes) else page.encode("utf-8", "surrogatepass")
    reading = html.READER.read(Source("page.htm", received), None, "page.htm")
    edition = number(Edition(Header(statements=reading.statements, hands=HANDS), reading.text))
    align_text(edition.text, reading.source_text)
    return edition


@given(SOUP)
def test_no_soup_of_tags_loses_a_character_or_breaks_the_profile(soup: str) -> None:
    with contextlib.suppress(SourceError):
        edition = edition_of(f"<p>begin{soup}")
        assert write(edition)
        assert deepest(edition.text) < 60


@given(SOUP)
def test_a_second_parser_finds_the_same_characters(soup: str) -> None:
    page = html.parse(f"<p>begin{soup}")
    second = SecondParser()
    second.feed(f"<p>begin{soup}")
    second.close()
    assert ink(html.source_text(page)) == ink("".join(second.words))


@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=80).map(lambda text: text.encode("utf-16", "surrogatepass")))
)
def test_no_bytes_crash_the_reader(received: bytes) -> None:
    html.recognises(Source("x", received))
    with contextlib.suppress(SourceError):
        edition_of(b"<html><p>" + received)


@given(st.text(alphabet=st.characters(exclude_characters="<&"), min_size=1, max_size=30))
def test_every_character_survives(words: str) -> None:
    page = html.parse(f"<p>a{words}b")
    assert ink(html.source_text(page)) == ink(f"a{words}b")


@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                [
                    "http:",
                    "//",
                    "a",
                    ".",
                    "/",
                    "?",
                    "#",
                    "[",
                    "]",
                    "%",
                    ":",
                    "@",
                    "javascript:",
                    "\t",
                    " ",
                    "é",
                    "\\",
                    "\0",
                    "&",
                    "80",
                ]
            ),
            max_size=10,
        ).map("".join),
    )
)
def test_addresses_are_safe_and_valid_whatever_they_were(address: str) -> None:
    written = pointer(address)
    assert not written or is_safe(written)
    assert pointer(written) == written
    if written:
        leaf = Leaf("p", "a", (Mark("ref", 0, 1, attributes=(("target", written),)),))
        write(number(Edition(Header(), Container("text", (Container("body", (leaf,)),)))))


def deepest(block: Block) -> int:
    return 1 + max((deepest(child) for child in getattr(block, "children", ())), default=0)


def test_marks_have_ids_of_their_own() -> None:
    edition = edition_of("<p><a name=a>x</a><a name=a>y</a><a href='#a'>z</a>")
    ids = [mark.id for leaf in walk(edition.text) if isinstance(leaf, Leaf) for mark in leaf.marks if mark.id]
    assert ids == ["a1", "a2"]


class SecondParser(HTMLParser):
    """The text of a page as Python's own parser finds it.

    The two differ where Python 3.11 does not follow the HTML standard, and the soup has none of it: raw text
    in ``textarea``, ``xmp``, ``iframe`` and ``noframes`` (13.2.5.2), ``--!>`` at the end of a comment
    (13.2.5.51), a tag cut off by the end of the file (13.2.5.8), references to control characters, which
    Python drops (13.2.5.80).
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is None:
            self.words.append(data)
