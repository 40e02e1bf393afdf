"""TEI from elsewhere: what becomes of each kind of element, of the header, and of what has no place."""

from __future__ import annotations

import re
import tarfile
import time
from pathlib import Path
from typing import ClassVar

import pytest
from lxml import etree
from tests.tools import jing

from pressmark.archive.archive import Archive
from pressmark.cli import run_command
from pressmark.errors import (
    EmptySource,
    InvalidEdition,
    MalformedXml,
    NestedTooDeep,
    PressmarkError,
    UnsafeXml,
)
from pressmark.exporters.text import plain_text
from pressmark.model.edition import Edition
from pressmark.model.header import Statement
from pressmark.pipeline import run
from pressmark.readers import read_source, remarks
from pressmark.readers.foreign_tei.fitting import FILLERS, STANDING_IN
from pressmark.readers.foreign_tei.places import IN, PLACES
from pressmark.readers.source import MAX_SIZE, Source
from pressmark.tei import write
from pressmark.tei.grammar import definitions, describe, tree

SHARED = Path(__file__).parents[3].parent / "shared/data/tei"
SPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'
HEADER = "<fileDesc><titleStmt><title>The Ferry</title></titleStmt></fileDesc>"


def document(text: str, header: str = HEADER, *, root: str = "TEI", space: str = SPACE) -> bytes:
    return f"<{root} {space}><teiHeader>{header}</teiHeader>{text}</{root}>".encode()


def read(text: str, header: str = HEADER, **how: str) -> Edition:
    text = text if text.startswith("<text") else f"<text><body>{text}</body></text>"
    return read_source(Source("ferry.xml", document(text, header, **how)))


def shown(edition: Edition) -> str:
    """The text as it is written, without the ids that were given out and the lines of containers."""
    written = write(edition).decode()
    text = written[written.index("<text ") : written.rindex("</TEI>")].replace("\n", "")
    return re.sub(r' xml:id="b\d+"', "", text)


def body(source: str, **how: str) -> str:
    text = shown(read(source, **how))
    return text.removeprefix("<text><body>").removesuffix("</body></text>")


def codes(edition: Edition) -> list[str]:
    return [finding.code for finding in edition.stand_off.findings]


def told(edition: Edition, code: str) -> list[str]:
    return [finding.message for finding in edition.stand_off.findings if finding.code == code]


def stated(edition: Edition, field: str) -> list[str]:
    return [statement.value for statement in edition.header.all(field)]


