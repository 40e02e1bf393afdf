"""Why a tree breaks the Pressmark profile, in a volunteer's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from lxml import etree

from pressmark.tei.grammar import (
    NONE,
    WORDS,
    AttributeDoc,
    Definition,
    Pattern,
    after,
    definitions,
    expected,
    may_end,
    parents,
    symbols,
    value_fits,
    words_fit,
)
from pressmark.tei.names import TEI, XML_ID

Element = etree._Element

XML = "{http://www.w3.org/XML/1998/namespace}"

NOUNS = {
    "p": "paragraph",
    "l": "line of verse",
    "lg": "stanza",
    "head": "heading",
    "item": "list item",
    "quote": "quotation",
    "ab": "block",
    "fw": "furniture",
    "text": "text",
    "body": "body of the text",
    "div": "division",
    "teiHeader": "record",
}
"""What a volunteer calls an element whose name does not say it."""

ORDER = (
    "headings and opening lines come first, then paragraphs and the like, then divisions, then closing lines;"
    " elsewhere <ab> with a type stands for a heading, a dateline or a signature"
)
"""What may stand where in a division."""

SHOWN = 30
"""How many characters of words that stand wrong are shown."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a sentence, what to do about it, and the line of the file (0: not known).

    ``block`` is the id of the element, or of the nearest one around it that has one.
    """

    sentence: str
    hint: str = ""
    line: int = 0
    block: str = ""


def problem(element: Element, message: str, hint: str = "") -> Problem:
    """A problem with ``element``."""
    line = cast("int | None", element.sourceline)
    return Problem(message, hint, line or 0, nearest_id(element))


def nearest_id(element: Element) -> str:
    """The id of the element or of the nearest one around it, or nothing."""
    around: Element | None = element
    while around is not None:
        if XML_ID in around.attrib:
            return str(around.get(XML_ID))
        around = around.getparent()
    return ""


def explain(root: Element) -> Iterator[Problem]:
    """Every place where the tree departs from the profile, in document order.

    What stands in an element that has no place where it stands is not looked at.
    """
    if root.tag != f"{TEI}TEI":
        yield _wrong_root(root)
        return
    known = definitions()
    waiting = [(root, known["TEI"])]
    while waiting:
        element, definition = waiting.pop()
        yield from _attributes(element, definition)
        children: list[tuple[Element, Definition]] = []
        yield from _content(element, definition, children)
        waiting += reversed(children)


def _wrong_root(root: Element) -> Problem:
    name = etree.QName(root)
    if name.localname.lower() == "html":
        return problem(root, "this is a web page, not an edition", "`pressmark add` makes an edition of it")
    if name.localname in ("TEI.2", "teiCorpus.2") or (name.localname == "TEI" and not name.namespace):
        return problem(
            root,
            f"this is TEI P4 or older, or lacks its name space: the file begins with <{name.localname}>",
            'an edition begins with <TEI xmlns="http://www.tei-c.org/ns/1.0">',
        )
    return problem(root, f"an edition begins with <TEI>, and this file with <{name.localname}>")


def shown(element: Element) -> str:
    """An element as it is named in a message: ``paragraph <p>``."""
    name = etree.QName(element).localname
    return f"{NOUNS[name]} <{name}>" if name in NOUNS else f"<{name}>"


def _listed(names: Iterable[str]) -> str:
    words = list(dict.fromkeys(names))
    if len(words) > 12:
        words = [*words[:11], "and others"]
    return ", ".join(words)


def _meant(attribute: AttributeDoc) -> str:
    """What an attribute may hold, and what it means."""
    listed = f"it may be {', '.join(attribute.values)}" if attribute.values else ""
    about = f"{attribute.name} is for: {attribute.documentation.rstrip('.')}"
    return "; ".join(filter(None, (listed, about)))


def _label(key: str) -> str:
    return "words" if key == WORDS else f"<{definitions()[key].name}>"


def _attributes(element: Element, definition: Definition) -> Iterator[Problem]:
    name = shown(element)
    for key, value in element.attrib.items():
        own, worth = str(key).replace(XML, "xml:"), str(value)
        attribute = definition.attributes.get(own)
        if attribute is None:
            known = _listed(definition.attributes)
            yield problem(
                element,
                f"the attribute {own} cannot stand on the {name}",
                f"it may have {known}" if known else f"<{definition.name}> has no attributes",
            )
        elif not value_fits(attribute, worth):
            message = f"the {name} has {own}=“{worth}”, which the profile does not allow"
            yield problem(element, message, _meant(attribute))
    for attribute in definition.attributes.values():
        if attribute.required and element.get(attribute.name.replace("xml:", XML)) is None:
            yield problem(element, f"the {name} has no attribute {attribute.name}", _meant(attribute))


def _content(element: Element, definition: Definition, children: list[tuple[Element, Definition]]) -> Iterator[Problem]:
    state = definition.content
    sound = True
    for words, child in _pieces(element):
        if words.strip():
            if (stepped := after(state, WORDS)) is NONE:
                sound = False
                yield _bare_words(element, words)
            else:
                state = stepped
        if child is None:
            continue
        own = _definition(state, child)
        if own is None:
            sound = False
            yield _misplaced(element, definition, child)
        else:
            state = after(state, own.key)
            children.append((child, own))
    if sound and definition.datum is not None and not words_fit(definition.datum, element.text or ""):
        yield problem(element, f"the {shown(element)} cannot hold “{element.text or ''}”", definition.documentation)
    elif sound and not may_end(state):
        wanted = [key for key in definitions() if key in expected(state) and after(state, key) != state]
        names = list(dict.fromkeys(map(_label, wanted)))
        if len(names) > 3:
            names = [name for name in ("<p>", "<div>") if name in names] + ["the like"]
        yield problem(element, f"the {shown(element)} is not complete: it lacks {' or '.join(names)}")


def _pieces(element: Element) -> Iterator[tuple[str, Element | None]]:
    """The text before each child with the child, then the text at the end.

    There are no comments; ``parse_xml`` takes them out.
    """
    before = element.text or ""
    for child in element:
        yield before, child
        before = child.tail or ""
    yield before, None


def _definition(state: Pattern, child: Element) -> Definition | None:
    """The definition of ``child`` that fits here; of several the one that its attributes fit best."""
    known = definitions()
    fitting = [known[key] for key in sorted(expected(state)) if key != WORDS and child.tag == TEI + known[key].name]
    if len(fitting) > 1:
        fitting.sort(key=lambda each: len(list(_attributes(child, each))))
    return fitting[0] if fitting else None


def _bare_words(element: Element, words: str) -> Problem:
    start = " ".join(words.split())
    start = start if len(start) <= SHOWN else start[:SHOWN].rstrip() + "…"
    inner = {definitions()[key].name for each in _named(element) for key in symbols(each.content) - {WORDS}}
    hint = "put them in a <p>" if "p" in inner else f"it holds {_listed(sorted(inner))}" if inner else ""
    return problem(element, f"the words “{start}” stand directly in the {shown(element)}", hint)


def _named(element: Element) -> list[Definition]:
    name = etree.QName(element).localname
    return [definition for definition in definitions().values() if definition.name == name]


def _misplaced(element: Element, definition: Definition, child: Element) -> Problem:
    name = etree.QName(child)
    known = definitions()
    if f"{{{name.namespace}}}" != TEI:
        space = name.namespace or "no name space at all"
        return problem(child, f"<{name.localname}> is not TEI: it belongs to {space}")
    if not any(each.name == name.localname for each in known.values()):
        return problem(
            child,
            f"the Pressmark profile has no element <{name.localname}>",
            "the reference lists those it has; only `pressmark add` takes in TEI from elsewhere",
        )
    if any(known[key].name == name.localname for key in symbols(definition.content) - {WORDS}):
        return _out_of_order(element, child)
    places = _listed(f"<{parent}>" for parent in parents(name.localname))
    hint = f"<{name.localname}> may stand in {places}"
    if definition.content != ("empty",) and WORDS in symbols(definition.content):
        hint = f"end the {NOUNS.get(definition.name, 'element')} before it; {hint}"
    return problem(child, f"a {shown(child)} cannot stand inside the {shown(element)}", hint)


def _out_of_order(element: Element, child: Element) -> Problem:
    before = child.getprevious()
    where = "at the beginning" if before is None else f"after the {shown(before)}"
    message = f"a {shown(child)} cannot stand here in the {shown(element)}, {where}"
    return problem(child, message, ORDER if element.tag in (f"{TEI}div", f"{TEI}body") else "")
