"""What had no place in the profile, counted by kind: the findings R009 to R014."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pressmark.model.stand_off import Finding, Severity
from pressmark.model.text import plain

REMARKS = {
    "R009": (
        "The file is TEI that Pressmark has not written, so it was read into the profile that all editions keep to: "
        "every word of its text is in the edition, in order, and so is every element that the profile has or has "
        "something like. What had no place is counted by kind in the remarks R010 to R014. The file itself stays "
        "in the archive as it came, and says what the edition cannot."
    ),
    "R010": (
        "The profile has nothing like this element, so its words are in the edition and the element is not. The "
        "remark points at the first of them. If it matters to you, look there in the source; nothing has to be done "
        "for the words."
    ),
    "R011": (
        "The profile has no element of this name, or not in this place, and the words are in one that comes near it. "
        "Nothing is lost but the name."
    ),
    "R012": (
        "The profile has no such attribute on this element, or does not allow this value. The words are not touched "
        "by it. The source keeps it."
    ),
    "R013": (
        "The header of the file says something for which the record of an edition has no field. It is not in the "
        "record, and the remark quotes it. If readers should see it, put it into a field of the record by hand, such "
        "as the description."
    ),
    "R014": (
        "A pointer in the file leads to something that the edition does not have, or an id had to be written "
        "otherwise (an underscore has a meaning of its own in an edition, and no id is there twice). The words "
        "stay; a link that leads nowhere is a link no more."
    ),
}
"""What each finding means, why it matters and what to do, by code: what ``pressmark explain`` prints."""

KINDS = {"R009": "format", "R010": "markup", "R011": "markup", "R012": "markup", "R013": "record", "R014": "link"}
SEVERITIES: dict[str, Severity] = {"R011": "notice", "R012": "notice", "R013": "notice", "R014": "notice"}
MOST = 50
"""How many kinds one code names."""

LONGEST = 300
"""Characters of the header that one remark quotes."""


@dataclass(slots=True)
class _Entry:
    count: int
    start: int
    end: int


class Ledger:
    """Counts what had no place. Places are code points in the source text."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], _Entry] = {}
        self.header: dict[str, list[str]] = {}
        self.attributes: Counter[str] = Counter()

    def note(self, code: str, sentence: str, start: int = 0, end: int = 0) -> None:
        """One more of a kind; ``sentence`` says what became of it, without the number."""
        entry = self.entries.get((code, sentence))
        if entry is None:
            self.entries[code, sentence] = _Entry(1, start, max(start, end))
        else:
            entry.count += 1

    def unplaced(self, path: str, words: str) -> None:
        """Words of the header at ``path`` that no field of the record holds."""
        self.header.setdefault(path, []).append(words)

    def undressed(self, attribute: str) -> None:
        """One more attribute of the header that no field of the record holds: ``ref of <author>``."""
        self.attributes[attribute] += 1

    def findings(self) -> tuple[Finding, ...]:
        """The summary, then the elements by their number, then the rest."""
        out = [self._summary()]
        for code in dict.fromkeys(code for code, _ in self.entries):
            own = [(sentence, each) for (known, sentence), each in self.entries.items() if known == code]
            own.sort(key=lambda pair: -pair[1].count)
            out += [_finding(code, f"{each.count} × {sentence}", each) for sentence, each in own[:MOST]]
            if len(own) > MOST:
                out.append(_finding(code, f"and {len(own) - MOST} more kinds"))
        if self.attributes:
            listed = ", ".join(self.attributes)
            told = "attributes of the header that no field of the record holds"
            out.append(_finding("R012", f"{told}: {listed[:LONGEST]}"))
        out += (_finding("R013", message) for message in self._of_header())
        return tuple(sorted(out, key=lambda finding: finding.code))

    def _of_header(self) -> Iterator[str]:
        for number, (path, passages) in enumerate(self.header.items()):
            if number >= MOST:
                yield f"and {len(self.header) - MOST} more places of the header"
                return
            said = "; ".join(dict.fromkeys(passages))
            said = said if len(said) <= LONGEST else said[:LONGEST].rstrip() + "…"
            yield f"no field of the record holds {path}: “{said}”"

    def _summary(self) -> Finding:
        lost = sum(code == "R010" for code, _ in self.entries)
        changed = sum(code == "R011" for code, _ in self.entries)
        words = [
            f"{lost} {'kind' if lost == 1 else 'kinds'} of element kept as words" if lost else "",
            f"{changed} kept under another name" if changed else "",
            f"{len(self.header)} {'place' if len(self.header) == 1 else 'places'} of the header without a field"
            if self.header
            else "",
        ]
        told = ", ".join(filter(None, words))
        if not told:
            return Finding("R009", "format", "TEI from elsewhere, read into the profile: everything had a place", 0, 0)
        message = f"TEI from elsewhere, read into the profile: {told} (`pressmark inspect` lists them)"
        return Finding("R009", "format", message, 0, 0)


def _finding(code: str, message: str, entry: _Entry | None = None) -> Finding:
    start, end = (entry.start, entry.end) if entry else (0, 0)
    return Finding(code, KINDS[code], plain(message), start, end, severity=SEVERITIES.get(code, "warning"))
