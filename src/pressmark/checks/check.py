"""What a check is."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pressmark.model.edition import Edition
from pressmark.model.stand_off import Finding, Severity


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of thing that may be wrong with a text.

    ``name`` reads well after “allow”; ``message`` may hold ``{}`` places that ``finding`` fills. The page of a
    check, in the reference and in ``pressmark explain``, is the docstring of its module.
    """

    code: str
    name: str
    message: str
    severity: Severity
    kind: str
    find: Callable[[Edition], Iterator[Finding]]

    def finding(
        self,
        block: str,
        start: int = 0,
        end: int = 0,
        *words: str,
        replacement: str | None = None,
        confidence: float = 1.0,
    ) -> Finding:
        """A finding of this check in a block: its code and its message, filled with ``words``."""
        message = self.message.format(*words)
        return Finding(self.code, self.kind, message, start, end, block, replacement, confidence, self.severity)

    @property
    def page(self) -> str:
        """What the check finds, why it matters, an example, what to do, and whether its fix is safe."""
        return inspect.getdoc(sys.modules[self.find.__module__]) or ""
