"""From the elements of a page to blocks: one walk in document order, without recursion.

Words outside every block begin a paragraph; a block ends the line before it. Headings open divisions by their
level, and only where nothing but divisions is open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from lxml import etree

from pressmark.readers.html.drafts import Draft, Frame, Node, drafts
from pressmark.readers.html.layout import Layout, is_list
from pressmark.readers.html.lines import Context, Lines
from pressmark.readers.html.page import DEEPEST, Page, too_deep
from pressmark.readers.html.tags import KINDS, alignment, language_of, role_of

Element = etree._Element

MOST_FRAMES = 40
"""How deep containers may be nested in an edition; what is deeper stands in the container above."""

MOST_SPANNED = 1000
MOST_HEADS = 20
ORNAMENT = re.compile(r"[\W_]+")
"""A heading without a letter or figure only parts the text."""

DIVISIONS = ("body", "div")
STICKY = frozenset(("head", "heading", "label", "caption", "pre"))
"""Leaves that a paragraph within them does not change."""


class Closing(NamedTuple):
    """What the end of an element puts back: the number of open formats, or the frames and the context."""

    formats: int = -1
    frames: int = 0
    context: Context | None = None


NOTHING = Closing()


class Flow:
    """Reads one page. ``layout`` are elements that only set columns or margins; ``place`` is for messages."""

    def __init__(self, page: Page, lines: Lines, *, layout: Layout, place: str) -> None:
        self.page, self.lines, self.layout, self.place = page, lines, layout, place
        self.body = Frame("body")
        self.frames: list[Frame] = [self.body]
        self.closings: list[Closing] = []
        self.elements = 0

    def walk(self) -> Frame:
        """The blocks of the page, in a frame ``body``. Raises ``NestedTooDeep``."""
        lines = self.lines
        for root in self.page.roots:
            for event, element in etree.iterwalk(root, events=("start", "end")):
                if event == "start":
                    self._start(element)
                    words = element.text
                else:
                    self._end()
                    words = element.tail
                if not words:
                    continue
                if lines.leaf is None and words.isspace():
                    lines.at += len(words)
                else:
                    lines.say(words)
        self._flush()
        self._hang_pending()
        return self.body

    def _start(self, element: Element) -> None:
        if len(self.closings) >= DEEPEST:
            raise too_deep(self.place)
        kind = KINDS.get(element.tag)
        if kind is not None:
            self._block(element, element.tag, kind)
        else:
            top = self.frames[-1]
            figure = top.children if top.name == "figure" else None
            formats = self.lines.begin(element, element.tag, in_figure=figure)
            self.closings.append(Closing(formats) if formats >= 0 else NOTHING)

    def _end(self) -> None:
        closing = self.closings.pop()
        if closing.context is not None:
            self._flush()
            self.lines.context = closing.context
            if closing.frames:
                del self.frames[closing.frames :]
        elif closing.formats >= 0:
            self.lines.end(closing.formats)

    # Leaves

    def _flush(self) -> None:
        """Ends the present leaf and puts it in its place."""
        if self.lines.leaf is None:
            return
        leaf, before, after = self.lines.take()
        for figure in before:
            self._put(figure)
        if leaf is not None:
            self._put_leaf(leaf)
        for figure in after:
            self._put(figure)

    def _put_leaf(self, leaf: Draft) -> None:
        context = self.lines.context
        if leaf.name == "head" and not ORNAMENT.fullmatch(leaf.text):
            return self._put_head(leaf)
        if leaf.name == "head":
            leaf.name = "p"
        if leaf.name == "pre":
            leaf.name, leaf.attributes["type"] = "ab", "preformatted"
        elif leaf.name == "heading":
            leaf.name, leaf.attributes["type"] = "ab", "heading"
        elif leaf.name == "caption":
            top = self.frames[-1]
            first = not any(isinstance(child, Draft) and child.name != "graphic" for child in top.children)
            free = top.name == "figure" or (top.name == "table" and not top.children)
            leaf.name = "head" if free and first else "p"
            if leaf.name == "head":
                top.children.append(leaf)
                return None
        elif leaf.name == "label" and self.frames[-1].name == "list":
            self.frames[-1].children.append(leaf)
            return None
        elif leaf.name == "label":
            leaf.name = "p"
        leaf.role, leaf.origin = context.role, context.origin
        self._put(leaf)
        return None

    def _put_head(self, leaf: Draft) -> None:
        """Opens the division that a heading begins; its second line stands beside its first."""
        top = self.frames[-1]
        origin = f"heading {self.lines.context.element}"
        leaf.role = ""
        if (
            top.origin == origin
            and len(top.children) < MOST_HEADS
            and all(child.name == "head" for child in top.children)
        ):
            top.children.append(leaf)
            return
        while self.frames[-1].name == "div" and self.frames[-1].level >= self.lines.context.level:
            self.frames.pop()
        div = Frame("div", level=self.lines.context.level)
        div.origin = origin
        div.children.append(leaf)
        self.frames[-1].children.append(div)
        self.frames.append(div)

    def _put(self, node: Node) -> None:
        """Adds a block to the innermost frame, with the item, row or cell that the page left out."""
        self._imply()
        self.frames[-1].children.append(node)

    def _imply(self) -> None:
        for outer, inner in (("list", "item"), ("table", "row"), ("row", "cell")):
            if self.frames[-1].name == outer:
                self._enter(Frame(inner, implicit=True))

    def _enter(self, frame: Frame) -> None:
        self.frames[-1].children.append(frame)
        self.frames.append(frame)

    def _unimply(self) -> None:
        while self.frames[-1].implicit:
            self.frames.pop()

    def _hang_pending(self) -> None:
        """Anchors after the last words stand at their end."""
        last = None
        for draft in drafts(self.body):
            last = draft if draft.length else last
        if last is not None:
            for phrase in self.lines.pending:
                phrase.start = phrase.end = last.length
                last.phrases.append(phrase)

    # Blocks

    def _block(self, element: Element, tag: str, kind: str) -> None:
        self._flush()
        before = self.lines.context
        self.elements += 1
        context = self._within(element, tag, kind)
        frames = 0
        if kind != "flow":
            frames = self._begin(element, tag, kind, context)
        if self.lines.context is before:
            self.lines.context = context
        self.closings.append(Closing(-1, frames, before))
        name = element.get("id")
        if name:
            self.lines.anchor(name)

    def _within(self, element: Element, tag: str, kind: str) -> Context:
        """The context in a block: that around it, and what the block's own attributes say."""
        context = self.lines.context
        leaf = context.leaf if context.leaf in STICKY and kind in ("flow", "row", "cell") else "p"
        if leaf != context.leaf:
            context = context._replace(leaf=leaf)
        if not element.attrib and tag not in ("center", "nav"):
            return context
        rend = alignment(element, tag)
        if rend and rend != context.rend:
            context = context._replace(rend=rend)
        lang = language_of(element)
        if lang:
            if not self.lines.language and tag in ("html", "body"):
                self.lines.language = lang
            context = context._replace(lang=lang)
        role = role_of(element, tag) if kind in ("flow", "item", "quote") and tag != "body" else None
        if role and context.role in ("", "furniture"):
            origin = role.origin if tag == "p" and role.name != "note" else f"{role.origin} {self.elements}"
            context = context._replace(role=role.name, origin=origin)
        return context

    def _begin(self, element: Element, tag: str, kind: str, context: Context) -> int:
        """Begins a block that is more than a paragraph; gives how many frames stay when it ends (0: all)."""
        begin: Callable[[Element, str, Context], int] = getattr(self, f"_begin_{kind}")
        return begin(element, tag, context)

    def _nest(self, frame: Frame, context: Context) -> int:
        """Enters a frame, unless too many are open."""
        if len(self.frames) >= MOST_FRAMES:
            return 0
        if frame.name != "item":
            self._imply()
        depth = len(self.frames)
        if context.lang and context.lang != self.lines.language and context.lang != self.lines.context.lang:
            frame.attributes["xml:lang"] = context.lang
        frame.role, frame.origin = context.role, context.origin
        self._enter(frame)
        return depth

    def _begin_heading(self, element: Element, tag: str, context: Context) -> int:
        free = self.frames[-1].name in DIVISIONS
        self.lines.context = context._replace(
            leaf="head" if free else "heading", level=int(tag[1]), element=self.elements, role="", origin=""
        )
        return 0

    def _begin_pre(self, element: Element, tag: str, context: Context) -> int:
        self.lines.context = context._replace(leaf="pre")
        return 0

    def _begin_caption(self, element: Element, tag: str, context: Context) -> int:
        self.lines.context = context._replace(leaf="caption", element=self.elements)
        return 0

    def _begin_term(self, element: Element, tag: str, context: Context) -> int:
        self._unimply()
        self.lines.context = context._replace(leaf="label", element=self.elements)
        return 0

    def _begin_rule(self, element: Element, tag: str, context: Context) -> int:
        if self.frames[-1].name in ("body", "div", "quote"):
            self.frames[-1].children.append(Draft("milestone", {"unit": "section", "rend": "rule"}, at=self.lines.at))
        return 0

    def _begin_quote(self, element: Element, tag: str, context: Context) -> int:
        if element in self.layout.plain or context.role == "quote" or self.frames[-1].name == "quote":
            return 0
        return self._nest(Frame("quote"), context)

    def _begin_figure(self, element: Element, tag: str, context: Context) -> int:
        return self._nest(Frame("figure"), context) if self.frames[-1].name != "figure" else 0

    def _begin_list(self, element: Element, tag: str, context: Context) -> int:
        if not is_list(element):
            self.lines.context = context._replace(rend=context.rend or "indent1")
            return 0
        top = self.frames[-1]
        if top.name == "list" and top.children and isinstance(item := top.children[-1], Frame):
            item.implicit = True
            self.frames.append(item)
        if tag == "dl":
            frame = Frame("list", {"type": "gloss"})
        else:
            frame = Frame("list", {"rend": "numbered" if tag == "ol" else "bulleted"})
        depth = self._nest(frame, context)
        self.lines.context = context._replace(rend="")
        return depth

    def _begin_item(self, element: Element, tag: str, context: Context) -> int:
        self._unimply()
        if self.frames[-1].name != "list":
            return 0
        return self._nest(Frame("item"), context)

    def _begin_table(self, element: Element, tag: str, context: Context) -> int:
        if element in self.layout.pictures and self.frames[-1].name != "figure":
            self.lines.context = context._replace(leaf="caption", element=self.elements)
            return self._nest(Frame("figure"), context)
        if element in self.layout.plain or len(self.frames) >= MOST_FRAMES - 2:
            return 0
        depth = self._nest(Frame("table", {"rend": context.rend} if context.rend else {}), context)
        self.lines.context = context._replace(rend="", leaf="p")
        return depth

    def _begin_row(self, element: Element, tag: str, context: Context) -> int:
        self._unimply()
        if self.frames[-1].name != "table":
            return 0
        depth = len(self.frames)
        self._enter(Frame("row"))
        return depth

    def _begin_cell(self, element: Element, tag: str, context: Context) -> int:
        while self.frames[-1].implicit and self.frames[-1].name != "row":
            self.frames.pop()
        if self.frames[-1].name == "table":
            self._enter(Frame("row", implicit=True))
        if self.frames[-1].name != "row":
            return 0
        attributes = {"role": "label"} if tag == "th" else {}
        for name, spanned in (("cols", element.get("colspan")), ("rows", element.get("rowspan"))):
            count = re.match(r"\s*(\d{1,4})", spanned or "")
            if count and 1 < int(count.group(1)) <= MOST_SPANNED:
                attributes[name] = str(int(count.group(1)))
        if context.rend:
            attributes["rend"] = context.rend
        depth = len(self.frames)
        self._enter(Frame("cell", attributes))
        self.lines.context = context._replace(rend="")
        return depth