class TestBlocks:
    SAME: ClassVar = {
        "paragraphs and heads": "<div><head>I.</head><p>Rain.</p></div>",
        "verse": "<lg><head>Song</head><lg><l>Row</l><l>on</l></lg></lg>",
        "a play": "<sp><speaker>Ned</speaker><stage>wet</stage><p>No.</p></sp>",
        "a letter": "<div><opener><dateline>Leeds</dateline><salute>Dear Ned,</salute></opener><p>Come.</p>"
        "<closer><salute>Yours,</salute><signed>A.</signed></closer><postscript><p>Soon.</p></postscript></div>",
        "a list": "<list><head>What</head><item>oars</item><item>a boat</item></list>",
        "a glossary": '<list type="gloss"><label>oar</label><item>a pole</item></list>',
        "a table": '<table><row role="label"><cell>a</cell></row><row><cell cols="2"/></row></table>',
        "an address": "<p>To</p><address><addrLine>Mill Lane</addrLine></address>",
        "an epigraph": "<div><epigraph><p>Down.</p></epigraph><p>Rain.</p></div>",
        "a text in the text": "<p>He read:</p><floatingText><body><p>Stop.</p></body></floatingText>",
        "breaks": '<p>a</p><pb n="2"/><p>b<pb n="3"/>c<lb break="no"/>d<cb/>e</p>',
        "notes": '<p>Rain<note n="1" place="bottom" type="footnote"><p>Much.</p></note>.</p>',
        "a quotation": "<p>He read:<quote><p>Stop.</p></quote></p>",
    }

    @pytest.mark.parametrize("name", SAME)
    def test_what_the_profile_has_stays(self, name):
        edition = read(self.SAME[name])
        if name != "an address":
            assert shown(edition) == f"<text><body>{self.SAME[name]}</body></text>"
        assert not {"R010", "R011"} & set(codes(edition))

    def test_numbered_divisions_are_divisions(self):
        assert body("<div1><div2><p>a</p></div2></div1>") == "<div><div><p>a</p></div></div>"

    def test_a_title_page_is_what_stands_on_it(self):
        text = (
            "<text><front><titlePage><docTitle><titlePart>The Ferry</titlePart></docTitle><byline>by Ada</byline>"
            "<docImprint><pubPlace>Leeds</pubPlace>, <docDate>1889</docDate></docImprint></titlePage></front>"
            "<body><p>a</p></body></text>"
        )
        assert shown(read(text)).startswith(
            '<text><front><titlePart type="main">The Ferry</titlePart><byline>by Ada</byline>'
            '<p><placeName type="pubPlace">Leeds</placeName>, <date>1889</date></p></front>'
        )

    def test_a_group_of_texts_is_a_body_of_divisions(self):
        inner = "<text><front><p>To N.</p></front><body><p>a</p></body></text>"
        assert shown(read(f"<text><group>{inner}</group></text>")) == (
            '<text><body><div type="text"><div type="front"><p>To N.</p></div><div><p>a</p></div></div></body></text>'
        )

    def test_words_may_stand_directly_in_a_container(self):
        assert body("<note>loose <hi>words</hi></note><p>a</p>") == ("<note><p>loose <hi>words</hi></p></note><p>a</p>")
        assert body("<lg>loose</lg>") == "<lg><l>loose</l></lg>"

    def test_an_item_of_words_and_a_list_is_one_leaf(self):
        assert body("<list><item>a<list><item>b</item></list></item></list>") == (
            "<list><item>a<list><item>b</item></list></item></list>"
        )

    def test_verse_within_a_paragraph_parts_it(self):
        assert body("<p>He sang <lg><l>Row</l></lg> and <hi>went <l>x</l> on</hi>.</p>") == (
            "<p>He sang</p><lg><l>Row</l></lg><p>and <hi>went</hi></p><l><hi>x</hi></l><p><hi>on</hi>.</p>"
        )

    def test_white_space_is_one_space_and_a_line_break_parts_words(self):
        edition = read("<p>\n   over\n   the<lb/>weir  </p>")
        assert [leaf.text for leaf in edition.leaves()] == ["over the weir"]
        assert plain_text(edition) == "over the weir\n"

    def test_an_example_shows_its_white_space(self):
        assert [leaf.text for leaf in read("<eg>if\n   wet</eg>").leaves()] == ["if\n   wet"]

    def test_what_holds_nothing_is_told(self):
        edition = read('<figure entity="f1"/><p>a <hi/></p>')
        assert shown(edition) == "<text><body><p>a</p></body></text>"
        assert told(edition, "R010") == [f"1 × <{name}> with nothing in it left out" for name in ("figure", "hi")]

    def test_furniture_and_pages(self):
        assert body('<p>a</p><fw type="pageNumber">7</fw><fw type="odd">x</fw><p>b</p>') == (
            '<p>a</p><fw type="pageNum">7</fw><fw type="header">x</fw><p>b</p>'
        )


class TestFitting:
    """Blocks where TEI, or the profile, has no place for them."""

    def test_a_trailer_in_the_middle_is_an_ab(self):
        assert body("<p>a</p><trailer>b</trailer><p>c</p>") == '<p>a</p><ab type="heading">b</ab><p>c</p>'

    def test_a_trailer_at_the_end_stays(self):
        assert body("<p>a</p><trailer>b</trailer>") == "<p>a</p><trailer>b</trailer>"

    def test_paragraphs_after_a_division_get_one_of_their_own(self):
        edition = read("<div><p>a</p></div><p>b</p><p>c</p>")
        assert shown(edition) == "<text><body><div><p>a</p></div><div><p>b</p><p>c</p></div></body></text>"
        assert told(edition, "R011") == ["2 × <p> where the profile has none, put into <div>"]

    def test_an_epigraph_in_the_middle_says_so_in_its_lines(self):
        assert body("<p>a</p><epigraph><p>b</p></epigraph><p>c</p>") == ('<p>a</p><ab type="epigraph">b</ab><p>c</p>')

    def test_what_must_be_there_and_is_not(self):
        assert body("<head>a</head>") == "<head>a</head><p/>"
        assert body("<list><head>a</head></list>") == "<list><head>a</head><item/></list>"

    def test_strays_are_wrapped(self):
        assert body("<row><cell>a</cell></row>") == "<table><row><cell>a</cell></row></table>"
        assert body("<item>a</item>") == "<list><item>a</item></list>"
        assert body("<quote><div><p>a</p></div></quote>") == (
            "<quote><floatingText><body><div><p>a</p></div></body></floatingText></quote>"
        )
        assert body("<list><p>a</p><item>b</item></list>") == "<list><item>a</item><item>b</item></list>"

    def test_a_stanza_that_holds_a_list_is_a_quotation(self):
        edition = read("<lg><p>a<list><item>b</item></list></p></lg>")
        assert shown(edition) == "<text><body><quote><p>a<list><item>b</item></list></p></quote></body></text>"
        assert told(edition, "R011") == ["1 × <lg> kept as <quote>, for what stands in it"]

    def test_the_tables_name_elements_of_the_profile(self):
        known = {definition.name for definition in definitions().values()} | {""}
        places = [*PLACES.values(), *IN.values()]
        assert {place.name for place in places} <= known
        assert {place.within.name for place in places if place.within} <= known
        assert set(STANDING_IN) | set(FILLERS) <= known

    def test_every_element_of_the_profile_has_a_place(self):
        assert {each.name for each in describe() if each.part == "text"} - {"g"} <= set(PLACES)


