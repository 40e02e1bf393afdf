"""The attributes of a foreign element as the profile has them; what does not fit is counted in the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import count

from lxml import etree

from pressmark.model.text import Attributes, plain
from pressmark.readers.foreign_tei.ledger import Ledger
from pressmark.readers.foreign_tei.places import Place
from pressmark.readers.foreign_tei.tree import name_of, shown
from pressmark.readers.html.links import pointer
from pressmark.tei.grammar import AttributeDoc, Definition, definitions, value_fits
from pressmark.tei.names import XML_ID, XML_LANG

Element = etree._Element

POINTING = ("target", "who", "source", "corresp", "ref", "facs")
LOOKS = ("rend", "rendition", "style")

LOOK = {
    **dict.fromkeys("italic italics ital it i font-style:italic oblique slant slanted cursive".split(), "italic"),
    **dict.fromkeys("bold bo b strong font-weight:bold".split(), "bold"),
    **dict.fromkeys("underline underlined u ul text-decoration:underline".split(), "underline"),
    **dict.fromkeys("strikethrough strike struck line-through text-decoration:line-through".split(), "strikethrough"),
    **dict.fromkeys("superscript sup super vertical-align:super".split(), "superscript"),
    **dict.fromkeys("subscript sub vertical-align:sub".split(), "subscript"),
    **dict.fromkeys("smallcaps smallcap small-caps sc smcap font-variant:small-caps".split(), "smallcaps"),
    **dict.fromkeys("spaced letterspace letterspaced sperr gesperrt spaced-out".split(), "spaced"),
    **dict.fromkeys("upright roman rm normalstyle font-style:normal".split(), "upright"),
    **dict.fromkeys("code typewriter tt mono monospace".split(), "code"),
    **dict.fromkeys("large larger big".split(), "large"),
    **dict.fromkeys("small smaller".split(), "small"),
    **dict.fromkeys("center centre centered centred aligncenter text-align:center".split(), "center"),
    **dict.fromkeys("right alignright right-align text-align:right".split(), "right"),
    **dict.fromkeys("left alignleft text-align:left".split(), "left"),
    **dict.fromkeys("indent indent1 indented".split(), "indent1"),
    **{f"indent{number}": f"indent{number}" for number in range(2, 7)},
    **{f"indent({number})": f"indent{number}" for number in range(1, 7)},
    "hanging": "hanging",
    **dict.fromkeys("numbered ordered".split(), "numbered"),
    **dict.fromkeys("bulleted bullets unordered".split(), "bulleted"),
    **dict.fromkeys("plain simple".split(), "plain"),
}
"""The words of ``@rend``, and declarations of CSS, as the profile names them."""

TYPES = {
    "fw": {
        **dict.fromkeys("pagenum pagenumber page folio pn".split(), "pageNum"),
        **dict.fromkeys("catch catchword catchwords".split(), "catch"),
        **dict.fromkeys("sig signature".split(), "sig"),
    },
    "titlePart": {"sub": "sub", "alt": "alt", "desc": "desc", "subtitle": "sub"},
    "list": {
        **dict.fromkeys(("contents", "toc"), "contents"),
        **{each: each for each in ("gloss", "index", "bibliography")},
    },
}
"""Kinds of an element of which the profile has only some, by what they are called elsewhere."""

OTHERWISE = {"fw": "header", "titlePart": "main"}
"""The kind of one that is called anything else."""

NOTE_TYPES = {
    **dict.fromkeys("foot bottom footnote footnotes note".split(), "footnote"),
    **dict.fromkeys("end endnote endnotes back".split(), "endnote"),
    **dict.fromkeys("margin marginal marginalnote left right margin-left margin-right".split(), "marginalNote"),
    **dict.fromkeys("editorial editor editornote edn ed eds".split(), "editorNote"),
}
"""What a ``note`` is by its ``@place`` or ``@type``."""

PLACEMENTS = {
    **dict.fromkeys("top bottom margin left right above below inline end".split()),
    "foot": "bottom",
    "supralinear": "above",
    "infralinear": "below",
    "margin-left": "left",
    "margin-right": "right",
    "marginleft": "left",
    "marginright": "right",
    "interlinear": "above",
}
ORNAMENTS = {
    **dict.fromkeys("stars asterisks asterism ornament dots fleuron".split(), "ornament"),
    **dict.fromkeys("rule line hr".split(), "rule"),
    **dict.fromkeys("blank space whitespace".split(), "blank"),
}
UNITS = {"chars": "char", "character": "char", "characters": "char", "letter": "char", "letters": "char"} | {
    each + "s": each for each in ("word", "line", "page")
}

LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "ara:ar bul:bg cat:ca ces:cs cze:cs chi:zh zho:zh dan:da deu:de ger:de dut:nl nld:nl ell:el gre:el eng:en "
        "epo:eo spa:es est:et fas:fa per:fa fin:fi fra:fr fre:fr gle:ga heb:he hin:hi hrv:hr hun:hu hye:hy arm:hy "
        "ind:id isl:is ice:is ita:it jpn:ja kat:ka geo:ka kor:ko lat:la lav:lv lit:lt nor:no nob:nb pol:pl por:pt "
        "ron:ro rum:ro rus:ru slk:sk slo:sk slv:sl srp:sr swe:sv tur:tr ukr:uk urd:ur yid:yi cym:cy wel:cy"
    ).split()
)
"""Three-letter codes of languages (ISO 639-2) that have one of two letters, which BCP 47 (RFC 5646, 2.2.1) demands."""


def language(tag: str) -> str:
    """A tag of a language as BCP 47 has it."""
    primary, hyphen, rest = tag.strip().replace("_", "-").partition("-")
    return LANGUAGES.get(primary.lower(), primary) + hyphen + rest


@cache
def definition(name: str) -> Definition:
    """The definition of an element of the profile's text; a mark's before that of the block of the same name."""
    found = [each for key, each in definitions().items() if each.name == name and not key.startswith("header.")]
    return next((each for each in found if "." not in each.key), found[0])


@lru_cache(maxsize=8192)
def fits(name: str, attribute: str, value: str) -> bool:
    """Whether the profile allows the value for an attribute of the element."""
    known = definition(name).attributes.get(attribute)
    return known is not None and value_fits(known, value)


def required(name: str) -> Iterator[AttributeDoc]:
    """The attributes, the id aside, that an element must have."""
    return (each for each in definition(name).attributes.values() if each.required and each.name != "xml:id")


class Wardrobe:
    """Dresses elements: ``ids`` are the new names of the ids of the document, ``hands`` those of its people."""

    def __init__(self, ledger: Ledger, ids: dict[str, str], looks: dict[str, str]) -> None:
        self.ledger, self.ids, self.looks = ledger, ids, looks
        self.hands: dict[str, str] = {}

    def dress(self, element: Element, place: Place, at: int, *, without: str = "") -> Attributes:
        """The attributes of what becomes of an element at offset ``at`` of the source text; not that ``without``."""
        name = place.name
        given = {str(key): plain(str(value)) for key, value in element.attrib.items() if key not in (XML_ID, without)}
        worn: dict[str, str] = {}
        left: list[str] = []
        self._looks(name, given, worn, left, place.rend)
        for key, value in given.items():
            self._one(element, name, key, value, worn, left)
        if place.type and fits(name, "type", place.type):
            worn["type"] = place.type
        self._kind(element, name, worn)
        if name == "milestone" and "rend" in worn and "type" in left:
            left.remove("type")
        for key in left:
            self.ledger.note("R012", f"the attribute {key} of <{shown(element)}> has no place", at, at)
        return tuple(sorted(worn.items()))

    def _one(self, element: Element, name: str, key: str, value: str, worn: dict[str, str], left: list[str]) -> None:
        own = "xml:lang" if key == XML_LANG else key
        if own == "xml:lang":
            value = language(value)
        elif own in POINTING:
            value = self._pointers(value, several=own != "target" or name == "note")
        elif own == "resp":
            value = " ".join(dict.fromkeys(f"#{hand}" for each in value.split() if (hand := self.hands.get(each))))
        elif own in ("type", "place", "unit"):
            value = self._word(name, own, value)
        elif own == "value" and name == "date":
            own = "when"
        if not value.strip() or not fits(name, own, value):
            if own not in left and not (own == "type" and name in TYPES) and own != "xml:space":
                left.append(own if own.startswith("xml:") else re.sub(r"\{.*\}", "", own))
        else:
            worn[own] = value

    def _word(self, name: str, key: str, value: str) -> str:
        lower = value.lower().replace(" ", "")
        if key == "type" and name in TYPES:
            return TYPES[name].get(lower, OTHERWISE.get(name, ""))
        if key == "type" and name == "note":
            return NOTE_TYPES.get(lower, "")
        if key == "place":
            return PLACEMENTS.get(lower) or lower
        if key == "unit" and name == "gap":
            return UNITS.get(lower, lower)
        return value

    def _kind(self, element: Element, name: str, worn: dict[str, str]) -> None:
        """What an element must say of itself, or says with another attribute."""
        if name == "note" and "type" not in worn:
            kind = NOTE_TYPES.get((element.get("place") or "").lower())
            if kind:
                worn["type"] = kind
        if name == "milestone":
            worn.setdefault("unit", "unspecified")
            kind = ORNAMENTS.get((element.get("type") or "").lower())
            if kind:
                worn.setdefault("rend", kind)
        for attribute in required(name):
            if attribute.name not in worn and (otherwise := OTHERWISE.get(name)):
                worn[attribute.name] = otherwise

    def _looks(self, name: str, given: dict[str, str], worn: dict[str, str], left: list[str], rend: str) -> None:
        found: list[str] = [rend] if rend else []
        for key in LOOKS:
            value = given.pop(key, "")
            known = [look for word in self._words(value) if (look := self._look(name, word))]
            if value and not known:
                left.append(f"{key}=“{value[:40]}”")
            found += known
        if name == "list" and (look := self._look(name, given.get("type", "").lower())):
            found.append(look)
        if found:
            worn["rend"] = " ".join(dict.fromkeys(found))
            if not fits(name, "rend", worn["rend"]):
                worn["rend"] = found[0]

    def _words(self, value: str) -> Iterator[str]:
        """The words of ``@rend``, the declarations of ``@style``, and those that ``@rendition`` points to."""
        for word in _declarations(value):
            yield from _declarations(self.looks[word]) if word in self.looks else (word,)

    def _look(self, name: str, word: str) -> str:
        look = LOOK.get(word) or LOOK.get(word.rpartition(":")[2], "")
        if name == "milestone":
            look = ORNAMENTS.get(word, "")
        return look if look and fits(name, "rend", look) else ""

    def _pointers(self, value: str, *, several: bool) -> str:
        """Pointers to ids as they are now; addresses that may be followed."""
        found: list[str] = []
        for each in value.split():
            if each.startswith("#") and each[1:] in self.ids:
                found.append(f"#{self.ids[each[1:]]}")
            elif not each.startswith("#") and (address := pointer(each)):
                found.append(address)
        return " ".join(found if several else found[:1])


def _declarations(value: str) -> list[str]:
    return re.sub(r" ?: ?", ":", value.lower()).replace(",", " ").replace(";", " ").split()


def redress(attributes: Attributes, name: str) -> Attributes:
    """Those of the attributes that an element of another name may have, and what it must have."""
    kept = {key: value for key, value in attributes if fits(name, key, value)}
    return tuple(sorted(kept.items()))


def new_ids(elements: Iterable[Element], taken: set[str]) -> dict[str, str]:
    """For each id of the document the one that it has in an edition.

    An underscore, which is kept for parts of split marks, becomes a hyphen; an id that an edition gives out itself
    (``b12``) or that is taken gets ``id-`` before it.
    """
    found: dict[str, str] = {}
    used = set(taken)
    fresh = (f"id-{number}" for number in count(1))
    for element in elements:
        own = element.get(XML_ID, "")
        if not own or own in found:
            continue
        new = own.replace("_", "-")
        if re.fullmatch(r"[bw][0-9]+|source|pressmark", new) or not fits("p", "xml:id", new):
            new = f"id-{new}"
        while new in used or not fits("p", "xml:id", new):
            new = next(fresh)
        used.add(new)
        found[own] = new
    return found


__all__ = ["Wardrobe", "fits", "language", "name_of", "new_ids", "redress"]
