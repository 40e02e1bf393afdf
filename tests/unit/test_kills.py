"""The archive survives being killed. ``python -m tests.kills 200`` does more of it."""

from __future__ import annotations

import os

import pytest
from tests import kills


@pytest.mark.kill
def test_killed_at_any_moment_the_archive_is_sound_and_the_command_can_be_run_again():
    rounds = int(os.environ.get("PRESSMARK_KILLS", "24"))
    counted = kills.main(rounds)
    assert sum(counted.values()) == rounds