class TestPhrases:
    def test_marks_stay(self):
        phrase = (
            '<p><hi rend="italic">a</hi> <emph>b</emph> <foreign xml:lang="de">c</foreign> <title level="m">d</title>'
            ' <term>e</term> <date when="1889-03-02">f</date> <num value="2">g</num></p>'
        )
        assert body(phrase) == phrase

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ('<hi rend="ital">a</hi>', '<hi rend="italic">a</hi>'),
            ('<hi rend="sc bold">a</hi>', '<hi rend="smallcaps bold">a</hi>'),
            ('<hi rendition="simple:superscript">a</hi>', '<hi rend="superscript">a</hi>'),
            ('<hi style="font-style: italic;">a</hi>', '<hi rend="italic">a</hi>'),
            ('<hi rendition="#r1">a</hi>', '<hi rend="bold">a</hi>'),
        ],
    )
    def test_looks_in_other_words(self, given, kept):
        look = '<tagsDecl><rendition xml:id="r1">font-weight:bold</rendition></tagsDecl>'
        header = f"{HEADER}<encodingDesc>{look}</encodingDesc>"
        edition = read(f"<p>{given}</p>", header)
        assert kept in shown(edition)
        assert not told(edition, "R012")

    def test_names_by_their_type(self):
        assert body('<p><name type="person">Ned</name>, <name type="ship">Wren</name></p>') == (
            '<p><persName type="person">Ned</persName>, <rs type="ship">Wren</rs></p>'
        )

    def test_a_phrase_that_comes_near_says_what_it_was(self):
        edition = read("<p>a <measure>two pounds</measure></p>")
        assert '<seg type="measure">two pounds</seg>' in shown(edition)
        assert told(edition, "R011") == ['1 × <measure> kept as <seg type="measure">']

    def test_blocks_within_words_are_phrases(self):
        assert body("<p>Off <stage>aside</stage> with him.</p>") == (
            '<p>Off <seg type="stage">aside</seg> with him.</p>'
        )

    def test_quotations_within_words_and_between_blocks(self):
        assert body("<p>He said <quote>no</quote> and <q>never <q>so</q></q>.</p><quote>Long.</quote>") == (
            '<p>He said <q type="quote">no</q> and <q>never <q>so</q></q>.</p><quote><p>Long.</p></quote>'
        )
        assert body("<cit><quote><l>Down</l></quote><bibl>Song</bibl></cit>") == (
            "<quote><l>Down</l><bibl>Song</bibl></quote>"
        )

    def test_a_kind_without_a_place_is_told_once_with_its_number_and_first_place(self):
        edition = read("<p>a <forename>Ned</forename> <forename>Ted</forename> <blink>b</blink></p>")
        assert shown(edition) == "<text><body><p>a Ned Ted b</p></body></text>"
        first, second = (finding for finding in edition.stand_off.findings if finding.code == "R010")
        assert first.message == "2 × <forename> kept as words: the profile has nothing like it"
        assert (edition.source_text or "")[first.start : first.end] == "Ned"
        assert second.message.startswith("1 × <blink>")
        assert first.severity == "warning"

    def test_attributes_without_a_place_are_told(self):
        edition = read('<p ana="x"><hi rend="wavy">a</hi> <l part="I">b</l></p>')
        assert told(edition, "R012") == [
            "1 × the attribute ana of <p> has no place",
            "1 × the attribute rend=“wavy” of <hi> has no place",
            "1 × the attribute part of <l> has no place",
        ]

    def test_elements_of_other_name_spaces_are_words(self):
        edition = read('<p>x = <m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>y</m:mi></m:math></p>')
        assert [leaf.text for leaf in edition.leaves()] == ["x = y"]
        assert told(edition, "R010")[0].startswith("1 × <math> kept as words")


