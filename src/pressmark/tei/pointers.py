"""What a schema cannot say of a tree: ids are unique, parts join, pointers lead somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, cast

from lxml import etree

from pressmark.model.inventory import CHOICES, INSETS, LEAVES
from pressmark.tei.explain import Problem, problem, shown
from pressmark.tei.names import TEI, XML_ID

Element = etree._Element

JOINED = ("next", "prev")
POINTING = ("target", "resp", "who", "source", "corresp", "ref", "facs")

LEAF_TAGS = frozenset(TEI + name for name in LEAVES)
UNCOUNTED = frozenset(TEI + name for name in (*INSETS, *CHOICES, "supplied"))
"""Elements in a leaf whose words are not the leaf's."""

_ids = etree.XPath("//@xml:id")
_parts = etree.XPath("//*[@next or @prev or contains(@xml:id, '_')]")
_pointing = etree.XPath("//*[" + " or ".join(f"contains(@{name}, '#')" for name in POINTING) + "]")


def _all_ids(root: Element) -> list[str]:
    return cast("list[str]", _ids(root))


def misjoined(root: Element) -> Iterator[Problem]:
    """Ids that stand twice, and parts of split marks that cannot be joined again.

    The tree is valid otherwise.
    """
    counted = Counter(_all_ids(root))
    if len(counted) < sum(counted.values()):
        for name, count in counted.items():
            if count > 1:
                second = cast("list[Element]", root.xpath("//*[@xml:id=$name]", name=name))[1]
                yield problem(second, f"the id {name} stands twice", "give the second one an id of its own")
        return
    found = cast("list[Element]", _parts(root))
    parts = {str(element.get(XML_ID, "")): element for element in found}
    extents: dict[Element, Extent] = {}
    for leaf in {leaf_of(element) for element in found}:
        extents |= _extents(leaf)
    for element in found:
        yield from _part(element, parts, extents)


def _part(element: Element, parts: dict[str, Element], extents: dict[Element, Extent]) -> Iterator[Problem]:
    own = element.get(XML_ID, "")
    if "_" in own and not any(name in element.attrib for name in JOINED):
        yield problem(
            element,
            f"the id {own} has an underscore, which is kept for the parts of split marks",
            "take the underscore out",
        )
    if not own or ("prev" in element.attrib and "_" not in own):
        yield problem(element, f"a later part of a split {shown(element)} has no id with an underscore, as in b7_1_2")
        return
    for name, back in (JOINED, JOINED[::-1]):
        if not (pointer := element.get(name, "")):
            continue
        other = parts.get(pointer[1:])
        if other is None or other.get(back) != f"#{own}":
            yield problem(element, f"{name}=“{pointer}” of the {shown(element)} leads to no part that points back")
        elif name == "next" and (reason := _unlike(element, other, extents)):
            yield problem(other, f"the {shown(other)} cannot be joined with its part before: {reason}")


def _unlike(element: Element, other: Element, extents: dict[Element, Extent]) -> str:
    """Why two parts that point at each other are not parts of one mark; empty where they are."""
    if element.tag != other.tag or _dress(element) != _dress(other):
        return "they differ in name or attributes"
    if leaf_of(element) is not leaf_of(other):
        return "they stand in different blocks"
    if element.tag == f"{TEI}choice" and (other[1].text or len(other[1])):
        return "the editor's reading stands in the first part alone"
    first, then = extents[element], extents[other]
    if then.opened < first.closed:
        return "it does not stand behind it"
    return "words stand between them" if then.start != first.end else ""


def _dress(element: Element) -> object:
    """What the parts of one mark have in common besides the name."""
    if element.tag == f"{TEI}choice":
        element = element[1]
    return element.tag, {(key, value) for key, value in element.attrib.items() if key not in (XML_ID, *JOINED)}


def leaf_of(element: Element) -> Element:
    """The leaf in which a mark stands."""
    around = element.getparent()
    while around is not None and around.tag not in LEAF_TAGS:
        around = around.getparent()
    assert around is not None, "a valid mark stands in a leaf"
    return around


class Extent(NamedTuple):
    """Which characters of its leaf an element covers, and when its tags come, in ticks of one clock."""

    start: int
    end: int
    opened: int
    closed: int


def _extents(leaf: Element) -> dict[Element, Extent]:
    """The extents of all that stands in a leaf; blocks that interrupt it and readings count nothing."""
    found: dict[Element, Extent] = {}
    begun: dict[Element, tuple[int, int]] = {}
    length = 0
    walker = etree.iterwalk(leaf, events=("start", "end"))
    for tick, (event, element) in enumerate(walker):
        if event == "start":
            begun[element] = length, tick
            if element is not leaf and element.tag in UNCOUNTED:
                walker.skip_subtree()
            else:
                length += (element.tag == f"{TEI}g") or len(element.text or "")
        else:
            start, opened = begun.pop(element)
            found[element] = Extent(start, length, opened, tick)
            length += len(element.tail or "") if element is not leaf else 0
    return found


def dangling(root: Element) -> Iterator[Problem]:
    """Pointers to ids that the tree does not have, and a count of ids lower than one given out."""
    known = set(_all_ids(root))
    for element in cast("list[Element]", _pointing(root)):
        for name in POINTING:
            for pointer in element.get(name, "").split():
                if pointer.startswith("#") and pointer[1:] not in known:
                    yield problem(
                        element,
                        f"{name}=“{pointer}” of the {shown(element)} leads nowhere",
                        "no element of the edition has this id",
                    )
    measure = root.find(f".//{TEI}extent/{TEI}measure")
    last = max((int(name[1:]) for name in known if re.fullmatch(r"b[0-9]{1,18}", name)), default=0)
    if measure is not None and int(measure.get("quantity", "0")) < last:
        yield problem(
            measure,
            f"the count of ids is {measure.get('quantity')}, and the id b{last} has been given out",
            f"set quantity to {last} or more, so that no id is given out twice",
        )
