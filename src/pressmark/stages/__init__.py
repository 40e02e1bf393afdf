"""The steps that an edition goes through, in order: one module each."""

from __future__ import annotations

from pressmark.stages.proofread import proofread
from pressmark.stages.recover_record import recover_record
from pressmark.stages.recover_structure import recover_structure
from pressmark.stages.stage import Stage, stage

INTAKE: tuple[Stage, ...] = (recover_structure, recover_record)
"""The stages that make the edition when a source is taken in. Later only a person's decision changes it."""

STAGES: tuple[Stage, ...] = (*INTAKE, proofread)
"""Every stage; those after intake only propose."""

__all__ = ["INTAKE", "STAGES", "Stage", "stage"]
