"""What the names of files and folders tell, and that they speak only where the page does not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pressmark.exporters.listing import authors_of, years_of
from pressmark.model.edition import Edition
from pressmark.pipeline import run
from pressmark.readers import read
from pressmark.readers.source import given_folders
from pressmark.record.paths import told_by_path

WORDS = "The water went down the hill and nobody asked it where it was going, since it never said. " * 4


@pytest.mark.parametrize(
    ("path", "said", "normal", "found"),
    [
        ("engels/1874/05/bells.htm", "1874/05", "1874-05", "file:path"),
        ("archive/lenin/works/1914/nov/08b.htm", "1914/nov/08b", "1914-11-08", "file:path"),
        ("engels/1874/bells.htm", "1874", "1874", "file:path"),
        ("engels/1874/letters/05.htm", "1874", "1874", "file:path"),
        ("1905-letters.htm", "1905", "1905", "file:name"),
        ("letters-1905-1907.htm", "1905-1907", "1905/1907", "file:name"),
        ("speech_1911-05-03.txt", "1911-05-03", "1911-05-03", "file:name"),
        ("1848-05.txt", "1848-05", "1848-05", "file:name"),
    ],
)
def test_a_path_tells_a_date(path, said, normal, found):
    place = Path(path)
    told = [each for each in told_by_path(place.name, place.parts[:-1]) if each.field == "written"]
    assert [(each.value, each.normal, each.found) for each in told] == [(said, normal, found)]
    assert told[0].probability < 0.5


@pytest.mark.parametrize(
    "path",
    ["ch03.htm", "title.htm", "letters/68_01_30.htm", "v2.1905.txt", "1905-1907-1911.txt", "12345.txt", "a/b.txt"],
)
def test_other_paths_tell_none(path):
    place = Path(path)
    assert not list(told_by_path(place.name, place.parts[:-1]))


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("engels/1874/05/bells.htm", ["engels"]),
        ("archive/jo-bell/works/1874/bells.htm", ["jo bell"]),
        ("archive/1874/bells.htm", []),
        ("works/1874/bells.htm", []),
        ("engels/bells.htm", []),
    ],
)
def test_the_folder_above_the_years_is_named_for_the_author(path, names):
    place = Path(path)
    told = [each for each in told_by_path(place.name, place.parts[:-1]) if each.field == "author"]
    assert [name for each in told for name in each.persons] == names


def test_only_the_folders_of_a_relative_path_are_looked_at():
    assert given_folders(Path("engels/1874/05/bells.htm")) == ("engels", "1874", "05")
    assert given_folders(Path("/home/jo/1874/05/bells.htm")) == ()
    assert given_folders(Path("../1874/bells.htm")) == ()
    assert given_folders(Path("a/b/c/d/e/f/g.htm")) == ("b", "c", "d", "e", "f")


def made(folder: Path, path: str, words: str, monkeypatch: pytest.MonkeyPatch) -> Edition:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(words, encoding="utf-8")
    monkeypatch.chdir(folder)
    return run(read(os.fspath(Path(path))), when="2000-01-01")


def test_what_the_page_does_not_say_the_path_tells(tmp_path, monkeypatch):
    edition = made(tmp_path, "engels/1874/05/bells.txt", f"The Bells\n\n{WORDS}\n", monkeypatch)
    assert years_of(edition.header) == "1874"
    assert authors_of(edition.header) == ("engels",)


def test_a_path_that_agrees_adds_nothing(tmp_path, monkeypatch):
    page = f"The Bells\n\nWritten: May 1874\nAuthor: Jo Bell\n\n{WORDS}\n"
    edition = made(tmp_path, "engels/1874/05/bells.txt", page, monkeypatch)
    elsewhere = run(read(tmp_path / "engels/1874/05/bells.txt"), when="2000-01-01")
    assert edition == elsewhere
    assert not any(each.found.startswith("file:") for each in edition.header.statements)


def test_a_page_with_the_very_words_of_the_path_states_them_itself(tmp_path, monkeypatch):
    edition = made(tmp_path, "engels/1874/bells.txt", f"The Bells\n\nWritten: 1874\n\n{WORDS}\n", monkeypatch)
    assert [(each.value, each.found[:1]) for each in edition.header.all("written")] == [("1874", "#")]


def test_a_path_that_contradicts_is_kept_and_reported_and_takes_nothing_away(tmp_path, monkeypatch):
    page = f"The Bells\n\nWritten: May 1911\n\n{WORDS}\n"
    edition = made(tmp_path, "engels/1874/05/bells.txt", page, monkeypatch)
    written = edition.header.all("written")
    assert [(each.value, each.found[:5]) for each in written] == [
        ("May 1911", written[0].found[:5]),
        ("1874/05", "file:"),
    ]
    assert written[0].probability > 0.9
    assert years_of(edition.header) == "1911"
    assert [each.code for each in edition.stand_off.findings if each.code == "C002"] == ["C002"]
