"""Whatever is done to a source, nothing of the old edition comes to stand on other words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from tests.properties.strategies import editions

from pressmark.carrying import carry_over, difference
from pressmark.lossless import align
from pressmark.model.edition import Edition, ink, number
from pressmark.model.header import Hand, Header, Statement
from pressmark.model.text import Choice, Container, Leaf, Mark, attributes, walk
from pressmark.tei.parse import parse
from pressmark.tei.write import write

ANNA = Hand("anna", "Anna K.", "person", "proofread by")
VOCABULARY = "the of a net not place sup port support house Grandfather, May. five o'clock 日本語 née"
UNHEALTHY = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
words = st.one_of(st.sampled_from(VOCABULARY.split()), st.text("abcdefghij", min_size=1, max_size=8))
paragraphs = st.lists(words, min_size=1, max_size=14)
texts = st.lists(paragraphs, min_size=1, max_size=7)
white = st.sampled_from([" ", " ", " ", "\n", "  ", "\r\n   "])


def edition_of(paragraphs: list[list[str]], blanks: list[str], *, notes: bool = False) -> Edition:
    """A list of paragraphs as an edition, with ``blanks`` by turns between the words."""
    leaves = []
    for row, one in enumerate(paragraphs):
        text = one[0]
        for index, word in enumerate(one[1:]):
            text += blanks[(row + index) % len(blanks)] + word
        leaves.append(Leaf("p", text))
    body = Container("body", tuple(leaves))
    made = number(Edition(Header(hands=(ANNA,)), Container("text", (body,))))
    return replace(made, source_text=made.sic)


@st.composite
def decided(draw: Any) -> tuple[Edition, list[list[str]]]:
    """An edition with Anna's decisions, and the words it was made of."""
    made = draw(texts)
    edition = edition_of(made, draw(st.lists(white, min_size=1, max_size=4)))
    leaves = [_with_decisions(draw, leaf) for leaf in edition.leaves()]
    found = [leaf.id for leaf in leaves]
    statement = Statement("title", "Father and Son", found=f"#{draw(st.sampled_from(found))}", resp="anna")
    body = replace(edition.text.children[0], children=tuple(leaves))  # type: ignore[call-arg]
    header = replace(edition.header, statements=(statement,))
    return replace(edition, header=header, text=replace(edition.text, children=(body,))), made


def _with_decisions(draw: Any, leaf: Leaf) -> Leaf:
    marks: list[Mark] = []
    at = 0
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(at, len(leaf.text)))
        end = draw(st.integers(start, min(len(leaf.text), start + 12)))
        if start < end and leaf.text[start:end].isspace():  # part of a white stretch is lost with the stretch
            continue
        name = "supplied" if start == end else draw(st.sampled_from(["corr", "reg", "expan", "persName"]))
        given = attributes(resp="#anna")
        if name == "persName":
            marks.append(Mark(name, start, end, attributes=given))
        else:
            marks.append(Choice(name, start, end, "", given, draw(st.sampled_from(["", " ", "not", "support"]))))
        at = end + 1
        if at > len(leaf.text):
            break
    return replace(leaf, marks=tuple(marks))


@st.composite
def changed(draw: Any, made: list[list[str]]) -> list[list[str]]:
    """The same work from another source: words and paragraphs changed, moved, split and joined."""
    out = [list(one) for one in made]
    for _ in range(draw(st.integers(0, 5))):
        row = draw(st.integers(0, len(out) - 1))
        place = draw(st.integers(0, len(out[row]) - 1))
        match draw(st.sampled_from(["word", "more", "less", "split", "join", "move", "drop", "put", "letter"])):
            case "word":
                out[row][place] = draw(words)
            case "letter":
                out[row][place] = out[row][place][:-1] + draw(st.sampled_from("xyz"))
            case "more":
                out[row].insert(place, draw(words))
            case "less" if len(out[row]) > 1:
                del out[row][place]
            case "split" if place:
                out[row : row + 1] = [out[row][:place], out[row][place:]]
            case "join" if row:
                out[row - 1 : row + 1] = [out[row - 1] + out[row]]
            case "move":
                out.insert(draw(st.integers(0, len(out) - 1)), out.pop(row))
            case "drop" if len(out) > 1:
                del out[row]
            case "put":
                out.insert(row, draw(paragraphs))
    return out


@st.composite
def updates(draw: Any) -> tuple[Edition, Edition]:
    """An old edition and one of a changed source."""
    old, made = draw(decided())
    new = edition_of(draw(changed(made)), draw(st.lists(white, min_size=1, max_size=4)))
    return old, replace(new, header=Header(statements=(Statement("title", "Father", found="#b3"),)))


def ids(edition: Edition) -> Counter[str]:
    blocks = list(edition.blocks())
    found = Counter(block.id for block in blocks)
    found.update(mark.id for b in blocks if isinstance(b, Leaf) for mark in b.marks if mark.id)
    return found


def marks_of(edition: Edition) -> list[tuple[Leaf, Mark]]:
    return [(leaf, mark) for leaf in edition.leaves() for mark in leaf.marks if "anna" in mark.get("resp")]


def seen(leaf: Leaf, mark: Mark) -> tuple[object, ...]:
    """What was decided, and on which words."""
    return mark.name, " ".join(leaf.text[mark.start : mark.end].split()), getattr(mark, "reading", None)


