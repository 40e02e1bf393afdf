"""What stands on a page and is not its text: ways to other pages, an address to write to, the last change."""

from __future__ import annotations

import re

from pressmark.readers.html.drafts import Draft, Frame, Node, drafts

UPDATED = re.compile(r"\W*(?:last\s+)?(?:updated|modified|revised|changed)\b.{0,60}", re.IGNORECASE | re.DOTALL)
CONTACT = re.compile(r"mailto:", re.IGNORECASE)
PARTING = re.compile(r"[\s|•·∙¦/›»«‹<>\[\](){}:;,.~=*&+\-–—←→↑]*")
PARTED = re.compile(r"[|•·∙¦›»«/]")
WAYS = re.compile(
    r"\W*(?:(?:table of )?contents?|toc|index|home|home ?page|top|(?:back )?to (?:the )?top"
    r"|top of (?:the )?page|up|next|back(?:ward)?|forward|prev(?:ious)?|return|main page"
    r"|(?:previous|next) (?:chapter|page|section))\W*",
    re.IGNORECASE,
)
NEAR_THE_END = 8
LONGEST_WAY = 60
RUNNING_TITLE = 200


def mark_furniture(body: Frame) -> None:
    """Gives the role ``furniture`` to blocks of links at the top and the end of a page, and to what goes with
    them; takes the role ``title`` from all but a short line at the top.
    """
    flat = _flat(body)
    _mark_top(flat)
    _mark_end(flat)
    top = [node for node in flat if isinstance(node, Draft) and node.name != "milestone"][:3]
    for draft in drafts(body):
        if draft.role == "title" and not (draft in top and draft.name == "p" and draft.length <= RUNNING_TITLE):
            draft.role = ""


def _flat(body: Frame) -> list[Node]:
    """The blocks of a page, divisions opened."""
    found: list[Node] = []
    waiting: list[Node] = [body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Frame) and node.name in ("body", "div"):
            waiting.extend(reversed(node.children))
        else:
            found.append(node)
    return found


def _mark_top(flat: list[Node]) -> None:
    for node in flat:
        if isinstance(node, Draft) and node.name == "milestone":
            continue
        if not isinstance(node, Draft) or node.role == "title":
            if isinstance(node, Frame) and node.name != "figure":
                return
            continue
        if node.role == "furniture":
            continue
        if not _is_navigation(node, bare=False):
            return
        node.role, node.origin = "furniture", "top"


def _mark_end(flat: list[Node]) -> None:
    """Goes back from the end; after the last rule a few bare links are furniture too."""
    last = [index for index, node in enumerate(flat) if isinstance(node, Draft) and node.name == "milestone"]
    after_rule = last[-1] if last and len(flat) - last[-1] <= NEAR_THE_END + 1 else len(flat)
    for index in range(len(flat) - 1, -1, -1):
        node = flat[index]
        if not isinstance(node, Draft):
            return
        if node.name == "milestone" or node.role == "furniture":
            continue
        if node.name != "p" or node.role or not _is_navigation(node, bare=index > after_rule):
            return
        node.role, node.origin = "furniture", "end"


def _is_navigation(draft: Draft, *, bare: bool) -> bool:
    """Whether every line is nothing but links, or the last change. ``bare`` links need no sign."""
    lines = draft.lines()
    return bool(lines) and all(
        UPDATED.fullmatch(line.text) or not line.length or _is_ways(line, bare=bare) for line in lines
    )


def _is_ways(line: Draft, *, bare: bool) -> bool:
    """Whether a line is links, parted by signs or with words like “next”."""
    if PARTING.fullmatch(line.text):
        return True
    links = sorted((p.start, p.end) for p in line.phrases if p.name == "ref")
    text, rest, at = line.text, [], 0
    for start, end in links:
        rest.append(text[at:start])
        at = max(at, end)
    between = "".join((*rest, text[at:]))
    if not PARTING.fullmatch(between):
        return bool(WAYS.fullmatch(text)) and bare
    if not links:
        return False
    return bare or (len(links) > 1 and bool(PARTED.search(between))) or all(WAYS.fullmatch(text[a:b]) for a, b in links)


def type_of(line: Draft) -> str:
    """Which furniture a line is: the TEI ``fw/@type``."""
    if UPDATED.match(line.text) and len(line.text) < 120:
        return "lastUpdated"
    if any(CONTACT.match(phrase.attributes.get("target", "")) for phrase in line.phrases):
        return "contact"
    return "navigation"