class TestPointers:
    def test_a_reference_to_a_note_calls_it(self):
        edition = read(
            '<p>Rain<ref target="#n_1">1</ref>; <ref target="#c">there</ref></p>'
            '<div xml:id="c"><note xml:id="n_1"><p>Much.</p></note><p>b</p></div>'
        )
        assert '<ref target="#n-1" type="noteAnchor">1</ref>; <ref target="#c">there</ref>' in shown(edition)
        assert told(edition, "R014") == ["1 × an id of the source is written otherwise in the edition"]

    def test_a_longer_reference_to_a_note_is_a_link(self):
        source = '<p>See <ref target="#n">the note</ref>.</p><note xml:id="n">a</note>'
        assert '<ref target="#n">the note</ref>' in body(source)

    def test_ids_that_an_edition_gives_out_are_not_taken(self):
        edition = read('<p xml:id="b2">a <ref target="#b2">x</ref></p><p xml:id="source">b</p>')
        assert '<p xml:id="id-b2">a <ref target="#id-b2">x</ref></p><p xml:id="id-source">b</p>' in shown(edition)

    def test_pointers_that_lead_nowhere_or_into_danger(self):
        edition = read('<p><ref target="#gone">a</ref> <ref target="javascript:x">b</ref></p>')
        assert shown(edition) == "<text><body><p><ref>a</ref> <ref>b</ref></p></body></text>"
        assert told(edition, "R012") == ["2 × the attribute target of <ref> has no place"]

    def test_a_pointer_without_words_stays_a_point(self):
        edition = read('<p xml:id="x">see <ptr target="#x"/> there</p>')
        assert '<p xml:id="x">see <ref target="#x"/> there</p>' in shown(edition)

    def test_what_has_no_element_of_its_own_and_is_pointed_at_is_an_anchor(self):
        edition = read('<p>a <w xml:id="w9">word</w> <ref target="#w9">x</ref></p>')
        assert '<p>a <anchor xml:id="id-w9"/>word <ref target="#id-w9">x</ref></p>' in shown(edition)


class TestEditors:
    def test_choices_are_kept_with_their_hands(self):
        header = "<fileDesc><titleStmt><title>x</title><respStmt xml:id='RQ'><resp>corrected by</resp>"
        header += "<name>Rosa Quill</name></respStmt></titleStmt></fileDesc>"
        edition = read(
            '<p>The <choice><sic>weel</sic><corr resp="#RQ" cert="high">wheel</corr></choice> <choice>'
            "<expan>Mister</expan><abbr>Mr</abbr></choice> <choice><orig>shew</orig><reg>show</reg></choice></p>",
            header,
        )
        assert edition.source_text == "The weel Mr shew"
        assert shown(edition) == (
            '<text><body><p>The <choice><sic>weel</sic><corr cert="high" resp="#hand1">wheel</corr></choice> '
            '<choice><abbr>Mr</abbr><expan resp="#source">Mister</expan></choice> '
            '<choice><orig>shew</orig><reg resp="#source">show</reg></choice></p></body></text>'
        )
        hand = edition.header.hands[-1]
        assert (hand.id, hand.name, hand.kind, hand.resp) == ("hand1", "Rosa Quill", "person", "corrected by")

    def test_somebody_whom_the_header_does_not_name_is_a_hand(self):
        edition = read('<p><choice><sic>a</sic><corr resp="ed.">b</corr></choice></p>')
        assert edition.header.hands[-1].name == "ed."

    def test_supplied_words_are_not_the_source(self):
        edition = read('<p>over <supplied reason="damage">the</supplied> weir</p>')
        assert edition.source_text == "over  weir"
        assert '<p>over <supplied reason="damage" resp="#source">the</supplied> weir</p>' in shown(edition)

    def test_a_correction_alone_is_the_text_there_is(self):
        edition = read("<p>over <corr>the</corr> weir</p>")
        assert edition.source_text == "over the weir"
        assert '<seg type="corr">the</seg>' in shown(edition)

    def test_nothing_printed_is_an_insertion(self):
        edition = read("<p>over <choice><sic/><corr>the</corr></choice> weir</p>")
        assert '<supplied resp="#source">the</supplied>' in shown(edition)

    def test_readings_that_hold_blocks_are_text(self):
        edition = read("<p>a</p><supplied><p>b</p></supplied>")
        assert edition.source_text == "ab"
        assert shown(edition) == "<text><body><p>a</p><p>b</p></body></text>"

    def test_several_corrections_are_all_kept(self):
        edition = read("<p><choice><sic>a</sic><corr>b</corr><corr>c</corr></choice></p>")
        assert [getattr(mark, "reading", "") for leaf in edition.leaves() for mark in leaf.marks] == ["b", "c"]

    def test_variants_of_other_witnesses_are_notes(self):
        assert body('<p>a <app><lem>b</lem><rdg wit="#X">c</rdg></app> d</p>') == (
            '<p>a b<note type="editorNote"><p>c</p></note> d</p>'
        )
        assert body("<p>a <app><rdg>b</rdg><rdg>c</rdg></app></p>") == (
            '<p>a b<note type="editorNote"><p>c</p></note></p>'
        )

    def test_what_the_scribe_did_stays(self):
        phrase = '<p><del rend="strikethrough">a</del><add place="above">b</add> <unclear>c</unclear></p>'
        assert body(phrase.replace("<del", "<subst><del").replace("</add>", "</add></subst>")) == phrase
        assert body('<p>a <gap reason="illegible" unit="chars" quantity="3"/> b</p>') == (
            '<p>a <gap quantity="3" reason="illegible" unit="char"/> b</p>'
        )


