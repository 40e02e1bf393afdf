"""A leaf as properly nested events, whatever its marks cross."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pressmark.model.text import Choice, Inset, Leaf, Mark, inset
from pressmark.model.weave import Close, Event, Open, Point, Words, weave


def shown(leaf: Leaf) -> str:
    """The events in short: ``<name2`` opens the second part of a mark, ``>`` closes, ``|name|`` is a point."""

    def one(event: Event) -> str:
        match event:
            case Words(text):
                return text
            case Open(mark, _, part):
                return f"<{mark.name}{part} "
            case Close(_, _, _, more):
                return "~>" if more else ">"
            case Point(mark):
                return f"|{mark.name}|"

    return "".join(map(one, weave(leaf)))


def test_text_without_marks_is_one_run_and_no_text_is_none():
    assert list(weave(Leaf("p", "Words"))) == [Words("Words")]
    assert list(weave(Leaf("p"))) == []


def test_marks_nest_the_longest_outside():
    assert shown(Leaf("p", "abcd", (Mark("hi", 1, 2), Mark("q", 0, 4)))) == "<q1 a<hi1 b>cd>"


def test_of_two_as_long_the_first_given_is_outside():
    assert shown(Leaf("p", "ab", (Mark("q", 0, 2), Mark("hi", 0, 2)))) == "<q1 <hi1 ab>>"


def test_a_mark_that_crosses_another_goes_on_in_a_second_part():
    assert shown(Leaf("p", "abcdef", (Mark("q", 0, 4), Mark("hi", 2, 6)))) == "<q1 ab<hi1 cd~>><hi2 ef>"


def test_a_choice_is_whole_and_what_crosses_it_is_split():
    leaf = Leaf("p", "abcdef", (Mark("hi", 0, 4), Choice("corr", 2, 6, reading="x")))
    assert shown(leaf) == "<hi1 ab~><corr1 <hi2 cd>ef>"


def test_a_point_stands_before_what_begins_and_after_what_ends_there():
    leaf = Leaf("p", "abcd", (Mark("q", 0, 2), Mark("lb", 2, 2), Mark("hi", 2, 4)))
    assert shown(leaf) == "<q1 ab>|lb|<hi1 cd>"


def test_a_point_within_a_mark_stays_in_it_and_one_at_the_end_comes_last():
    leaf = Leaf("p", "ab", (Mark("q", 0, 2), Mark("lb", 1, 1), inset(2, Leaf("fw", "12"))))
    assert shown(leaf) == "<q1 a|lb|b>|fw|"


@st.composite
def leaves(draw: st.DrawFn) -> Leaf:
    text = draw(st.text("ab \n", max_size=8))
    offsets = st.integers(0, len(text))
    marks: list[Mark] = []
    for _ in range(draw(st.integers(0, 7))):
        start, end = sorted((draw(offsets), draw(offsets)))
        kind = draw(st.sampled_from(["hi", "q", "choice", "inset"]))
        if kind == "inset":
            marks.append(inset(start, Leaf("fw", "x")))
        elif kind == "choice":
            marks.append(Choice("corr" if start < end else "supplied", start, end, reading="r"))
        else:
            marks.append(Mark(kind, start, end))
    return Leaf("p", text, tuple(marks))


@given(leaves())
def test_events_nest_and_say_the_text_once_with_each_mark_over_its_own_words(leaf):
    open_marks: list[tuple[int, int]] = []
    covered: dict[int, list[tuple[int, int]]] = {}
    parts: dict[int, int] = {}
    points: list[Mark] = []
    at = 0
    for event in weave(leaf):
        match event:
            case Words(text):
                assert text
                assert leaf.text[at : at + len(text)] == text
                at += len(text)
            case Open(mark, number, part):
                assert leaf.marks[number] is mark
                assert part == parts.get(number, 0) + 1
                parts[number] = part
                open_marks.append((number, at))
            case Close(mark, number, part, more):
                opened, start = open_marks.pop()
                assert (opened, parts[opened]) == (number, part)
                assert more == (mark.end > at)
                covered.setdefault(number, []).append((start, at))
            case Point(mark):
                assert mark.start == mark.end == at
                points.append(mark)
    assert at == len(leaf.text)
    assert open_marks == []
    assert points == [mark for mark in leaf.marks if mark.start == mark.end]
    for number, mark in enumerate(leaf.marks):
        if mark.start < mark.end:
            pieces = covered[number]
            assert (pieces[0][0], pieces[-1][1]) == (mark.start, mark.end)
            assert all(before[1] == after[0] for before, after in pairwise(pieces))
            assert all(start <= end for start, end in pieces)  # a part may be empty where a choice comes between
        elif isinstance(mark, Inset):
            assert mark.block is not None
