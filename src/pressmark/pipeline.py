"""The one road: a source is read, goes through the stages, and comes out as an edition.

Read this first. A reader (``readers/``) makes an ``Edition`` of a file; each stage (``stages/``) gives a new one
that knows more; an exporter (``exporters/``) writes it out. After each step it is proved that no character of
the source was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from pressmark.errors import LostText
from pressmark.lossless import align_text
from pressmark.model.edition import Edition
from pressmark.model.header import PROGRAM, Change
from pressmark.stages import STAGES, Stage
from pressmark.stages.stage import PARTS

Keep = Callable[[int, str, Edition], None]
"""Called with the number and the name of each stage and what it made."""


def run(
    edition: Edition, stages: Sequence[Stage] = STAGES, *, when: str | None = None, keep: Keep | None = None
) -> Edition:
    """The edition after all the stages, in order.

    ``when`` is the day (ISO 8601) that ``revisionDesc`` will name; today, where it is not given. ``keep`` is
    handed every intermediate. Raises ``LostText`` should a stage lose a character.
    """
    when = today() if when is None else when
    edition = _dated(edition, when)
    for number, stage in enumerate(stages, 1):
        edition = perform(stage, edition, when=when)
        if keep:
            keep(number, stage.name, edition)
    return edition


def _dated(edition: Edition, when: str) -> Edition:
    """The edition with a day for what its reader has done: readers have no clock."""
    header = edition.header
    undated = (PROGRAM, "", "")
    changes = tuple(
        replace(each, when=when) if (each.who, each.when, each.stage) == undated else each for each in header.changes
    )
    return edition if changes == header.changes else replace(edition, header=replace(header, changes=changes))


def perform(stage: Stage, edition: Edition, *, when: str) -> Edition:
    """One stage, held to its word. A stage of the intake that was performed before is not performed again: what
    people have decided since is not to be changed by a machine.

    Raises ``ValueError`` where a stage that it requires has not gone before or it changes a part that it does
    not assign, and ``LostText`` where the *sic* reading is no longer the source's.
    """
    missing = [name for name in stage.requires if name not in edition.performed]
    if missing:
        raise ValueError(f"{stage.name} requires {', '.join(missing)} to go before it")
    if stage.name in edition.performed and stage.assigns & {"header", "text"}:
        return edition
    after = stage(edition)
    if after.source_text is not edition.source_text:
        raise ValueError(f"{stage.name} changes the source text, which no stage may")
    changed = {part for part in PARTS if getattr(after, part) != getattr(edition, part)}
    if not changed <= stage.assigns:
        raise ValueError(f"{stage.name} changes {', '.join(sorted(changed - stage.assigns))}, which it does not assign")
    if "text" in changed:
        _prove_whole(stage, edition, after)
    if stage.deed and changed & {"header", "text"}:
        change = Change(when, PROGRAM, stage.deed, stage.name)
        after = replace(after, header=replace(after.header, changes=(*after.header.changes, change)))
    if stage.name in after.performed:
        return after
    return replace(after, performed=(*after.performed, stage.name))


def _prove_whole(stage: Stage, before: Edition, after: Edition) -> None:
    try:
        align_text(after.text, before.sic if before.source_text is None else before.source_text)
    except LostText as error:
        raise LostText(f"after {stage.name}, {error.message}", place=error.place, hint=error.hint) from error


def today() -> str:
    """The present day in UTC, ISO 8601."""
    return datetime.now(UTC).date().isoformat()