class TestPictures:
    def test_a_picture_with_its_words(self):
        edition = read('<figure><graphic url="mill.png"/><head>The mill</head><figDesc>By a river</figDesc></figure>')
        assert shown(edition) == (
            '<text><body><figure><graphic url="mill.png"/><head>The mill</head>'
            '<ab type="imageAlt">By a river</ab></figure><p/></body></text>'
        )
        assert "R001" in codes(edition)

    def test_a_picture_that_lies_beside_comes_in(self, tmp_path):
        from pressmark.readers import read as read_file

        pixel = bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360000002000001"
            "00ffff03000006000557bfabd40000000049454e44ae426082".replace(" ", "")
        )
        (tmp_path / "mill.png").write_bytes(pixel)
        (tmp_path / "a.xml").write_bytes(document('<text><body><p>a<graphic url="mill.png"/></p></body></text>'))
        edition = read_file(tmp_path / "a.xml")
        assert [picture.name for picture in edition.pictures] == ["mill.png"]
        assert 'url="pages/mill.png"' in shown(edition)


class TestOldTei:
    def test_p4(self):
        source = (
            b'<!DOCTYPE TEI.2 PUBLIC "-//TEI//DTD TEI Lite XML//EN" "http://127.0.0.1:9/teixlite.dtd">'
            b"<TEI.2><teiHeader><fileDesc><titleStmt><title>Caf&eacute;</title></titleStmt></fileDesc></teiHeader>"
            b'<text><body><div1 id="d1"><head lang="fre">Un</head><p>Caf&eacute; &mdash; <sic corr="the">teh</sic> weir'
            b'<ref target="n1">1</ref> <xref url="http://example.org/">web</xref></p><note id="n1"><p>b</p></note>'
            b"</div1></body></text></TEI.2>"
        )
        edition = read_source(Source("old.xml", source))
        assert stated(edition, "title") == ["Café"]
        assert shown(edition) == (
            '<text><body><div xml:id="d1"><head xml:lang="fr">Un</head><p>Café — <choice><sic>teh</sic>'
            '<corr resp="#source">the</corr></choice> weir<ref target="#n1" type="noteAnchor">1</ref> '
            '<ref target="http://example.org/">web</ref></p><note xml:id="n1"><p>b</p></note></div></body></text>'
        )

    def test_p5_without_its_name_space(self):
        assert stated(read("<p>a</p>", space=""), "title") == ["The Ferry"]

    def test_a_name_space_with_a_prefix(self):
        source = document("<text><body><p>a</p></body></text>").decode().replace("xmlns=", "xmlns:t=")
        source = re.sub(r"<(/?)(?=\w)", r"<\1t:", source)
        assert shown(read_source(Source("a.xml", source.encode()))) == "<text><body><p>a</p></body></text>"

    def test_a_character_that_nobody_knows(self):
        source = b'<!DOCTYPE TEI.2 SYSTEM "x.dtd"><TEI.2><text><body><p>a &weir;</p></body></text></TEI.2>'
        with pytest.raises(MalformedXml, match="&weir;"):
            read_source(Source("a.xml", source))


