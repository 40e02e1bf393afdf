"""Leaves, marks and walking over blocks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pressmark.model.text import (
    Block,
    Choice,
    Container,
    Inset,
    Leaf,
    Mark,
    attributes,
    corrected,
    inset,
    pieces,
    plain,
    rewrite,
    sic,
    walk,
)

NOTE = Container("note", (Leaf("p", "In the note."), Leaf("p", "Second.")))
HEAD = Leaf("fw", "A HEAD", attributes=attributes(type="header"))
BROKEN = Leaf("p", "before after", (inset(7, NOTE), inset(7, HEAD)))
TEXT = Container("text", (Container("body", (Leaf("head", "Title"), BROKEN, Leaf("p", ""))),))


def names(block: Block) -> list[str]:
    return [each.name for each in walk(block)]


def test_walk_goes_through_insets_after_the_leaf_that_they_interrupt() -> None:
    assert names(TEXT) == ["text", "body", "head", "p", "note", "p", "p", "fw", "p"]


def test_pieces_stand_in_document_order() -> None:
    found = [leaf.text[start:end] for leaf, start, end in pieces(TEXT)]
    assert found == ["Title", "before ", "In the note.", "Second.", "A HEAD", "after"]


def test_pieces_of_a_leaf_are_what_no_inset_interrupts() -> None:
    assert list(BROKEN.pieces()) == [(0, 7), (7, 12)]
    assert list(Leaf("p", "ab", (inset(0, HEAD), inset(2, HEAD))).pieces()) == [(0, 2)]
    assert list(Leaf("p", "").pieces()) == []


def test_sic_parts_leaves_by_a_newline_and_leaves_readings_out() -> None:
    corr = Choice("corr", 0, 3, reading="the")
    assert sic(Leaf("p", "teh end", (corr, Choice("supplied", 7, 7, reading="!")))) == "teh end"
    assert sic(TEXT) == "Title\nbefore \nIn the note.\nSecond.\nA HEAD\nafter"


def test_corrected_puts_readings_in_place_of_what_the_source_says() -> None:
    marks = (
        Choice("corr", 0, 3, reading="the"),
        Choice("supplied", 7, 7, reading="."),
        Choice("corr", 3, 4, reading=""),
        Mark("hi", 0, 7),
    )
    assert corrected(Leaf("p", "teh end", marks)) == "theend."


def test_of_two_readings_over_the_same_words_the_outer_counts() -> None:
    marks = (Choice("corr", 0, 4, reading="whole"), Choice("corr", 1, 2, reading="X"))
    assert corrected(Leaf("p", "abcdef", marks)) == "wholeef"


def test_marks_are_kept_in_one_order() -> None:
    short, long, point = Mark("hi", 2, 4), Mark("emph", 2, 6), Mark("lb", 2, 2)
    early = Mark("ref", 0, 1)
    leaf = Leaf("p", "abcdef", (short, long, point, early))
    assert leaf.marks == (early, point, long, short)
    assert leaf == Leaf("p", "abcdef", (point, early, long, short))


def test_of_marks_over_the_same_words_the_first_given_stays_first() -> None:
    one, two = Mark("hi", 0, 2), Mark("emph", 0, 2)
    assert Leaf("p", "ab", (one, two)).marks == (one, two)
    assert Leaf("p", "ab", (two, one)).marks == (two, one)


@pytest.mark.parametrize("mark", [Mark("hi", 0, 4), Mark("hi", -1, 2), Mark("hi", 2, 1), inset(4, HEAD)])
def test_a_mark_outside_the_text_is_refused(mark: Mark) -> None:
    with pytest.raises(ValueError, match="outside a text of 3"):
        Leaf("p", "abc", (mark,))


def test_offsets_count_code_points() -> None:
    assert Leaf("p", "𝕏e\u0301", (Mark("hi", 0, 3),)).marks[0].end == 3


@pytest.mark.parametrize(("start", "end", "block"), [(1, 2, HEAD), (1, 1, None)])
def test_an_inset_is_a_block_at_one_offset(start: int, end: int, block: Block | None) -> None:
    with pytest.raises(ValueError, match="a block at one offset"):
        Inset("fw", start, end, block=block)


def test_rewrite_changes_inner_blocks_first_and_keeps_the_rest() -> None:
    seen = []

    def louder(block: Block) -> Block:
        seen.append(block.name)
        return replace(block, text=block.text.upper()) if isinstance(block, Leaf) and block.text else block

    changed = rewrite(TEXT, louder)
    assert sic(changed) == sic(TEXT).upper()
    assert seen.index("note") > seen.index("p")
    assert seen[-1] == "text"


def test_rewrite_does_not_copy_what_stays() -> None:
    assert rewrite(TEXT, lambda block: block) is TEXT
    only_head = rewrite(TEXT, lambda block: replace(block, id="h") if block.name == "head" else block)
    assert isinstance(only_head, Container)
    body = only_head.children[0]
    assert isinstance(body, Container)
    assert body.children[1] is BROKEN


def test_attributes_are_in_the_order_of_their_names_and_never_empty() -> None:
    assert attributes(type="x", lang="de", n="", from_="1940") == (
        ("from", "1940"),
        ("type", "x"),
        ("xml:lang", "de"),
    )


def test_plain_words_are_one_line_that_xml_allows() -> None:
    assert plain(" a\r\n b\x00\tc\ud800 ") == "a b\ufffd c\ufffd"
