"""What a person should know about a page besides its text: the findings R001 to R007."""

from __future__ import annotations

from collections import Counter

from pressmark.model.stand_off import Finding, Severity
from pressmark.model.text import plain

REMARKS = {
    "R001": (
        "The page shows a picture that does not lie beside it. The edition keeps its address and its "
        "description, and readers will see an empty place. (A picture in SVG is a page that can run a program, and "
        "is not taken in; save it as PNG.) Save the picture in the folder of the page, under "
        "the name given, and add the page again with --update."
    ),
    "R002": (
        "The picture lies on another site, or is written into the page itself. Pressmark fetches nothing "
        "from the web while it reads, so the edition keeps the address and not the picture. Save the picture "
        "beside the page and change its address in the page."
    ),
    "R003": (
        "The link is of a kind that can run a program in the reader's browser, or its address makes no "
        "sense. The link was dropped and its words stay. There is nothing to do unless you know where it "
        "should lead."
    ),
    "R004": (
        "The file is named as plain text and holds HTML, so it was read as a web page and its tags are not "
        "in the text. If the tags are the text (a lesson about HTML, say), write &lt; in place of each <."
    ),
    "R005": (
        "The page holds something that is no text: a sound, a film, a program, another page in a frame, or a "
        "picture with places to click. An edition cannot hold it; the words that stood in its place are kept."
    ),
    "R006": (
        "A tag of the page has thousands of attributes, as no person writes it. It was read without them. "
        "Its words are kept; look at the place in the page if it should have been a link or a picture."
    ),
    "R008": (
        "A comment, a script or a style is opened and never closed, so a browser shows nothing of what follows, and "
        "nothing of it is in the edition. Open the page in an editor of plain text, find the place, and close it."
    ),
    "R007": (
        "The link leads to a place in this page that the page does not have, perhaps because it was cut or "
        "renamed. The link was dropped and its words stay. Look at the original site for the missing place."
    ),
}
"""What each finding means, why it matters and what to do, by code: what ``pressmark explain`` prints."""

KINDS = {
    "R001": "picture",
    "R002": "picture",
    "R003": "link",
    "R004": "format",
    "R005": "embedded",
    "R006": "markup",
    "R007": "link",
    "R008": "markup",
}
MOST = 50
"""How often one kind of finding is reported on one page."""


class Remarks:
    """Collects the findings of one page; the same sentence is kept once."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._said: set[tuple[str, str]] = set()
        self._counted: Counter[str] = Counter()

    def add(
        self, code: str, message: str, start: int, end: int, *, severity: Severity = "warning", hint: str = ""
    ) -> None:
        """Notes one finding; ``start`` and ``end`` are code points in the source text, half-open."""
        if (code, message) in self._said or self._counted[code] >= MOST:
            return
        self._said.add((code, message))
        self._counted[code] += 1
        self.findings.append(Finding(code, KINDS[code], message, start, end, severity=severity, hint=hint))


def shown(address: str) -> str:
    """An address as a message may show it: one line, and no longer than a line."""
    words = plain(address)
    return words if len(words) <= 80 else words[:77] + "…"