class TestHeader:
    FULL = """<fileDesc><titleStmt><title>The Ferry</title><title type="sub">A tale</title>
        <author ref="https://example.org/1">Thorne, Ada (1850–1911)</author><editor role="translator">N. Bell</editor>
        <respStmt><resp>Typed by</resp><name>Rosa Quill</name></respStmt>
        <respStmt><resp>Drawings</resp><name>T. Oar</name></respStmt><funder>The County</funder></titleStmt>
        <publicationStmt><publisher>Mill Lane</publisher><date when="2019-05-04"/><availability>
        <licence target="https://creativecommons.org/licenses/by/4.0/"/></availability></publicationStmt>
        <sourceDesc><biblStruct><analytic><title>The Ferry</title><author>A. Thorne</author></analytic><monogr>
        <title level="j">The Weir</title><imprint><pubPlace>Leeds</pubPlace><date when="1889-03">March 1889</date>
        <biblScope unit="volume">2</biblScope><biblScope unit="page">7-9</biblScope></imprint></monogr></biblStruct>
        <bibl type="firstEdition">The Weir, 1889</bibl></sourceDesc></fileDesc>
        <profileDesc><creation>Written <date when="1888">1888</date></creation><langUsage>
        <language ident="eng">English</language></langUsage><textClass><keywords>
        <term>boats</term></keywords></textClass>
        </profileDesc><revisionDesc><change when="2020-01-02" who="#x">Mended</change>
        <change when="2019-05-04">Made</change></revisionDesc>"""

    @pytest.fixture
    def edition(self) -> Edition:
        return read("<p>a</p>", self.FULL)

    def test_the_fields_of_the_record(self, edition):
        assert stated(edition, "title") == ["The Ferry"]
        assert stated(edition, "subtitle") == ["A tale"]
        assert stated(edition, "translator") == ["N. Bell"]
        assert stated(edition, "transcriber") == ["Rosa Quill"]
        assert stated(edition, "language") == ["English"]
        assert stated(edition, "rights") == ["https://creativecommons.org/licenses/by/4.0/"]
        assert [(each.value, each.normal) for each in edition.header.all("written")] == [("Written 1888", "1888")]
        assert stated(edition, "published") == ["The Weir, 1889"]

    def test_whose_word_it_is_and_where_it_stands(self, edition):
        (author,) = edition.header.all("author")
        assert author == Statement(
            "author",
            "Thorne, Ada (1850–1911)",
            found="tei:fileDesc/titleStmt/author",
            resp="source",
            cert="high",
            parts=(("name", "Thorne, Ada"),),
        )

    def test_a_source_is_taken_apart_by_its_elements(self, edition):
        (source,) = edition.header.all("printed_source")
        assert source.value == "The Ferry, A. Thorne, The Weir, Leeds, March 1889, 2, 7-9"
        assert source.normal == "1889-03"
        assert dict(source.parts) == {
            "author": "A. Thorne",
            "article": "The Ferry",
            "journal": "The Weir",
            "place": "Leeds",
            "date": "March 1889",
            "volume": "2",
            "pages": "7-9",
        }

    def test_what_has_no_field_is_told(self, edition):
        assert told(edition, "R013") == [
            "no field of the record holds fileDesc/titleStmt/respStmt/resp: “Typed by”",
            "no field of the record holds fileDesc/titleStmt/respStmt: “Drawings, T. Oar”",
            "no field of the record holds fileDesc/titleStmt/funder: “The County”",
            "no field of the record holds profileDesc/textClass/keywords/term: “boats”",
        ]
        assert told(edition, "R012") == ["attributes of the header that no field of the record holds: ref of <author>"]

    def test_every_word_of_a_header_is_in_the_record_or_in_the_report(self, edition):
        words = " ".join(etree.fromstring(f"<h>{self.FULL}</h>").itertext()).split()
        said = " ".join(
            [each.value for each in edition.header.statements]
            + [each.what for each in edition.header.changes]
            + [finding.message for finding in edition.stand_off.findings]
        )
        assert [word for word in words if word not in said] == []

    def test_what_was_done_before_comes_first(self, edition):
        changes = run(edition, when="2021-01-01").header.changes
        assert [(each.when, each.who, each.what) for each in changes] == [
            ("2019-05-04", "source", "Made"),
            ("2020-01-02", "hand1", "Mended"),
            ("2021-01-01", "pressmark", "Read from TEI made elsewhere."),
        ]

    def test_the_machine_adds_only_what_the_header_does_not_say(self):
        front = "<front><titlePart>THE WEIR</titlePart><byline>by Ned Bell</byline></front>"
        edition = run(read(f"<text>{front}<body><p>a</p></body></text>"), when="2021-01-01")
        assert stated(edition, "title") == ["The Ferry"]
        assert stated(edition, "author") == ["Ned Bell"]

    def test_a_document_without_a_header(self):
        source = f'<TEI {SPACE} xml:lang="de"><text><body><head>Die Fähre</head><p>a</p></body></text></TEI>'
        edition = run(read_source(Source("a.xml", source.encode())), when="2021-01-01")
        assert (stated(edition, "title"), stated(edition, "language")) == (["Die Fähre"], ["de"])


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "error"),
        [
            (b'<!DOCTYPE TEI [<!ENTITY a "x">]><TEI><text><body><p>&a;</p></body></text></TEI>', UnsafeXml),
            (b'<!DOCTYPE TEI [<!ENTITY a SYSTEM "/etc/passwd">]><TEI><text><p>&a;</p></text></TEI>', UnsafeXml),
            (b"<!DOCTYPE TEI [<!ELEMENT p ANY>]><TEI><text><p>a</p></text></TEI>", UnsafeXml),
            (document("<text><body>" + "<div>" * 200 + "</div>" * 200 + "</body></text>"), NestedTooDeep),
            (document("<text><body><p> </p></body></text>"), EmptySource),
            (document("<p>a</p>"), InvalidEdition),
            (document("<text><body><p>a</p></body></text>" * 2), InvalidEdition),
            (f"<teiCorpus {SPACE}><TEI><text><body><p>a</p></body></text></TEI></teiCorpus>".encode(), InvalidEdition),
            (b"<TEI><text><body><p>a</body></text></TEI>", MalformedXml),
        ],
    )
    def test_what_is_no_text_is_refused(self, data, error):
        with pytest.raises(error) as raised:
            read_source(Source("a.xml", data))
        assert raised.value.hint

    def test_as_deep_as_is_allowed(self):
        edition = read("<quote>" * 140 + "a" + "</quote>" * 140)
        assert edition.sic == "a"

    def test_an_outside_dtd_is_not_fetched(self, tmp_path):
        (tmp_path / "x.dtd").write_text('<!ENTITY water "fetched">')
        outside = (tmp_path / "x.dtd").as_uri()
        source = f'<!DOCTYPE TEI SYSTEM "{outside}"><TEI><text><body><p>&water;</p></body></text></TEI>'
        with pytest.raises(MalformedXml, match="&water;"):
            read_source(Source("a.xml", source.encode()))

    def test_hostile_documents_take_no_longer(self):
        sources = [
            "<p>a</p><trailer>b</trailer>" * 3000,
            "<div><p>a</p></div><p>b</p>" * 3000,
            "<p>" + "<q>a</q>" * 5000 + "</p>",
            "<p><app>" + "<rdg>a</rdg>" * 5000 + "</app></p>",
            "".join(f'<p xml:id="a_{n}" resp="r{n}" rend="x{n}">a</p>' for n in range(3000)),
        ]
        for source in sources:
            begun = time.process_time()
            read(source)
            assert time.process_time() - begun < 10

    def test_one_code_names_so_many_kinds_and_no_more(self):
        edition = read("<p>" + "".join(f"<u{n}>a</u{n}>" for n in range(200)) + "</p>")
        assert told(edition, "R010")[-1] == "and 150 more kinds"
        assert len(told(edition, "R010")) == 51


