"""A text is in the language whose small words it has, or in one that is not known; never in the nearest."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pressmark.record.language import FEWEST, language_in

PASSAGES = tomllib.loads((Path(__file__).parent / "passages.toml").read_text(encoding="utf-8"))
KNOWN, UNKNOWN = PASSAGES["known"], PASSAGES["unknown"]


@pytest.mark.parametrize("tag", KNOWN)
def test_a_known_language_is_known(tag):
    tongue = language_in([KNOWN[tag]])
    assert tongue
    assert tongue.tag == tag[:2]
    assert tongue.sure > 0.85


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_language_that_is_not_known_is_not_taken_for_another(name):
    tongue = language_in([UNKNOWN[name]])
    assert tongue
    assert (tongue.tag, tongue.sure) == ("und", 0.3)


def test_letters_alone_tell_some_languages():
    tongue = language_in(["水は丘を下った。誰も行き先を聞かなかった。犬は元気である。" * 3])
    assert tongue
    assert tongue.tag == "ja"


def test_few_words_tell_nothing():
    words = KNOWN["de"].split()
    assert language_in([" ".join(words[: FEWEST - 1])]) is None


def test_more_words_make_it_surer_and_a_quotation_does_not_change_it():
    short = language_in([KNOWN["de"]])
    long = language_in([KNOWN["de"]] * 5 + [KNOWN["fr"]])
    assert short
    assert long
    assert long.tag == "de"
    assert long.sure > short.sure


def test_a_list_of_headings_is_in_a_language_too():
    first = "Bread and flour Chapter three The price of flour in winter Chapter four Of mills and boats Notes on clay"
    tongue = language_in([first, "Chapter five Letters from Leeds and York The second oven Table of prices Index"])
    assert tongue
    assert tongue.tag == "en"
