"""Plain text: as corrected for readers, as the source says for comparison."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from tests.properties.strategies import editions
from tests.unit.exporters.pages import box, edition, leaf, p

from pressmark.exporters import exporters
from pressmark.exporters.text import EXPORTER, SIC, plain_text
from pressmark.model.edition import ink
from pressmark.model.text import Choice, inset


def test_blocks_stand_apart_and_lines_together():
    stanza = box("lg", leaf("l", "One", own="l1"), leaf("l", "two", own="l2", rend="indent2"), own="lg")
    assert plain_text(edition(p("Before", own="a"), stanza, p("After", own="b"))) == "Before\n\nOne\n    two\n\nAfter\n"


def test_the_cells_of_a_row_stand_on_one_line():
    row = box("row", leaf("cell", "a\nb", own="x"), leaf("cell", "c", own="y"), own="r")
    assert plain_text(edition(box("table", row))) == "a b\tc\n"


def test_corrections_and_what_the_source_says():
    made = edition(p("net only", Choice("corr", 0, 3, reading="not"), Choice("supplied", 8, 8, reading="!")))
    assert plain_text(made) == "not only!\n"
    assert plain_text(made, as_corrected=False) == "net only\n"


def test_what_interrupts_follows_for_a_reader_and_stays_in_place_for_the_source():
    made = edition(p("so far and on", inset(6, leaf("fw", "197", own="f"))))
    assert plain_text(made) == "so far and on\n\n197\n"
    assert ink(plain_text(made, as_corrected=False)) == "sofar197andon"


def test_a_surrogate_does_not_stop_the_export():
    made = edition(p("a\ud800b"))
    assert EXPORTER.export(made).decode("utf-8") == "a\ufffdb\n"
    assert SIC.export(made).decode("utf-8") == "a\ufffdb\n"


@settings(max_examples=30, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
@given(editions(2))
def test_the_source_reading_has_every_character_in_order(made):
    assert ink(plain_text(made, as_corrected=False)) == ink(made.sic)


def test_exporters_are_found_by_name():
    assert set(exporters()) >= {"tei", "text", "sic"}
