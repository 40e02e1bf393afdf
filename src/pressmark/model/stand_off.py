"""What machines propose and nobody has accepted: derived, never part of ``text.xml``."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
class Reason:
    """Why a machine gave the block with the id ``block`` its role.

    ``certainty`` is the probability that it is right, from 0 to 1; ``instead`` is the next likely role, or empty;
    ``because`` names in words what spoke most for the one against the other, the chief reason first.
    """

    block: str
    role: str
    certainty: float
    instead: str = ""
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StandOff:
    """All proposals about one text, in the order in which they were made."""

    findings: tuple[Finding, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def with_reasons(self, *reasons: Reason) -> StandOff:
        """This and the given reasons; one for a block that has one takes its place."""
        fresh = {reason.block: reason for reason in (*self.reasons, *reasons)}
        return replace(self, reasons=tuple(fresh.values()))

    def with_findings(self, *findings: Finding) -> StandOff:
        """This and the given findings; one that is already there is not added again."""
        known = set(self.findings)
        fresh = tuple(dict.fromkeys(finding for finding in findings if finding not in known))
        return replace(self, findings=self.findings + fresh) if fresh else self
