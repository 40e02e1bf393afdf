"""What the stage makes of whole pages, made up for the purpose."""

from __future__ import annotations

import time

import pytest

from pressmark.exporters.inspection import inspection
from pressmark.model.text import rewrite
from pressmark.pipeline import run
from pressmark.readers import read_source
from pressmark.readers.source import Source
from pressmark.stages import recover_structure
from pressmark.tei import parse, write

PROSE = (
    "The harbour lay empty that winter, and the men who had worked there stood about the gates in the morning as if "
    "somebody might still come out and call their names. Nobody came. The clerks had been sent home in October, and "
    "the ledgers lay in the office with the last line half written, and the dust on them."
)
PAGE = f"""Ines Farrow

The Empty Harbour

Written: 1931.
Source: The Tidewater Review, Vol. III No. 2, May 1931, pp. 12–19.
Transcribed: Paul Redgrave.
Proofread: Ada Holm (June 2009).

“Nothing is as quiet as a crane that nobody needs.” – March 3, 1931 – Holm

{PROSE}[1]

{PROSE}

* * *

{PROSE}

The Strike Committee

{PROSE}[2]

{PROSE}


1. The harbour was opened again in the year 1934. – Editor

2. The committee had eleven members, of whom four were women.

Ines Farrow Archive | Tidewater Library

Last updated on: 12 May 2011
"""


def pressed(text, name="page.txt"):
    edition = read_source(Source(name, text.encode("utf-8")))
    return run(edition, (recover_structure,), when="2000-01-01")


def roles(text, name="page.txt"):
    form = inspection(pressed(text, name), name)
    return [(block["role"], form_text(text, block)) for block in form["blocks"]]


def form_text(text, block):
    return " ".join(text[block["start"] : block["end"]].split())[:30]


def test_a_page_of_an_archive():
    found = roles(PAGE)
    given = {words: role for role, words in found}
    assert given["Written: 1931."] == "record"
    assert given["Proofread: Ada Holm (June 2009"] == "record"
    assert given["“Nothing is as quiet as a cran"] == "epigraph"
    assert given["– March 3, 1931 – Holm"] == "attribution"
    assert given["* * *"] == "scene_break"
    assert given["The Strike Committee"] == "heading"
    assert [role for role, _ in found].count("footnote") == 2
    assert [role for role, _ in found].count("note_anchor") == 2
    assert given["Last updated on: 12 May 2011"] == "last_updated"
    assert [role for role, _ in found].count("paragraph") == 5


def test_each_call_leads_to_its_note():
    form = inspection(pressed(PAGE), "page.txt")
    calls = [block for block in form["blocks"] if block["role"] == "note_anchor"]
    for call in calls:
        note = PAGE[call["target"]["start"] :]
        assert note.startswith(f"{call['n']}. ")


def test_every_block_says_how_sure_and_why():
    edition = pressed(PAGE)
    for block in inspection(edition, "page.txt")["blocks"]:
        if block["role"] != "note_anchor":
            assert 0 < block["certainty"] < 1
            assert all(isinstance(reason, str) and reason for reason in block["because"])
    assert b"because" not in write(edition)


@pytest.mark.parametrize("text", [PAGE, PROSE, "\n\n".join([PROSE] * 3), "A\n\nB\n\nC\n", "1\n\n2\n\n3", "* * *"])
def test_twice_is_once_and_the_file_is_valid(text):
    edition = pressed(text)
    assert recover_structure(edition) == edition
    assert parse(write(edition)).text == edition.text


def test_what_a_person_decided_stays():
    edition = read_source(Source("page.txt", PAGE.encode()))
    from dataclasses import replace

    chosen = next(leaf for leaf in edition.leaves() if leaf.text == "The Strike Committee")

    def decide(block):
        if block.id != chosen.id:
            return block
        return replace(block, attributes=(("resp", "#farrow"),))

    text = rewrite(edition.text, decide)
    after = recover_structure(replace(edition, text=text))
    kept = next(leaf for leaf in after.leaves() if leaf.id == chosen.id)
    assert kept.name == "p"
    assert kept.get("resp") == "#farrow"


def test_a_hard_wrapped_letter_in_another_language():
    body = (
        "Ich schreibe dir aus der leeren Stadt, in der niemand mehr arbeitet und in der\n"
        "die Laternen am Abend nicht mehr brennen, weil es keinen gibt, der sie anzündet."
    )
    text = f"Hamburg, 3. März 1931\n\nLieber Paul,\n\n{body}\n\n{body}\n\nMit herzlichen Grüßen,\n\nAda\n"
    given = {words: role for role, words in roles(text)}
    assert given["Hamburg, 3. März 1931"] == "dateline"
    assert given["Lieber Paul,"] == "salutation"
    assert given["Mit herzlichen Grüßen,"] == "signed"


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"Line {number} of a list" for number in range(4000)),
        "\n\n".join(f"{number}. A note and nothing else." for number in range(1, 3000)),
        "“" * 40_000,
        "(" * 40_000,
        "1.1.1.1." * 8_000,
        " ".join(["a - b – c"] * 8_000),
    ],
    ids=["lines", "notes", "quotes", "brackets", "numbers", "dashes"],
)
def test_bad_input_takes_no_more_than_its_time(text):
    begun = time.process_time()
    pressed(text)
    assert time.process_time() - begun < 12
