"""Whole pages against a truth written by hand: the share of blocks that are right, and the fields of the record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pressmark.exporters.inspection import inspection
from pressmark.model.edition import Edition
from pressmark.model.header import PEOPLE, SOURCES, Statement
from pressmark.pipeline import run
from pressmark.readers import read

HERE = Path(__file__).parent

BLOCKS = {"german-bell-founder": 1.0, "russian-river-pilot": 1.0, "english-printers-devil": 0.94}
"""The share of blocks and anchors that must at least be right; what is missing to 1 is wrong today."""

FIELDS = {"german-bell-founder": 0.8, "russian-river-pilot": 1.0, "english-printers-devil": 0.8}
"""The share of the record's fields that must at least be right."""


def truth_of(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return truth


@cache
def edition_of(name: str) -> Edition:
    return run(read(HERE / f"{name}.txt"), when="2000-01-01")


def is_right(block: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    """Whether a block was found with its role and its place; an anchor also with the note that it calls."""
    roles = {block["role"], *block.get("also", ())}
    return any(
        each["role"] in roles
        and ("target" not in block or each.get("target", {}).get("start") == block["target"]["start"])
        for each in found
        if (each["start"], each["end"]) == (block["start"], block["end"])
    )


@pytest.mark.parametrize("name", BLOCKS)
def test_blocks_are_what_they_are(name):
    found: Any = inspection(edition_of(name), name)["blocks"]
    truth = truth_of(name)["blocks"]
    wrong = [f"{block['role']}: {block['text']}" for block in truth if not is_right(block, found)]
    share = 1 - len(wrong) / len(truth)
    assert share >= BLOCKS[name], f"{share:.3f} of {len(truth)} blocks are right; wrong are\n" + "\n".join(wrong)


def said(statement: Statement) -> Iterator[Any]:
    """What a statement says, in the forms in which the truth may have it."""
    if statement.field in PEOPLE:
        yield from statement.all("name")
    elif statement.field in SOURCES:
        yield dict(statement.parts)
    else:
        yield from (statement.value, statement.normal)


@pytest.mark.parametrize("name", FIELDS)
def test_the_record_says_what_the_page_says(name):
    header = edition_of(name).header
    truth = truth_of(name)["record"]
    wrong = []
    for field, stated in truth.items():
        found = [each for statement in header.all(field) for each in said(statement)]
        for each in [stated] if isinstance(stated, dict) else stated:
            if each not in found:
                wrong.append(f"{field}: {each}, found {found}")
    count = sum(1 if isinstance(stated, dict) else len(stated) for stated in truth.values())
    share = 1 - len(wrong) / count
    assert share >= FIELDS[name], f"{share:.3f} of {count} fields are right; wrong are\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", BLOCKS)
def test_the_truth_is_whole(name):
    """Every character that is not white lies in one block of the truth, whose words are those of the page."""
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    held = [0] * len(text)
    for block in truth_of(name)["blocks"]:
        words = text[block["start"] : block["end"]]
        assert words[:60].replace("\n", " / ") == block["text"]
        if block["role"] != "note_anchor":
            for at in range(block["start"], block["end"]):
                held[at] += 1
    assert all(count == 1 for count, letter in zip(held, text, strict=True) if not letter.isspace())
    assert max(held) == 1
