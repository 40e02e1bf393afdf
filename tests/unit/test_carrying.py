"""What a new edition takes over from the old one: ids, decisions, the record; and how the difference reads."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from pressmark.carrying import Loss, carry_over, difference
from pressmark.lossless import align
from pressmark.model.edition import Edition, number
from pressmark.model.header import Change, Hand, Header, Statement, Witness
from pressmark.model.text import Block, Choice, Container, Leaf, Mark, attributes, inset
from pressmark.tei.parse import parse
from pressmark.tei.write import write

ANNA = Hand("anna", "Anna K.", "person", "proofread by")
MACHINE = Hand("pressmark", "Pressmark", "program", "structured by")
BY_ANNA = attributes(resp="#anna")
FIRST = "It takes place net only in the city of Paris, but everywhere."
SECOND = "The second paragraph is about the weather; it was raining all day."
THIRD = "A third one says that sup port is needed, and soon."
OTHER = "Nobody had ever thought to mention elephants before."


def edition_of(*blocks: Block | str, back: Sequence[Block] = (), **record: object) -> Edition:
    children = tuple(Leaf("p", block) if isinstance(block, str) else block for block in blocks)
    parts = (Container("body", children), *([Container("back", tuple(back))] if back else []))
    made = number(Edition(Header(**record), Container("text", parts)))  # type: ignore[arg-type]
    return replace(made, source_text=made.sic)


def corrected(text: str, printed: str, reading: str, **given: str) -> Leaf:
    start = text.index(printed)
    return Leaf("p", text, (Choice("corr", start, start + len(printed), "", BY_ANNA, reading),), **given)


def old_edition() -> Edition:
    first, third = corrected(FIRST, "net", "not"), corrected(THIRD, "sup port", "support")
    return edition_of(first, SECOND, third, hands=(ANNA, MACHINE))


def update(old: Edition, new: Edition) -> tuple[Edition, tuple[Loss, ...]]:
    made, losses = carry_over(old, new)
    align(made)
    assert parse(write(made)) == made
    return made, losses


def ids(edition: Edition) -> list[str]:
    return [leaf.id for leaf in edition.leaves()]


def marked(edition: Edition) -> list[tuple[str, str, str]]:
    return [(leaf.id, mark.name, leaf.text[mark.start : mark.end]) for leaf in edition.leaves() for mark in leaf.marks]


def test_another_line_wrapping_changes_nothing():
    old = old_edition()
    made, losses = update(old, edition_of(*(text.replace(" ", "\n") for text in (FIRST, SECOND, THIRD))))
    assert losses == ()
    assert ids(made) == ids(old) == ["b3", "b4", "b5"]
    assert marked(made) == [("b3", "corr", "net"), ("b5", "corr", "sup\nport")]


def test_new_paragraphs_get_numbers_never_given_out():
    old = replace(old_edition(), header=replace(old_edition().header, identifiers=90))
    made, losses = update(old, edition_of(OTHER, FIRST, SECOND, THIRD))
    assert ids(made) == ["b91", "b3", "b4", "b5"]
    assert (made.header.identifiers, losses) == (91, ())


def test_a_changed_paragraph_keeps_its_id_and_its_decision():
    made, losses = update(old_edition(), edition_of(FIRST.replace("city", "town"), SECOND, THIRD))
    assert ids(made) == ["b3", "b4", "b5"]
    assert marked(made)[0] == ("b3", "corr", "net")
    assert losses == ()


def test_the_first_part_of_a_split_paragraph_keeps_the_id():
    made, losses = update(old_edition(), edition_of(FIRST, SECOND[:43], SECOND[43:], THIRD))
    assert ids(made) == ["b3", "b4", "b6", "b5"]
    assert losses == ()


def test_a_decision_behind_the_split_goes_with_its_words():
    made, _ = update(old_edition(), edition_of(FIRST, SECOND, THIRD[:12], THIRD[12:]))
    assert marked(made)[1:] == [("b6", "corr", "sup port")]


def test_the_id_of_a_paragraph_joined_to_the_one_before_stays_as_an_anchor_for_good():
    old = old_edition()
    joined, losses = update(old, edition_of(FIRST, f"{SECOND} {THIRD}"))
    leaf = list(joined.leaves())[1]
    anchor = next(mark for mark in leaf.marks if mark.name == "anchor")
    assert (ids(joined), losses) == (["b3", "b4"], ())
    assert (anchor.id, leaf.text[anchor.start :]) == ("b5", THIRD)
    again, losses = update(joined, edition_of(OTHER, FIRST, f"{SECOND} {THIRD}"))
    assert ("b4", "anchor", "") in marked(again)
    assert losses == ()


def test_paragraphs_that_were_moved_are_known_again():
    made, losses = update(old_edition(), edition_of(THIRD, FIRST, SECOND))
    assert (ids(made), losses) == (["b5", "b3", "b4"], ())
    assert ("b5", "corr", "sup port") in marked(made)


def test_a_short_paragraph_that_was_moved_is_known_again():
    old = edition_of("Chapter One", FIRST, "* * *", SECOND, THIRD)
    made, losses = update(old, edition_of("* * *", FIRST, SECOND, THIRD, "Chapter One"))
    assert (ids(made), losses) == (["b5", "b4", "b6", "b7", "b3"], ())


def test_a_decision_does_not_go_over_to_a_sentence_that_begins_alike():
    text = f"{FIRST} He sat in the coach. {SECOND}"
    start = text.index("the coach")
    old = edition_of(Leaf("p", text, (Choice("corr", start, start + 3, "", BY_ANNA, "a"),)), hands=(ANNA,))
    made, losses = update(old, edition_of(text.replace("He sat in the coach", "We put in the coast")))
    assert (ids(made), marked(made)) == (["b3"], [])
    assert [loss.kind for loss in losses] == ["decision"]


def test_a_lost_paragraph_is_told_once_with_its_decisions():
    made, losses = update(old_edition(), edition_of(OTHER, SECOND, THIRD))
    assert ids(made) == ["b6", "b4", "b5"]
    assert [(loss.kind, loss.id) for loss in losses] == [("block", "b3"), ("decision", "b3")]
    assert losses[1].words == "“net” → “not”"
    assert "Anna K." in losses[1].message


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (FIRST.replace("net", "not"), "the new source already reads so"),
        (FIRST.replace("net", "nut"), "the new source reads “nut” there"),
    ],
)
def test_a_decision_on_words_that_changed_is_lost_and_says_why(source: str, reason: str):
    made, losses = update(old_edition(), edition_of(source, SECOND, THIRD))
    assert marked(made) == [("b5", "corr", "sup port")]
    assert [loss.kind for loss in losses] == ["decision"]
    assert losses[0].message.endswith(reason)


def test_a_deleted_space_that_the_new_source_has_not_is_fulfilled():
    space = THIRD.index("sup port") + 3
    old = edition_of(Leaf("p", THIRD, (Choice("corr", space, space + 1, "", BY_ANNA, ""),)), hands=(ANNA,))
    _, losses = update(old, edition_of(THIRD.replace("sup port", "support")))
    assert losses[0].message.endswith("the new source already reads so")
    made, losses = update(old, edition_of(f"Now: {THIRD}"))
    assert (marked(made), losses) == ([("b3", "corr", " ")], ())


def test_of_the_same_word_in_two_places_the_right_one_is_kept():
    text = "the cat saw the dog, the dog saw the cat, and then the dog ran from the cat to the house."
    start = text.index("the dog ran")
    old = edition_of(Leaf("p", text, (Choice("corr", start, start + 3, "", BY_ANNA, "a"),)), hands=(ANNA,))
    made, losses = update(old, edition_of(text.replace("the cat saw", "the big old cat often saw")))
    leaf = next(made.leaves())
    assert leaf.text[leaf.marks[0].start :].startswith("the dog ran")
    assert losses == ()


def test_a_decision_over_two_stretches_is_carried_whole_or_not_at_all():
    tied = attributes(resp="#anna", corresp="#c1")
    start, end = FIRST.index("net"), SECOND.index("weather")
    old = edition_of(
        Leaf("p", FIRST, (Choice("corr", start, start + 3, "c1", tied, "not"),)),
        Leaf("p", SECOND, (Choice("corr", end, end + 7, "", tied, ""),)),
        hands=(ANNA,),
    )
    made, losses = update(old, edition_of(FIRST, SECOND.replace("weather", "climate")))
    assert marked(made) == []
    assert [loss.id for loss in losses] == ["b3 c1", "b4"]
    assert "another part of it" in losses[0].message


def test_what_a_machine_marked_is_left_to_the_new_reading():
    italic = Mark("hi", 0, 2, attributes=attributes(rend="italic"))
    machine = Mark("persName", 3, 8, attributes=attributes(resp="#pressmark"))
    person = Mark("placeName", 40, 45, attributes=BY_ANNA)
    old = edition_of(Leaf("p", FIRST, (italic, machine, person)), hands=(ANNA, MACHINE))
    made, losses = update(old, edition_of(FIRST))
    assert (marked(made), losses) == ([("b3", "placeName", FIRST[40:45])], ())


def test_an_edition_taken_in_again_with_its_own_decisions_has_them_once():
    start = FIRST.index("net")
    mark = Choice("corr", start, start + 3, "c1", BY_ANNA, "not")
    old = edition_of(Leaf("p", FIRST, (mark,)), hands=(ANNA,))
    made, losses = update(old, old)
    assert (made.text, losses) == (old.text, ())


def note(own: str, text: str, n: str) -> Container:
    return Container("note", (Leaf("p", text),), own, attributes(n=n))


def anchored(text: str, label: str, target: str, **given: str) -> Leaf:
    start = text.index(label)
    mark = Mark("ref", start, start + len(label), attributes=attributes(type="noteAnchor", target=target))
    return Leaf("p", text, (mark,), **given)


def test_references_follow_the_notes_to_their_new_ids():
    once, twice = "1. So it was said at the time by all.", "2. The weather of that year was bad."
    text, more = f"{FIRST} [1]", f"{SECOND} [2]"
    old = edition_of(anchored(text, "[1]", "#note1"), back=[Container("div", (note("note1", once, "1"),))])
    notes = (note("note1", twice.replace("2.", "1."), "1"), note("note2", once.replace("1.", "2."), "2"))
    new = edition_of(
        anchored(more.replace("[2]", "[1]"), "[1]", "#note1"),
        anchored(text.replace("[1]", "[2]"), "[2]", "#note2"),
        back=[Container("div", notes)],
    )
    made, _ = update(old, new)
    by_id = {block.id: block for block in made.blocks()}
    for leaf, words in zip(list(made.leaves())[:2], ("The weather", "So it was"), strict=True):
        target = by_id[leaf.marks[0].get("target")[1:]]
        assert isinstance(target, Container)
        assert words in target.children[0].text  # type: ignore[union-attr]
    assert by_id["note1"].get("n") == "2"


def test_containers_keep_their_ids_by_what_they_hold():
    def chapters(*texts: str) -> list[Block]:
        return [Container("div", (Leaf("head", f"Chapter of {text[:9]}"), Leaf("p", text))) for text in texts]

    old = edition_of(*chapters(FIRST, SECOND, THIRD))
    made, losses = update(old, edition_of(*chapters(OTHER, FIRST, SECOND, THIRD)))
    before = [block.id for block in old.blocks() if block.name == "div"]
    after = [block.id for block in made.blocks() if block.name == "div"]
    assert (after[1:], losses) == (before, ())
    assert after[0] not in before


def test_an_inset_and_a_picture_keep_their_ids():
    def page(text: str) -> Leaf:
        running = inset(10, Leaf("fw", "FATHER AND SON", attributes=attributes(type="header")))
        picture = Container("figure", (Leaf("graphic", attributes=attributes(url="pages/1.png")),))
        return Leaf("p", text, (running, inset(20, picture)))

    old = edition_of(page(FIRST))
    made, losses = update(old, edition_of(OTHER, page(f"So: {FIRST}")))
    assert losses == ()
    assert [block.id for block in made.blocks()][3:] == [block.id for block in old.blocks()][2:]


def test_a_paragraph_that_a_person_made_a_heading_is_one_again_where_it_may_be():
    def chapter(head: Leaf) -> Container:
        return Container("div", (head, Leaf("p", FIRST)))

    old = edition_of(chapter(Leaf("head", "In the beginning", attributes=BY_ANNA)), hands=(ANNA,))
    made, losses = update(old, edition_of(chapter(Leaf("p", "In the beginning"))))
    assert [(leaf.name, leaf.id) for leaf in made.leaves()] == [("head", "b4"), ("p", "b5")]
    assert losses == ()
    last = Container("div", (Leaf("p", FIRST), Leaf("p", "In the beginning")))
    made, losses = update(old, edition_of(last))
    assert [leaf.name for leaf in made.leaves()] == ["p", "p"]
    assert [(loss.kind, loss.id) for loss in losses] == [("block", "b4")]


def record(**given: object) -> Header:
    return Header(**given)  # type: ignore[arg-type]


def witness(own: str, name: str) -> Witness:
    return Witness(own, name, "0" * 64, "1" * 64, "utf-8", 100, "text")


def test_the_record_keeps_what_persons_state_and_adds_what_is_new():
    mine = Statement("title", "Father and Son", found="#b3", resp="anna")
    machines = Statement("title", "FATHER AND SON", found="#b3", resp="pressmark")
    old = replace(
        edition_of(FIRST, SECOND),
        header=record(
            pressmark="sedova/father",
            publisher="The archive",
            statements=(machines, mine),
            hands=(ANNA, MACHINE),
            witnesses=(witness("w1", "a.txt"), witness("w2", "b.txt")),
            changes=(Change("2015-01-01", "anna", "Corrected."),),
            identifiers=4,
        ),
    )
    fresh = Statement("title", "Father & Son", found="#b4", resp="pressmark")
    new = replace(
        edition_of(OTHER, FIRST),
        header=record(
            statements=(fresh,),
            hands=(MACHINE, Hand("source", "the page", "source", "states")),
            witnesses=(witness("w1", "c.txt"),),
            changes=(Change("2026-01-01", "pressmark", "Read."),),
            identifiers=4,
        ),
    )
    made, losses = update(old, new)
    header = made.header
    assert [(each.value, each.found) for each in header.all("title")] == [
        ("Father and Son", "#b3"),
    ]
    assert [(each.id, each.name) for each in header.witnesses] == [("w1", "a.txt"), ("w2", "b.txt"), ("w3", "c.txt")]
    assert [hand.id for hand in header.hands] == ["anna", "pressmark", "source"]
    assert [change.what for change in header.changes] == ["Corrected.", "Read."]
    assert (header.pressmark, header.publisher) == ("sedova/father", "The archive")
    assert [loss.id for loss in losses] == ["b4"]


def test_a_statement_stays_when_its_place_is_lost():
    mine = Statement("title", "Father and Son", found="#b3", resp="anna")
    old = edition_of(FIRST, SECOND, hands=(ANNA,), statements=(mine,))
    made, losses = update(old, edition_of(OTHER, SECOND))
    assert made.header.statements == (replace(mine, found=""),)
    assert [loss.kind for loss in losses] == ["statement", "block"]


def test_another_person_under_the_same_id_gets_an_id_of_their_own():
    other = Hand("anna", "Anna B.", "person", "encoded by")
    theirs = Mark("hi", 0, 2, attributes=BY_ANNA)
    new = edition_of(Leaf("p", FIRST, (theirs,)), SECOND, THIRD, hands=(other,))
    made, _ = update(old_edition(), new)
    assert {hand.id: hand.name for hand in made.header.hands}["anna-2"] == "Anna B."
    assert [mark.get("resp") for mark in next(made.leaves()).marks] == ["#anna-2", "#anna"]


def test_the_difference_marks_the_words_that_changed():
    new = edition_of(FIRST.replace("net", "not"), SECOND, THIRD, OTHER)
    assert list(difference(old_edition(), new)) == [
        "b3",
        "  - It takes place [-net-] only in the city…",
        "  + It takes place {+not+} only in the city…",
        "… 2 paragraphs the same",
        "new",
        "  + {+Nobody had ever thought to mention elephants before.+}",
    ]


def test_the_difference_of_the_same_words_is_nothing():
    assert list(difference(old_edition(), edition_of(FIRST.replace(" ", "\n"), SECOND, THIRD))) == []


def test_the_difference_shows_where_paragraphs_were_parted_and_no_control_characters():
    new = edition_of(FIRST, SECOND[:43], SECOND[43:], THIRD.replace("soon", "\x1b[2Jsoon"))
    lines = list(difference(old_edition(), new))
    assert any("{+¶+}" in line for line in lines)
    assert all(line.isprintable() and len(line) <= 80 for line in lines)


def many(texts: Mapping[str, Sequence[str]]) -> tuple[Edition, Edition]:
    return edition_of(*texts["old"], hands=(ANNA,)), edition_of(*texts["new"])


NOVEL = [" ".join(f"w{(row * 31 + index * index) % 9973}" for index in range(80)) for row in range(2500)]
SAME = "The same words stand here again and again, said the old man."


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ({"old": NOVEL, "new": [text.replace("w7", "v7") for text in NOVEL]}, 2500),
        ({"old": [SAME] * 10_000, "new": [SAME] * 9_999}, 9_999),
        ({"old": [SAME] * 10_000, "new": [SAME.replace("old", "young")] * 10_000}, 10_000),
        ({"old": [f"a{i} b{i}" for i in range(10_000)], "new": [f"c{i} d{i}" for i in range(10_000)]}, 0),
    ],
    ids=["a novel of 200,000 words", "all alike", "all alike and changed", "nothing in common"],
)
def test_large_texts_take_seconds(texts: Mapping[str, Sequence[str]], kept: int):
    old, new = many(texts)
    start = time.process_time()
    made, _ = carry_over(old, new)
    assert time.process_time() - start < 20
    assert len(set(ids(made)) & set(ids(old))) == kept
