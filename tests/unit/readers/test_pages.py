"""Texts that come page by page: furniture, paragraphs over page ends, notes at the foot."""

from __future__ import annotations

import time

import pytest

from pressmark.exporters.inspection import inspection
from pressmark.exporters.text import plain_text
from pressmark.model.edition import Edition, ink
from pressmark.model.text import Container, Leaf
from pressmark.readers import read_source
from pressmark.readers.rows import readings, value_of
from pressmark.readers.source import Source
from pressmark.tei import parse, write

LINES = (
    "The mules came down in the evening with the salt upon",
    "their backs, and the drivers walked beside them without",
    "a word, for nobody in that valley spoke before the last",
    "bag was weighed and the book was shut. Then they went to",
    "the inn by the bridge, where the soup stood ready, and",
    "sat until the lamp was taken away from them by the host,",
)


def edition_of(text: str) -> Edition:
    edition = read_source(Source("a.txt", text.encode()))
    assert ink(edition.sic) == ink(text)
    assert parse(write(edition)) == edition
    return edition


def furniture(edition: Edition) -> list[tuple[str, str]]:
    return [(leaf.get("type"), leaf.text) for leaf in edition.leaves() if leaf.name == "fw"]


def paragraphs(edition: Edition) -> list[str]:
    return [leaf.text for leaf in edition.leaves() if leaf.name == "p"]


def book(heads: list[str], *, first: str = "   ", foot: str = "") -> str:
    """Pages with the heads given, each with two paragraphs, the second running on over its end."""
    pages = []
    for number, head in enumerate(heads):
        opening = "" if number else first
        body = [opening + LINES[0], *LINES[1:3], "went home.", "   But " + LINES[4], LINES[5]]
        pages.append(
            "\n".join(([head, ""] if head else []) + body) + (f"\n\n{foot.format(number + 20)}" if foot else "")
        )
    return "\n\f".join(pages) + "\n"


def test_number_and_head_on_one_line_are_two_pieces_of_furniture():
    edition = edition_of(book(["20          THE SALT ROAD", "DOWN THE PASS         21", "22          THE SALT ROAD"]))
    assert furniture(edition) == [
        ("pageNum", "20"),
        ("header", "THE SALT ROAD"),
        ("header", "DOWN THE PASS"),
        ("pageNum", "21"),
        ("pageNum", "22"),
        ("header", "THE SALT ROAD"),
    ]


def test_a_head_with_misread_letters_is_still_a_head():
    edition = edition_of(book(["THE SALT ROAD", "THB SALT R0AD", "THE SALT ROAD", "THE SALT ROAD"], first=""))
    assert [kind for kind, _ in furniture(edition)].count("header") >= 3
    assert ("header", "THB SALT R0AD") in furniture(edition)


@pytest.mark.parametrize("numerals", [("xii", "xiii", "xiv"), ("- 7 -", "- 8 -", "- 9 -"), ("98", "99", "100")])
def test_numbers_that_go_up_with_the_pages_are_page_numbers(numerals):
    edition = edition_of(book(list(numerals)))
    assert furniture(edition) == [("pageNum", numeral) for numeral in numerals]


def test_numbers_that_do_not_go_up_are_no_page_numbers():
    assert furniture(edition_of(book(["1812", "41", "7"]))) == []


def test_a_page_that_was_not_scanned_does_not_spoil_the_sequence():
    edition = edition_of(book(["20", "21", "24", "25"]))
    assert [text for _, text in furniture(edition)] == ["20", "21", "24", "25"]


def test_a_heading_that_stands_once_stays_text():
    edition = edition_of(book(["", "THE SECOND CHAPTER", ""], foot="{}"))
    assert [kind for kind, _ in furniture(edition)] == ["pageNum"] * 3
    assert any("THE SECOND CHAPTER" in text for text in paragraphs(edition))


def test_the_heading_that_later_running_heads_repeat_stays_text():
    heads = ["THE SALT ROAD", "THE SALT ROAD", "THE SALT ROAD"]
    edition = edition_of(book(heads, foot="{}"))
    assert [kind for kind, _ in furniture(edition)] == ["pageNum", "header", "pageNum", "header", "pageNum"]
    assert paragraphs(edition)[0] == "THE SALT ROAD"


def test_a_paragraph_that_runs_over_the_page_is_one_and_the_furniture_interrupts_it():
    edition = edition_of(book(["20", "21", "22"]))
    broken = [leaf for leaf in edition.leaves() if leaf.insets]
    assert len(broken) == 2
    assert broken[0].text.startswith("But the inn by the bridge")
    assert f"by the host,\n{LINES[0]}" in broken[0].text
    assert [(mark.name, mark.get("n")) for mark in broken[0].marks] == [("pb", "21"), ("fw", "")]


def test_an_indented_line_at_the_top_of_a_page_begins_a_paragraph():
    pages = book(["20", "21", "22"]).replace("21\n\n", "21\n\n   ")
    broken = [leaf for leaf in edition_of(pages).leaves() if leaf.insets]
    assert len(broken) == 1


