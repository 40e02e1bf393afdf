"""Every check finds what its example shows, at its place, in its words: ``tests/checks/<CODE>/``."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressmark.checks import CHECKS
from pressmark.lossless import align
from pressmark.pipeline import run
from pressmark.readers import read

HERE = Path(__file__).parent
BEFORE = 30
"""Characters of the line that are shown before the place."""


def shown(code: str) -> str:
    """What the check finds in its example: code, sentence, place, and the words there with carets below."""
    (source,) = (HERE / code).glob("in.*")
    edition = run(read(source), when="2000-01-01")
    alignment, leaves = align(edition), {leaf.id: leaf for leaf in edition.leaves()}
    out = []
    for finding in edition.stand_off.findings:
        if finding.code != code:
            continue
        out.append(f"{finding.code} {finding.message} [{finding.block}:{finding.start}-{finding.end}]")
        if finding.block in leaves and finding.end > finding.start:
            leaf = leaves[finding.block]
            assert alignment.spans(leaf)
            begin = max(0, finding.start - BEFORE)
            out.append("    " + leaf.text[begin : finding.end + BEFORE].replace("\n", " ").rstrip())
            out.append("    " + " " * (finding.start - begin) + "^" * (finding.end - finding.start))
    return "\n".join(out) + "\n"


@pytest.mark.parametrize("code", [check.code for check in CHECKS])
def test_a_check_finds_what_its_example_shows(code, request):
    expected = HERE / code / "out.txt"
    if request.config.getoption("--rewrite-golden"):
        expected.write_text(shown(code), encoding="utf-8", newline="\n")
        pytest.skip("written anew; review the difference")
    assert shown(code) == expected.read_text(encoding="utf-8")
    assert code in shown(code), "the example of a check has nothing for it to find"


def test_no_example_is_left_of_a_check_that_is_gone():
    folders = {path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert folders == {check.code for check in CHECKS}
