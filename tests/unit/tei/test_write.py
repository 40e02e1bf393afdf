"""How marks, readings and strange characters are written, to the letter."""

from __future__ import annotations

import pytest

from pressmark.errors import InvalidEdition, NestedTooDeep
from pressmark.model.edition import Edition, number
from pressmark.model.header import Hand, Header, Statement, Witness
from pressmark.model.text import Block, Choice, Container, Inset, Leaf, Mark, attributes, inset
from pressmark.tei import parse, write


def edition(*blocks: Block) -> Edition:
    return number(Edition(Header(), Container("text", (Container("body", blocks),))))


def written(leaf: Leaf) -> str:
    """The inside of a leaf as it is written; its id is b3. It is read again the same."""
    made = edition(leaf)
    document = write(made)
    assert parse(document) == made
    inside = document.decode().split('xml:id="b3">', 1)[1]
    return inside.rsplit(f"</{leaf.name}>", 1)[0]


HI = attributes(rend="italic")


def test_marks_nest_the_longest_outside() -> None:
    leaf = Leaf("p", "one two", (Mark("hi", 0, 3, "", HI), Mark("q", 0, 7)))
    assert written(leaf) == '<q><hi rend="italic">one</hi> two</q>'


def test_a_mark_that_crosses_another_is_split_and_joined() -> None:
    leaf = Leaf("p", "abcdef", (Mark("hi", 0, 4, "", HI), Mark("q", 2, 6)))
    assert written(leaf) == (
        '<hi rend="italic">ab<q xml:id="b3_1_1" next="#b3_1_2">cd</q></hi><q xml:id="b3_1_2" prev="#b3_1_1">ef</q>'
    )


def test_the_first_part_keeps_the_id_of_a_split_mark() -> None:
    leaf = Leaf("p", "abcdef", (Mark("hi", 0, 4), Mark("q", 2, 6, "speech")))
    assert written(leaf) == (
        '<hi>ab<q xml:id="speech" next="#b3_1_2">cd</q></hi><q xml:id="b3_1_2" prev="#speech">ef</q>'
    )


def test_a_mark_is_split_rather_than_a_reading() -> None:
    leaf = Leaf("p", "abcdef", (Mark("hi", 0, 4), Choice("corr", 2, 6, reading="X")))
    assert written(leaf) == (
        '<hi xml:id="b3_0_1" next="#b3_0_2">ab</hi>'
        '<choice><sic><hi xml:id="b3_0_2" prev="#b3_0_1">cd</hi>ef</sic><corr>X</corr></choice>'
    )


def test_a_reading_stays_whole_under_several_marks_that_end_in_it() -> None:
    marks = (Mark("q", 0, 4), Mark("hi", 1, 9), Choice("corr", 2, 6, reading="X"))
    assert written(Leaf("p", "abcdefghi", marks)).count("<choice") == 1


def test_of_readings_that_cross_the_first_part_has_the_words() -> None:
    leaf = Leaf("p", "abcd", (Choice("corr", 0, 3, reading="X"), Choice("reg", 1, 4, reading="Y")))
    assert written(leaf) == (
        '<choice><sic>a<choice xml:id="b3_1_1" next="#b3_1_2"><orig>bc</orig><reg>Y</reg></choice></sic>'
        '<corr>X</corr></choice><choice xml:id="b3_1_2" prev="#b3_1_1"><orig>d</orig><reg/></choice>'
    )


def test_readings_stand_beside_what_the_source_says() -> None:
    said = attributes(resp="#kr", cert="0.8")
    leaf = Leaf("p", "Mr teh olde", (
        Choice("expan", 0, 2, reading="Mister"),
        Choice("corr", 3, 6, "c1", said, "the"),
        Choice("reg", 7, 11, reading="old"),
    ))  # fmt: skip
    assert written(leaf) == (
        "<choice><abbr>Mr</abbr><expan>Mister</expan></choice> "
        '<choice xml:id="c1"><sic>teh</sic><corr cert="0.8" resp="#kr">the</corr></choice> '
        "<choice><orig>olde</orig><reg>old</reg></choice>"
    )


