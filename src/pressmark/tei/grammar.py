"""The Pressmark profile as Python values, read from ``profile.rng``: for messages and for the reference.

libxml2 decides whether a document is valid, and says badly why it is not. What it takes to say it well is
here: of each element its attributes and a content model over which one can step, child by child
(J. A. Brzozowski, “Derivatives of Regular Expressions”, 1964).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TypeAlias

from lxml import etree

Element = etree._Element

RNG = "{http://relaxng.org/ns/structure/1.0}"
DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
WORDS = "#text"
"""The symbol of a content model that stands for text; the others are keys of definitions."""

Pattern: TypeAlias = tuple[object, ...]
"""``("empty",)``, ``("none",)``, ``("symbol", key)``, ``("choice", patterns)``, ``("group", first, then)`` or
``("more", pattern)``, which is one or several."""

EMPTY: Pattern = ("empty",)
NONE: Pattern = ("none",)


@dataclass(frozen=True, slots=True)
class AttributeDoc:
    """An attribute: what it is, and its values where the profile lists them."""

    name: str
    documentation: str
    required: bool
    values: tuple[str, ...] = ()
    pattern: Element | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Definition:
    """An element in one of the places where the profile knows it: ``key`` tells it from its namesakes.

    ``datum`` says what the words of an element must be, where the profile says more than that they
    are words.
    """

    key: str
    name: str
    documentation: str
    attributes: dict[str, AttributeDoc]
    content: Pattern
    datum: Element | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ElementDoc:
    """An element as the reference describes it.

    ``part`` is ``record`` or ``text``; an element that both have is described twice. ``children`` and
    ``parents`` are names of elements in the order of the profile; ``words`` tells whether text stands in it.
    """

    name: str
    part: str
    documentation: str
    attributes: tuple[AttributeDoc, ...]
    children: tuple[str, ...]
    parents: tuple[str, ...]
    words: bool


@cache
def tree() -> Element:
    """The profile as an element tree."""
    return etree.fromstring(resources.files("pressmark.tei").joinpath("profile.rng").read_bytes())


@cache
def definitions() -> dict[str, Definition]:
    """Every element that the profile defines, by the key of its definition."""
    defined = {str(define.get("name")): define for define in tree().iter(f"{RNG}define")}
    reader = _Reader(defined)
    return {
        key: reader.definition(key, define[0]) for key, define in defined.items() if define[0].tag == f"{RNG}element"
    }


class _Reader:
    """Reads definitions, following references to what is no element."""

    def __init__(self, defined: dict[str, Element]) -> None:
        self.defined = defined

    def definition(self, key: str, element: Element) -> Definition:
        attributes: dict[str, AttributeDoc] = {}
        for child in element:
            attributes |= {each.name: each for each in self.attributes(child)}
        name = str(element.get("name"))
        datum = element.find(f"{RNG}data")
        return Definition(key, name, _documentation(element), attributes, self.group(element), datum)

    def attributes(self, element: Element, *, required: bool = True) -> Iterator[AttributeDoc]:
        if element.tag == f"{RNG}ref":
            if str(element.get("name")).startswith("att."):
                for child in self.defined[str(element.get("name"))]:
                    yield from self.attributes(child, required=required)
        elif element.tag == f"{RNG}optional":
            for child in element:
                yield from self.attributes(child, required=False)
        elif element.tag == f"{RNG}attribute":
            values = tuple(str(value.text) for value in element.iter(f"{RNG}value"))
            yield AttributeDoc(str(element.get("name")), _documentation(element), required, values, pattern=element)

    def group(self, element: Element) -> Pattern:
        """The content model of the children of ``element``, one after the other."""
        out = EMPTY
        for child in reversed(element):
            if isinstance(child.tag, str) and child.tag.startswith(RNG):
                out = group(self.pattern(child), out)
        return out

    def pattern(self, element: Element) -> Pattern:
        kind = str(element.tag).removeprefix(RNG)
        if kind == "ref":
            return self.reference(str(element.get("name")))
        if kind in ("text", "data"):
            return ("choice", frozenset({("more", ("symbol", WORDS)), EMPTY}))
        if kind == "choice":
            return choice(self.pattern(child) for child in element)
        inner = self.group(element) if kind not in ("attribute", "empty") else EMPTY
        if kind == "oneOrMore":
            return more(inner)
        if kind == "zeroOrMore":
            return choice([more(inner), EMPTY])
        return choice([inner, EMPTY]) if kind == "optional" else inner

    def reference(self, name: str) -> Pattern:
        define = self.defined[name]
        if define[0].tag == f"{RNG}element":
            return ("symbol", name)
        return EMPTY if name.startswith("att.") else self.group(define)


def _documentation(element: Element) -> str:
    return element.findtext(DOCUMENTATION, "")


def group(first: Pattern, then: Pattern) -> Pattern:
    """One pattern after the other."""
    if NONE in (first, then):
        return NONE
    if first == EMPTY:
        return then
    return first if then == EMPTY else ("group", first, then)


def choice(patterns: Iterable[Pattern]) -> Pattern:
    """Any one of the patterns."""
    kept: set[Pattern] = set()
    for pattern in patterns:
        if pattern[0] == "choice":
            kept |= pattern[1]  # type: ignore[arg-type]
        elif pattern != NONE:
            kept.add(pattern)
    if not kept:
        return NONE
    return kept.pop() if len(kept) == 1 else ("choice", frozenset(kept))


def more(pattern: Pattern) -> Pattern:
    """The pattern once or several times."""
    return pattern if pattern in (EMPTY, NONE) else ("more", pattern)


@cache
def may_end(pattern: Pattern) -> bool:
    """Whether the content may be at its end here."""
    match pattern:
        case ("empty",):
            return True
        case ("choice", frozenset() as patterns):
            return any(map(may_end, patterns))
        case ("group", tuple() as first, tuple() as then):
            return may_end(first) and may_end(then)
        case ("more", tuple() as inner):
            return may_end(inner)
    return False


@cache
def expected(pattern: Pattern) -> frozenset[str]:
    """The symbols that may come next."""
    match pattern:
        case ("symbol", str() as symbol):
            return frozenset({symbol})
        case ("choice", frozenset() as patterns):
            return frozenset().union(*map(expected, patterns))
        case ("group", tuple() as first, tuple() as then):
            return expected(first) | expected(then) if may_end(first) else expected(first)
        case ("more", tuple() as inner):
            return expected(inner)
    return frozenset()


@cache
def after(pattern: Pattern, symbol: str) -> Pattern:
    """What the content must still be once ``symbol`` has come (its derivative); ``NONE`` where it may not."""
    match pattern:
        case ("symbol", str() as own):
            return EMPTY if own == symbol else NONE
        case ("choice", frozenset() as patterns):
            return choice(after(each, symbol) for each in patterns)
        case ("group", tuple() as first, tuple() as then):
            stepped = group(after(first, symbol), then)
            return choice([stepped, after(then, symbol)]) if may_end(first) else stepped
        case ("more", tuple() as inner):
            return group(after(inner, symbol), choice([pattern, EMPTY]))
    return NONE


@cache
def symbols(pattern: Pattern) -> frozenset[str]:
    """Every symbol that the content may have somewhere."""
    match pattern:
        case ("symbol", str() as symbol):
            return frozenset({symbol})
        case ("choice", frozenset() as patterns):
            return frozenset().union(*map(symbols, patterns))
        case ("group", tuple() as first, tuple() as then):
            return symbols(first) | symbols(then)
        case ("more", tuple() as inner):
            return symbols(inner)
    return frozenset()


@cache
def parents(name: str) -> tuple[str, ...]:
    """The names of the elements in which an element of this name may stand, in the order of the profile."""
    known = definitions()
    own = {key for key, definition in known.items() if definition.name == name}
    return tuple(dict.fromkeys(each.name for each in known.values() if own & symbols(each.content)))


@cache
def accepts(pattern: Element) -> etree.RelaxNG:
    """A schema for an element without a name space that has one attribute, or holds one datum."""
    out = etree.Element(f"{RNG}element", name="it", ns="", datatypeLibrary=str(tree().get("datatypeLibrary")))
    out.append(etree.fromstring(etree.tostring(pattern)))
    return etree.RelaxNG(out)


def words_fit(datum: Element, words: str) -> bool:
    """Whether the profile allows ``words`` as the whole content of an element with this datum."""
    element = etree.Element("it")
    element.text = words
    return bool(accepts(datum).validate(element))


def value_fits(attribute: AttributeDoc, value: str) -> bool:
    """Whether the profile allows ``value`` for the attribute."""
    assert attribute.pattern is not None
    element = etree.Element("it")
    name = "{http://www.w3.org/XML/1998/namespace}" + attribute.name[4:]
    element.set(name if attribute.name.startswith("xml:") else attribute.name, value)
    return bool(accepts(attribute.pattern).validate(element))


def describe() -> tuple[ElementDoc, ...]:
    """Every element of the profile for the reference, those of the record first, in the profile's order."""
    known = definitions()
    record = _below("teiHeader") | {"TEI"}
    parts = (("record", record), ("text", known.keys() - record))
    return tuple(_described(part, keys, name) for part, keys in parts for name in _names(keys))


def _below(key: str) -> set[str]:
    """The keys of a definition and of everything that may stand in it."""
    found = {key}
    waiting = [key]
    while waiting:
        inner = symbols(definitions()[waiting.pop()].content) - found - {WORDS}
        found |= inner
        waiting += inner
    return found


def _names(keys: Iterable[str]) -> tuple[str, ...]:
    wanted = set(keys)
    return tuple(dict.fromkeys(each.name for key, each in definitions().items() if key in wanted))


def _described(part: str, keys: Iterable[str], name: str) -> ElementDoc:
    known = definitions()
    own = [known[key] for key in known if key in set(keys) and known[key].name == name]
    content = frozenset[str]().union(*(symbols(each.content) for each in own))
    attributes: dict[str, AttributeDoc] = {}
    for each in own:
        attributes = each.attributes | attributes
    around = [each for each in known.values() if symbols(each.content) & {each.key for each in own}]
    return ElementDoc(
        name,
        part,
        " ".join(dict.fromkeys(each.documentation for each in own)),
        tuple(attributes.values()),
        _names(content - {WORDS}),
        tuple(dict.fromkeys(each.name for each in around)),
        WORDS in content,
    )
