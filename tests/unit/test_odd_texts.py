"""Texts of odd kinds: all capitals, verse only, notes only, a table, a play; and characters that go on and on.

Nothing may be lost (which ``run`` proves), the roles must be sensible, and twice the text takes about twice the time.
"""

from __future__ import annotations

import random
import textwrap
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pressmark.exporters.inspection import inspection
from pressmark.lossless import align
from pressmark.model.edition import Edition, ink
from pressmark.model.header import Statement
from pressmark.pipeline import run
from pressmark.readers import read
from pressmark.record.edtf import read_dates
from pressmark.record.headings import Head, read_heads
from pressmark.record.labels import labelled_in
from pressmark.record.language import language_in
from pressmark.record.paths import told_by_path
from pressmark.record.people import asides_in, people_in
from pressmark.record.rights import rights_in
from pressmark.record.sources import citation_in, cited_from, is_imprint, is_person

CLAUSES = (
    "the water went down the hill past the mill",
    "nobody asked it where it was going",
    "the baker stood in his door with a white cap",
    "it rained on the slates and on the long wall",
    "we counted the boats until the light was gone",
    "a letter came for my aunt on the Tuesday",
    "there was bread on the table and no one to eat it",
    "the children ran behind the cart as far as the bridge",
    "my father wrote his name in the wet clay",
    "the second winter was colder than the first",
)
SPEAKERS = ("HANNAH", "THE MILLER", "OLD TOBIAS", "MARTHA")
HEADINGS = (
    "The Mill",
    "The Bridge",
    "The Long Wall",
    "A Letter",
    "The Second Winter",
    "Bread",
    "The Clock",
    "Of Boats",
)
MANY_TONGUES = ("CHAPTER ONE", "ZWEITES KAPITEL", "CHAPITRE III", "CAPÍTULO CUARTO", "ГЛАВА ПЯТАЯ")
THINGS = "abacus baker candle dial ember forge gable hearth inkwell joist kiln ladle mallet needle oven pantry".split()
RECORD = "Written: 1911\nSource: The Oven, No. 9, June 1911\nTranscribed: Tobias Reed"

Words = random.Random


def sentence(words: Words) -> str:
    first = words.choice(CLAUSES)
    return f"{first[0].upper()}{first[1:]}, and {words.choice(CLAUSES)}."


def prose(words: Words, count: int = 4) -> str:
    return " ".join(sentence(words) for _ in range(count))


def paragraphs(words: Words, count: int) -> str:
    return "\n\n".join(prose(words) for _ in range(count))


def stanza(words: Words) -> str:
    return "\n".join(words.choice(CLAUSES).capitalize() + words.choice(",;") for _ in range(4))


def figures(words: Words) -> str:
    kind = words.choice(("Wheat", "Barley", "Oats", "Rye", "Flax"))
    return f"{kind:<14} {words.randrange(9999):8d} {words.random() * 99:8.2f} {words.randrange(999):6d}"


def speech(words: Words) -> str:
    return f"{words.choice(SPEAKERS)}. {prose(words, 2)}" if words.random() < 0.85 else "[She goes out.]"


def entry(words: Words) -> str:
    pages = ", ".join(str(words.randrange(400)) for _ in range(words.randrange(1, 4)))
    return f"{words.choice(THINGS).capitalize()}{words.choice(('', ', price of', ', old', ', in winter'))}, {pages}"


Maker = Callable[[Words, int], str]