class TestCommands:
    def made(self, tmp_path: Path) -> tuple[Path, Path]:
        (tmp_path / "ferry.xml").write_bytes(document("<text><body><p>Over the <blink>weir</blink>.</p></body></text>"))
        Archive.create(tmp_path / "archive")
        return tmp_path / "ferry.xml", tmp_path / "archive"

    def test_add_says_what_had_no_place_and_the_archive_is_sound(self, tmp_path, capsys):
        source, archive = self.made(tmp_path)
        assert run_command(["add", str(source), "-a", str(archive), "--by", "Ada"]) == 0
        out = capsys.readouterr().out
        assert "TEI from elsewhere, read into the profile: 1 kind of element kept as words" in out
        assert "1 × <blink> kept as words: the profile has nothing like it [R010]" in out
        assert run_command(["check", "-a", str(archive)]) == 0
        assert run_command(["build", "-a", str(archive)]) == 0
        (kept,) = (archive / "texts").rglob("source/*.xml")
        assert kept.read_bytes() == source.read_bytes()

    def test_a_changed_source_is_taken_in(self, tmp_path, capsys):
        source, archive = self.made(tmp_path)
        assert run_command(["add", str(source), "-a", str(archive), "--by", "Ada", "--as", "tales/ferry"]) == 0
        source.write_bytes(source.read_bytes().replace(b"Over", b"Under"))
        assert run_command(["add", str(source), "-a", str(archive), "--by", "Ada", "--as", "tales/ferry"]) == 6
        update = ["add", str(source), "-a", str(archive), "--by", "Ada", "--as", "tales/ferry", "--update"]
        assert run_command(update) == 0
        assert run_command(["check", "-a", str(archive)]) == 0
        assert Archive(archive).read("tales/ferry").sic == "Under the weir."

    @pytest.mark.parametrize(
        ("old", "new"),
        [("<p ", "<w "), ('key="pressmark-1"', 'key="pressmark-2"'), ("<schemaRef", "<p"), ("<body", "<div0")],
    )
    def test_an_edition_that_breaks_the_profile_is_refused(self, old, new, tmp_path, capsys):
        """``adopt`` takes no foreign TEI, and ``add`` mends no edition that says it is one."""
        source, archive = self.made(tmp_path)
        run_command(["add", str(source), "-a", str(archive), "--by", "Ada", "--as", "tales/ferry"])
        text = archive / "texts/tales/ferry/text.xml"
        broken = text.read_text(encoding="utf-8").replace(old, new)
        broken = broken.replace(f"</{old[1:].strip()}>", f"</{new[1:].strip()}>")
        text.write_text(broken, encoding="utf-8")
        capsys.readouterr()
        assert run_command(["adopt", "tales/ferry", "-a", str(archive), "--by", "Ada"]) == 5
        assert "[V001]" in capsys.readouterr().err
        if "schemaRef" not in old:
            assert run_command(["add", str(text), "-a", str(archive), "--by", "Ada"]) == 5
        assert text.read_text(encoding="utf-8") == broken

    def test_the_codes_are_explained(self):
        assert {f"R{number:03}" for number in range(9, 15)} <= set(remarks())


