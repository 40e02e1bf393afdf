"""What the HTML reader makes of pages, good and bad."""

from __future__ import annotations

import base64
import socket
import tarfile
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from pressmark.errors import EmptySource, FramesWithoutText, NestedTooDeep, NotTheText
from pressmark.lossless import align_text
from pressmark.model.edition import Edition, ink, number
from pressmark.model.header import SOURCE, Hand, Header
from pressmark.model.text import Block, Container, Inset, Leaf, Mark, walk
from pressmark.readers import html
from pressmark.readers.decoding import decode
from pressmark.readers.html.links import pointer
from pressmark.readers.reader import Reading
from pressmark.readers.source import Source
from pressmark.tei.write import write

PROJECT = Path(__file__).parents[3]
PAGES = PROJECT / "../shared/data/mia-html/pages.tar.gz"
SAMPLE = PROJECT / "src/pressmark/samples/newspaper-report.html"

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def read(page: str | bytes, name: str = "page.htm", folder: Path | None = None) -> Reading:
    """The reading of a page, proved whole and valid in TEI."""
    source = Source(name, page if isinstance(page, bytes) else page.encode("utf-8"), folder)
    reading = html.READER.read(source, None, name)
    hands = (Hand(SOURCE, "the source", "source", "stated"),)
    edition = number(Edition(Header(statements=reading.statements, hands=hands), reading.text))
    align_text(edition.text, reading.source_text)
    write(edition)
    return reading


def body(page: str) -> Container:
    block = read(page).text.children[0]
    assert isinstance(block, Container)
    return block


def outline(block: Block) -> object:
    """A block as nested tuples: ``(name, text)`` for a leaf, ``(name, [children])`` for a container."""
    if isinstance(block, Leaf):
        return (block.name, " ".join(block.text.split()))
    return (block.name, [outline(child) for child in block.children])


def outlined(page: str) -> list[object]:
    return [outline(child) for child in body(page).children]


def leaf(page: str) -> Leaf:
    """The first leaf of a page."""
    return next(block for block in walk(body(page)) if isinstance(block, Leaf))


def marks(page: str) -> list[tuple[str, str, str]]:
    """The marks of the first leaf: name, words, and ``rend`` or target."""
    first = leaf(page)
    return [(m.name, first.text[m.start : m.end], m.get("rend") or m.get("target")) for m in first.marks]


def named(page: str, name: str) -> list[Block]:
    return [block for block in walk(body(page)) if block.name == name]


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


class TestSourceText:
    def test_it_is_the_text_nodes_without_head_script_style_and_comments(self) -> None:
        page = (
            "<head><title>T</title><style>p{}</style></head><body>a<!-- b --><script>c</script><p>d&eacute;"
            "<img alt=e title=f></p>g</body>"
        )
        assert read(page).source_text == "adég"

    def test_what_follows_the_end_of_the_page_is_kept(self) -> None:
        page = "<html><body>1</body></html>2<p>3</p><html><head><title>x</title></head><body>4</html>5"
        assert ink(read(page).source_text) == "12345"

    @pytest.mark.parametrize("odd", ["\x0c", "\x01", "\x1a", "\ufffe", "\uffff", "\ufeff", "\x80", "\U000f0000"])
    def test_odd_characters_survive(self, odd: str) -> None:
        assert read(f"<p>a{odd}b</p><p>{odd}c").source_text == f"a{odd}b{odd}c"

    def test_a_nul_among_much_text_survives(self) -> None:
        page = html.parse("<p>a\0b</p>" + "<p>words</p>" * 9)
        assert html.source_text(page).startswith("a\0bwords")

    def test_half_a_surrogate_pair_survives(self) -> None:
        page = "<p>a\ud800b</p>".encode("utf-16-le", "surrogatepass")
        assert "a\ud800b" in read(b"\xff\xfe" + page).source_text

    def test_a_character_reference_to_a_stand_in_is_not_mistaken_for_it(self) -> None:
        page = html.parse("<p>a\0b&#xF0000;c&#983041;d")
        assert html.source_text(page) == "a\0b\U000f0000c\U000f0001d"

    def test_the_page_is_not_believed_about_its_encoding(self) -> None:
        page = '<meta charset="utf-16"><p>Träume — naïve café über größe</p>'
        assert read(page).source_text == "Träume — naïve café über größe"

    def test_self_closing_tags_of_xhtml_do_not_swallow_the_page(self) -> None:
        page = (
            '<?xml version="1.0"?><html><head><title/><script src="a"/></head><body><a name="x"/>y<p/>z</body></html>'
        )
        assert read(page).source_text == "yz"

    @pytest.mark.skipif(not PAGES.exists(), reason="the pages of the Marxists Internet Archive are not here")
    def test_a_second_parser_finds_the_same_on_all_pages_of_an_archive(self) -> None:
        count = 0
        with tarfile.open(PAGES) as archive:
            for member in archive.getmembers():
                if not member.name.endswith(".htm"):
                    continue
                file = archive.extractfile(member)
                assert file is not None
                received = file.read()
                assert html.recognises(Source(member.name, received)), member.name
                reading = read(received, Path(member.name).name)
                assert ink(reading.source_text) == ink(second_opinion(received)), member.name
                count += 1
        assert count == 97


