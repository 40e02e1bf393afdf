"""Every exporter keeps the words of every element."""

from __future__ import annotations

import pytest
from tests.unit.exporters.pages import edition
from tests.unit.exporters.test_html import in_context

from pressmark.exporters import EXPORTERS
from pressmark.model.inventory import CONTAINERS, EMPTY_LEAVES, LEAVES

WORDY = sorted((CONTAINERS | LEAVES) - EMPTY_LEAVES - {"figure", "back"})


@pytest.mark.parametrize("exporter", [each for each in EXPORTERS if each.name != "tei"], ids=lambda each: each.name)
@pytest.mark.parametrize("name", WORDY)
def test_no_exporter_has_a_hole(exporter, name):
    """TEI is not among them: it takes only what the profile allows, and is proved by reading it back."""
    made = exporter.export(edition(in_context(name))).decode()
    assert any(word in made for word in ("Words", "words")), f"{exporter.name} drops the words of {name}"