KINDS: dict[str, Maker] = {
    "all capitals": lambda words, size: paragraphs(words, 12 * size).upper(),
    "no blank lines": lambda words, size: "\n".join(prose(words, 3) for _ in range(20 * size)),
    "no blank lines, wrapped": lambda words, size: "\n".join(
        "   " + "\n".join(textwrap.wrap(prose(words), 66)) for _ in range(15 * size)
    ),
    "headings only": lambda words, size: "\n\n".join(words.sample(HEADINGS * 3 * size, 20 * size)),
    "verse only": lambda words, size: "\n\n".join(stanza(words) for _ in range(20 * size)),
    "a table of figures": lambda words, size: "\n".join(figures(words) for _ in range(40 * size)),
    "an index": lambda words, size: "\n".join(sorted(entry(words) for _ in range(60 * size))),
    "a play": lambda words, size: (
        "ACT I\n\nSCENE 1. A kitchen.\n\n" + "\n\n".join(speech(words) for _ in range(50 * size))
    ),
    "a dictionary": lambda words, size: "\n\n".join(f"{thing}, n. {sentence(words)}" for thing in THINGS * size),
    "notes only": lambda words, size: "\n\n".join(f"[{n}] {sentence(words)}" for n in range(1, 40 * size + 1)),
    "a page number first": lambda words, size: f"17\n\n{paragraphs(words, 12 * size)}",
    "headings in five languages": lambda words, size: "\n\n".join(
        f"{heading}\n\n{paragraphs(words, 2)}" for heading in MANY_TONGUES * size
    ),
    "theses": lambda words, size: (
        "Theses on Bread\n\n" + "\n\n".join(f"{n}. {prose(words, 2)}" for n in range(1, 30 * size + 1))
    ),
    "a record at the end": lambda words, size: (
        "The Second Winter\n\nBy Hannah Miller\n\n"
        + f"{paragraphs(words, 12 * size)}\n\n"
        + RECORD.replace("\n", "\n\n")
    ),
    "a record that runs into the text": lambda words, size: (
        f"The Second Winter\n\n{RECORD}\n{prose(words)}\n{prose(words)}\n\n{paragraphs(words, 8 * size)}"
    ),
    "a text with ten thousand notes": lambda words, size: (
        "\n\n".join(f"{prose(words, 3)} [{n}]" for n in range(1, 100 * size + 1))
        + "\n\n"
        + "\n\n".join(f"[{n}] {words.choice(CLAUSES)}" for n in range(1, 100 * size + 1))
    ),
}

SENSIBLE: dict[str, tuple[str, float]] = {
    "all capitals": ("paragraph", 0.9),
    "no blank lines": ("paragraph", 0.9),
    "no blank lines, wrapped": ("paragraph", 0.9),
    "headings only": ("title subtitle heading running_title contents", 0.6),
    "verse only": ("verse", 0.8),
    "a table of figures": ("table", 0.9),
    "an index": ("table list_item contents paragraph", 0.9),
    "a play": ("paragraph verse", 0.9),
    "a dictionary": ("paragraph list_item", 1.0),
    "notes only": ("footnote list_item paragraph", 0.9),
    "a page number first": ("paragraph", 0.9),
    "headings in five languages": ("paragraph", 0.9),
    "theses": ("paragraph list_item", 0.9),
    "a record at the end": ("paragraph", 0.9),
    "a record that runs into the text": ("paragraph", 0.8),
    "a text with ten thousand notes": ("footnote paragraph", 0.95),
}
"""The roles that are right for most of such a text, and the least share of its characters that has one of them."""

EXACT: dict[str, dict[str, int]] = {
    "headings in five languages": {"heading": 5},
    "a record at the end": {"record": 3, "author": 1, "title": 1},
    "a record that runs into the text": {"record": 3, "title": 1},
    "a play": {"footnote": 0, "record": 0},
    "a text with ten thousand notes": {"footnote": 100, "note_anchor": 100},
}
"""How many blocks must have a role."""


AMISS: dict[str, tuple[str, float]] = {
    "headings only": ("heading", 0.5),
    "notes only": ("footnote", 0.9),
    "a page number first": ("paragraph page_number", 1.0),
}
"""What would be right, and is not seen so today: what is right one day moves to ``SENSIBLE``."""


def text_of(kind: str, size: int = 1) -> str:
    return KINDS[kind](random.Random(7), size)


def made(folder: Path, text: str) -> Edition:
    path = folder / "odd.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return run(read(path), when="2000-01-01")


def share(roles: str, blocks: list[dict[str, Any]]) -> float:
    """The share of the characters of blocks that have one of some roles."""
    held: Counter[str] = Counter()
    for block in blocks:
        if block["role"] != "note_anchor":
            held[block["role"]] += block["end"] - block["start"]
    return sum(held[role] for role in roles.split()) / held.total()


