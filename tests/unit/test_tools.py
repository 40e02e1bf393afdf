"""The validators find faults where there are faults: a validator that passes everything proves nothing."""

from __future__ import annotations

import dev
import pytest
from tests import tools

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title></head>
<body><p>Some text.</p></body></html>"""
SCHEMA = '<element name="letter" xmlns="http://relaxng.org/ns/structure/1.0"><text/></element>'


@pytest.fixture
def write(tmp_path):
    folder = tmp_path / "né: a b"
    folder.mkdir()

    def written(name, text):
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    return written


def test_vnu_names_the_place_of_a_fault(write):
    good = write("good.html", PAGE)
    bad = write("bad.html", PAGE.replace("text.", '<img src="a.png">'))
    style = write("style.css", "p { colour: red }")
    image, sheet = sorted(tools.vnu([good, bad, style]), key=lambda message: message.path)
    assert (image.path, image.line, image.kind) == (str(bad.resolve()), 3, "error")
    assert "alt" in image.text
    assert sheet.path == str(style.resolve())
    assert "colour" in sheet.text


def test_jing_names_the_place_of_a_fault(write):
    schema = write("letter.rng", SCHEMA)
    files = [write("good.xml", "<letter/>"), write("bad.xml", "<page/>"), write("torn.xml", "<letter>")]
    bad, torn = tools.jing(schema, files)
    assert (bad.path, bad.line, bad.kind) == (str(files[1].resolve()), 1, "error")
    assert "page" in bad.text
    assert (torn.path, torn.kind) == (str(files[2].resolve()), "fatal")


def test_jing_tells_of_a_schema_that_is_wrong_or_missing(write):
    letter = write("good.xml", "<letter/>")
    assert tools.jing(write("wrong.rng", SCHEMA.replace("name=", "nam=")), [letter])
    assert tools.jing(letter.with_name("missing.rng"), [letter])


@pytest.mark.parametrize("validator", [tools.vnu, lambda files: tools.jing(dev.ROOT, files)])
def test_a_validator_without_files_is_a_mistake_in_the_test(validator):
    with pytest.raises(ValueError, match="tests nothing"):
        validator([])


def test_what_is_absent_skips_at_home_and_fails_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "")
    with pytest.raises(pytest.skip.Exception, match="no such thing"):
        tools.absent("no such thing")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no such thing"):
        tools.absent("no such thing")


def test_a_named_browser_is_the_one(tmp_path):
    browser = tmp_path / "my chrome"
    browser.touch()
    assert dev.find_chromium({"PRESSMARK_CHROMIUM": str(browser), "PATH": ""}) == browser
    assert dev.find_chromium({"PRESSMARK_CHROMIUM": str(tmp_path / "none")}) is None


def test_a_browser_is_found_where_windows_keeps_it(tmp_path):
    edge = tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    assert dev.find_chromium({"PATH": str(tmp_path), "PROGRAMFILES(X86)": str(tmp_path)}) == edge
