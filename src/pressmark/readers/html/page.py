"""From the bytes of a page to its elements, with no character lost on the way.

The parser is libxml2's: its tokenizer is that of the HTML standard (13.2.5), its tree keeps everything in the
order of the file. It differs from the standard in that ``<div/>`` is an empty element, as in XHTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import cast

from lxml import etree

from pressmark.errors import EmptySource, MalformedXml, NestedTooDeep

Element = etree._Element

DEEPEST = 2000
"""How deep elements may be nested. The parser gives up at 2048; pages whose ``<font>`` is never closed reach
some hundreds."""

UNSAFE = re.compile("[\x00\ufeff\ud800-\udfff]")
"""Characters that the parser cannot hold, or takes for something else."""

LONG_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)([\s/][^<>]{20000,})>")
MOST_ATTRIBUTES = 3000

HIDDEN = ("script", "style", "title")
"""Elements whose text is no text of the page; a ``title`` in a drawing is."""


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page: its root elements in order (a second ``<html>`` makes a second root), and the titles
    that stood in it. Scripts and styles are emptied. ``stand_ins`` is the way back to the characters that the
    parser cannot hold; ``stripped`` counts the tags that were read without their attributes;
    ``unclosed`` says what is opened and never closed, if anything is (a comment, a script).
    """

    roots: tuple[Element, ...]
    titles: tuple[str, ...] = ()
    stand_ins: dict[int, str] = field(default_factory=dict)
    stripped: int = 0
    unclosed: str = ""

    def restored(self, words: str) -> str:
        """Words of the tree as the source has them."""
        return words.translate(self.stand_ins) if self.stand_ins else words

    def find(self, *names: str) -> Iterator[Element]:
        """Every element of these names, in document order."""
        for root in self.roots:
            yield from root.iter(*names)


CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
XHTML = re.compile(r"\A\s*<\?xml|\A[^>]{0,400}<html[^>]{0,400}xmlns=")
"""In a page that is XML, a CDATA section is text (XML 1.0, 2.7); in HTML it is a comment."""


def parse(text: str, *, place: str = "") -> Page:
    """The page that ``text`` writes.

    Raises ``EmptySource`` where there is no element in it, ``NestedTooDeep``, and ``MalformedXml`` should the
    parser stop before the end for another reason.
    """
    text, stripped = _without_floods(CDATA.sub(lambda match: escape(match[1]), text) if XHTML.search(text) else text)
    text, stand_ins = _protected(text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        root = None
    _stop_where_it_stopped(parser, place)
    if root is None:
        raise nothing(place)
    roots = [root]
    while (following := roots[-1].getnext()) is not None:
        roots.append(following)
    titles = tuple(_hide(roots))
    page = Page(tuple(roots), stand_ins=stand_ins, stripped=stripped)
    return Page(page.roots, tuple(map(page.restored, titles)), stand_ins, stripped, _unclosed(text))


def _unclosed(text: str) -> str:
    """What a page opens and never closes, so that the rest of it is not shown; empty where all is well."""
    lower = text.lower()
    for name, opening, closing in (
        ("comment", "<!--", "-->"),
        ("script", "<script", "</script"),
        ("style", "<style", "</style"),
    ):
        if lower.rfind(opening) > lower.rfind(closing) and lower[lower.rfind(opening) :].strip(" <!-"):
            return name
    return ""


def source_text(page: Page) -> str:
    """The text nodes of a page in document order, entities resolved, without title, script and style."""
    return page.restored("".join(map(words_of, page.roots)))


def words_of(element: Element) -> str:
    """The text within an element."""
    return "".join(cast(Iterable[str], element.itertext()))


def nothing(place: str) -> EmptySource:
    """The error for a page without a word."""
    return EmptySource(
        "the page has no text",
        place=place,
        hint="if a browser shows text, look for a <title>, <script> or comment that is never closed",
    )


def too_deep(place: str) -> NestedTooDeep:
    """The error for a page whose elements are a well without a bottom."""
    return NestedTooDeep(
        f"elements are nested more than {DEEPEST} deep",
        place=place,
        hint="no page needs that; look for a tag that is opened again and again and never closed",
    )


def _stop_where_it_stopped(parser: etree.HTMLParser, place: str) -> None:
    """The parser stops at a limit without a word and gives what it has; that must not pass for the page."""
    for entry in parser.error_log.filter_from_fatals():
        if "depth" in entry.message:
            raise too_deep(place)
        if entry.type == etree.ErrorTypes.ERR_DOCUMENT_EMPTY:
            continue
        raise MalformedXml(
            f"the page cannot be read beyond line {entry.line}: {entry.message}",
            place=f"{place}:{entry.line}" if place else "",
            hint="open it in a browser, save it from there, and give the new file",
        )


def _without_floods(text: str) -> tuple[str, int]:
    """The text with tags of thousands of attributes laid bare: the parser needs their square of time."""
    count = 0

    def bare(match: re.Match[str]) -> str:
        nonlocal count
        if len(match.group(2).split(None, MOST_ATTRIBUTES)) <= MOST_ATTRIBUTES:
            return match.group()
        count += 1
        return f"<{match.group(1)}>"

    return LONG_TAG.sub(bare, text), count


def _protected(text: str) -> tuple[str, dict[int, str]]:
    """The text with private-use characters for those that the parser cannot hold, and the way back."""
    unsafe = sorted(set(UNSAFE.findall(text)))
    if not unsafe:
        return text, {}
    lowered = text.lower()
    free = (
        code
        for code in range(0xF0000, 0x10FFFE)
        if chr(code) not in text and f"{code:x}" not in lowered and str(code) not in text
    )
    stand_ins = dict(zip(unsafe, free, strict=False))
    there = {ord(character): code for character, code in stand_ins.items()}
    return text.translate(there), {code: character for character, code in stand_ins.items()}


def _hide(roots: list[Element]) -> Iterator[str]:
    """Empties scripts, styles and titles; gives the titles' words."""
    for root in roots:
        for element in list(root.iter(*HIDDEN)):
            if element.tag == "title":
                parent = element.getparent()
                if parent is not None and parent.tag == "svg":
                    continue
                yield words_of(element)
            element.clear(keep_tail=True)  # type: ignore[call-arg]  # the stubs do not know it