def test_a_sentence_that_ends_on_a_short_line_ends_at_the_page():
    pages = book(["20", "21", "22"]).replace(LINES[5] + "\n\f21", "gone.\n\f21")
    assert len([leaf for leaf in edition_of(pages).leaves() if leaf.insets]) == 1


def note_page(note: str, sign: str) -> str:
    pages = book(["20", "21", "22"]).split("\f")
    pages[0] = pages[0].replace("backs, and", f"backs,{sign} and") + f"\n  {note}\n"
    return "\f".join(pages)


@pytest.mark.parametrize(("label", "sign"), [("*", "*"), ("1", "1"), ("[3]", "[3]"), ("†", "†"), ("(b)", "(b)")])
def test_a_note_at_the_foot_of_its_page_interrupts_the_paragraph(label, sign):
    edition = edition_of(note_page(f"{label} So the book says.", sign))
    (note,) = [block for block in edition.blocks() if block.name == "note"]
    assert isinstance(note, Container)
    assert note.get("n") == label.strip("[]()")
    assert note.get("place") == "bottom"
    assert isinstance(note.children[0], Leaf)
    assert note.children[0].text == f"{label} So the book says."
    assert any(inset.block is note for leaf in edition.leaves() for inset in leaf.insets)


def test_what_has_no_sign_on_its_page_is_no_note():
    edition = edition_of(note_page("* So the book says.", ""))
    assert not [block for block in edition.blocks() if block.name == "note"]


def test_short_notes_that_return_are_not_running_heads():
    pages = [
        page.replace("backs, and", "backs,* and") + "\n  * See above.\n"
        for page in book(["20", "21", "22"]).split("\f")
    ]
    edition = edition_of("\f".join(pages))
    assert len([block for block in edition.blocks() if block.name == "note"]) == 3


def test_pages_are_known_by_their_numbers_where_there_are_no_form_feeds():
    heads = [f"{number}          THE SALT ROAD" for number in range(20, 28)]
    edition = edition_of(book(heads).replace("\f", "\n").replace("The mules", "the mules"))
    assert len(furniture(edition)) == 16
    assert len([leaf for leaf in edition.leaves() if leaf.insets]) == 7


def test_numbered_sections_are_no_pages():
    sections = [f"{number}\n\n" + "\n".join(LINES) + "\nThat was all.\n" for number in range(1, 12)]
    assert furniture(edition_of("\n\n".join(sections))) == []


def test_separators_of_proofreaders_are_furniture_and_a_blank_line_begins_a_paragraph():
    text = (
        "-----File: 001.png---\\anna\\bert\\-----\nThe mules came down with the to-*\n"
        "-----File: 002.png---\\anna\\bert\\-----\n*bacco and the salt.\n"
        "-----File: 003.png---\\anna\\bert\\-----\n\nThen they slept.\n"
    )
    edition = edition_of(text)
    assert [leaf.get("type") for leaf in edition.leaves() if leaf.name == "fw"] == ["header"] * 3
    files = [leaf.get("facs") for leaf in edition.leaves() if leaf.name == "pb"]
    assert files == ["001.png", "003.png"]
    assert "The mules came down with the tobacco and the salt." in plain_text(edition)
    assert paragraphs(edition)[-1] == "Then they slept."


def test_inspection_shows_furniture_and_the_two_spans_of_a_broken_paragraph():
    text = book(["20", "21", "22"])
    form = inspection(edition_of(text), "a.txt")
    blocks = form["blocks"]
    assert isinstance(blocks, list)
    assert [text[b["start"] : b["end"]] for b in blocks if b["role"] == "page_number"] == ["20", "21", "22"]
    broken = [b["spans"] for b in blocks if "spans" in b]
    assert [[text[a:b].split()[0] for a, b in spans] for spans in broken] == [["But", "The"], ["But", "The"]]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("xiv", (14, True)),
        ("MCM", (1900, True)),
        ("iiii", (4, True)),
        ("007", (7, False)),
        ("mild", None),
        ("vx", None),
    ],
)
def test_numerals(numeral, value):
    assert value_of(numeral) == value


def test_a_line_with_a_number_at_either_end_has_two_readings():
    assert [part.number.value for part in readings("12  THE WAR OF 1812")] == [12, 1812]


@pytest.mark.parametrize(
    "text", ["1\f\f\f", "1\f2\f3", "\fA\f", "12\n\f13\n\f14\n", "* * *\n\f* * *\n\f* * *", "\f" * 500 + "a"]
)
def test_odd_pages_lose_nothing(text):
    edition_of(text)


def test_many_pages_take_a_time_that_grows_with_their_number():
    def taken(count: int) -> float:
        text = "\f".join(
            f"{number}\nand the mules went on and on without a stop upon the road\n" for number in range(count)
        )
        start = time.process_time()
        read_source(Source("a.txt", text.encode()))
        return time.process_time() - start

    taken(50)
    assert taken(4000) < 10 * taken(1000) + 0.5
