"""E-texts of Project Gutenberg and the signs of their transcribers."""

from __future__ import annotations

import pytest

from pressmark.exporters.html import Html
from pressmark.exporters.text import plain_text
from pressmark.model.edition import Edition, ink
from pressmark.model.text import Container, Leaf
from pressmark.readers import read_source
from pressmark.readers.source import Source
from pressmark.tei import parse, write

BOOK = "THE BLUE LEDGER\n\nThe clerk sat down.\n\nHe rose again.\n"

MODERN = (
    "The Project Gutenberg eBook of The Blue Ledger, by Ada Marchetti\n\n"
    "This eBook is for the use of anyone anywhere.\n\n"
    "Title: The Blue Ledger\n       A Tale\n\nAuthor: Ada Marchetti\n\nRelease Date: August 3, 2009 [eBook #99999]\n"
    "Language: German\n\n{start}\n\n\nProduced by Jane Doe and John Roe\n\n\n{book}\n\n{end}\n\n"
    "Updated editions will replace this.\n"
)

FORMS = [
    (
        "*** START OF THE PROJECT GUTENBERG EBOOK THE BLUE LEDGER ***",
        "*** END OF THE PROJECT GUTENBERG EBOOK THE BLUE LEDGER ***",
    ),
    (
        "***START OF THIS PROJECT GUTENBERG EBOOK THE BLUE\nLEDGER***",
        "End of Project Gutenberg's The Blue Ledger, by Ada Marchetti",
    ),
    ("*** START OF THIS PROJECT GUTENBERG ETEXT X ***", "End of the Project Gutenberg EBook of The Blue Ledger"),
    (
        "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*",
        "End of The Project Gutenberg Etext of The Blue Ledger",
    ),
    ("*END THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.07.00*END*", "*** START: FULL LICENSE ***"),
]


def edition_of(text: str) -> Edition:
    edition = read_source(Source("a.txt", text.encode()))
    assert ink(edition.sic) == ink(text)
    assert parse(write(edition)) == edition
    return edition


def kinds(edition: Edition) -> dict[str, str]:
    return {leaf.text: leaf.get("type") or leaf.name for leaf in edition.leaves()}


@pytest.mark.parametrize(("start", "end"), FORMS)
def test_the_licence_is_set_apart_from_the_book(start, end):
    found = kinds(edition_of(MODERN.format(start=start, book=BOOK, end=end)))
    assert found["THE BLUE LEDGER"] == found["He rose again."] == "p"
    assert found[start] == found[end] == found["Updated editions will replace this."] == "licence"
    assert found["Author: Ada Marchetti"] == "record"
    assert found["Produced by Jane Doe and John Roe"] == "editorNote"


def test_the_frame_states_the_record():
    header = edition_of(MODERN.format(start=FORMS[0][0], book=BOOK, end=FORMS[0][1])).header
    said = {each.field: each.value for each in header.statements if each.resp == "source"}
    assert said["title"] == "The Blue Ledger A Tale"
    assert said["author"] == "Ada Marchetti"
    assert said["transcriber"] == "Jane Doe and John Roe"
    assert said["online_version"] == "August 3, 2009 [eBook #99999]"
    assert [each.normal for each in header.all("language")] == ["de"]


def test_an_old_etext_states_title_and_author_in_its_first_line():
    text = f"**The Project Gutenberg Etext of The Blue Ledger, by Ada Marchetti**\n\n{FORMS[3][0]}\n\n{BOOK}"
    header = edition_of(text).header
    assert (header.value("title"), header.value("author")) == ("The Blue Ledger", "Ada Marchetti")


def test_a_book_that_only_names_the_project_has_no_frame():
    found = kinds(edition_of("He had read it at Project Gutenberg.\n\nTitle: none\n\nThe end of it all.\n"))
    assert set(found.values()) == {"p"}


def marks_of(text: str) -> list[tuple[str, str, str]]:
    (leaf,) = [leaf for leaf in edition_of(text).leaves() if leaf.marks]
    return [(mark.name, mark.get("rend") or mark.get("type"), leaf.text[mark.start : mark.end]) for mark in leaf.marks]


def test_italics_cover_the_words_and_the_signs_are_kept_as_signs():
    assert marks_of("He read _The\nTimes_, and slept.") == [
        ("seg", "markup", "_"),
        ("hi", "italic", "The\nTimes"),
        ("seg", "markup", "_"),
    ]


@pytest.mark.parametrize("text", ["snake_case_name here", "a _ b _ c", "____", "_unclosed and on", "x_1_y", "_ _"])
def test_other_underscores_are_left_alone(text):
    assert not any(leaf.marks for leaf in edition_of(text).leaves())


def test_signs_are_not_shown_to_readers():
    edition = edition_of("He read _The Times_.")
    assert plain_text(edition) == "He read The Times.\n"
    body = Html(edition).body()
    assert "<span hidden>_</span><i>The Times</i><span hidden>_</span>" in body


def test_bold_and_tags_only_where_proofreaders_were_at_work():
    assert not any(leaf.marks for leaf in edition_of("So =this= is <i>it</i>.").leaves())
    framed = MODERN.format(start=FORMS[0][0], book="So =this= is <i>it</i>.\n", end=FORMS[0][1])
    edition = edition_of(framed)
    shown = [leaf.text[mark.start : mark.end] for leaf in edition.leaves() for mark in leaf.marks if mark.name == "hi"]
    assert shown == ["this", "it"]
    assert "So this is it." in plain_text(edition)


def held(text: str, name: str) -> list[Container]:
    return [block for block in edition_of(text).blocks() if isinstance(block, Container) and block.name == name]


def test_a_caption_is_the_heading_of_a_picture():
    (figure,) = held("One.\n\n[Illustration: The clerk\nat work.]\n\nTwo.", "figure")
    (head,) = figure.children
    assert isinstance(head, Leaf)
    assert head.name == "head"
    assert [head.text[mark.start : mark.end] for mark in head.marks] == ["[Illustration: ", "]"]


def test_a_picture_without_a_caption_keeps_its_sign():
    (figure,) = held("One.\n\n[Illustration]\n\nTwo.", "figure")
    assert [(child.name, child.get("type")) for child in figure.children] == [("ab", "imageAlt")]


def test_a_note_in_brackets_may_have_several_paragraphs():
    (note,) = held("Words.[1]\n\n[Footnote 1: So he says [in 1903].\n\nAnd again.]\n\nMore words.", "note")
    assert note.get("n") == "1"
    assert [child.name for child in note.children] == ["p", "p"]


def test_brackets_that_are_never_closed_stay_as_they_are():
    assert not held("[Footnote 1: So he says.\n\nAnd again.\n\nMore words.", "note")


def test_a_page_of_nothing_but_pictures_is_valid():
    edition_of("[Illustration]\n\n[Illustration: two]\n")


def test_a_frame_with_form_feeds_loses_nothing():
    edition_of(
        MODERN.format(start=FORMS[0][0], book=BOOK, end=FORMS[0][1]).replace("anywhere.", "any\f\n12\n\f13\nwhere.")
    )


def test_signs_that_never_end_take_no_longer():
    edition_of("_" + "a _b " * 5000 + "\n\n" + "[Footnote 1: x\n\n" * 400 + "=" * 5000 + "<i>" * 3000)