class SecondParser(HTMLParser):
    """The text of a page as Python's own parser finds it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.titles = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.titles += tag == "title"

    def handle_endtag(self, tag: str) -> None:
        self.titles = max(0, self.titles - (tag == "title"))

    def handle_data(self, data: str) -> None:
        if not self.titles and self.cdata_elem is None:
            self.words.append(data)


def second_opinion(received: bytes) -> str:
    parser = SecondParser()
    parser.feed(decode(received, declared=html.declared_encoding(received)).text)
    parser.close()
    return "".join(parser.words)


class TestStructure:
    def test_headings_open_divisions_by_their_level(self) -> None:
        page = "<p>0<h3>A</h3><p>1<h5>B</h5><p>2<h4>C</h4><p>3<h2>D</h2>4"
        assert outlined(page) == [
            ("p", "0"),
            (
                "div",
                [
                    ("head", "A"),
                    ("p", "1"),
                    ("div", [("head", "B"), ("p", "2")]),
                    ("div", [("head", "C"), ("p", "3")]),
                ],
            ),
            ("div", [("head", "D"), ("p", "4")]),
        ]

    def test_a_heading_within_a_quotation_or_cell_opens_none(self) -> None:
        page = "<ul><li>x<h3>A</h3>y</ul><p>z"
        assert outlined(page) == [
            ("list", [("item", [("p", "x"), ("ab", "A"), ("p", "y")])]),
            ("p", "z"),
        ]

    def test_a_heading_of_stars_parts_the_text(self) -> None:
        assert outlined("<p>a<h4>* * *</h4><p>b") == [("p", "a"), ("p", "* * *"), ("p", "b")]

    def test_words_between_blocks_are_paragraphs(self) -> None:
        assert outlined("a<p>b</p>c<div>d<div>e</div>f</div>g") == [("p", each) for each in "abcdefg"]

    def test_empty_paragraphs_are_dropped(self) -> None:
        assert outlined("<p>a</p><p>&nbsp;</p><p> </p><p><b></b></p><p>b") == [("p", "a"), ("p", "b")]

    def test_a_quotation_holds_paragraphs(self) -> None:
        assert outlined("<p>a<blockquote>b<p>c</blockquote>d") == [
            ("p", "a"),
            ("quote", [("p", "b"), ("p", "c")]),
            ("p", "d"),
        ]

    def test_a_quotation_around_headings_only_sets_a_margin(self) -> None:
        assert outlined("<blockquote><h2>A</h2><p>b</blockquote>") == [("div", [("head", "A"), ("p", "b")])]

    def test_lists(self) -> None:
        page = "<ol><li>a<li>b<ul><li>c</ul></ol>"
        assert outlined(page) == [
            ("list", [("item", "a"), ("item", [("p", "b"), ("list", [("item", "c")])])]),
        ]
        assert [block.get("rend") for block in named(page, "list")] == ["numbered", "bulleted"]

    def test_a_list_directly_in_a_list_belongs_to_the_item_before(self) -> None:
        assert outlined("<ul><li>a</li><ul><li>b</ul><li>c</ul>") == [
            ("list", [("item", [("p", "a"), ("list", [("item", "b")])]), ("item", "c")]),
        ]

    def test_terms_and_items(self) -> None:
        assert outlined("<dl><dt>a<dd>b<dt>c<dd>d</dl>") == [
            ("list", [("label", "a"), ("item", "b"), ("label", "c"), ("item", "d")])
        ]
        assert outlined("<dl><dt>a<dt>b<dd>c</dl>") == [("list", [("item", "a"), ("item", "b"), ("item", "c")])]

    def test_a_list_without_items_only_indents(self) -> None:
        assert outlined("<ul><p>a</p></ul>") == [("p", "a")]
        assert leaf("<ul><p>a</p></ul>").get("rend") == "indent1"

    def test_a_table_of_figures(self) -> None:
        page = (
            "<table><caption>T</caption><tr><th colspan=2>A<th>B<tr><td>1<td><td rowspan='3'>2"
            "<tr><td colspan=999999>x<td>y</table>"
        )
        assert outlined(page) == [
            (
                "table",
                [
                    ("head", "T"),
                    ("row", [("cell", "A"), ("cell", "B")]),
                    ("row", [("cell", "1"), ("cell", ""), ("cell", "2")]),
                    ("row", [("cell", "x"), ("cell", "y")]),
                ],
            )
        ]
        cells = named(page, "cell")
        assert [cell.get("role") for cell in cells] == ["label", "label", "", "", "", "", ""]
        assert [cell.get("cols") for cell in cells] == ["2", "", "", "", "", "", ""]
        assert cells[4].get("rows") == "3"

    def test_a_table_that_sets_columns_is_unwrapped(self) -> None:
        page = "<table><tr><td>menu<td><h2>A</h2><p>b<table><tr><td>1<td>2<tr><td>3<td>4</table></table>"
        rows = [("row", [("cell", "1"), ("cell", "2")]), ("row", [("cell", "3"), ("cell", "4")])]
        assert outlined(page) == [("p", "menu"), ("div", [("head", "A"), ("p", "b"), ("table", rows)])]

    def test_a_table_around_a_picture_is_a_figure(self) -> None:
        page = "<p>a<table><tr><td><img src=a.png alt=A><br><i>The bank.</i></table>"
        assert outlined(page)[1:] == [("figure", [("graphic", ""), ("head", "The bank.")])]

    def test_preformatted_text_keeps_its_spaces(self) -> None:
        first = leaf("<pre>\n\n   a\n     b  \n</pre>")
        assert (first.name, first.get("type"), first.text) == ("ab", "preformatted", "   a\n     b")

    def test_a_rule_is_a_milestone(self) -> None:
        rule = body("<p>a<hr><p>b").children[1]
        assert (rule.name, rule.get("unit"), rule.get("rend")) == ("milestone", "section", "rule")

    def test_how_blocks_are_set(self) -> None:
        assert leaf("<center><p>a</center>").get("rend") == "center"
        assert leaf("<p align=right>a").get("rend") == "right"
        assert leaf("<p style='text-align: center'>a").get("rend") == "center"
        assert leaf("<p align=justify>a").get("rend") == ""

    def test_white_space_within_a_paragraph_is_kept(self) -> None:
        assert leaf("<p>\n  a \n  b&nbsp; c \n</p>").text == "a \n  b\xa0 c"

    def test_a_form_in_the_page_keeps_its_words(self) -> None:
        page = "<form><select><option>a<option>b</select><button>c</button><textarea>d<b></textarea></form>"
        assert ink(read(page).source_text) == "abcd<b>"


class TestPhrases:
    def test_marks(self) -> None:
        page = "<p>a<i>b</i><em>c</em><strong>d</strong><sup>e</sup><del>f</del><ins>g</ins><q>h</q><tt>i</tt>"
        assert marks(page) == [
            ("hi", "b", "italic"),
            ("emph", "c", ""),
            ("hi", "d", "bold"),
            ("hi", "e", "superscript"),
            ("del", "f", ""),
            ("add", "g", ""),
            ("q", "h", ""),
            ("hi", "i", "code"),
        ]

    def test_tags_without_meaning_vanish_and_their_words_stay(self) -> None:
        first = leaf("<p><font size=2 color=red>a<span class=x>b</span></font><abbr title=y>c</abbr>")
        assert (first.text, first.marks) == ("abc", ())

    def test_style_says_how_letters_look(self) -> None:
        page = "<p><span style='font-variant: small-caps; font-style:italic'>Lenin</span>"
        assert marks(page) == [("hi", "Lenin", "italic smallcaps")]

    def test_a_phrase_left_open_marks_each_paragraph(self) -> None:
        blocks = body("<div><i>a<div>b</div>c</i></div>").children
        assert [(block.text, len(block.marks)) for block in blocks if isinstance(block, Leaf)] == [
            ("a", 1),
            ("b", 1),
            ("c", 1),
        ]

    def test_a_break_is_a_line_beginning_with_no_character(self) -> None:
        first = leaf("<p><br>a<br>b<br></p>")
        assert (first.text, [(m.name, m.start) for m in first.marks]) == ("ab", [("lb", 1)])

    def test_foreign_words(self) -> None:
        page = '<html lang="en"><p>a <span lang="fr">mot</span> <i lang=en>b</i>'
        first = leaf(page)
        assert [(m.name, m.get("xml:lang")) for m in first.marks] == [("foreign", "fr"), ("hi", "")]

    def test_a_paragraph_in_another_language_than_the_page(self) -> None:
        blocks = body('<html lang="en"><p>a<p lang="de-AT">b<p lang="no such thing">c').children
        assert [block.get("xml:lang") for block in blocks] == ["", "de-AT", ""]


class TestLinks:
    def test_links_and_anchors(self) -> None:
        page = "<p>see <a href='#here'>below</a> and <a href='page.htm#here'>there</a><p><a name=here></a>x<p id=no>y"
        blocks = body(page).children
        assert [m.get("target") for b in blocks if isinstance(b, Leaf) for m in b.marks if m.name == "ref"] == [
            "#a1",
            "#a1",
        ]
        anchor = next(m for b in blocks if isinstance(b, Leaf) for m in b.marks if m.name == "anchor")
        assert (anchor.id, anchor.get("n"), anchor.start) == ("a1", "here", 0)

    def test_an_id_is_an_anchor_where_a_link_leads_to_it(self) -> None:
        page = "<p><a href='#x'>a</a><div id=x><p>b</div>"
        assert [m.id for b in body(page).children for m in getattr(b, "marks", ()) if m.name == "anchor"] == ["a1"]

    def test_a_link_to_nowhere_in_the_page_is_dropped_and_reported(self) -> None:
        reading = read("<p>see <a href='#gone'>there</a> <a href='#top'>top</a>")
        assert [(f.code, f.start, f.end) for f in reading.findings] == [("R007", 4, 9)]
        assert not [m for b in walk(reading.text) for m in getattr(b, "marks", ())]

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java&#10;script:alert(1)",
            "&#106;avascript:alert(1)",
            " &#x01;javascript:alert(1)",
            "javascript&colon;alert(1)",
            "java\u00adscript:alert(1)",
            "vbscript:x",
            "data:text/html,<b>x",
            "file:///etc/passwd",
            "http://[bad",
        ],
    )
    def test_dangerous_and_senseless_links_are_dropped(self, address: str) -> None:
        reading = read(f'<p>a <a href="{address}">words</a>')
        assert codes(reading) == ["R003"]
        assert ink(reading.source_text) == "awords"
        assert not [m for b in walk(reading.text) for m in getattr(b, "marks", ())]

    @pytest.mark.parametrize(
        ("address", "kept"),
        [
            ("http://example.org/a?b=c&d=[e]#f", "http://example.org/a?b=c&d=%5Be%5D#f"),
            ("mailto:someone@example.org", "mailto:someone@example.org"),
            ("../a b/c%20d.htm", "../a%20b/c%20d.htm"),
            ("50%.htm", "50%25.htm"),
            ("\u00e9t\u00e9.htm", "%C3%A9t%C3%A9.htm"),
            ("//example.org/x", "//example.org/x"),
            ("a\\b.htm", "a/b.htm"),
            ("  index.htm\n", "index.htm"),
            ("a.htm?x:y", "a.htm?x:y"),
        ],
    )
    def test_addresses_are_written_as_addresses(self, address: str, kept: str) -> None:
        assert pointer(address) == kept


class TestNotes:
    def test_notes_linked_both_ways(self) -> None:
        page = (
            "<p>Words.<sup><a href='#n1' name='f1'>[1]</a></sup> More.<a href='#n2' name='f2'>[2]</a></p><hr>"
            "<p class=enote><a name='n1' href='#f1'>[1]</a> First.</p><p class=enote>Goes on.</p>"
            "<p class=enote><a name='n2' href='#f2'>[2]</a> Second.</p>"
        )
        first, _rule, one, two = body(page).children
        assert isinstance(first, Leaf)
        calls = [(m.get("type"), m.get("target")) for m in first.marks if m.name == "ref"]
        assert calls == [("noteAnchor", "#note1"), ("noteAnchor", "#note2")]
        assert [(note.id, note.get("n"), outline(note)) for note in (one, two)] == [
            ("note1", "1", ("note", [("p", "[1] First."), ("p", "Goes on.")])),
            ("note2", "2", ("note", [("p", "[2] Second.")])),
        ]

    def test_notes_linked_one_way_by_a_raised_mark(self) -> None:
        page = "<p>Words.<sup><a href='#x'>*</a></sup></p><p>Text.</p><p><a name=x></a>* A note.</p>"
        assert [outline(note) for note in named(page, "note")] == [("note", [("p", "* A note.")])]

    def test_notes_as_a_list_of_a_modern_page(self) -> None:
        page = (
            '<p>Words<a href="#fn1" role="doc-noteref">1</a>.</p><section role="doc-endnotes"><ol>'
            '<li id="fn1" role="doc-endnote"><p>The note. <a href="#r">back</a></p></li></ol></section>'
        )
        assert [(note.id, outline(note)) for note in named(page, "note")] == [
            ("note1", ("note", [("p", "The note. back")]))
        ]

    def test_paragraphs_between_notes_called_before_belong_to_the_first(self) -> None:
        page = (
            "<p>a<a href='#n1' name=f1>[1]</a> b<a href='#n2' name=f2>[2]</a></p>"
            "<p><a name=n1 href='#f1'>[1]</a> One.<p>A man goes on.<p><a name=n2 href='#f2'>[2]"
            "</a> Two.<p>Text."
        )
        assert outlined(page)[1:] == [
            ("note", [("p", "[1] One."), ("p", "A man goes on.")]),
            ("note", [("p", "[2] Two.")]),
            ("p", "Text."),
        ]

    def test_further_paragraphs_of_the_class_belong_to_the_last_note(self) -> None:
        page = (
            "<p>a<a href='#n1' name=f1>[1]</a></p><p class=information><a name=n1 href='#f1'>[1]</a> One.</p>"
            "<p class=information>It goes on: and on.</p><p>Text.</p>"
        )
        assert outlined(page)[1:] == [("note", [("p", "[1] One."), ("p", "It goes on: and on.")]), ("p", "Text.")]

    def test_text_between_notes_after_their_paragraphs_is_text(self) -> None:
        page = (
            "<p>a<a href='#n1' name=f1>[1]</a></p><p><a name=n1 href='#f1'>[1]</a> One.</p>"
            "<p>b<a href='#n2' name=f2>[2]</a></p><p><a name=n2 href='#f2'>[2]</a> Two.</p>"
        )
        assert [block.name for block in body(page).children] == ["p", "note", "p", "note"]

    def test_a_table_of_contents_is_no_list_of_notes(self) -> None:
        page = (
            "<p><a href='#c1'>1</a> | <a href='#c2'>2</a></p><h2><a name=c1>1</a></h2><p>Text."
            "<h2><a name=c2>2</a></h2><p>Text."
        )
        assert named(page, "note") == []

    def test_of_two_blocks_linked_both_ways_the_later_is_the_note(self) -> None:
        page = "<p><a href='#n1' name=f1>1.</a> Text.<p><a name=n1 href='#f1'>1.</a> The note."
        assert outlined(page) == [("p", "1. Text."), ("note", [("p", "1. The note.")])]

    def test_numbered_paragraphs_are_no_notes(self) -> None:
        page = (
            "<p>See <a href='#p4'>paragraph 4</a>, and <a href='#p5'>5</a>.<p><a name=p4>"
            "</a>4. Text.<p><a name=p5></a>5. Text."
        )
        assert named(page, "note") == []


class TestClasses:
    def test_a_record_is_parted_at_its_breaks(self) -> None:
        page = (
            "<p class=information><span class=info>Written:</span> 1940.<br><b>Source:</b> "
            "<i>A paper</i>, 1941.<br></p>"
        )
        assert outlined(page) == [("ab", "Written: 1940."), ("ab", "Source: A paper, 1941.")]
        assert [block.get("type") for block in body(page).children] == ["record", "record"]
        second = body(page).children[1]
        assert isinstance(second, Leaf)
        assert [(m.name, second.text[m.start : m.end]) for m in second.marks] == [
            ("hi", "Source:"),
            ("hi", "A paper"),
        ]

    def test_running_prose_of_that_class_is_no_record(self) -> None:
        prose = "The present work is an address that was delivered at two sessions of the council, and found later."
        assert outlined(f"<p class=information>{prose}</p>") == [("p", prose)]

    def test_quoted_paragraphs_are_joined(self) -> None:
        page = "<p>a<p class=quoteb>b<p class=quoteb>c<p>d"
        assert outlined(page) == [("p", "a"), ("quote", [("p", "b"), ("p", "c")]), ("p", "d")]

    def test_a_running_title_stands_at_the_top(self) -> None:
        page = "<p class=title>The Book</p><h1>I</h1><p>Text.<p class=title>Not one"
        assert outlined(page) == [
            ("fw", "The Book"),
            ("div", [("head", "I"), ("p", "Text."), ("p", "Not one")]),
        ]

    def test_furniture_by_class(self) -> None:
        page = (
            "<p>Text.<p class=footer><a href=a.htm>Contents</a><br><a href='mailto:a@b.c'>Write"
            "</a><br>Last updated on 1 May"
        )
        assert [block.get("type") for block in body(page).children[1:]] == [
            "navigation",
            "contact",
            "lastUpdated",
        ]

    def test_links_at_the_top_and_end_are_navigation(self) -> None:
        page = (
            "<a href=a>Home</a> | <a href=b>Authors</a><h1>A</h1><p><a href=c>A link"
            "</a> in the text.</p><p>Text.</p>"
            "<hr><p><a href=d>The next chapter of it</a></p>"
        )
        assert [block.name for block in walk(body(page)) if isinstance(block, Leaf)] == [
            "fw",
            "head",
            "p",
            "p",
            "milestone",
            "fw",
        ]

    def test_a_page_of_links_is_a_list_of_contents_and_no_navigation(self) -> None:
        page = "<h1>A</h1>" + "".join(f"<p><a href={n}.htm>Chapter {n} of it</a></p>" for n in range(20))
        assert named(page, "fw") == []

    def test_a_page_of_furniture_alone_is_valid(self) -> None:
        assert outlined("<p class=footer><a href=a>Home</a></p>") == [("div", [("fw", "Home")])]


class TestPictures:
    def test_a_picture_beside_the_page_is_brought_in(self, tmp_path: Path) -> None:
        (tmp_path / "my plan.png").write_bytes(PIXEL)
        reading = read("<p><img src='my%20plan.png' alt='The plan' width=80></p>", folder=tmp_path)
        (picture,) = reading.pictures
        assert picture.data == PIXEL
        graphic = next(block for block in walk(reading.text) if block.name == "graphic")
        assert graphic.get("url") == f"pages/{picture.name}"
        assert (graphic.get("alt"), graphic.get("width")) == ("The plan", "80px")
        assert reading.findings == ()

    def test_a_picture_never_comes_from_outside_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "secret.png").write_bytes(PIXEL)
        inner = tmp_path / "in"
        inner.mkdir()
        for address in (
            "../secret.png",
            "..%2Fsecret.png",
            str(tmp_path / "secret.png"),
            "file://" + str(tmp_path / "secret.png"),
        ):
            assert read(f"<p>a<img src='{address}'>", folder=inner).pictures == ()

    def test_a_missing_picture_is_reported_once(self) -> None:
        reading = read("<p>a<img src=x.png>b<img src=x.png>c")
        assert codes(reading) == ["R001"]
        assert [b.get("url") for b in walk(reading.text) if b.name == "graphic"] == ["x.png", "x.png"]

    @pytest.mark.parametrize(
        "address", ["http://example.org/a.png", "//example.org/a.png", "data:image/png;base64,AAAA"]
    )
    def test_nothing_is_fetched(self, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise AssertionError("the network was used")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        assert codes(read(f"<p>a<img src='{address}'>")) == ["R002"]

    def test_a_picture_among_words_interrupts_them(self) -> None:
        first = leaf("<p>a <img src=x.png> b</p>")
        assert [(m.name, m.start) for m in first.marks if isinstance(m, Inset)] == [("figure", 2)]

    def test_a_picture_on_a_line_of_its_own_is_a_block(self) -> None:
        assert outlined("<p><img src=x.png><br>The bank.</p>") == [
            ("figure", [("graphic", "")]),
            ("p", "The bank."),
        ]

    def test_a_figure_has_its_caption(self) -> None:
        page = "<p>a<figure><img src=x.png alt=X><figcaption>The <i>bank</i></figcaption></figure>"
        assert outlined(page)[1:] == [("figure", [("graphic", ""), ("head", "The bank")])]

    def test_embedded_things_are_reported_and_their_words_stay(self) -> None:
        reading = read("<p>a<object data=x>b</object><video src=y>c</video><video>d</video>")
        assert codes(reading) == ["R005", "R005"]
        assert ink(reading.source_text) == "abcd"


class TestRecord:
    def test_what_the_page_says_of_itself(self) -> None:
        page = (
            '<html lang="EN-gb"><head><title> A\n Title </title><meta name="Author" content="Clara">'
            '<meta name="DC.Date" content="1940-05"><meta name="date" content="x">'
            '<meta name=description content="">'
            '<meta name="citation_author" content="Trotsky">'
        )
        found = [(s.field, s.value, s.normal, s.found, s.cert, s.resp) for s in read(page + "<p>x").statements]
        assert found == [
            ("page_title", "A Title", "", "html:title", "", "source"),
            ("author", "Clara", "", "meta:author", "low", "source"),
            ("published", "1940-05", "1940-05", "meta:dc.date", "", "source"),
            ("author", "Trotsky", "", "meta:citation_author", "", "source"),
            ("language", "EN-gb", "en-GB", "html:lang", "", "source"),
        ]

    def test_control_characters_in_a_title_do_no_harm(self) -> None:
        assert read("<title>a\x01b</title><p>x").statements[0].value == "a\ufffdb"


class TestRefusals:
    def test_frames(self) -> None:
        page = (
            "<html><frameset><frame src=menu.htm><frame src='text.htm'><noframes>Get a browser"
            "</noframes></frameset></html>"
        )
        with pytest.raises(FramesWithoutText) as error:
            read(page)
        assert "menu.htm, text.htm" in error.value.hint

    @pytest.mark.parametrize(
        "page",
        [
            "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1>"
            "<p>The requested URL /a.htm was not found"
            " on this server.</p><hr><address>Apache/2.4 Server</address></body></html>",
            "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1>"
            "</center><hr><center>nginx"
            "</center></body></html>",
            "<title>Page not found | Archive</title><h1>Page not found</h1>"
            "<p>Sorry, the page you were looking for has been"
            " moved or deleted.</p>",
            "<h1>502 Bad Gateway</h1>",
            "<h1>Service Unavailable</h1><p>The server is temporarily unavailable. Try again later.",
        ],
    )
    def test_error_pages(self, page: str) -> None:
        with pytest.raises(NotTheText):
            read(page)

    @pytest.mark.parametrize(
        "page",
        [
            "<title>404</title><h1>404 Not Found: a poem</h1>"
            "<p>I sought you in the city and the field, and the road gave"
            " nothing back; the house had lost its number and its name, and the bell its voice.",
            "<title>Letter</title><p>The server said 404 Not Found, and I wrote this letter instead.",
            "<title>Not Found</title><h1>The Lost Ship</h1><h2>Part one</h2><p>Home pages of the log-book were wet.",
            "<title>Not Found</title><h1>Not found</h1>" + "<p>Her name was not found on this server of the king." * 99,
            "<title>503</title><p>The regiment numbered 503 men.",
        ],
    )
    def test_texts_that_speak_of_errors_are_texts(self, page: str) -> None:
        assert read(page).source_text

    def test_a_login_page(self) -> None:
        with pytest.raises(NotTheText):
            read("<h1>Sign in</h1><form>Name <input name=u> Password <input type=password name=p></form>")

    @pytest.mark.parametrize(
        "page", ["<html><body><p>&nbsp;</p></body></html>", "</p>", "<!-- only this -->", "<title>x"]
    )
    def test_no_text(self, page: str) -> None:
        with pytest.raises(EmptySource):
            read(page)


class TestRecognition:
    @pytest.mark.parametrize(
        "page",
        [
            "<!DOCTYPE html><title>x</title>y",
            "\ufeff <!-- saved from url=(0014)about:internet -->\n<HTML>x",
            '<?xml version="1.0" encoding="iso-8859-1"?>\n'
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x">\n<html>',
            "<h1>A</h1>\n<p>b</p>\n<p>c</p>",
            "<P>a\n<P>b\n<P>c\n",
            "Some words\n<p>one</p>\n<p>two</p>\n<hr>\n<p>three",
        ],
    )
    def test_html_under_any_name(self, page: str) -> None:
        for name in ("page.txt", "page.html", "page"):
            assert html.recognises(Source(name, page.encode()))
        assert html.recognises(Source("x", b"\xff\xfe" + page.lstrip("\ufeff").encode("utf-16-le")))

    @pytest.mark.parametrize(
        "words",
        [
            "In HTML the <p> element begins a paragraph, and </p> ends it. Use <br> for a line.\n" * 9,
            "a < b and b > c",
            "<laughter> He came in.\n<applause>\n",
            '<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>x</p><p>y'
            "</p></body></text></TEI>",
            '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>x</p><p>y</p></body></text></TEI>',
            "",
        ],
    )
    def test_what_is_not_html(self, words: str) -> None:
        assert not html.recognises(Source("page.txt", words.encode()))

    def test_html_named_as_plain_text_is_remarked_on(self) -> None:
        reading = read("<html><p>x</html>", name="x.txt")
        assert codes(reading) == ["R004"]
        assert "x.txt" not in codes(reading)
        assert ".txt" in reading.findings[0].message

    def test_every_remark_is_explained(self) -> None:
        assert sorted(html.REMARKS) == ["R001", "R002", "R003", "R004", "R005", "R006", "R007", "R008"]
        assert all(len(words.split(". ")) >= 2 for words in html.REMARKS.values())


class TestHostilePages:
    @pytest.mark.parametrize("tag", ["div", "font", "blockquote", "table><tr><td", "ul><li", "b", "x"])
    def test_a_hundred_thousand_open_tags_are_refused_at_once(self, tag: str) -> None:
        begun = time.perf_counter()
        with pytest.raises(NestedTooDeep):
            read(f"<{tag}>a" * 100_000)
        assert time.perf_counter() - begun < 5

    @pytest.mark.parametrize(
        "tag",
        ["div", "blockquote", "ul><li", "table><tr><td>a<td", "b><i", "center><font size=2", "ol><li><ul"],
    )
    def test_deep_nesting_becomes_a_shallow_edition(self, tag: str) -> None:
        reading = read(f"<p>x<{tag}>a" * 300)
        assert depth(reading.text) < 60

    def test_scripts_handlers_and_styles_do_not_reach_the_edition(self) -> None:
        page = (
            "<base href='http://evil/'><meta http-equiv=refresh content='0;url=http://evil/'>"
            "<body onload=evil()>"
            "<svg onload=evil()><text>words</text><script>evil()</script></svg>"
            "<p onclick='evil()' style='x:evil'>more"
            "<iframe src='http://evil/'></iframe><img src=x onerror=evil()>"
            "<a href='x' onmouseover='evil()'>link</a>"
        )
        reading = read(page)
        edition = number(Edition(Header(), reading.text))
        assert b"evil" not in write(edition)
        assert ink(reading.source_text) == "wordsmorelink"

    def test_entities_of_a_document_type_are_not_expanded(self) -> None:
        page = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>x &b; &b;'
        assert len(read(page).source_text) < 60

    def test_a_long_attribute_is_no_trouble(self) -> None:
        reading = read(
            f"<p title='{'x' * 1_000_000}'>a <a href='http://e/{'y' * 1_000_000}'>b</a> <img src='{'z' * 100_000}.png'>"
        )
        assert reading.source_text.split() == ["a", "b"]

    def test_a_flood_of_attributes_takes_no_square_of_time(self) -> None:
        begun = time.perf_counter()
        reading = read("<p>a<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">b")
        assert time.perf_counter() - begun < 3
        assert codes(reading) == ["R006"]

    @pytest.mark.parametrize(
        "page",
        [
            "<p>" + "a<sup><a href='#n' name=f>[1]</a></sup>" * 20_000,
            "<p class=footer>" + "a <a href=x>b</a><br>" * 20_000,
            "<p class=information>" + "Source: a <i>b</i><br>" * 20_000,
            "<p>x" + "<img src=x.png><br>" * 20_000,
            "<a name=x></a>" * 20_000 + "<p><img src=x.png></p>" * 5_000 + "x",
            "<h1>" + "<div>a</div>" * 20_000,
            "<p>" + "<i>a" * 1_500,
            "<table><tr><td>" * 600 + "x" * 20_000,
            "<ul><ol><dl><dt>a<dd>b" * 300 + "<li>c" * 20_000,
        ],
        ids=range(9),
    )
    def test_much_of_one_kind_takes_no_square_of_time(self, page: str) -> None:
        begun = time.perf_counter()
        html.READER.read(Source("page.htm", page.encode()), None, "page.htm")
        assert time.perf_counter() - begun < 6

    def test_many_places_and_links_take_no_square_of_time(self) -> None:
        begun = time.perf_counter()
        page = "".join(f"<p>a<sup><a href='#n{n}' name=f{n}>[{n}]</a></sup>" for n in range(3000))
        page += "".join(f"<p><a name=n{n} href='#f{n}'>[{n}]</a> b" for n in range(3000))
        reading = html.READER.read(Source("page.htm", page.encode()), None, "page.htm")
        assert time.perf_counter() - begun < 5
        assert sum(1 for block in walk(reading.text) if block.name == "note") == 3000


def depth(block: Block) -> int:
    if isinstance(block, Leaf):
        return 1
    return 1 + max((depth(child) for child in block.children), default=0)


def test_the_sample_page_of_a_newspaper() -> None:
    if not SAMPLE.exists():
        pytest.skip("the sample page is not here yet")
    reading = read(SAMPLE.read_bytes(), SAMPLE.name, SAMPLE.parent)
    blocks = list(walk(reading.text))
    assert [block.name for block in blocks].count("table") == 2
    assert [block.id for block in blocks if block.name == "note"] == ["note1", "note2", "note3"]
    assert [picture.name for picture in reading.pictures] == ["newspaper-report.png"]
    assert [block.text for block in blocks if isinstance(block, Leaf) and block.get("type") == "lastUpdated"] == [
        "Last updated on: 8 June 2003"
    ]
    assert reading.findings == ()
    assert all(isinstance(mark, Mark) for block in blocks if isinstance(block, Leaf) for mark in block.marks)