@pytest.mark.parametrize("kind", KINDS)
def test_odd_texts_have_sensible_roles_and_lose_nothing(kind, tmp_path):
    text = text_of(kind)
    edition = made(tmp_path, text)
    align(edition)
    assert ink(edition.sic) == ink(text)
    blocks: Any = inspection(edition, kind)["blocks"]
    roles, least = SENSIBLE[kind]
    assert share(roles, blocks) >= least, [(block["role"], block["end"] - block["start"]) for block in blocks]
    counted = Counter(block["role"] for block in blocks)
    assert {role: counted[role] for role in EXACT.get(kind, {})} == EXACT.get(kind, {})


@pytest.mark.parametrize("kind", AMISS)
@pytest.mark.xfail(strict=True, reason="the weights do not see it; where they do, it belongs in SENSIBLE")
def test_what_is_not_seen_yet(kind, tmp_path):
    roles, least = AMISS[kind]
    blocks: Any = inspection(made(tmp_path, text_of(kind)), kind)["blocks"]
    assert share(roles, blocks) >= least


def seconds(folder: Path, text: str) -> float:
    begun = time.process_time()
    made(folder, text)
    return time.process_time() - begun


def grows_too_fast(measure: Callable[[int], float], size: int) -> bool:
    """Whether twice the size takes four times as long; a slow moment of the machine is given a second chance."""
    for _ in range(2):
        once, twice = measure(size), measure(2 * size)
        if twice < 0.3 or twice < 3.3 * once:
            return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_text_takes_about_twice_the_time(kind, tmp_path):
    assert not grows_too_fast(lambda size: seconds(tmp_path, text_of(kind, size)), 12)


def test_ten_thousand_notes_are_linked(tmp_path):
    edition = made(tmp_path, text_of("a text with ten thousand notes", 100))
    blocks: Any = inspection(edition, "notes")["blocks"]
    anchors = [block for block in blocks if block["role"] == "note_anchor"]
    notes = {block["n"]: block["start"] for block in blocks if block["role"] == "footnote"}
    assert len(anchors) > 9000
    assert all(anchor["target"]["start"] == notes[anchor["n"]] for anchor in anchors)


ENDLESS = (
    '. |.|[|[1]|(|)|*|* | |\t|\u00a0x|1|1 |I|IV. |“|”|"|«|-|— |, |a.|A.|A. |: |Source: |'
    "Written: 1940 |Ab |ab |_|_a|~ |/|http://|a@|<|&|&amp;|\u00ad|12-|May 1, |pp. 1, |by A |"
    "transcribed, |A and |’|a- |\u0301|А. |¹|"
    "a\r|a\f|12 Ab |Ab, |= |Ab & Cd, |by Ab and |Note that this is so and it was. |published by A |"
    "12 Ab Cd Ef Gh |rue Ab Cd |London E.C. |Аб А. "
).split("|")
"""What a page may be made of that goes on and on."""


@pytest.mark.parametrize("piece", ENDLESS)
@pytest.mark.parametrize("lead", ["", "Source: "])
def test_a_line_that_goes_on_and_on(piece, lead, tmp_path):
    def measure(size: int) -> float:
        return seconds(tmp_path, lead + (piece * size)[:size] + "x end\n")

    assert not grows_too_fast(measure, 30_000)


READINGS: dict[str, Callable[[str], object]] = {
    "source": lambda words: citation_in(words, published=True),
    "imprint": lambda words: is_imprint(f"Published by {words}"),
    "source without a label": lambda words: cited_from(f"From {words}"),
    "people": lambda words: people_in(words, "translator"),
    "asides": lambda words: list(asides_in(words)),
    "labels": lambda words: labelled_in(f"[{words}"),
    "dates": read_dates,
    "rights": lambda words: rights_in(words, "copyright"),
    "person": is_person,
    "language": lambda words: language_in([words]),
    "path": lambda words: list(told_by_path(words, [words, "1905", words])),
    "heads": lambda words: list(read_heads([Head(role, (words,), role, 0.9) for role in ("title", "author")])),
    "persons": lambda words: Statement("author", " ".join(f"A {words}".split())).persons,
}


@pytest.mark.parametrize("reading", READINGS)
def test_what_reads_the_record_takes_no_long_time(reading):
    for piece in ENDLESS:
        words = (piece * 2000)[:1900] + "!"
        if any(letter in words for letter in "\f\r\u00ad\u0301") and reading == "persons":
            continue  # no line of the record holds these
        begun = time.process_time()
        READINGS[reading](words)
        assert time.process_time() - begun < 1.5, (reading, piece)
