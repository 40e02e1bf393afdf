"""Web pages: old ones made by hand, new ones made by programs, and soup of tags.

A page is decoded (``pressmark.readers.decoding``), parsed (``page``), walked through once (``flow``), and
what the walk leaves open is decided (``notes``, ``furniture``, ``blocks``). The tags are believed; what only
looks like a title or a quotation is for the stages.
"""

from __future__ import annotations

from pressmark.model.text import Container
from pressmark.readers.decoding import decode, refuse_what_is_no_text
from pressmark.readers.html.blocks import Maker, Places, give_roles
from pressmark.readers.html.flow import Flow
from pressmark.readers.html.furniture import mark_furniture
from pressmark.readers.html.layout import layout_of
from pressmark.readers.html.lines import Lines
from pressmark.readers.html.notes import link_notes
from pressmark.readers.html.page import Page, parse, source_text
from pressmark.readers.html.pictures import Pictures
from pressmark.readers.html.recognise import declared_encoding, is_named_plain, recognises
from pressmark.readers.html.record import statements
from pressmark.readers.html.refusals import refuse
from pressmark.readers.html.remarks import REMARKS, Remarks
from pressmark.readers.reader import Reader, Reading
from pressmark.readers.source import Source

__all__ = ["READER", "REMARKS", "parse", "read", "recognises", "source_text"]


def read(source: Source, encoding: str | None, place: str) -> Reading:
    """The blocks, record and pictures of a page.

    Raises ``EmptySource``, ``NotTheText``, ``FramesWithoutText``, ``NestedTooDeep``, and what decoding
    raises.
    """
    refuse_what_is_no_text(source.data, place=place)
    decoded = decode(source.data, declared=declared_encoding(source.data), forced=encoding, place=place)
    page = parse(decoded.text, place=place)
    text = source_text(page)
    refuse(page, text, place=place)
    remarks = Remarks()
    _remark_on_file(source, page, remarks)
    pictures = Pictures(source, remarks)
    body = blocks_of(page, source.name, pictures, remarks, place, wanted=source.wanted)
    return Reading(
        Container("text", (body,)),
        text,
        decoded.encoding,
        statements(page),
        (*decoded.findings, *remarks.findings),
        pictures.found,
    )


def blocks_of(
    page: Page, name: str, pictures: Pictures, remarks: Remarks, place: str, *, wanted: frozenset[str] = frozenset()
) -> Container:
    """The ``body`` of a page whose file is called ``name``; others link to the places ``wanted`` in it."""
    lines = Lines(page, name, pictures, remarks, wanted)
    body = Flow(page, lines, layout=layout_of(page), place=place).walk()
    link_notes(body)
    mark_furniture(body)
    give_roles(body)
    return Maker(Places(body, remarks)).body(body)


def _remark_on_file(source: Source, page: Page, remarks: Remarks) -> None:
    if is_named_plain(source):
        ending = source.suffix
        remarks.add("R004", f"the file is named {ending} and holds HTML", 0, 0, severity="notice")
    if page.unclosed:
        remarks.add("R008", f"a {page.unclosed} is never closed, and what follows it is not read", 0, 0)
    if page.stripped:
        remarks.add("R006", "a tag of the page has thousands of attributes, and was read without them", 0, 0)


READER = Reader("html", recognises, read)
