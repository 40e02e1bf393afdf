"""A strict reader of HTML for tests: what a page says, and every fault in how it is put together."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from pressmark.model.edition import Edition
from pressmark.model.header import Header
from pressmark.model.text import Block, Container, Leaf, Mark, attributes

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
BLOCKS = frozenset(
    "article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr li "
    "main nav ol p pre section table tbody td th thead tr ul".split()
)
PHRASES_ONLY = frozenset("p h1 h2 h3 h4 h5 h6 pre a span b i u s sub sup em cite code small ins del".split())
EXPECTED = BLOCKS | PHRASES_ONLY | VOID | frozenset("caption summary".split())
GENERATED = frozenset("permalink backlink pb no-picture corr supplied gap note-number".split())
"""Classes of what a page adds to the words of the source."""

HANDLERS = "on"


@dataclass
class Found:
    """An element: its name, its attributes, the words in it."""

    name: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    words: str = ""

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


@dataclass
class Page(HTMLParser):
    """The elements of a page in order, its faults, and the words that are the source's."""

    html: str
    elements: list[Found] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    source: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[Found] = []
        self.feed(self.html)
        self.close()
        self.faults += [f"<{each.name}> is never closed" for each in self.open]
        ids = [each.attributes["id"] for each in self.elements if "id" in each.attributes]
        self.faults += [f"the id {own} is there twice" for own in {own for own in ids if ids.count(own) > 1}]
        anchors = [href for href in self.hrefs if href.startswith("#")]
        self.faults += [f"the link {href} leads nowhere" for href in anchors if href[1:] not in ids]

    @property
    def hrefs(self) -> list[str]:
        return [each.attributes["href"] for each in self.elements if "href" in each.attributes]

    def all(self, name: str = "", kind: str = "") -> list[Found]:
        """Elements of a name, of a class."""
        return [
            each for each in self.elements if each.name == (name or each.name) and (not kind or kind in each.classes)
        ]

    def one(self, name: str = "", kind: str = "") -> Found:
        found = self.all(name, kind)
        assert len(found) == 1, f"{len(found)} times {name} {kind} in {self.html}"
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        parents = tuple(each.name for each in self.open)
        found = Found(tag, {name: value or "" for name, value in attrs}, parents)
        self.elements.append(found)
        if tag in BLOCKS and (around := [name for name in parents if name in PHRASES_ONLY]):
            self.faults.append(f"<{tag}> stands in <{around[-1]}>")
        if tag == "a" and "a" in parents:
            self.faults.append("a link stands in a link")
        if tag not in EXPECTED:
            self.faults.append(f"nobody meant <{tag}> to be here")
        self.faults += [f"<{tag}> has a handler {name}" for name in names if name.startswith(HANDLERS)]
        if tag not in VOID:
            self.open.append(found)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].name != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1].name if self.open else 'nothing'}")
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for each in self.open:
            each.words += data
        if not any(each.classes & GENERATED or each.name == "summary" for each in self.open):
            self.source += data

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data}")


def edition(*blocks: Block, header: Header | None = None) -> Edition:
    """An edition whose body holds the blocks; they have the ids that they are given."""
    return Edition(header or Header(), Container("text", (Container("body", blocks, id="body"),), id="text"))


def p(text: str, *marks: Mark, own: str = "p1", **given: str) -> Leaf:
    return Leaf("p", text, marks, id=own, attributes=attributes(**given))


def leaf(name: str, text: str = "Words", *marks: Mark, own: str = "x1", **given: str) -> Leaf:
    return Leaf(name, text, marks, id=own, attributes=attributes(**given))


def box(name: str, *children: Block, own: str = "c1", **given: str) -> Container:
    return Container(name, children, id=own, attributes=attributes(**given))
