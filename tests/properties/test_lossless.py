"""Nothing is lost: every non-white character of a source is in the edition, in order, after every stage."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pressmark.errors import LostText, SourceError
from pressmark.exporters.inspection import inspection
from pressmark.exporters.text import plain_text
from pressmark.lossless import align
from pressmark.model.edition import Edition, ink
from pressmark.model.text import Container, Leaf, rewrite
from pressmark.pipeline import perform, run
from pressmark.readers import read_source
from pressmark.readers.source import Source
from pressmark.stages import INTAKE, STAGES, stage
from pressmark.tei import parse, write

EVERY = int(os.environ.get("PRESSMARK_EVERY", "16"))
"""Of the largest sets of real texts, one in so many is read; 1 reads them all."""

DAY = "2000-01-01"

PIECES = (
    "Written: 1940.",
    "Source: Almanac, 1905, pp. 3–9.",
    "* * *",
    "[1]",
    "1. See there.",
    "[2] And there.",
    "*",
    "† A note",
    "CHAPTER I",
    "By Mira Holt",
    "A Short Line",
    "12",
    "\f",
    "THE SALT ROAD   13",
    "\x1a",
    "Notes",
    "Last updated: 1999",
    "    indented line of a poem",
    "They went down to the water, and it was not there.",
    "a-\nb",
    "\ud800",
    "\uffff",
    "\x85",
    "\u2028",
    "word " * 40,
    "Ünïcödé «ñ» — ½",
    "שלום",
    "水は丘を下った。",
    "<p>",
    "&amp;",
    "]]>",
    "e\u0301",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "-----File: 001.png---",
    "_italics_",
    "[Illustration: a map]",
    "a\tb\tc",
    "£1 2s. 3d.",
    "— June 8, 1940 — Trotsky",
)
LINE_ENDS = ("\n", "\r\n", "\r", "\n\n", "\n\n\n", "\n  ", "\f", " ", "\n\n    ")


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Texts made of what pages are made of, in any order, with any line ends, and of any characters at all."""
    parts = draw(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=60)), min_size=1, max_size=40))
    ends = draw(st.lists(st.sampled_from(LINE_ENDS), min_size=1, max_size=6))
    return "".join(part + ends[index % len(ends)] for index, part in enumerate(parts))


def whole(source: Source) -> Edition | None:
    """Takes a source all the way and checks it at each step; ``None`` where it is no text."""
    try:
        edition = read_source(source)
    except SourceError:
        return None
    received = ink(edition.source_text or "")

    def same(number: int, name: str, after: Edition) -> None:
        assert ink(after.sic) == received, f"{name} lost something"

    assert ink(edition.sic) == received
    edition = run(edition, STAGES, when=DAY, keep=same)
    again = parse(write(edition))
    assert again == edition
    assert ink(again.sic) == received
    assert ink(plain_text(edition, as_corrected=False)) == received
    return edition


@given(pages())
@example("A\n\n1. b[1]\n\n[1] c")
@example("x\x1a")
def test_no_text_loses_a_character(text):
    data = text.encode("utf-8", "surrogatepass").replace(b"\0", b"")
    edition = whole(Source("a.txt", data))
    if edition is not None and edition.header.witnesses[0].encoding == "utf-8":
        inspection(edition, "a.txt")


@given(pages(), st.sampled_from(("utf-16", "utf-8-sig", "cp1252", "koi8-r", "cp1250", "mac-roman", "cp1251")))
def test_no_text_loses_a_character_in_any_encoding(text, encoding):
    data = text.encode(encoding, "ignore").replace(b"\0", b"" if encoding != "utf-16" else b"\0")
    whole(Source("a.txt", data))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    whole(Source("a.txt", data))
    whole(Source("a.html", b"<html><body>" + data))


@given(pages())
def test_running_the_stages_twice_changes_nothing(text):
    try:
        once = run(read_source(Source("a.txt", text.encode("utf-8", "surrogatepass"))), INTAKE, when=DAY)
    except SourceError:
        return
    assert run(replace(once, performed=()), INTAKE, when=DAY) == once