@pytest.fixture(scope="module")
def novels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    packed = SHARED / "eltec-eng-10.tar.gz"
    if not packed.exists():
        pytest.skip("the ten novels of ELTeC are not here; they are no part of the tests")
    folder = tmp_path_factory.mktemp("eltec")
    with tarfile.open(packed) as held:
        held.extractall(folder, filter="data")
    return sorted(folder.rglob("*.xml"))


def test_ten_novels(novels: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a user takes them in: each in a second or two, valid in both schemas, and the archive is sound."""
    assert len(novels) == 10
    begun = time.process_time()
    status = run_command(["press", *map(str, novels), "-o", str(tmp_path / "archive"), "--by", "Ada"])
    assert status == 0, capsys.readouterr().err
    assert time.process_time() - begun < 60
    assert run_command(["check", "-a", str(tmp_path / "archive")]) == 0
    out = capsys.readouterr().out
    assert "[R010]" not in out, "level 1 of ELTeC has nothing without a place"
    texts = sorted((tmp_path / "archive/texts").rglob("text.xml"))
    assert len(texts) == 10
    profile = tmp_path / "profile.rng"
    profile.write_bytes(etree.tostring(tree()))
    for schema in (profile, SHARED / "tei_all-4.12.0.rng"):
        assert jing(schema, texts) == []


def test_every_sample_is_tei(tmp_path: Path) -> None:
    """The sample documents of the golden editions, as they are written."""
    texts = sorted((Path(__file__).parents[2] / "editions").glob("tei-*/golden/*.tei.xml"))
    assert len(texts) >= 6
    profile = tmp_path / "profile.rng"
    profile.write_bytes(etree.tostring(tree()))
    assert jing(profile, texts) == []


def test_a_large_file_is_not_read_unasked(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("wb") as held:
        held.write(f"<TEI {SPACE}><text><p>".encode())
        held.truncate(MAX_SIZE + 1)
    from pressmark.readers import read as read_file

    with pytest.raises(PressmarkError, match="MB"):
        read_file(path)