def test_a_deletion_is_an_empty_correction_and_an_insertion_is_supplied() -> None:
    marks = (Choice("corr", 0, 1), Choice("supplied", 3, 3, reading="!"))
    assert written(Leaf("p", "xyz", marks)) == "<choice><sic>x</sic><corr/></choice>yz<supplied>!</supplied>"


def test_characters_that_xml_forbids_become_g() -> None:
    marks = (Choice("corr", 1, 2, reading="\x01"),)
    assert written(Leaf("p", "a\x1ab\ud800\ufffe", marks)) == (
        'a<choice><sic><g n="001A" type="forbidden"/></sic>'
        '<corr><g n="0001" type="forbidden"/></corr></choice>'
        'b<g n="D800" type="forbidden"/><g n="FFFE" type="forbidden"/>'
    )


def test_white_space_and_mark_up_are_kept_as_received() -> None:
    assert written(Leaf("p", " a \t<b>\r\n&c; ")) == " a \t&lt;b&gt;&#13;\n&amp;c; "


def test_a_line_end_hyphen_is_pc_and_lb() -> None:
    marks = (Mark("pc", 3, 4, "", attributes(force="weak")), Mark("lb", 5, 5, "", (("break", "no"),)))
    assert written(Leaf("p", "exa-\nmple", marks)) == 'exa<pc force="weak">-</pc>\n<lb break="no"/>mple'


def test_a_page_breaks_within_a_phrase() -> None:
    head = Leaf("fw", "HEAD", (), "", attributes(type="header"))
    marks = (Mark("hi", 0, 4), Mark("pb", 2, 2, "", attributes(n="7")), inset(2, head))
    assert written(Leaf("p", "abcd", marks)) == ('<hi>ab<pb n="7"/><fw xml:id="b4" type="header">HEAD</fw>cd</hi>')


def test_a_note_stands_at_its_place_with_blocks_on_lines_of_their_own() -> None:
    note = Container("note", (Leaf("p", "One."), Leaf("p", "Two.")), "", attributes(n="1", place="bottom"))
    anchor = Mark("ref", 3, 6, "", attributes(target="#b4", type="noteAnchor"))
    assert written(Leaf("p", "end[1] on", (anchor, inset(6, note)))) == (
        'end<ref target="#b4" type="noteAnchor">[1]</ref><note xml:id="b4" n="1" place="bottom">\n'
        '<p xml:id="b5">One.</p>\n<p xml:id="b6">Two.</p>\n</note> on'
    )


def test_a_quotation_parts_the_phrases_around_it() -> None:
    quote = Container("quote", (Leaf("p", "Q"),))
    leaf = Leaf("p", "abcd", (Mark("hi", 0, 4), inset(2, quote), inset(2, quote)))
    assert written(leaf) == (
        '<hi xml:id="b3_0_1" next="#b3_0_2">ab</hi>'
        '<quote xml:id="b4">\n<p xml:id="b5">Q</p>\n</quote>'
        '<quote xml:id="b6">\n<p xml:id="b7">Q</p>\n</quote>'
        '<hi xml:id="b3_0_2" prev="#b3_0_1">cd</hi>'
    )


def test_alternative_text_is_no_text_of_the_source() -> None:
    given = attributes(url="a.png", alt="A <view>")
    made = edition(Container("figure", (Leaf("graphic", "", (), "", given),)), Leaf("p"))
    document = write(made)
    assert b'<graphic xml:id="b4" url="a.png"><desc>A &lt;view&gt;</desc></graphic>' in document
    assert parse(document) == made
    assert made.sic == ""


