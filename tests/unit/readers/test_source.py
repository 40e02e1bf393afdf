"""Files as received, and the pictures beside them."""

from __future__ import annotations

import pytest

from pressmark.readers.source import Source, load, picture_beside, picture_name, size_in_words


@pytest.fixture
def source(tmp_path):
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "images").mkdir()
    (tmp_path / "page" / "map.gif").write_bytes(b"a map")
    (tmp_path / "page" / "images" / "Bell.PNG").write_bytes(b"a bell")
    (tmp_path / "outside.png").write_bytes(b"a secret")
    (tmp_path / "page" / "page.html").write_bytes(b"<p>x</p>")
    return load(tmp_path / "page" / "page.html")


@pytest.mark.parametrize(
    ("address", "data"),
    [("map.gif", b"a map"), ("MAP.GIF", b"a map"), ("images/bell.png", b"a bell"), ("./map.gif", b"a map")],
)
def test_a_picture_beside_the_page_is_found_whatever_its_capitals(source, address, data):
    picture = picture_beside(source, address)
    assert picture is not None
    assert picture.data == data


@pytest.mark.parametrize(
    "address",
    [
        "",
        "gone.gif",
        "../outside.png",
        "page.html",
        "http://x.example/map.gif",
        "a\0b.gif",
        "images",
        "/etc/passwd",
        r"\\server\share\a.png",
    ],
)
def test_nothing_else_is_brought_in(source, address):
    assert picture_beside(source, address) is None


def test_no_link_is_followed_out_of_the_folder(source, tmp_path):
    try:
        (tmp_path / "page" / "link.png").symlink_to(tmp_path / "outside.png")
    except OSError:
        pytest.skip("this system makes no symbolic links")
    assert picture_beside(source, "link.png") is None


def test_names_of_pictures_are_safe_and_distinct():
    assert picture_name("map.gif", b"") == "map.gif"
    names = {picture_name(path, path.encode()) for path in ("Map.gif", "map .gif", "a/map.gif", "карта.gif", "con.gif")}
    assert len(names) == 5
    assert all(name == name.lower() and name.isascii() and "/" not in name for name in names)


def test_sizes_are_said_as_people_say_them():
    assert [size_in_words(size) for size in (9, 2048, 64 << 20, 3 << 30)] == ["9 bytes", "2 KB", "64 MB", "3 GB"]


def test_a_source_knows_its_ending():
    assert Source("A.TXT", b"").suffix == ".txt"
