"""Tags that are used for their look: tables that set columns, quotations that set margins."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from lxml import etree

from pressmark.model.edition import ink
from pressmark.readers.html.page import Page, words_of

Element = etree._Element

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS_IN_CELLS = frozenset((*HEADINGS, "table", "blockquote", "ul", "ol", "dl", "pre", "hr", "form", "figure"))
LONGEST_CAPTION = 400
FEW_ROWS = 4
LONG_CELL = 1200
"""Characters: a longer cell holds running text."""


class Layout(NamedTuple):
    """The elements of a page that are there for its look.

    What a ``plain`` one holds stands by itself; one of ``pictures`` is a table around a picture with its
    caption.
    """

    plain: frozenset[Element] = frozenset()
    pictures: frozenset[Element] = frozenset()


def layout_of(page: Page) -> Layout:
    """Finds the tables and quotations that are not what their tags say."""
    plain: set[Element] = set()
    pictures: set[Element] = set()
    for root in page.roots:
        tables = _layout_tables(root)
        plain |= tables | _layout_quotes(root)
        pictures.update(table for table in tables if _frames_a_picture(table))
    return Layout(frozenset(plain), frozenset(pictures))


def _frames_a_picture(table: Element) -> bool:
    """Whether a table holds one picture and no more words than a caption has."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    if sum(1 for _ in islice(table.iter("img"), 2)) != 1:
        return False
    return len(words_of(table)) < LONGEST_CAPTION and not any(_holds_blocks(row) for row in table.iter("tr"))


def _layout_tables(root: Element) -> set[Element]:
    """One walk over all tables: a table is judged by what stands in it and not in a table within it."""
    found: set[Element] = set()
    if next(root.iter("table"), None) is None:
        return found
    open_: list[Element] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag="table"):
        if event == "start":
            found.update(open_[-1:])
            open_.append(element)
        else:
            open_.pop()
            if element not in found and _sets_columns(element):
                found.add(element)
    return found


def _sets_columns(table: Element) -> bool:
    """Whether a table without tables in it holds no tabular matter."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    columns = rows_with_ink = 0
    pictures = long = False
    for row in rows:
        inked = 0
        for cell in row:
            words = words_of(cell)
            length = len(words.strip())
            shown = next(cell.iter("img"), None) is not None
            if length > LONG_CELL or (length and _holds_blocks(cell)):
                return True
            inked += bool(length or shown)
            pictures = pictures or shown
            long = long or length > LONG_CELL / 4
        columns = max(columns, inked)
        rows_with_ink += bool(inked)
    if rows_with_ink <= FEW_ROWS and _is_all_links(table):
        return True
    return columns < 2 or (rows_with_ink < 2 and (pictures or long))


def _is_all_links(table: Element) -> bool:
    """Whether a table holds links and what parts them, and nothing else."""
    linked = sum(len(ink(words_of(link))) for link in table.iter("a") if link.get("href"))
    return linked > 0 and linked >= len(ink(words_of(table))) * 0.8


def _holds_blocks(cell: Element) -> bool:
    """Whether a cell holds more than a paragraph or lines."""
    paragraphs = 0
    for element in cell.iter(etree.Element):
        if element.tag in BLOCKS_IN_CELLS:
            return True
        if element.tag == "p" and ink(words_of(element)):
            paragraphs += 1
    return paragraphs > 1


def _layout_quotes(root: Element) -> set[Element]:
    """Quotations that hold headings, or most of the page: these only set a margin."""
    found: set[Element] = set()
    quotes = list(root.iter("blockquote"))
    if not quotes:
        return found
    total = len(ink(words_of(root)))
    open_: list[Element] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=("blockquote", *HEADINGS)):
        if element.tag == "blockquote":
            if event == "start":
                if (not open_ or open_[-1] in found) and len(open_) < 20 and _fills(element, total):
                    found.add(element)
                open_.append(element)
            else:
                open_.pop()
        elif event == "start" and open_ and open_[-1] not in found:
            found.update(open_)
    return found


def _fills(quote: Element, total: int) -> bool:
    return total > 1500 and len(ink(words_of(quote))) > total * 0.6


def is_list(element: Element) -> bool:
    """Whether a list has items; without them its tag only sets a margin."""
    wanted = ("dt",) if element.tag == "dl" else ("li",)
    return any(child.tag in wanted or any(child.find(tag) is not None for tag in wanted) for child in element)
