"""Labels of record lines are known by what they mean."""

from __future__ import annotations

import time

import pytest

from pressmark.languages import LANGUAGES, record_labels, tables
from pressmark.model.header import FIELDS
from pressmark.record.labels import is_near, label_fields, labelled_in

EXACT = [
    ("Written", "written"),
    ("First Published", "published"),
    ("On-Line Version", "online_version"),
    ("Online version", "online_version"),
    ("HTML Mark up", "encoder"),
    ("Proofed and corrected by", "proofreader"),
    ("Public Domain", "rights"),
    ("Copyleft", "rights"),
    ("Publisher", "printed_source"),
    ("Dernière mise à jour", "online_version"),
    ("Quelle", "printed_source"),
    ("Korrekturlesung", "proofreader"),
    ("Fuente", "printed_source"),
    ("Впервые опубликовано", "published"),
    ("Вёрстка", "encoder"),
]


@pytest.mark.parametrize(("label", "field"), EXACT)
def test_a_label_in_the_lists_is_known(label, field):
    assert label_fields(label) == ((field,), "exact")


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("First Published in German", "published"),
        ("Source of this text", "printed_source"),
        ("Original source", "printed_source"),
    ],
)
def test_a_label_with_small_words_is_known_by_its_parts(label, field):
    known = label_fields(label)
    assert known
    assert known[0] == (field,)


@pytest.mark.parametrize(("label", "field"), [("Tanslated", "translator"), ("Proofraed", "proofreader")])
def test_a_misprint_of_a_label_is_known_as_similar(label, field):
    assert label_fields(label) == ((field,), "similar")


@pytest.mark.parametrize(
    "label", ["Note", "He said", "The following was written in May", "Chapter", "Publishers Note", "", "x" * 200]
)
def test_other_words_are_no_label(label):
    assert label_fields(label) is None


@pytest.mark.parametrize(
    "label",
    ["Transcribed/HTML Markup", "Transcription\\Markup", "Abschrift und HTML-Markierung", "Transcription & HTML"],
)
def test_a_label_of_two_deeds_states_both(label):
    known = label_fields(label)
    assert known
    assert known[0] == ("transcriber", "encoder")


def test_a_line_of_several_labels_is_parted():
    line = (
        "Written: 1859 Publisher: Progress Publishers, Moscow First Published:1859  Translated: S.W. R.; Proofed: by M."
    )
    found = [(piece.fields[0], piece.value) for piece in labelled_in(line)]
    assert found == [
        ("written", "1859"),
        ("printed_source", "Progress Publishers, Moscow"),
        ("published", "1859"),
        ("translator", "S.W. R."),
        ("proofreader", "by M."),
    ]


def test_a_value_stands_where_it_is_said_to():
    line = "  Written:  in May 1871;  "
    (piece,) = labelled_in(line)
    assert line[piece.start : piece.end] == piece.value == "in May 1871"


def test_a_label_may_do_without_its_colon():
    assert [(piece.fields, piece.value) for piece in labelled_in("Transcribed by Zodiac")] == [
        (("transcriber",), "Zodiac")
    ]
    assert labelled_in("Written in the sand, it did not last") == ()
    assert labelled_in("From the author to the reader") == ()


def test_an_address_has_no_label_in_it():
    (piece,) = labelled_in("Source: http://example.org/a:b")
    assert piece.value == "http://example.org/a:b"


@pytest.mark.parametrize("line", ["Translated:", "Written:  ", "", ":", "x" * 5000, "Written: " + "x" * 5000])
def test_a_line_without_a_value_states_nothing(line):
    assert labelled_in(line) == ()


@pytest.mark.parametrize("piece", ["Written: ", "a: ", ":", "Written by ", "(Source"])
def test_a_long_line_takes_no_long_time(piece):
    started = time.perf_counter()
    labelled_in((piece * 2000)[:2000])
    assert time.perf_counter() - started < 1


def test_near_is_one_letter():
    assert is_near("translated", "tanslated")
    assert is_near("translated", "transalted")
    assert is_near("proofread", "proofread")
    assert not is_near("translated", "translators")
    assert not is_near("source", "course")


def test_every_language_has_the_same_lists():
    for name in ("record.toml", "months.toml", "citation.toml"):
        first, *others = tables(name)
        assert len(others) == len(LANGUAGES) - 1
        for lists in others:
            assert first.keys() <= lists.keys() | {"by"}, name


def test_labels_are_of_fields():
    assert set(record_labels().values()) <= set(FIELDS)
    assert len(record_labels()) > 400
