"""A text's page: title and author once, nothing lost; the record in words; the citation."""

from __future__ import annotations

import struct

import pytest
from tests.unit.exporters.pages import Page, box, edition, leaf, p

from pressmark.exporters.listing import Listing
from pressmark.exporters.site.citation import citation
from pressmark.exporters.site.page import SiteHtml
from pressmark.exporters.site.record import day, encoding_name, language_name, record_fields, revisions, sureness
from pressmark.model.edition import Edition, Picture, ink
from pressmark.model.header import Change, Hand, Header, Statement, Witness
from pressmark.model.text import Container

SHOWN = ("The Keeper of the Sluice", "A Memoir", "Hanna Revell")


def whole(*parts: Container) -> Edition:
    return Edition(Header(), Container("text", parts, id="text"))


def test_what_the_title_block_shows_is_folded_and_not_lost():
    front = box("front", leaf("titlePart", SHOWN[0], own="a"), leaf("docAuthor", SHOWN[2], own="b"), own="front")
    made = whole(front, box("body", leaf("ab", "Written: 1937", own="c", type="record"), p("My father"), own="body"))
    found = Page(SiteHtml(made, shown=SHOWN).body())
    assert found.faults == []
    assert ink(found.one("details", "source-head").words) == ink(
        f"The head of the page, as received{SHOWN[0]}{SHOWN[2]}Written: 1937"
    )
    assert ink(found.source) == ink(made.sic)


@pytest.mark.parametrize(
    "head", ["The Keeper of the Sluice", "THE KEEPER OF THE SLUICE.", " The keeper,\nof the sluice "]
)
def test_a_heading_that_repeats_the_title_is_none(head):
    div = box("div", leaf("head", head, own="h1"), box("div", leaf("head", "I", own="h2"), p("x"), own="d2"), own="d1")
    found = Page(SiteHtml(edition(div), shown=SHOWN).body())
    assert found.faults == []
    assert [(each.name, each.words) for each in found.elements if each.name in ("h1", "h2", "h3")] == [("h2", "I")]
    assert any(each.attributes.get("id") == "h1" for each in found.elements)


def test_a_heading_that_says_something_else_stays():
    found = Page(SiteHtml(edition(box("div", leaf("head", "Chapter I", own="h1"), p("x"))), shown=SHOWN).body())
    assert found.one("h2").words == "Chapter I"
    assert not found.all("details")


def test_the_title_said_again_within_the_text_stays():
    again = box("div", leaf("head", SHOWN[0], own="h2"), p("y", own="y"), own="d2")
    found = Page(SiteHtml(edition(p("x"), again), shown=SHOWN).body())
    assert found.one("h2").words == SHOWN[0]


def test_an_author_line_with_by_is_folded():
    found = Page(SiteHtml(edition(p("By Hanna Revell", own="a"), p("Text")), shown=SHOWN).body())
    assert "By Hanna Revell" in found.one("details").words


def test_a_line_before_the_title_is_part_of_the_head_of_the_page():
    front = box("front", p("the house, from the river", own="a"), leaf("titlePart", SHOWN[0], own="t"), own="f")
    found = Page(SiteHtml(whole(front, box("body", p("Text"), own="body")), shown=SHOWN).body())
    assert "the house" in found.one("details").words


def test_lines_of_the_record_within_the_text_are_folded_with_their_rules():
    lines = [
        leaf("milestone", "", own="m1"),
        leaf("ab", "Source: A", own="r", type="record"),
        leaf("milestone", "", own="m2"),
    ]
    found = Page(SiteHtml(edition(p("A deck", own="a"), *lines, p("Text", own="b"))).body())
    assert found.faults == []
    assert len(found.all("hr")) == 2
    assert all("details" in each.parents for each in found.all("hr"))


def test_a_page_that_is_nothing_but_its_head_is_open():
    found = Page(SiteHtml(edition(leaf("ab", "Source: A", type="record"))).body())
    assert "open" in found.one("details").attributes


PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 800, 500, 8, 2, 0, 0, 0)


@pytest.mark.parametrize(
    ("data", "size"), [(PNG, ("800", "500")), (PNG[:20], None), (b"", None), (b"GIF89a", None), (b"<svg", None)]
)
def test_a_picture_has_its_size_where_the_file_tells_it(data, size):
    figure = box("figure", leaf("graphic", "", own="g", url="pages/a.png", alt="A ship"))
    found = Page(SiteHtml(edition(figure), (Picture("a.png", data),)).body()).one("img")
    assert (found.attributes.get("width"), found.attributes.get("height")) == (size or (None, None))


