"""``pressmark.toml``: safe to make of any title, and every mistake in it is named with its line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pressmark.archive.settings import FORM, Settings, initial, load
from pressmark.errors import NewerArchive, NotAnArchive, UnreadableSettings, UnsafePath

WHOLE = """\
title = "Архив"
base_url = "https://example.org/archive/"
languages = ["ru", "zh-Hant"]
rights = "CC BY 4.0"
contact = "desk@example.org"
theme = "plain"
editor = "Ada"
form = 1
mood = "of a newer Pressmark"

[later]
title = 5
"""


def settings(root: Path, text: str | bytes) -> Settings:
    (root / "pressmark.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return load(root)


def test_all_settings_are_read_and_unknown_ones_left_alone(tmp_path: Path) -> None:
    expected = Settings(
        title="Архив",
        base_url="https://example.org/archive/",
        languages=("ru", "zh-Hant"),
        rights="CC BY 4.0",
        contact="desk@example.org",
        theme="plain",
        editor="Ada",
        form=1,
    )
    assert settings(tmp_path, WHOLE) == expected
    assert settings(tmp_path, b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode()) == expected
    assert (tmp_path / "pressmark.toml").read_bytes().count(b"newer Pressmark") == 1


def test_an_empty_file_has_the_defaults(tmp_path: Path) -> None:
    assert settings(tmp_path, "") == Settings()


def test_a_folder_without_the_file_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive) as caught:
        load(tmp_path)
    assert "pressmark init" in caught.value.hint
    with pytest.raises(NotAnArchive):
        load(tmp_path / "nowhere")


def test_a_newer_form_is_told_before_anything_else(tmp_path: Path) -> None:
    with pytest.raises(NewerArchive, match="form 2"):
        settings(tmp_path, f"title = 5\nform = {FORM + 1}\n")


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ('title = "ok"\nrights = (c)\n', 2, "TOML"),
        ('title = "ok\n', 1, "TOML"),
        ('title = """ok\n\n', 3, "TOML"),
        ('title = "a"\ntitle = "b"\n', 2, "TOML"),
        ("\n\ntitle = 5\n", 3, "title"),
        ('x = 1\n  "rights" = ["a"]\n', 2, "rights"),
        ('title = "a\\u0000b"', 1, "control"),
        ('title = "a\\uFFFFb"', 1, "control"),
        ('\nlanguages = "en"', 2, "languages"),
        ('languages = ["en", 5]', 1, "languages"),
        ('languages = ["en<script>"]', 1, "languages"),
        ("form = true", 1, "form"),
        ("form = 0", 1, "form"),
        ('form = "1"', 1, "form"),
        ("# a note\nbase_url = 'javascript:alert(1)'", 2, "base_url"),
        ("base_url = 'example.org'", 1, "base_url"),
        ("base_url = 'https://'", 1, "base_url"),
        ("base_url = 'https://[x/'", 1, "base_url"),
        ("base_url = 'https://a.org/?q=1'", 1, "base_url"),
        ("base_url = 'https://a.org/ \"x'", 1, "base_url"),
        ("base_url = 'https://a.org:99999/'", 1, "base_url"),
        ("x = " + "1" * 5000, 1, "TOML"),
        ("x = " + "[" * 100_000, 1, "nested"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    with pytest.raises(UnreadableSettings, match=word) as caught:
        settings(tmp_path, text)
    assert caught.value.place == f"{tmp_path / 'pressmark.toml'}:{line}"
    assert caught.value.hint


def test_bytes_that_are_not_utf_8_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSettings, match="0xE9") as caught:
        settings(tmp_path, b'form = 1\ntitle = "caf\xe9"\n')
    assert caught.value.place.endswith(":2")


def test_a_huge_file_is_not_read_as_settings(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSettings, match="too large"):
        settings(tmp_path, "#" * 1_000_001)


def test_a_linked_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "archive").mkdir()
    try:
        (tmp_path / "archive" / "pressmark.toml").symlink_to(tmp_path / "other")
    except OSError:
        pytest.skip("this account may not make symbolic links")
    with pytest.raises(UnsafePath):
        load(tmp_path / "archive")


@given(st.text(st.characters()))
@example('"\\\n"""\t\u2028\x7f\x00\ud800')
@example('x"\nform = 99\n#')
def test_any_title_makes_a_file_that_loads(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    root = tmp_path_factory.getbasetemp() / "titles"
    root.mkdir(exist_ok=True)
    loaded = settings(root, initial(title))
    plain = "".join(letter for letter in title if letter.isprintable())
    if plain == title:
        assert loaded.title == " ".join(title.split())
    assert loaded == Settings(title=loaded.title)


def test_a_title_stands_as_it_is() -> None:
    assert tomllib.loads(initial('Ada\'s "Press" \\ Sons'))["title"] == 'Ada\'s "Press" \\ Sons'
    assert initial("x").count("#") > 5
