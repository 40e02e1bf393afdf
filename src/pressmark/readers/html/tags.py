"""What the tags of HTML say, and the classes that volunteer archives use for want of tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

Element = etree._Element

FLOWING = """
    p div center section article header footer main nav aside address hgroup body html head form fieldset
    legend details summary noframes frameset select option optgroup textarea search dialog thead tbody tfoot
    marquee layer
"""

KINDS: dict[str, str] = {
    **dict.fromkeys(FLOWING.split(), "flow"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("ul", "ol", "dir", "menu", "dl"), "list"),
    **dict.fromkeys(("li", "dd"), "item"),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), "pre"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
    "blockquote": "quote",
    "dt": "term",
    "table": "table",
    "tr": "row",
    "hr": "rule",
    "figure": "figure",
}
"""Which kind of block each tag begins; a tag that is not here stands within a line."""

MARKS: dict[str, tuple[str, str]] = {
    "i": ("hi", "italic"),
    "cite": ("hi", "italic"),
    "var": ("hi", "italic"),
    "dfn": ("hi", "italic"),
    "em": ("emph", ""),
    "b": ("hi", "bold"),
    "strong": ("hi", "bold"),
    "u": ("hi", "underline"),
    "sup": ("hi", "superscript"),
    "sub": ("hi", "subscript"),
    "tt": ("hi", "code"),
    "code": ("hi", "code"),
    "kbd": ("hi", "code"),
    "samp": ("hi", "code"),
    "big": ("hi", "large"),
    "small": ("hi", "small"),
    "s": ("del", ""),
    "strike": ("del", ""),
    "del": ("del", ""),
    "ins": ("add", ""),
    "q": ("q", ""),
}
"""The mark that each phrase tag is, with its ``rend``."""

EMBEDDED = {
    "object": "a program or film (<object>)",
    "embed": "a program or film (<embed>)",
    "applet": "a program (<applet>)",
    "iframe": "another page in a frame (<iframe>)",
    "audio": "a sound (<audio>)",
    "video": "a film (<video>)",
    "map": "a picture with places to click (<map>)",
    "canvas": "a drawing made by a program (<canvas>)",
    "bgsound": "a sound (<bgsound>)",
}

ROLES: dict[str, str] = {
    **dict.fromkeys(("information", "info", "infobloc", "infobloc_copyleft"), "record"),
    **dict.fromkeys(("quote", "quoteb", "quotec", "indentb", "blockquote"), "quote"),
    **dict.fromkeys(
        ("enote", "note", "footnote", "endnote", "ednote", "fnote", "msofootnotetext", "msoendnotetext"),
        "note",
    ),
    **dict.fromkeys(
        ("footer", "updat", "link", "links", "navbar", "nav", "navigation", "breadcrumb", "breadcrumbs"),
        "furniture",
    ),
    "toc": "contents",
    "title": "title",
}
"""What a block of each class is; classes of other blocks say nothing here."""

ROLES_SPOKEN = {"doc-footnote": "note", "doc-endnote": "note", "navigation": "furniture"}
"""The same for the attribute ``role`` (Digital Publishing WAI-ARIA 1.1)."""

CALLS = frozenset(("doc-noteref", "noteref"))

ALIGNED = {
    "center": "center",
    "centre": "center",
    "centered": "center",
    "right": "right",
    "indent": "indent1",
}
STYLED = re.compile(
    r"text-align\s*:\s*(?P<center>center)|text-align\s*:\s*(?P<right>right)"
    r"|(?:margin|padding)-left\s*:\s*(?P<indent1>[1-9])",
    re.IGNORECASE,
)
STYLES = (
    ("italic", re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)),
    ("bold", re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)),
    ("smallcaps", re.compile(r"font-variant(?:-caps)?\s*:\s*(?:all-)?small-caps", re.IGNORECASE)),
    ("underline", re.compile(r"text-decoration[^;]*underline", re.IGNORECASE)),
    ("strikethrough", re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)),
    ("superscript", re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)),
    ("subscript", re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE)),
    ("spaced", re.compile(r"letter-spacing\s*:\s*\.?[1-9]", re.IGNORECASE)),
)
CLASSES = {
    "smallcaps": "smallcaps",
    "small-caps": "smallcaps",
    "smcap": "smallcaps",
    "sc": "smallcaps",
    "italic": "italic",
    "italics": "italic",
    "bold": "bold",
    "underline": "underline",
}
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")


class Role(NamedTuple):
    """What a block is by its class; ``joined`` blocks that follow one another are one (their ``origin``)."""

    name: str
    origin: str


def role_of(element: Element, tag: str) -> Role | None:
    """What an element's class, or its ``role``, says that it is."""
    if tag == "nav":
        return Role("furniture", "nav")
    spoken = element.get("role") or element.get("epub:type") or ""
    if spoken and (name := ROLES_SPOKEN.get(spoken.strip().lower())):
        return Role(name, spoken)
    classes = element.get("class")
    if not classes:
        return None
    for each in classes.lower().split():
        if name := ROLES.get(each):
            return Role(name, each)
    return None


def alignment(element: Element, tag: str) -> str:
    """How a block is set: ``center``, ``right``, ``indent1``, or nothing."""
    if tag == "center":
        return "center"
    aligned = element.get("align")
    if aligned:
        return ALIGNED.get(aligned.strip().lower(), "") if tag not in ("table", "caption") else ""
    style = element.get("style")
    if style and (found := STYLED.search(style)):
        return found.lastgroup or ""
    classes = element.get("class")
    if classes:
        return next((ALIGNED[each] for each in classes.lower().split() if each in ALIGNED), "")
    return ""


def looks(element: Element) -> Iterator[str]:
    """What the style and class of a phrase say of its letters, as values of ``rend``."""
    style = element.get("style")
    if style:
        for rend, pattern in STYLES:
            if pattern.search(style):
                yield rend
    classes = element.get("class")
    if classes:
        for each in classes.lower().split():
            if each in CLASSES:
                yield CLASSES[each]


def language_of(element: Element) -> str:
    """The language tag (BCP 47) that an element gives for its text, or ``""``."""
    tag = (element.get("lang") or element.get("xml:lang") or "").strip()
    return tag.replace("_", "-") if tag and LANGUAGE.fullmatch(tag) else ""