def test_a_picture_that_the_archive_lost_is_said_not_to_be_here():
    found = Page(SiteHtml(edition(box("figure", leaf("graphic", "", own="g", url="pages/a.png", alt="A ship")))).body())
    assert "Picture not here: A ship" in found.html
    assert not found.all("img")


# The record.

HANDS = (Hand("kr", "Krystyna R.", "person", "edits"), Hand("source", "the page", "source", "says"))


def test_the_record_says_whose_word_each_statement_is():
    header = Header(
        statements=(
            Statement("author", "A. B.", found="#b2", resp="source", cert="low"),
            Statement("language", "de-AT", "de-AT", resp="kr"),
            Statement("written", "1940", "1940", found="meta:date", cert="0.8"),
        ),
        hands=HANDS,
        witnesses=(Witness("w1", "a.htm", "0", "0", "cp1252", 4740, "html", "2026-11-23"),),
    )
    fields = {field["label"]: field["statements"] for field in record_fields(Edition(header, edition().text))}
    said = {
        label: (each["text"], each["hand"], each["hand_label"], each.get("sure")) for label, [each] in fields.items()
    }  # type: ignore[misc]
    assert said == {
        "Author": ("A. B.", "transcriber", "the source page", "perhaps"),
        "Written": ("1940", "machine", "machine", "likely"),
        "Language": ("German (de-AT)", "editor", "Krystyna R.", None),
        "Received as": (
            "a.htm (web page, Windows-1252, 4,740 characters; taken in on 23 November 2026)",
            "machine",
            "machine",
            None,
        ),
    }
    assert fields["Author"][0]["href"] == "#b2"  # type: ignore[index]
    assert fields["Written"][0]["href"] is None  # type: ignore[index]


@pytest.mark.parametrize(
    ("value", "name"),
    [("en", "English"), ("sr-Latn", "Serbian (sr-Latn)"), ("Klingon", "Klingon"), ("en; de", "en; de")],
)
def test_languages_have_names(value, name):
    assert language_name(value) == name


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("cp1251", "Windows-1251"),
        ("iso8859-1", "ISO 8859-1"),
        ("latin-1", "ISO 8859-1"),
        ("koi8_r", "KOI8-R"),
        ("utf-16-le", "UTF-16-LE"),
        ("shift_jis", "shift_jis"),
    ],
)
def test_encodings_have_names(encoding, name):
    assert encoding_name(encoding) == name


def test_a_day_that_is_none_is_shown_as_it_is():
    assert day("1940-05-24T12:00:00Z") == "24 May 1940"
    assert day("spring") == "spring"
    assert day("") is None


@pytest.mark.parametrize(
    ("cert", "word"), [("", None), ("high", None), ("1", None), ("0.2", "perhaps"), ("nan", "perhaps")]
)
def test_how_sure(cert, word):
    assert sureness(cert) == word


def test_the_history_has_dates_that_a_page_may_have():
    changes = (
        Change("2026-11-23T12:00:00Z", "pressmark", "Read."),
        Change("1940-13-45", "kr", "Wrote."),
        Change("", "", ""),
    )
    found = revisions(Edition(Header(changes=changes, hands=HANDS), edition().text))
    assert [(each["date"], each["when"], each["who"]) for each in found] == [
        ("2026-11-23", "23 November 2026", "Pressmark"),
        (None, "1940-13-45", "Krystyna R."),
        (None, None, "Unknown"),
    ]


# The citation.


def cited(**changed: object) -> str:
    facts = {"title": "The Keeper", "authors": ("Hanna Revell",), "year": "1937", "language": "en"} | changed
    each = Listing("stavenham/keeper", subtitle="", words=9, opening="", **facts)  # type: ignore[arg-type]
    header = Header(changes=(Change("2026-11-23", "pressmark", "Read."),))
    return citation(each, Edition(header, edition().text), archive="The Archive", state="abcdef0123456789")


def test_a_citation_names_author_title_archive_pressmark_and_state():
    assert cited() == (
        'Hanna Revell, <cite lang="en" dir="ltr">The Keeper</cite>, 1937. The Archive, <span>stavenham/keeper</span>, '
        'state <span class="state">abcdef012345</span> of 23 November 2026.'
    )


def test_a_citation_without_author_and_year_has_no_stray_commas():
    assert cited(authors=(), year="", title="Who Pays?").startswith('<cite lang="en" dir="ltr">Who Pays?</cite> The')


def test_a_citation_of_many_authors():
    assert cited(authors=("A", "B", "C")).startswith("A, B and C, <cite")


def test_a_citation_is_escaped():
    said = cited(title='<script>"x"</script>\ufffe', authors=("<b>",), language='"><i>')
    assert "<script" not in said
    assert "<b>" not in said
    assert "<i>" not in said
    assert Page(f"<p>{said}</p>").faults == []
