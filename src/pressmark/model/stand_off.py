"""What machines propose and nobody has accepted: derived, never part of ``text.xml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a text that looks wrong, or that a person should know.

    ``start`` and ``end`` are code points, half-open, in the *sic* reading of the block with the id ``block``;
    where ``block`` is empty they are code points in the source text. ``replacement`` is what should stand
    there (``""`` for nothing), or ``None`` where the machine sees that something is odd but not what is
    right. ``confidence`` runs from 0 to 1.
    """

    code: str
    kind: str
    message: str
    start: int
    end: int
    block: str = ""
    replacement: str | None = None
    confidence: float = 1.0
    severity: Severity = "warning"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class StandOff:
    """All proposals about one text, in the order in which they were made."""

    findings: tuple[Finding, ...] = ()

    def with_findings(self, *findings: Finding) -> StandOff:
        """This and the given findings; one that is already there is not added again."""
        known = set(self.findings)
        fresh = tuple(dict.fromkeys(finding for finding in findings if finding not in known))
        return StandOff(self.findings + fresh) if fresh else self
