"""Recovers structure: what each block of a page is, weighed over the whole page.

The method is in ``pressmark.structure``. What a person or an earlier run has decided stays as it is, and so does
what the tags of a TEI source say.
"""

from __future__ import annotations

from pressmark.model.edition import Edition
from pressmark.stages.stage import stage
from pressmark.structure.recovery import recovered


@stage(assigns=("text", "header", "stand_off"), deed="Recovered the structure of the page.")
def recover_structure(edition: Edition) -> Edition:
    """The edition with its blocks as what they are, each with its certainty; the reasons are in ``stand_off``.

    A block that is split leaves its id to the first part; of blocks that are joined the first keeps it.
    """
    if edition.header.witnesses and edition.header.witnesses[-1].format == "tei":
        return edition
    return recovered(edition)
