"""What is wrong with a file is said in words, with the place and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tests.tools import jing

from pressmark.errors import InvalidEdition, MalformedXml, NestedTooDeep, UnsafeXml
from pressmark.model.inventory import AB_TYPES, CONTAINERS, EMPTY_LEAVES, FURNITURE, LEAVES, MARKS, NOTE_TYPES
from pressmark.tei import parse, write
from pressmark.tei.grammar import definitions, describe, tree
from pressmark.tei.parse import parse_xml
from pressmark.tei.pointers import dangling
from pressmark.tei.validate import problems, validate
from pressmark.tei.validate import schema as compiled

DOCUMENT = """<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader>
<fileDesc>
<titleStmt>
<title type="main" resp="#kr">A Title</title>
<respStmt xml:id="kr">
<resp>proofreader</resp>
<name type="person">K. R.</name>
</respStmt>
</titleStmt>
<extent>
<measure unit="identifiers" quantity="9"/>
</extent>
<publicationStmt>
<publisher/>
</publicationStmt>
<sourceDesc>
<listWit>
<witness xml:id="w1">
<idno type="length">12</idno>
</witness>
</listWit>
</sourceDesc>
</fileDesc>
<encodingDesc>
<schemaRef key="pressmark-1" url="urn:pressmark:profile:1"/>
</encodingDesc>
<profileDesc>
<creation>
<date when="1940">1940.</date>
</creation>
</profileDesc>
</teiHeader>
<text xml:id="b1">
<body xml:id="b2">
<head xml:id="b3">Heading</head>
<p xml:id="b4">A <hi rend="italic">word</hi>, <choice><sic>teh</sic><corr resp="#kr">the</corr></choice>.</p>
<list xml:id="b5">
<item xml:id="b6">one</item>
</list>
<p xml:id="b7"><q xml:id="b7_0_1" next="#b7_0_2">a<hi>b</hi></q><q xml:id="b7_0_2" prev="#b7_0_1">c</q></p>
<ab xml:id="b8" type="sceneBreak">* * *</ab>
</body>
</text>
</TEI>
"""  # fmt: skip


def changed(old: str, new: str) -> bytes:
    assert DOCUMENT.count(old) == 1, old
    return DOCUMENT.replace(old, new).encode()


def test_the_document_that_is_changed_below_is_sound() -> None:
    root = parse_xml(DOCUMENT.encode())
    validate(root)
    assert problems(root) == []
    assert list(dangling(root)) == []
    assert parse(write(parse(DOCUMENT.encode()))) == parse(DOCUMENT.encode())


WORDS = {
    "an element that the profile does not have": (
        '<p xml:id="b4">',
        '<egXML/><p xml:id="b4">',
        "the Pressmark profile has no element <egXML>",
        "`pressmark add`",
    ),
    "a division in a paragraph": (
        "<hi>b</hi>",
        '<div xml:id="d"/>',
        "a division <div> cannot stand inside the <q>",
        "<div> may stand in <front>, <body>, <back>, <div>",
    ),
    "a paragraph in a paragraph": (
        '<hi rend="italic">word</hi>',
        '<p xml:id="x">words</p>',
        "a paragraph <p> cannot stand inside the paragraph <p>",
        "end the paragraph before it",
    ),
    "a heading after a paragraph": (
        '<ab xml:id="b8" type="sceneBreak">* * *</ab>',
        '<head xml:id="b8">Late</head>',
        "a heading <head> cannot stand here in the body of the text <body>, after the paragraph <p>",
        "<ab> with a type stands for a heading",
    ),
    "a block after a division": (
        '<list xml:id="b5">',
        '<div xml:id="d"/><list xml:id="b5">',
        "a <list> cannot stand here in the body of the text <body>, after the division <div>",
        "then divisions",
    ),
    "an attribute that cannot stand there": (
        '<p xml:id="b4">',
        '<p xml:id="b4" type="x">',
        "the attribute type cannot stand on the paragraph <p>",
        "it may have xml:id, xml:lang, n",
    ),
    "a value that is not on the list": (
        '"sceneBreak"',
        '"scene-break"',
        "the block <ab> has type=“scene-break”, which the profile does not allow",
        "it may be record, sceneBreak",
    ),
    "a value of the wrong form": (
        'when="1940"',
        'when="May 1940"',
        "the <date> has when=“May 1940”, which the profile does not allow",
        "YYYY-MM-DD",
    ),
    "an attribute that is missing": (
        ' type="sceneBreak"',
        "",
        "the block <ab> has no attribute type",
        "What the block is",
    ),
    "a block without an id": (
        '<p xml:id="b4">',
        "<p>",
        "the paragraph <p> has no attribute xml:id",
        "its address in citations",
    ),
    "words outside every block": (
        '<body xml:id="b2">',
        '<body xml:id="b2">Loose words that nobody put into any paragraph',
        "the words “Loose words that nobody put in…” stand directly in the body of the text <body>",
        "put them in a <p>",
    ),
    "words in a list": (
        '<list xml:id="b5">',
        '<list xml:id="b5">words',
        "the words “words” stand directly in the <list>",
        "it holds",
    ),
    "another name space": (
        "<hi>b</hi>",
        '<b xmlns="http://www.w3.org/1999/xhtml">b</b>',
        "<b> is not TEI: it belongs to http://www.w3.org/1999/xhtml",
        "",
    ),
    "no name space": (
        "<hi>b</hi>",
        '<hi xmlns="">b</hi>',
        "<hi> is not TEI: it belongs to no name space",
        "",
    ),
    "a list of nothing": (
        '<item xml:id="b6">one</item>',
        "",
        "the <list> is not complete: it lacks <label> or <item>",
        "",
    ),
    "a reading without its source": (
        "<sic>teh</sic>",
        "",
        "a <corr> cannot stand here in the <choice>, at the beginning",
        "",
    ),
    "a length that is no number": (
        ">12<",
        ">twelve<",
        "the <idno> cannot hold “twelve”",
        "How many characters",
    ),
    "an underscore in an id": (
        '<hi rend="italic">',
        '<hi rend="italic" xml:id="a_b">',
        "the id a_b has an underscore",
        "take the underscore out",
    ),
    "a part that leads nowhere": (
        'next="#b7_0_2"',
        'next="#b7_0_3"',
        "next=“#b7_0_3” of the <q> leads to no part that points back",
        "",
    ),
    "words between two parts": (
        "</q><q",
        "</q> <q",
        "the <q> cannot be joined with its part before: words",
        "",
    ),
    "parts that differ": (
        'prev="#b7_0_1"',
        'prev="#b7_0_1" n="2"',
        "the <q> cannot be joined with its part before: they differ",
        "",
    ),
    "a part in its own part": (
        '<hi>b</hi></q><q xml:id="b7_0_2" prev="#b7_0_1">c</q>',
        '<q xml:id="b7_0_2" prev="#b7_0_1"/></q>c',
        "the <q> cannot be joined with its part before: it does not stand behind it",
        "",
    ),
}


@pytest.mark.parametrize("kind", WORDS)
def test_what_is_wrong_is_said_in_words(kind: str) -> None:
    old, new, sentence, hint = WORDS[kind]
    document = changed(old, new)
    with pytest.raises(InvalidEdition) as caught:
        parse(document, place="text.xml")
    assert caught.value.message.startswith(sentence)
    assert hint in caught.value.hint
    assert "`pressmark explain V001`" in caught.value.hint
    line = DOCUMENT[: DOCUMENT.index(old)].count("\n") + 1
    path, _, number = caught.value.place.partition(":")
    assert path == "text.xml"
    assert abs(int(number) - line) <= 3
    assert problems(parse_xml(document))[0].sentence == caught.value.message


def test_without_a_path_the_line_stands_in_the_message() -> None:
    with pytest.raises(InvalidEdition, match=r"^line 42: the block <ab> has no attribute type") as caught:
        parse(changed(' type="sceneBreak"', ""))
    assert caught.value.place == ""


def test_several_things_are_told_in_order_and_no_more_than_asked() -> None:
    document = changed("<hi>b</hi>", '<p xml:id="x"/><p xml:id="y"/>').replace(b' type="sceneBreak"', b"")
    root = parse_xml(document)
    assert [each.block for each in problems(root)] == ["x", "y", "b8"]
    assert len(problems(root, limit=2)) == 2


def test_white_space_in_an_empty_element_is_no_text() -> None:
    plain = changed("<hi>b</hi>", '<lb n="2"/>').replace(b"<list xml", b'<pb xml:id="x"/><list xml')
    spaced = plain.replace(b'<lb n="2"/>', b'<lb n="2"> </lb>').replace(b'"x"/>', b'"x">\n</pb>')
    assert parse(spaced) == parse(plain)


def test_an_id_that_stands_twice_is_told() -> None:
    with pytest.raises(InvalidEdition, match="an xml:id stands twice: ID b4") as caught:
        parse(changed('xml:id="b6"', 'xml:id="b4"'), place="text.xml")
    assert caught.value.place == "text.xml:39"


def test_a_reading_beside_no_words_is_refused() -> None:
    with pytest.raises(InvalidEdition, match="stands beside no words"):
        parse(changed("<sic>teh</sic>", "<sic/>"))


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (b"<html><body/></html>", "this is a web page"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "this is a web page"),
        (b"<TEI.2><teiHeader/></TEI.2>", "this is TEI P4"),
        (b"<TEI><teiHeader/></TEI>", "this is TEI P4 or older, or lacks its name space"),
        (b"<recipe/>", "an edition begins with <TEI>, and this file with <recipe>"),
    ],
)
def test_another_kind_of_file_is_told_by_its_root(document: bytes, sentence: str) -> None:
    with pytest.raises(InvalidEdition, match=sentence):
        parse(document)


def test_pointers_that_lead_nowhere_are_for_check_alone() -> None:
    root = parse_xml(changed('resp="#kr">the', 'resp="#nobody">the'))
    validate(root)
    assert [(each.sentence, each.block) for each in dangling(root)] == [
        ("resp=“#nobody” of the <corr> leads nowhere", "b4")
    ]


def test_ids_that_were_given_out_are_counted() -> None:
    root = parse_xml(changed('quantity="9"', 'quantity="7"'))
    validate(root)
    found = list(dangling(root))
    assert [each.sentence for each in found] == ["the count of ids is 7, and the id b8 has been given out"]
    assert "8 or more" in found[0].hint


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declared",
    [
        f'<!DOCTYPE TEI [<!ENTITY l0 "lol">{LAUGHS}]>',
        '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE TEI SYSTEM "http://example.org/tei.dtd">',
        '<!DOCTYPE TEI [<!ENTITY % p SYSTEM "http://example.org/x">%p;]>',
        "<!DOCTYPE TEI>",
    ],
)
@pytest.mark.parametrize("entity", ["", "&l9;", "&x;"])
def test_entities_are_refused_and_nothing_is_fetched(declared: str, entity: str) -> None:
    with pytest.raises((UnsafeXml, MalformedXml)) as caught:
        parse((declared + DOCUMENT.replace("Heading", entity)).encode(), place="text.xml")
    if not entity:
        assert isinstance(caught.value, UnsafeXml)
    assert "load" not in caught.value.message


def test_entities_in_attributes_are_refused_too() -> None:
    laughing = f'<!DOCTYPE TEI [<!ENTITY l0 "lol">{LAUGHS}]>' + DOCUMENT.replace('xml:id="b6"', 'n="&l9;"')
    with pytest.raises(UnsafeXml):
        parse(laughing.encode())


@pytest.mark.parametrize("depth", [160, 1000, 5000])
def test_what_nests_without_end_is_refused(depth: int) -> None:
    deep = "<quote>" * depth + "</quote>" * depth
    with pytest.raises(NestedTooDeep):
        parse_xml(changed('<list xml:id="b5">', deep + '<list xml:id="b5">'))


def test_a_file_that_is_cut_off_is_told_with_its_line() -> None:
    with pytest.raises(MalformedXml) as caught:
        parse(DOCUMENT[:-10].encode(), place="text.xml")
    assert caught.value.place.startswith("text.xml:4")


def test_the_profile_and_the_inventory_agree() -> None:
    text = {doc.name: doc for doc in describe() if doc.part == "text"}
    assert CONTAINERS | LEAVES | MARKS | {"choice", "g"} <= text.keys()
    words = {name for name, doc in text.items() if doc.words}
    assert words >= LEAVES - EMPTY_LEAVES
    assert not words & (CONTAINERS - LEAVES)
    kinds = {(doc.name, attribute.name): attribute.values for doc in text.values() for attribute in doc.attributes}
    assert kinds["ab", "type"] == AB_TYPES
    assert kinds["fw", "type"] == FURNITURE
    assert kinds["note", "type"] == NOTE_TYPES


def test_the_reference_has_every_element_with_its_places() -> None:
    docs = {(doc.part, doc.name): doc for doc in describe()}
    assert len(docs) == len(describe())
    assert {name for _, name in docs} == {each.name for each in definitions().values()}
    item = docs["text", "item"]
    assert item.parents == ("list",)
    assert "p" in item.children
    assert item.words
    assert docs["text", "l"].documentation == "A line of verse."
    assert docs["record", "respStmt"].children == ("resp", "name")
    assert [each.name for each in docs["text", "div"].attributes if each.required] == ["xml:id"]


def test_jing_agrees(tmp_path: Path) -> None:
    schema = tmp_path / "profile.rng"
    schema.write_bytes(etree.tostring(tree()))
    sound = tmp_path / "sound.xml"
    sound.write_text(DOCUMENT, encoding="utf-8")
    wrong = set()
    for number, kind in enumerate(WORDS):
        old, new, *_ = WORDS[kind]
        path = tmp_path / f"{number}.xml"
        path.write_bytes(changed(old, new))
        if not validated(path):
            wrong.add(path.name)
    told = {Path(message.path).name for message in jing(schema, sorted(tmp_path.glob("*.xml")))}
    assert len(wrong) > 15
    assert told == wrong


def validated(path: Path) -> bool:
    """Whether libxml2 finds the file valid against the profile; what a schema cannot say is not asked."""
    return bool(compiled().validate(etree.parse(path)))
