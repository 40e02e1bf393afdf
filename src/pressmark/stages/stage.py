"""What a stage is: one step from an edition to a better one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pressmark.model.edition import Edition

PARTS = frozenset({"header", "text", "stand_off"})


@dataclass(frozen=True, slots=True)
class Stage:
    """A step: its function, the stages that must have gone before, and the parts of the edition it may change.

    ``deed`` is what ``revisionDesc`` says of it when it changed the edition.
    """

    function: Callable[[Edition], Edition]
    requires: tuple[str, ...]
    assigns: frozenset[str]
    deed: str

    @property
    def name(self) -> str:
        """The name of the function: a verb."""
        return self.function.__name__

    def __call__(self, edition: Edition) -> Edition:
        return self.function(edition)


def stage(
    *, assigns: tuple[str, ...], deed: str = "", requires: tuple[str, ...] = ()
) -> Callable[[Callable[[Edition], Edition]], Stage]:
    """Makes a function ``Edition -> Edition`` a stage. ``assigns`` are among ``header``, ``text``, ``stand_off``."""
    if not set(assigns) <= PARTS:
        raise ValueError(f"a stage assigns some of {sorted(PARTS)}, not {assigns}")

    def make(function: Callable[[Edition], Edition]) -> Stage:
        return Stage(function, requires, frozenset(assigns), deed)

    return make
