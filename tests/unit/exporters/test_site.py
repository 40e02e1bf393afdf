"""The pages of a whole site, for archives of every kind and with hostile words in every field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.exporters.pages import EXPECTED, Page, box, edition, leaf, p

from pressmark.exporters.listing import Listing, listing
from pressmark.exporters.site import Archived, Site, SiteSettings
from pressmark.model.edition import Edition, Picture
from pressmark.model.header import FIELDS, Change, Hand, Header, Statement, Witness
from pressmark.model.text import plain

FRAME = EXPECTED | frozenset("html head body title abbr time details aside footer header main nav".split())
ATTACK = "\"><script>alert(1)</script><img src=x onerror=alert(1)> ' & ]]> --> javascript:alert(1) {{ 7*7 }} \x92\ufdd0"


def texts(count: int, **changed: object) -> list[Listing]:
    facts = {"title": "The Keeper", "subtitle": "", "authors": ("Hanna Revell",), "year": "1937", "language": "en"}
    facts |= {"words": 9, "opening": "My father kept two books"} | changed
    return [Listing(f"stavenham/text-{number}", **facts) for number in range(count)]  # type: ignore[arg-type]


def pages(listings: list[Listing], settings: SiteSettings | None = None) -> dict[str, Page]:
    """The frame's pages, each one read."""
    site = Site(settings or SiteSettings("The Archive", version="0.1.0"), listings)
    return {path: Page(data.decode()) for path, data in site.frame() if path.endswith(".html")}


def faults(page: Page) -> list[str]:
    """What is wrong with a whole page; a link to another page is followed by the browser's tests."""
    return [fault for fault in page.faults if not any(f"nobody meant <{name}>" in fault for name in FRAME)]


ARCHIVES = {
    "no text": [],
    "one text without an author": texts(1, authors=(), year=""),
    "five hundred texts": [
        replace(each, authors=(f"Author {number % 70} Name{number % 70}",), year=str(1900 + number % 90))
        for number, each in enumerate(texts(500))
    ],
    "long titles": texts(2, title="Donaudampfschifffahrtsgesellschaft" * 20, authors=("A" * 500,)),
    "right to left": texts(1, title="הספרנית", language="he", authors=("א. סופר",)),
    "names that come to the same": texts(1, authors=("É. Zola", "E. Zola", "e zola", "...", "…", "Con", "Index")),
    "hostile": texts(1, title=ATTACK, subtitle=ATTACK, authors=(ATTACK, "\ufffe"), opening=ATTACK, language=ATTACK),
}


@pytest.mark.parametrize("listings", ARCHIVES.values(), ids=ARCHIVES)
def test_the_frame_of_any_archive_holds_together(listings):
    made = pages(listings)
    assert {path: found for path, page in made.items() if (found := faults(page))} == {}
    assert {"index.html", "authors/index.html", "years/index.html", "about/index.html", "404.html"} <= made.keys()
    assert len(made["index.html"].all("a", "title")) == len(listings)


def test_every_author_has_a_page_of_its_own():
    authors = ARCHIVES["names that come to the same"][0].authors
    made = pages(ARCHIVES["names that come to the same"])
    own = [path for path in made if path.startswith("authors/") and path != "authors/index.html"]
    assert len({path.lower() for path in own}) == len(authors)
    assert "authors/con.html" not in own
    assert sorted(made[path].one("h1").words for path in own) == sorted(authors)


def test_authors_stand_under_their_letters():
    names = ("Émile Zola", "Simone de Beauvoir", "ann Blyth", "Zofia Łuk")
    listed = pages([replace(texts(1)[0], authors=(name,), pressmark=f"a/{n}") for n, name in enumerate(names)])
    index = listed["authors/index.html"]
    assert sorted(each.words for each in index.all("h2")) == ["B", "Z", "Ł"]
    shown = [each.words for each in index.all("a") if "," in each.words]
    assert shown[:2] == ["Beauvoir, Simone de", "Blyth, ann"]


def test_years_that_are_two_are_listed_under_the_first():
    page = pages(texts(1, year="1911", years="1911–12"))
    assert page["years/index.html"].one("h3").words == "1911"
    assert page["index.html"].one("p", "year").words == "1911–12"


