"""Pressmarks that are the same everywhere, names that are safe everywhere, and the wall around an archive."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pressmark.archive.paths import (
    find_links,
    find_strays,
    find_texts,
    fold,
    free_name,
    inside,
    is_part,
    is_pressmark,
    parse_pressmark,
    read_inside,
    slug,
    source_name,
)
from pressmark.errors import UnsafePath, UsageError

ANY_TEXT = st.text(st.characters(), max_size=200)


def link(path: Path, target: Path) -> None:
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("this account may not make symbolic links")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Père Goriot — I.", "pere-goriot-i"),
        ("Воспоминания", "vospominaniya"),
        ("День", "den"),
        ("Re\u0301sistance", "resistance"),
        ("Trotsky’s “Diary in Exile”", "trotskys-diary-in-exile"),
        ("北京", "beijing"),
        ("CON", "con-1"),
        ("com1.txt", "com1-txt"),
        ("  --- ", "text"),
        ("", "text"),
        ("\ud800\0", "text"),
        ("../../etc/passwd", "etc-passwd"),
        ("word " * 40, "-".join(["word"] * 16)),
        ("a" * 200, "a" * 80),
    ],
)
def test_slugs(words: str, expected: str) -> None:
    assert slug(words, fallback="text") == expected


@given(ANY_TEXT)
def test_every_slug_is_a_part_of_a_pressmark(words: str) -> None:
    assert is_part(slug(words, fallback="text"))


def test_a_bad_fallback_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="not a part"):
        slug("words", fallback="Not This")


@pytest.mark.parametrize("pressmark", ["sedova/father-and-son", "a/b/c/1941", "0/0", f"a/{'b' * 80}"])
def test_good_pressmarks(pressmark: str) -> None:
    assert parse_pressmark(pressmark) == pressmark


@pytest.mark.parametrize(
    ("pressmark", "good"),
    [
        ("Sedova/Father and Son", "sedova/father-and-son"),
        ("texts\\letter", "texts/letter"),
        ("letter", "sedova/letter"),
        ("", "sedova/father-and-son"),
        ("/a/b/", "a/b"),
        ("../a/b", "a/b"),
        ("a/con", "a/con-1"),
        ("lpt9/a", "lpt9-1/a"),
        ("a/b-", "a/b"),
        ("a/b--c", "a/b-c"),
        ("a//b", "a/b"),
        ("a/b\n", "a/b"),
        ("a/٣", "a/3"),
        (f"a/{'b' * 81}", f"a/{'b' * 80}"),
    ],
)
def test_bad_pressmarks_are_answered_with_a_good_one(pressmark: str, good: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_pressmark(pressmark)
    assert caught.value.hint.endswith(f"such as {good}")
    assert is_pressmark(good)


def test_a_hostile_pressmark_does_not_reach_the_terminal() -> None:
    with pytest.raises(UsageError) as caught:
        parse_pressmark("\x1b[2J\u202e" + "x" * 10_000)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("page 1.txt", "page 1.txt"),
        ("Отец и сын.html", "Отец и сын.html"),
        ("می\u200cخواهم.txt", "می\u200cخواهم.txt"),
        ("C:\\scans\\page.txt", "page.txt"),
        ("../../etc/passwd", "passwd"),
        ("folder/", "folder"),
        ("a\nb\0\x1b.txt", "ab.txt"),
        ("evil\u202etxt.exe", "eviltxt.exe"),
        ("..hidden", "hidden"),
        (".tmp-1", "tmp-1"),
        ("what is this?*.html", "what is this.html"),
        ("text.xml:stream", "text.xmlstream"),
        ("name. . ", "name"),
        ("re\u0301sume\u0301.txt", "r\u00e9sum\u00e9.txt"),
        ("CON", "CON-1"),
        ("nul .tar.gz", "nul-1.tar.gz"),
        ("com¹.txt", "com¹-1.txt"),
        ("con" + " " * 200 + "x", "con-1"),
        ("", "source"),
        ("...", "source"),
        ("\udc80\ufffe", "source"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
        ("я" * 100 + ".html", "я" * 57 + ".html"),
        ("x" * 300, "x" * 120),
    ],
)
def test_source_names(name: str, expected: str) -> None:
    assert source_name(name) == expected


@given(ANY_TEXT | st.text("con.1 \\/:é\u0301\u202e", max_size=200))
@example("con" + " " * 118 + ".x")
@example("a" * 119 + " .b")
def test_every_source_name_is_safe_and_stays(name: str) -> None:
    kept = source_name(name)
    assert source_name(kept) == kept
    assert 0 < len(kept.encode()) <= 120
    assert unicodedata.is_normalized("NFC", kept)
    assert not set(kept) & set('<>:"/\\|?*\0\n\r')
    assert kept.strip(" .") == kept
    assert Path(kept).name == kept


def test_a_taken_name_gets_a_number_before_its_suffix() -> None:
    assert free_name("page.txt", []) == "page.txt"
    assert free_name("page.txt", ["PAGE.TXT", "page-2.txt"]) == "page-3.txt"
    assert free_name("straße", ["STRASSE"]) == "straße-2"
    assert free_name("e\u0301.txt", ["É.txt"]) == "e\u0301-2.txt"
    long = source_name("x" * 300 + ".txt")
    assert free_name(long, [long]) == "x" * 114 + "-2.txt"


@given(ANY_TEXT, st.integers(1, 12))
def test_free_names_never_meet(name: str, times: int) -> None:
    taken = list[str]()
    for _ in range(times):
        taken.append(free_name(source_name(name), taken))
    assert len(set(map(fold, taken))) == times
    assert [source_name(one) for one in taken] == taken


@pytest.mark.parametrize("path", ["texts/a/b/text.xml", "not/yet", "", "a..b/c"])
def test_paths_inside(tmp_path: Path, path: str) -> None:
    assert inside(tmp_path, path) == tmp_path / path
    assert inside(tmp_path, tmp_path / path) == tmp_path / path


@pytest.mark.parametrize("path", ["..", "../x", "a/../../x", "a/../b", "/etc/passwd", "a\0b"])
def test_paths_outside(tmp_path: Path, path: str) -> None:
    with pytest.raises(UnsafePath):
        inside(tmp_path, path)


def test_streams_of_windows_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pressmark.archive.paths.ON_WINDOWS", True)
    with pytest.raises(UnsafePath):
        inside(tmp_path, "texts/text.xml:stream")


def test_a_link_anywhere_below_the_root_is_refused(tmp_path: Path) -> None:
    root, outside = tmp_path / "archive", tmp_path / "outside"
    outside.mkdir()
    (outside / "text.xml").write_bytes(b"secret")
    (root / "texts").mkdir(parents=True)
    link(root / "texts" / "a", outside)
    link(root / "loose", outside / "gone")
    for path in ("texts/a", "texts/a/text.xml", "texts/a/new.xml", "loose"):
        with pytest.raises(UnsafePath):
            inside(root, path)
        with pytest.raises(UnsafePath):
            read_inside(root, path)
    assert list(find_links(root)) == [root / "loose", root / "texts" / "a"]
    link(tmp_path / "door", root)
    assert inside(tmp_path / "door", "texts/b") == tmp_path / "door" / "texts" / "b"


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"content")
    assert read_inside(tmp_path, "file") == b"content"
    assert read_inside(tmp_path, "none") is None
    assert read_inside(tmp_path, "file/below") is None
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnsafePath):
        read_inside(tmp_path, "folder")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(UnsafePath):
            read_inside(tmp_path, "pipe")


def place_text(root: Path, path: str) -> None:
    folder = root / "texts" / path
    folder.mkdir(parents=True)
    (folder / "text.xml").write_bytes(b"<TEI/>")


def test_texts_are_found_sorted_and_strays_apart(tmp_path: Path) -> None:
    assert list(find_texts(tmp_path)) == []
    for path in ("sedova/letter", "a/c", "a/b/deep", "sedova/letter/source", "Sedova/Father", "alone"):
        place_text(tmp_path, path)
    (tmp_path / "texts" / "a" / "empty").mkdir()
    (tmp_path / "texts" / "a" / "folder" / "text.xml").mkdir(parents=True)
    assert list(find_texts(tmp_path)) == ["a/b/deep", "a/c", "sedova/letter"]
    assert list(find_strays(tmp_path)) == [
        tmp_path / "texts" / "Sedova" / "Father",
        tmp_path / "texts" / "alone",
    ]


def test_linked_texts_are_not_found(tmp_path: Path) -> None:
    place_text(tmp_path, "a/real")
    link(tmp_path / "texts" / "a" / "folder", tmp_path / "texts" / "a" / "real")
    (tmp_path / "texts" / "a" / "file").mkdir()
    link(tmp_path / "texts" / "a" / "file" / "text.xml", tmp_path / "texts" / "a" / "real" / "text.xml")
    link(tmp_path / "texts" / "a" / "loop", tmp_path / "texts")
    assert list(find_texts(tmp_path)) == ["a/real"]
    assert len(list(find_links(tmp_path))) == 3