REFUSED = {
    "no words": Leaf("div", "words"),
    "no blocks": Container("p", (Leaf("p", ""),)),
    "an item without a paragraph first": Container("list", (Container("item", (Container("list"),)),)),
    "an item of nothing": Container("list", (Container("item"),)),
    "words on a page break": Leaf("pb", "7"),
    "a mark that is none": Leaf("p", "a", (Mark("sic", 0, 1),)),
    "a block as a mark": Leaf("p", "a", (Mark("note", 0, 0, "x"),)),
    "an inset that is none": Leaf("p", "a", (Inset("p", 0, 0, block=Leaf("p", "")),)),
    "a point over words": Leaf("p", "a", (Mark("lb", 0, 1),)),
    "a correction of nothing": Leaf("p", "a", (Choice("corr", 1, 1, reading="x"),)),
    "words supplied for words": Leaf("p", "a", (Choice("supplied", 0, 1, reading="x"),)),
    "an id with an underscore": Leaf("p", "a", (), "b_1"),
    "the same id twice": Leaf("p", "a", (), "b1"),
    "a part without its others": Leaf("p", "a", (Mark("hi", 0, 1, "", attributes(next="#x")),)),
    "a control character in an attribute": Leaf("p", "a", (), "", attributes(n="\x01")),
    "an attribute that is none": Leaf("p", "a", (), "", attributes(colour="red")),
    "a value that is none": Leaf("p", "a", (Mark("hi", 0, 1, "", attributes(rend="pretty")),)),
    "xml:space": Leaf("p", "a", (), "", (("xml:space", "preserve"),)),
    "a block that is none": Leaf("marquee", "a"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_what_would_not_be_read_again_is_refused(kind: str) -> None:
    with pytest.raises(InvalidEdition):
        write(edition(REFUSED[kind], Leaf("p", "")))


def test_a_block_without_an_id_is_refused() -> None:
    with pytest.raises(InvalidEdition, match="no id"):
        write(Edition(Header(), Container("text", (Container("body", (Leaf("p", ""),)),))))


@pytest.mark.parametrize("depth", [160, 3000])
def test_what_nests_without_end_is_refused(depth: int) -> None:
    block: Block = Leaf("p", "", (), "x")
    for number_ in range(depth):
        block = Container("quote", (block,), f"q{number_}")
    text = Container("text", (Container("body", (block,), "b"),), "t")
    with pytest.raises(NestedTooDeep):
        write(Edition(Header(), text))


@pytest.mark.parametrize(
    "header",
    [
        Header(publisher="two\nlines"),
        Header(witnesses=(Witness("w1", "a\x01.txt", "", "", "", 0, ""),)),
        Header(hands=(Hand("kr", " K", "person", ""),)),
    ],
)
def test_a_record_that_is_not_plain_lines_is_refused(header: Header) -> None:
    with pytest.raises(InvalidEdition, match="one line"):
        write(number(Edition(header, edition().text)))


@pytest.mark.parametrize(
    ("normal", "attribute"),
    [
        ("1940", 'when="1940"'),
        ("1940-05", 'when="1940-05"'),
        ("1940-05-24", 'when="1940-05-24"'),
        ("1940-02-30", 'when-custom="1940-02-30"'),
        ("1940-13", 'when-custom="1940-13"'),
        ("0000", 'when-custom="0000"'),
        ("194X", 'when-custom="194X"'),
    ],
)
def test_a_date_that_w3c_has_not_is_a_custom_one(normal: str, attribute: str) -> None:
    header = Header(statements=(Statement("written", "then", normal),))
    made = number(Edition(header, Container("text", (Container("body", (Leaf("p", ""),)),))))
    assert f"<date {attribute}" in write(made).decode()
    assert parse(write(made)) == made


@pytest.mark.parametrize("normal", ["", "de", "und", "und-Latn"])
def test_an_unknown_language_is_told_from_an_unstated_one(normal: str) -> None:
    header = Header(statements=(Statement("language", "tongue", normal),))
    made = number(Edition(header, Container("text", (Container("body", (Leaf("p", ""),)),))))
    assert parse(write(made)).header == made.header
