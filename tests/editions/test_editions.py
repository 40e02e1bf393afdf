"""Golden editions: what each stage makes of a source, reviewed by people and kept.

``python dev.py golden`` writes them anew; look at the difference before it is committed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pressmark.exporters.html import Html
from pressmark.exporters.inspection import inspection
from pressmark.exporters.text import plain_text
from pressmark.lossless import align
from pressmark.model.edition import Edition
from pressmark.pipeline import run
from pressmark.readers import read
from pressmark.stages import STAGES
from pressmark.tei import parse, write

HERE = Path(__file__).parent
EDITIONS = sorted(path.parent for path in HERE.glob("*/source"))
DAY = "2000-01-01"
TEXTS = {".txt", ".htm", ".html", ".xml"}


def source_of(folder: Path) -> Path:
    (source,) = [path for path in (folder / "source").iterdir() if path.suffix in TEXTS]
    return source


def made_of(folder: Path) -> tuple[Edition, dict[str, bytes]]:
    """The finished edition, and every file of its golden folder."""
    made: dict[str, bytes] = {}

    def keep(number: int, name: str, edition: Edition) -> None:
        made[f"{number:02d}-{name}.tei.xml"] = write(edition)

    begun = read(source_of(folder))
    keep(0, "read", begun)
    edition = run(begun, STAGES, when=DAY, keep=keep)
    form = inspection(edition, source_of(folder).name)
    made["inspection.json"] = (json.dumps(form, ensure_ascii=False, indent=1) + "\n").encode()
    made["body.html"] = Html(edition).body().encode()
    made["text.txt"] = plain_text(edition).encode("utf-8", "surrogatepass")
    return edition, made


def test_there_are_enough_editions():
    assert len(EDITIONS) >= 10


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_every_stage_gives_what_was_reviewed(folder, request):
    _, made = made_of(folder)
    golden = folder / "golden"
    if request.config.getoption("--rewrite-golden"):
        golden.mkdir(exist_ok=True)
        for path in golden.iterdir():
            path.unlink()
        for name, document in made.items():
            (golden / name).write_bytes(document)
        pytest.skip("golden edition written anew; review the difference")
    assert sorted(path.name for path in golden.iterdir()) == sorted(made)
    for name, document in made.items():
        assert document.decode() == (golden / name).read_bytes().decode(), f"{folder.name}: {name} has changed"


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_nothing_is_lost_and_tei_gives_the_edition_back(folder):
    edition, made = made_of(folder)
    align(edition)
    for name, document in made.items():
        if name.endswith(".tei.xml"):
            again = parse(document)
            assert write(again) == document
    assert parse(write(edition)) == edition


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: folder.name)
def test_running_the_stages_twice_changes_nothing(folder):
    once, _ = made_of(folder)
    twice = run(replace(once, performed=()), STAGES, when=DAY)
    assert (twice.text, twice.header) == (once.text, once.header)
    assert twice.stand_off == once.stand_off