def hostile_archived() -> tuple[Archived, Listing, SiteSettings]:
    attack = plain(ATTACK)
    statements = tuple(Statement(field, attack, attack, "#b1", "kr", "low") for field in FIELDS)
    witness = Witness("w1", attack, attack, attack, attack, 9, attack, attack)
    header = Header(
        "a/b", attack, statements, (Hand("kr", attack, "person", attack),), (witness,), (Change(attack, "kr", attack),)
    )
    figure = box("figure", leaf("graphic", "", own="g", url="pages/a.png", alt=attack), own="f")
    div = box("div", leaf("head", ATTACK, own="h"), p(ATTACK, own="b1"), figure, own="d")
    made = edition(
        div, replace(div, id="d2", children=(leaf("head", ATTACK, own="h2"), p("x", own="b2"))), header=header
    )
    settings = SiteSettings(attack, f"https://example.org/{attack}", attack, attack, attack, attack)
    return Archived("a/b", made, b"<TEI/>", (Picture("a.png", b""),)), listing(made, pressmark="a/b"), settings


def test_hostile_words_in_every_field_make_no_element_no_handler_and_no_link():
    text, each, settings = hostile_archived()
    site = Site(settings, [each])
    for path, data in (*site.frame(), *site.text(text)):
        if path.endswith(".html"):
            page = Page(data.decode())
            assert faults(page) == [], path
            assert not page.all("script"), path
            assert all(img.attributes["src"].startswith("pictures/") for img in page.all("img")), path
            assert not any(href.lower().lstrip().startswith("javascript") for href in page.hrefs), path
            assert "49" not in "".join(page.html.split()).replace("{{7*7}}", ""), path


def test_a_base_address_that_is_none_is_not_printed():
    made = pages(texts(1), SiteSettings("A", base_url="javascript:alert(1)"))
    assert not [each for each in made["index.html"].all("link") if each.attributes["rel"] == "canonical"]


CONTACTS = {
    "post@example.org": "mailto:post@example.org",
    "https://example.org/write": "https://example.org/write",
    "mailto:post@example.org": "mailto:post@example.org",
    "javascript:alert(1)": None,
    "a letter to the library": None,
}


@pytest.mark.parametrize(("contact", "href"), CONTACTS.items())
def test_where_to_write(contact, href):
    page = pages(texts(1), SiteSettings("A", contact=contact))["index.html"]
    assert contact.removeprefix("https://").removeprefix("mailto:") in page.source
    assert [each for each in page.hrefs if each == href or "javascript" in each] == ([href] if href else [])


def test_what_is_missing_is_found_from_any_depth():
    site = SiteSettings("A", base_url="https://example.org/my%20archive/")
    assert "/my%20archive/style.css" in pages(texts(1), site)["404.html"].html
    assert 'href="/style.css"' in pages(texts(1))["404.html"].html


def page_of(made: Edition) -> Page:
    each = listing(made, pressmark="a/b")
    files = dict(Site(SiteSettings("The Archive", version="1"), [each]).text(Archived("a/b", made, b"<TEI/>")))
    assert set(files) == {"texts/a/b/index.html", "texts/a/b/text.xml", "texts/a/b/text.txt"}
    return Page(files["texts/a/b/index.html"].decode())


def test_a_text_says_how_to_cite_it():
    page = page_of(edition(p("Text"), header=Header(statements=(Statement("title", "The Keeper"),))))
    assert page.one("p", "citation").words.startswith("The Keeper. The Archive, a/b, state ")


def test_a_hebrew_text_is_hebrew_though_nobody_said_so():
    page = page_of(edition(p("בספריית הנמל היו ארבע מאות ספרים")))
    text = page.one("div", "text").attributes
    assert (text["lang"], text["dir"]) == ("he", "rtl")


def test_a_statement_that_stands_in_the_whole_text_has_something_to_lead_to():
    made = edition(p("Text"), header=Header(statements=(Statement("title", "A", found="#text"),)))
    assert faults(page_of(made)) == []


def test_contents_lead_to_headings_and_leave_out_the_folded_one():
    def div(number: int, head: str) -> object:
        return box("div", leaf("head", head, own=f"h{number}"), p("x", own=f"p{number}"), own=f"d{number}")

    header = Header(statements=(Statement("title", "The Keeper"),))
    made = edition(div(1, "The Keeper"), div(2, "One"), div(3, "Two"), header=header)  # type: ignore[arg-type]
    nav = [each for each in page_of(made).all("a") if each.parents[-1] == "li" and "ol" in each.parents]
    assert [(each.words, each.attributes["href"]) for each in nav] == [("One", "#d2"), ("Two", "#d3")]
