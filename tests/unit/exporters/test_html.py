"""Every element of an edition has its HTML, and every page holds together, whatever is in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.properties.strategies import editions
from tests.unit.exporters.pages import Page, box, edition, leaf, p

from pressmark.exporters.html import Html, contents, paragraph_numbers
from pressmark.exporters.phrases import speakable, web_address
from pressmark.exporters.site.page import SiteHtml
from pressmark.exporters.text import plain_text
from pressmark.model.edition import ink
from pressmark.model.inventory import (
    AB_TYPES,
    CHOICES,
    CONTAINERS,
    EMPTY_LEAVES,
    FURNITURE,
    INSETS,
    LEAVES,
    MARKS,
    POINTS,
)
from pressmark.model.text import Block, Choice, Mark, attributes, inset, rewrite

EXPORTERS = {"html": Html, "site": SiteHtml}


def page(*blocks: Block, kind: type[Html] = Html) -> Page:
    found = Page(kind(edition(*blocks)).body())
    assert found.faults == [], found.html
    return found


# The table of elements and exporters.


def in_context(name: str) -> Block:
    """A block of each name, with words in it, where the profile has it."""
    if name in EMPTY_LEAVES:
        made: Block = leaf(name, "", own="it", url="pages/a.png", alt="Words", n="3")
    elif name in LEAVES:
        made = leaf(name, "Words", own="it")
    elif name == "table":
        made = box("table", box("row", leaf("cell")), own="it")
    elif name == "row":
        made = box("row", leaf("cell"), own="it")
    elif name in ("text", "floatingText"):
        made = box(name, box("body", p("Words", own="x1"), own="c2"), own="it")
    else:
        made = box(name, leaf("addrLine" if name == "address" else "item" if name == "list" else "p"), own="it")
    around = {"row": "table", "cell": "table", "item": "list", "addrLine": "address", "graphic": "figure"}
    if name == "cell":
        made = box("row", made, own="c3")
    return box(around[name], made, own="c4") if name in around else made


def marked(name: str) -> Block:
    if name in POINTS:
        return p("Words on", Mark(name, 5, 5, "it", attributes(n="4")))
    if name in CHOICES:
        return p("Words on", Choice(name, 0, 5, "it", reading="Swords"))
    if name == "supplied":
        return p("Words on", Choice(name, 5, 5, "it", reading="!"))
    return p("Words on", Mark(name, 0, 5, "it", attributes(target="#p1", rend="bold")))


def holes(kind: type[Html]) -> dict[str, str]:
    """What the exporter makes of each element: the name of its method, or what is wrong."""
    table: dict[str, str] = {}
    for name in sorted(CONTAINERS | LEAVES):
        block = in_context(name)
        found = Page(kind(edition(block)).body())
        said = "Words" in (found.source + found.html if name == "graphic" else found.source) or name in EMPTY_LEAVES
        table[name] = "; ".join(found.faults) or (
            f"block_{name}" if hasattr(kind, f"block_{name}") and said else "HOLE"
        )
    for name in sorted(MARKS | CHOICES.keys() | {"supplied"}):
        found = Page(kind(edition(marked(name))).body())
        there = (
            name in CHOICES
            or name == "supplied"
            or any(hasattr(kind, f"{each}_{name}") for each in ("mark", "point", "block"))
        )
        table[f"@{name}"] = "; ".join(found.faults) or ("yes" if there and "Words" in found.source else "HOLE")
    for kind_of, types in (("ab", AB_TYPES), ("fw", FURNITURE)):
        for given_type in types:
            found = Page(kind(edition(leaf(kind_of, "Words", type=given_type))).body())
            table[f"{kind_of} {given_type}"] = "; ".join(found.faults) or ("yes" if found.source.strip() else "HOLE")
    return table


def plain_holes() -> dict[str, str]:
    table = {}
    for name in sorted(CONTAINERS | LEAVES):
        said = plain_text(edition(in_context(name)))
        table[name] = "yes" if "Words" in said or name in EMPTY_LEAVES else "HOLE"
    for name in sorted(MARKS | CHOICES.keys() | {"supplied"}):
        table[f"@{name}"] = "yes" if "ords" in plain_text(edition(marked(name))) else "HOLE"
    return table


def test_no_exporter_has_a_hole():
    """Prints the table of elements and exporters."""
    tables = {name: holes(kind) for name, kind in EXPORTERS.items()} | {"text": plain_holes()}
    print(f"{'':24}" + "".join(f"{name:24}" for name in tables))
    for element in tables["html"]:
        print(f"{element:24}" + "".join(f"{table.get(element, ''):24}" for table in tables.values()))
    wrong = {
        (name, element): says
        for name, table in tables.items()
        for element, says in table.items()
        if says not in ("yes", f"block_{element}")
    }
    assert wrong == {}


# What each element becomes.


@pytest.mark.parametrize(
    ("block", "name", "kind"),
    [
        (leaf("titlePart", type="sub"), "p", "title-sub"),
        (leaf("docAuthor"), "p", "doc-author"),
        (leaf("docDate"), "p", "doc-date"),
        (leaf("byline"), "p", "byline"),
        (leaf("dateline"), "p", "dateline"),
        (leaf("salute"), "p", "salute"),
        (leaf("signed"), "p", "signed"),
        (leaf("trailer"), "p", "trailer"),
        (leaf("bibl"), "p", "attribution"),
        (leaf("speaker"), "p", "speaker"),
        (leaf("stage"), "p", "stage"),
        (leaf("l"), "p", "l"),
        (leaf("label"), "p", "label"),
        (leaf("fw", type="pageNum"), "p", "furniture-page-num"),
        (leaf("ab", type="sceneBreak"), "p", "scene-break"),
        (leaf("ab", type="record"), "p", "record-line"),
        (leaf("ab", type="heading"), "p", "ab-heading"),
        (leaf("ab", type="editorNote"), "p", "editor-note"),
        (leaf("ab", type="preformatted"), "pre", ""),
        (box("epigraph", p("Words")), "blockquote", "epigraph"),
        (box("argument", p("Words")), "div", "argument"),
        (box("quote", p("Words")), "blockquote", "quote"),
        (box("lg", leaf("l")), "div", "lg"),
        (box("sp", leaf("speaker"), p("Words")), "div", "sp"),
        (box("opener", leaf("salute")), "div", "opener"),
        (box("closer", leaf("signed")), "div", "closer"),
        (box("address", leaf("addrLine")), "div", "addressee"),
        (box("postscript", p("Words")), "div", "postscript"),
        (box("note", p("Words")), "div", "note"),
        (leaf("milestone", "", unit="section", rend="rule"), "hr", "r-rule"),
        (leaf("pb", "", n="7"), "p", "pb"),
    ],
    ids=lambda value: "-".join(filter(None, (value.name, value.get("type")))) if isinstance(value, Block) else "",
)
def test_a_block_becomes(block, name, kind):
    found = page(block).one(name, kind)
    assert found.attributes["id"] == block.id


@pytest.mark.parametrize(
    ("rend", "expected"),
    [
        ("italic", "<i>on</i>"),
        ("bold", "<b>on</b>"),
        ("strikethrough", "<s>on</s>"),
        ("bold italic", "<b><i>on</i></b>"),
        ("smallcaps", '<span class="r-smallcaps">on</span>'),
        ("", "<i>on</i>"),
    ],
)
def test_how_a_phrase_was_set(rend, expected):
    assert expected in page(p("Once upon", Mark("hi", 7, 9, "", attributes(rend=rend)))).html


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("emph", {}, "<em>word</em>"),
        ("foreign", {"lang": "he"}, '<i class="foreign" lang="he" dir="rtl">word</i>'),
        ("foreign", {"lang": "he-Latn"}, '<i class="foreign" lang="he-Latn" dir="ltr">word</i>'),
        ("q", {}, "<span>word</span>"),
        ("title", {}, "<cite>word</cite>"),
        ("del", {}, "<del>word</del>"),
        ("add", {}, '<span class="added">word</span>'),
        ("unclear", {}, '<span class="unclear" title="hard to read">word</span>'),
        ("persName", {}, "<span>word</span>"),
    ],
)
def test_a_phrase_becomes(name, given, expected):
    assert expected in page(p("a word", Mark(name, 2, 6, "", attributes(**given)))).html


def test_every_way_of_setting_has_a_rule_in_the_style():
    from importlib.resources import files

    from pressmark.exporters.phrases import RENDITIONS, rend_class
    from pressmark.tei.grammar import definitions

    style = (files("pressmark.exporters.site") / "style.css").read_text("utf-8")
    words = {
        word
        for definition in definitions().values()
        for attribute in definition.attributes.values()
        if attribute.name == "rend"
        for word in attribute.values
    }
    assert "indent3" in words
    without = {rend_class(word) for word in words} - {"r-numbered", "r-plain", "r-rule"}  # these look as all do
    assert {each for each in without if f".{each}" not in style} == set(), f"RENDITIONS: {RENDITIONS}"


# Paragraphs that something interrupts.


def test_a_note_within_a_paragraph_parts_it_and_the_marks_around_it():
    note = box("note", p("below", own="n2"), own="n1")
    found = page(p("before it after", Mark("hi", 0, 15, "h1"), inset(9, note), own="p1"))
    assert [each.attributes.get("class") for each in found.all("p")] == ["p", "p", "p continued"]
    assert '<i id="h1">before it</i></p>' in found.html
    assert '<p class="p continued"><i> after</i></p>' in found.html
    assert found.source.split() == ["before", "it", "below", "after"]
    assert len(found.all(kind="permalink")) == 1


@pytest.mark.parametrize("name", ["list", "table", "quote", "note", "figure"])
@pytest.mark.parametrize("at", [0, 4, 9])
def test_a_block_stands_where_it_interrupts(name, at):
    inner = {"list": leaf("item", "X"), "table": box("row", leaf("cell", "X"))}.get(name, p("X", own="x9"))
    found = page(p("some more", inset(at, box(name, inner, own="b9")), own="p1"))
    element = {"list": "ul", "quote": "blockquote", "note": "div"}.get(name, name)
    assert next(each for each in found.elements if each.attributes.get("id") == "b9").name == element
    assert ink(found.source) == ink("some more"[:at] + "X" + "some more"[at:])
    assert [each.attributes["id"] for each in found.elements if each.attributes.get("id") == "p1"] == ["p1"]


def test_a_page_number_stays_within_its_paragraph():
    found = page(p("so far and on", inset(7, leaf("fw", "197", own="f1", type="pageNum"))))
    assert found.one("span", "furniture").words == "197"
    assert len(found.all("p")) == 1


def test_a_note_within_a_heading_stays_there_as_phrases():
    head = leaf("head", "Chapter I", inset(7, box("note", p("Why?", own="n2"), own="n1")), own="h")
    found = page(box("div", head, p("Text", own="p9")))
    assert found.one("h2").words == "ChapterWhy? I"
    assert found.one("span", "note-inline").attributes["id"] == "n1"


def test_what_interrupts_a_correction_is_not_hidden_with_it():
    found = page(p("wo rd", Choice("corr", 0, 5, reading="word"), inset(2, leaf("fw", "12", own="f1"))))
    assert all("hidden" not in each.attributes or "12" not in each.words for each in found.elements)
    assert ink(found.source) == "wo12rd"
    assert found.html.count(">word<") == 1


# Corrections.


def test_a_correction_shows_the_reading_and_keeps_what_the_source_says():
    found = page(p("takes place net only", Choice("corr", 12, 15, "k1", reading="not")))
    assert found.one("span", "corr").words == "not"
    assert found.one("span", "corr").attributes["title"] == "in the source: net"
    assert found.one("span", "sic").words == "net"
    assert "hidden" in found.one("span", "sic").attributes


def test_a_line_end_hyphen_is_hidden_and_its_word_is_whole():
    marks = (Mark("pc", 4, 5, "", attributes(force="weak")), Mark("lb", 6, 6, "", attributes(break_="no")))
    found = page(p("exam-\nple", *marks))
    assert "hidden" in found.one("span", "pc").attributes
    assert found.one("p").words.removeprefix("1").replace("-", "") == "example"


# Links and notes.

TARGETS = {
    "https://example.org/a b?c=d&e=f#g": "https://example.org/a%20b?c=d&e=f#g",
    "mailto:a@example.org": "mailto:a@example.org",
    "HTTP://EXAMPLE.ORG/%zz": "HTTP://EXAMPLE.ORG/%25zz",
    "javascript:alert(1)": "",
    "JaVaScRiPt:alert(1)": "",
    " javascript:alert(1)": "",
    "java\tscript:alert(1)": "",
    "data:text/html,<script>": "",
    "vbscript:x": "",
    "file:///etc/passwd": "",
    "https:": "",
    "https://": "",
    "http://[": "",
    "https://a b/": "",
    "mercury.htm": "",
    "//example.org/": "",
    "#nowhere": "",
}


@pytest.mark.parametrize(("target", "address"), TARGETS.items())
def test_a_link_leads_somewhere_safe_or_is_none(target, address):
    found = page(p("see there", Mark("ref", 4, 9, "", (("target", target),))))
    links = [each for each in found.all("a") if "permalink" not in each.classes]
    assert [each.attributes["href"] for each in links] == ([address] if address else [])
    assert web_address(target) == address
    assert "see there" in found.source


def test_a_link_within_a_link_is_none():
    target = attributes(target="https://example.org/")
    found = page(p("one two three", Mark("ref", 0, 7, "", target), Mark("ref", 4, 13, "", target)))
    assert ink(found.source) == "onetwothree"


def test_notes_are_called_and_lead_back_to_the_first_call():
    call = attributes(type="noteAnchor", target="#n1")
    found = page(
        p("one[1] two[1]", Mark("ref", 3, 6, "", call), Mark("ref", 10, 13, "", call)),
        box("note", p("Note", own="p2"), own="n1"),
    )
    first, second = found.all("a", "noteref")
    assert first.attributes["href"] == second.attributes["href"] == "#n1"
    assert "id" not in second.attributes
    assert found.one("a", "backlink").attributes["href"] == f"#{first.attributes['id']}"


def test_a_call_with_an_id_of_its_own_keeps_it():
    call = Mark("ref", 3, 6, "r1", attributes(type="noteAnchor", target="#n1"))
    found = page(p("one[1]", call), box("note", p("Note", own="p2"), own="n1"))
    assert found.one("a", "noteref").attributes["id"] == "r1"
    assert found.one("a", "backlink").attributes["href"] == "#r1"


def test_ids_of_the_frame_are_never_those_of_a_text():
    link = Mark("ref", 0, 3, "", attributes(target="#pm-main"))
    found = page(p("See", link, own="p1"), p("main", own="pm-main"), p("other", own="t-pm-main"))
    assert [each.attributes["id"] for each in found.all("p")] == ["p1", "t-pm-main", "t-t-pm-main"]
    assert "#t-pm-main" in found.hrefs


def test_a_note_shows_its_number_once():
    assert "note-number" in page(box("note", p("Words"), n="3")).html
    assert "note-number" not in page(box("note", p("[3] Words"), n="3")).html


# Headings.


def test_headings_go_down_without_a_jump():
    inner = box("div", leaf("head", "Inner", own="h2"), p("b", own="b"), own="d2")
    without = box(
        "div", p("c", own="c"), box("div", leaf("head", "Deep", own="h3"), p("d", own="d"), own="d4"), own="d3"
    )
    found = page(box("div", leaf("head", "Outer", own="h1"), p("a", own="a"), inner, own="d1"), without)
    assert [(each.name, each.words) for each in found.elements if each.name[0] == "h"] == [
        ("h2", "Outer"),
        ("h3", "Inner"),
        ("h2", "Deep"),
    ]


def test_the_seventh_level_is_the_sixth():
    block: Block = p("end", own="end")
    for number in range(9):
        block = box("div", leaf("head", f"H{number}", own=f"h{number}"), block, own=f"d{number}")
    assert [each.name for each in page(block).elements if each.name[0] == "h"] == ["h2", "h3", "h4", "h5"] + ["h6"] * 5


def test_two_headings_together_are_one():
    div = box("div", leaf("head", "I", own="h1"), leaf("head", "The Bells", own="h2"), p("x"))
    found = page(div)
    assert found.one("h2").parents[-1] == "hgroup"
    assert found.one("p", "subhead").words == "The Bells"
    assert [entry.title for entry in contents(edition(div))] == ["I. The Bells"]


def test_a_heading_without_words_is_none():
    found = page(box("div", leaf("head", " ", own="h1"), p("x")))
    assert not found.all("h2")
    assert not found.all("section")


def test_contents_name_headings_as_read_and_without_calls():
    call = Mark("ref", 7, 10, "", attributes(type="noteAnchor", target="#n1"))
    head = leaf("head", "The Eed[1]", Choice("corr", 4, 7, reading="End"), call, own="h1")
    assert [entry.title for entry in contents(edition(box("div", head, p("x"))))] == ["The End"]


# Lists, tables, figures.


def test_a_list_is_numbered_where_the_source_numbers_it():
    assert page(box("list", leaf("item"), rend="numbered")).one("ol", "list")
    assert page(box("list", leaf("item"), rend="bulleted")).one("ul", "r-bulleted")


def test_a_list_of_terms():
    items = leaf("label", "ebb", own="a"), leaf("item", "falls", own="b"), leaf("label", "flood", own="c")
    found = page(box("list", leaf("head", "Tides", own="h"), *items, leaf("item", "rises", own="d"), type="gloss"))
    assert [each.name for each in found.all() if each.parents[-1:] == ("dl",)] == ["dt", "dd", "dt", "dd"]
    assert found.one("p", "label").words == "Tides"


def test_what_stands_between_items_goes_with_the_one_before():
    found = page(box("list", leaf("item", "a", own="a"), leaf("pb", "", own="pb", n="2"), leaf("item", "b", own="b")))
    assert found.one("p", "pb").parents[-1] == "li"


def test_a_label_without_an_item_makes_no_list_of_terms():
    page(box("list", leaf("item", "a", own="a"), leaf("label", "b", own="b")))


def test_a_table_has_a_caption_and_says_which_cells_label():
    head = box("row", leaf("cell", "Parish", own="a"), leaf("cell", "Acres", own="b"), own="r1", role="label")
    row = box("row", leaf("cell", "Thornhithe", own="c", role="label"), leaf("cell", "1,185", own="d"), own="r2")
    found = page(box("table", leaf("head", "Losses", own="h"), head, leaf("pb", "", own="e", n="4"), row))
    assert found.one("caption").words.strip() == "Losses"
    assert [(each.words, each.attributes["scope"]) for each in found.all("th")] == [
        ("Parish", "col"),
        ("Acres", "col"),
        ("Thornhithe", "row"),
    ]
    assert found.one("td", "figure").words == "1,185"
    assert found.one("tr", "between").words.strip() == "[p.\u00a04]"
    assert found.one("div", "table-wrap").attributes["aria-label"] == "Losses"


@pytest.mark.parametrize(
    ("given_span", "expected"), [("2", "2"), ("1", None), ("0", None), ("²", None), ("9" * 5000, "1000")]
)
def test_a_cell_spans_no_more_than_a_page_can(given_span, expected):
    found = page(box("table", box("row", leaf("cell", "a", own="a", cols=given_span), own="r")))
    assert found.one("td").attributes.get("colspan") == expected


def test_a_cell_spans_no_more_rows_than_there_are():
    rows = [box("row", leaf("cell", "a", own=f"c{n}", rows="3"), own=f"r{n}") for n in (1, 2)]
    found = page(box("table", *rows))
    assert [each.attributes.get("rowspan") for each in found.all("td")] == ["2", None]


def test_a_figure_keeps_the_order_of_pictures_and_words():
    first, second = (leaf("graphic", "", own=f"g{n}", url=f"pages/{n}.png", alt=f"A {n}") for n in (1, 2))
    found = page(box("figure", first, p("one", own="a"), second, p("two", own="b")))
    assert [each.attributes.get("id") for each in found.all() if each.name in ("img", "p")] == ["g1", "a", "g2", "b"]
    assert found.one("figure").attributes == {"id": "c1"}
    single = page(box("figure", first, leaf("head", "one", own="a")))
    assert single.one("figcaption").words.strip() == "one"
    assert single.one("img").attributes["src"] == "pictures/1.png"


@pytest.mark.parametrize("url", ["https://elsewhere.example/a.png", "about:blank", "data:", "javascript:x", "a.png"])
def test_a_picture_that_is_not_here_is_said_not_to_be(url):
    found = page(box("figure", leaf("graphic", "", own="g", url=url, alt="A ship")))
    assert not found.all("img")
    assert "Picture not here: A ship" in found.html


# Whatever is in it.


# Shrinking an edition takes minutes, and the first example found says enough.
@settings(
    max_examples=60, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
@given(editions(3), st.sampled_from(sorted(EXPORTERS)))
def test_every_page_holds_together_and_says_what_the_source_says(made, name):
    """Well nested, no block in a phrase, no link in a link, no id twice, no dead link; no character is lost."""
    found = Page(EXPORTERS[name](made).body())
    assert found.faults == []
    assert ink(found.source) == ink(speakable(made.sic))
    assert speakable(found.html) == found.html


SPOKEN = {
    "tab\tline\nend": "tab\tline\nend",
    "\x00\x1a\x7f": "\u2400\u241a\u2421",
    "\x0b\x0c\x1c\x85": "    ",
    "\x92\ud800\udfff\ufffe\ufdd0\U0010ffff": "\ufffd" * 6,
    "é\u202e\ufeff\U0001f600": "é\u202e\ufeff\U0001f600",
}


@pytest.mark.parametrize(("words", "shown"), SPOKEN.items(), ids=range(len(SPOKEN)))
def test_characters_that_no_page_may_hold_are_shown_by_their_symbols(words, shown):
    assert speakable(words) == shown
    assert shown in page(p(f"a{words}b")).html


HOSTILE = (
    '<script>alert(1)</script>"\' onload="x" &lt;&amp;&#60; ]]> <!-- --> </p></div> javascript:alert(1) '
    "\x00\x08\x1b\x7f\x92\ud800\ufffe\ufdd0\U0001ffff\u202e{{ 7*7 }}"
)


@pytest.mark.parametrize("name", sorted(CONTAINERS | LEAVES))
@pytest.mark.parametrize("kind", EXPORTERS.values(), ids=EXPORTERS)
def test_hostile_words_and_attributes_stay_words(name, kind):
    def hostile(block: Block) -> Block:
        every = ("type", "rend", "n", "url", "alt", "xml:lang", "role", "rows", "cols", "target", "unit")
        given_all = tuple((key, HOSTILE) for key in every)
        if hasattr(block, "children"):
            return replace(block, attributes=given_all, children=tuple(map(hostile, block.children)))
        marks = tuple(
            Mark(mark, 0, 6, "", given_all) for mark in sorted(MARKS - POINTS) if block.name not in EMPTY_LEAVES
        )
        points = tuple(Mark(mark, 3, 3, "", given_all) for mark in sorted(POINTS) if marks)
        choice = (Choice("corr", 1, 4, "", given_all, HOSTILE),) if marks else ()
        return replace(block, text=HOSTILE if marks else "", attributes=given_all, marks=(*marks, *points, *choice))

    made = edition(hostile(in_context(name)))
    found = Page(kind(made).body())
    assert found.faults == []
    assert not any("javascript" in href for href in found.hrefs)
    assert ink(found.source) == ink(speakable(made.sic))
    assert {each.name for each in found.elements}.isdisjoint({"script", "style", "iframe", "object", "svg"})


def test_insets_of_every_kind_in_leaves_of_every_kind():
    for outer in sorted(LEAVES - EMPTY_LEAVES):
        for inner in sorted(INSETS):
            block = in_context(inner)
            made = in_context(outer)
            target = next(each for each in edition(made).leaves() if each.name == outer)
            with_inset = replace(target, marks=(Mark("hi", 0, 5), inset(2, replace(block, id="in"))))
            whole = rewrite(made, lambda each: with_inset if each == target else each)  # noqa: B023
            found = Page(Html(edition(whole)).body())
            faults = [fault for fault in found.faults if "twice" not in fault]
            assert faults == [], (outer, inner)
            assert ink(found.source).startswith("Wo"), (outer, inner, found.html)


def test_numbers_count_the_paragraphs_of_the_text_alone():
    note = box("note", p("n", own="n"), own="note")
    made = edition(p("a", own="a"), note, box("quote", p("b", own="b"), own="q"), p("c", own="c"))
    assert paragraph_numbers(made) == {"a": 1, "b": 2, "c": 3}