@given(pages())
def test_spans_of_blocks_cover_the_source_in_order(text):
    try:
        edition = run(read_source(Source("a.txt", text.encode("utf-8", "surrogatepass"))), STAGES, when=DAY)
    except SourceError:
        return
    form = inspection(edition, "a.txt")
    source = edition.source_text or ""
    inner = ("note_anchor", "line_end_hyphen")
    tops = [block for block in form["blocks"] if block["role"] not in inner]  # type: ignore[index,union-attr]
    spans = sorted(span for block in tops for span in block.get("spans", [[block["start"], block["end"]]]))
    covered = "".join(source[a:b] for a, b in spans)
    assert ink(covered) == ink(source)


def losing(change: str) -> Edition:
    """What comes of an edition when a faulty stage does ``change``."""

    @stage(assigns=("text",))
    def faulty(edition: Edition) -> Edition:
        def spoil(block: Leaf | Container) -> Leaf | Container:
            if isinstance(block, Leaf) and "water" in block.text:
                words = {
                    "drops": block.text.replace("w", "", 1),
                    "adds": block.text + "x",
                    "swaps": block.text.replace("wa", "aw", 1),
                }
                return replace(block, text=words[change])
            return block

        return replace(edition, text=rewrite(edition.text, spoil))  # type: ignore[arg-type]

    return perform(faulty, read_source(Source("a.txt", b"The water went down.\n\nIt is gone.")), when=DAY)


@pytest.mark.parametrize("change", ["drops", "adds", "swaps"])
def test_a_stage_that_loses_a_character_is_stopped(change):
    with pytest.raises(LostText, match="after faulty"):
        losing(change)


def test_a_stage_may_change_only_what_it_assigns():
    @stage(assigns=("header",))
    def greedy(edition: Edition) -> Edition:
        return replace(edition, text=Container("text", (Container("body", (Leaf("p", "x", id="b2"),), "b3"),), "b1"))

    with pytest.raises(ValueError, match="does not assign"):
        perform(greedy, read_source(Source("a.txt", b"x")), when=DAY)


def test_a_stage_needs_those_before_it():
    with pytest.raises(ValueError, match="requires recover_structure"):
        perform(INTAKE[1], read_source(Source("a.txt", b"x")), when=DAY)


# --- Real texts, where they are at hand ------------------------------------------------------------


def real_texts(shared: Path, family: str) -> Iterator[Source]:
    """The texts of one of the sets beside the project."""
    data = shared / "data"
    if family == "seed":
        yield from (Source(path.name, path.read_bytes()) for path in (data / "seed").glob("*.txt"))
    elif family == "structure":
        for path in sorted((shared / "bench" / "structure").rglob("*.txt")):
            yield Source(path.name, path.read_bytes())
    elif family == "mia-html":
        with tarfile.open(data / "mia-html" / "pages.tar.gz") as held:
            for member in held:
                if member.isfile() and member.name.endswith((".htm", ".html")):
                    content = held.extractfile(member)
                    assert content is not None
                    yield Source(Path(member.name).name, content.read())
    elif family == "prose":
        for path in sorted((data / "prose" / "standardebooks").glob("*.gz"))[:: max(1, EVERY // 4)]:
            yield Source(path.stem, gzip.decompress(path.read_bytes()))
        for path in sorted((data / "prose").glob("*.jsonl.gz")):
            yield from lines_of(path, "text", EVERY)
    else:
        name, key = {"se-typos": ("texts", "text"), "ocr-en": ("dev", "ocr"), "names": ("hipe_dev", "text")}[family]
        yield from lines_of(data / family / f"{name}.jsonl.gz", key, 1 if family == "se-typos" else max(1, EVERY // 4))


def lines_of(path: Path, key: str, every: int) -> Iterator[Source]:
    with io.TextIOWrapper(gzip.open(path), "utf-8", newline="\n") as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                yield Source(f"{path.stem}-{number}.txt", json.loads(line)[key].encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("family", ["seed", "structure", "mia-html", "prose", "se-typos", "ocr-en", "names"])
def test_no_real_text_loses_a_character(shared, family):
    count = 0
    for source in real_texts(shared, family):
        edition = whole(source)
        assert edition is not None, f"{source.name} was refused"
        align(edition)
        count += 1
    assert count > 0