@given(updates())
def test_the_words_of_the_new_source_stay_as_they_are(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    made, _ = carry_over(old, new)
    assert [leaf.text for leaf in made.leaves()] == [leaf.text for leaf in new.leaves()]
    align(made)


@given(updates())
def test_every_id_stands_once_and_the_count_is_true(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    made, _ = carry_over(old, new)
    counted = ids(made)
    assert max(counted.values()) == 1
    assert made.header.identifiers >= old.header.identifiers
    for name in counted.keys() - ids(old).keys():
        assert old.header.identifiers < int(name[1:]) <= made.header.identifiers


@given(updates())
def test_no_old_id_stands_on_altogether_other_words(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    made, losses = carry_over(old, new)
    before = {leaf.id: Counter(ink(leaf.text)) for leaf in old.leaves()}
    for leaf in made.leaves():
        if leaf.id in before:
            letters = Counter(ink(leaf.text))
            common = (letters & before[leaf.id]).total()
            assert common >= 0.6 * min(letters.total(), before[leaf.id].total())
    kept = ids(made).keys()
    lost = {loss.id for loss in losses if loss.kind == "block"}
    assert before.keys() - kept == lost


@given(updates())
def test_a_decision_stands_on_its_words_or_is_lost(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    made, losses = carry_over(old, new)
    before, after = marks_of(old), marks_of(made)
    told = [loss for loss in losses if loss.kind in ("decision", "mark")]
    assert len(before) == len(after) + len(told)
    event(f"carried {'some' if after else 'none'}, lost {'some' if told else 'none'}")
    left = Counter(seen(leaf, mark) for leaf, mark in before)
    left.subtract(seen(leaf, mark) for leaf, mark in after)
    assert min(left.values(), default=0) >= 0
    for leaf, mark in after:
        assert any(_agree(leaf, mark, other, was) for other, was in before if seen(other, was) == seen(leaf, mark))


def _agree(leaf: Leaf, mark: Mark, other: Leaf, was: Mark) -> bool:
    """Whether three letters on either side are the same, as far as both leaves have them."""
    left = ink(leaf.text[: mark.start])[-3:], ink(other.text[: was.start])[-3:]
    right = ink(leaf.text[mark.end :])[:3], ink(other.text[was.end :])[:3]
    return (left[0].endswith(left[1]) or left[1].endswith(left[0])) and (
        right[0].startswith(right[1]) or right[1].startswith(right[0])
    )


@given(updates())
def test_pointers_lead_somewhere_and_the_edition_can_be_saved(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    made, _ = carry_over(old, new)
    known = ids(made)
    for statement in made.header.statements:
        assert not statement.found or statement.found[1:] in known
    assert parse(write(made)) == made


@given(decided(), st.lists(white, min_size=1, max_size=4))
def test_the_same_words_in_other_lines_lose_nothing(drawn: tuple[Edition, list[list[str]]], blanks: list[str]) -> None:
    old, made = drawn
    new = edition_of(made, blanks)
    result, losses = carry_over(old, new)
    assert losses == ()
    assert [block.id for block in result.blocks()] == [block.id for block in old.blocks()]
    assert [seen(*each) for each in marks_of(result)] == [seen(*each) for each in marks_of(old)]
    assert list(difference(old, new)) == []


@given(decided())
def test_the_same_source_gives_the_same_edition(drawn: tuple[Edition, list[list[str]]]) -> None:
    old, _ = drawn
    bare = replace(
        old,
        text=replace(
            old.text,
            children=tuple(
                replace(body, children=tuple(replace(leaf, marks=()) for leaf in body.children))  # type: ignore
                for body in old.text.children
            ),
        ),
    )
    result, losses = carry_over(old, bare)
    assert (result.text, losses) == (old.text, ())


@given(updates())
def test_it_gives_the_same_twice(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    assert carry_over(old, new) == carry_over(old, new)


@given(updates())
def test_the_difference_fits_a_terminal_and_is_told_of_any_difference(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    lines = list(difference(old, new))
    assert all(len(line) <= 80 and line.isprintable() for line in lines)
    same = [ink(leaf.text) for leaf in old.leaves()] == [ink(leaf.text) for leaf in new.leaves()]
    assert bool(lines) != same


@settings(max_examples=15, suppress_health_check=UNHEALTHY)
@given(editions(2), editions(2))
def test_any_two_editions_make_one_with_ids_of_its_own(old: Edition, new: Edition) -> None:
    made, _ = carry_over(old, new)
    assert [leaf.text for leaf in made.leaves()] == [leaf.text for leaf in new.leaves()]
    everything = [*ids(made).elements(), *(hand.id for hand in made.header.hands)]
    everything += [witness.id for witness in made.header.witnesses]
    assert len(everything) == len(set(everything))
    assert parse(write(made)) == made
    list(difference(old, new))


@settings(max_examples=15, suppress_health_check=UNHEALTHY)
@given(editions(2))
def test_an_edition_taken_in_again_keeps_its_ids(old: Edition) -> None:
    made, losses = carry_over(old, old)
    assert [(block.name, block.id) for block in walk(made.text)] == [(block.name, block.id) for block in walk(old.text)]
    assert [loss for loss in losses if loss.kind == "block"] == []
    assert parse(write(made)) == made
