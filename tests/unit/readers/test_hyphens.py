"""Hyphens at line ends: joined or kept by the text, by the list of words, by their form."""

from __future__ import annotations

import pytest

from pressmark.exporters.inspection import inspection
from pressmark.exporters.text import plain_text
from pressmark.languages.words import words
from pressmark.model.edition import ink
from pressmark.readers import read_source
from pressmark.readers.hyphens import Divisions
from pressmark.readers.source import Source

ENGLISH = (
    "It was the custom of the house that no one should\nspeak of it, and so they said that all was well with him.\n"
)


def hyphens(text: str) -> list[tuple[str, bool, str]]:
    """Every hyphen at a line's end: the two letters around it, whether it goes, and how sure that is."""
    edition = read_source(Source("a.txt", text.encode()))
    assert ink(edition.sic) == ink(text)
    blocks = inspection(edition, "a.txt")["blocks"]
    assert isinstance(blocks, list)
    found = [block for block in blocks if block["role"] == "line_end_hyphen"]
    for block in found:
        assert block["end"] == block["start"] + 1
        assert not text[block["start"]].isalnum()
    return [(text[b["start"] - 1] + text[b["start"] :].split()[1][0], b["join"], b["certainty"]) for b in found]


def verdict(left: str, right: str, text: str = ENGLISH) -> bool:
    return Divisions(text).verdict(left, right).join


def test_the_text_itself_is_asked_first():
    assert hyphens("The to-day of the poets.\nThey came to-\nday.\n") == [("od", False, "high")]
    assert hyphens("The today of the poets.\nThey came to-\nday.\n") == [("od", True, "high")]


@pytest.mark.parametrize(
    ("left", "right"),
    [("un", "derstand"), ("meet", "ing"), ("imme", "diately"), ("Parlia", "ment"), ("gov", "ernment")],
)
def test_words_that_the_list_knows_are_joined(left, right):
    assert verdict(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("well", "known"),
        ("old", "fashioned"),
        ("mother-in", "law"),
        ("twenty", "five"),
        ("Anglo", "Saxon"),
        ("1914", "18"),
    ],
)
def test_compounds_keep_their_hyphens(left, right):
    assert not verdict(left, right)


def test_of_a_word_that_nobody_knows_the_parts_decide():
    assert not verdict("lamp", "driver")
    assert verdict("Zwar", "dlowski")
    assert verdict("glim", "mering")


def test_a_text_that_breaks_lines_at_its_own_hyphens_only_keeps_them():
    text = ENGLISH + "A well-\nknown and old-\nfashioned, so-\ncalled, long-\nforgotten tune of the zwar-\ndlow.\n"
    assert not any(join for _, join, _ in hyphens(text))


@pytest.mark.parametrize("language", ["Die Arbeiter-\nBewegung", "Wir gingen nach Baden-\nBaden."])
def test_a_capital_after_the_hyphen_keeps_it(language):
    assert [join for _, join, _ in hyphens(language)] == [False]


def test_without_a_list_a_small_letter_joins():
    assert [join for _, join, _ in hyphens("Die Genossen der Arbeiterbe-\nwegung kamen zu der Ver-\nsammlung.")] == [
        True,
        True,
    ]


@pytest.mark.parametrize("hyphen", ["-", "\u00ad", "\u2010", "¬"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n   "])
def test_every_hyphen_and_line_end_is_known(hyphen, end):
    assert [join for _, join, _ in hyphens(f"{ENGLISH}They came to the meet{hyphen}{end}ing of the house.")] == [True]


@pytest.mark.parametrize("text", ["a --\nb", "he said -\nand went", "1 -\n2", "no-one-\n", "-\n-\n-\n", "a-\n\nb"])
def test_what_is_no_divided_word_is_left_alone(text):
    assert hyphens(text) == []


@pytest.mark.parametrize("text", [f"{ENGLISH}The pre-\nand post-war years.", "Die Haus-\nund Hofbesitzer."])
def test_a_hyphen_that_stands_for_the_rest_of_a_compound_keeps_its_space(text):
    assert [join for _, join, _ in hyphens(text)] == [False]
    edition = read_source(Source("a.txt", text.encode()))
    assert "-\n" in plain_text(edition)


def test_readers_get_the_word_joined_and_the_source_stays():
    text = "They came to the meet-\ning of the old-\nfashioned house.\n"
    edition = read_source(Source("a.txt", text.encode()))
    assert plain_text(edition) == "They came to the meeting of the old-fashioned house.\n"
    assert plain_text(edition, as_corrected=False) == text


def test_the_list_of_words():
    listed = words("en")
    assert listed["the"] > listed["house"] > listed["whereupon"] > 0
    assert "well-known" in listed
    assert words("tlh") == {}
    assert len(listed) > 50_000


def test_ten_thousand_hyphens_are_read_in_time():
    text = "some-\nthing well-\nknown and un-\n" * 3500 + "-\n" * 5000 + "a-" * 20000 + "\nb"
    read_source(Source("a.txt", text.encode()))
