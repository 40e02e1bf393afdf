"""Looks for what is wrong with a text, and proposes; it changes nothing."""

from __future__ import annotations

from dataclasses import replace

from pressmark.checks import checks
from pressmark.model.edition import Edition
from pressmark.stages.stage import stage


@stage(requires=("recover_structure",), assigns=("stand_off",))
def proofread(edition: Edition) -> Edition:
    """The edition with the findings of every check."""
    found = [finding for check in checks() for finding in check.find(edition)]
    return replace(edition, stand_off=edition.stand_off.with_findings(*found))
