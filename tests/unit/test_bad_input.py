"""Wrong inputs: one clear sentence, a hint, an exit status, and nothing half-written."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
import time
import zipfile
from pathlib import Path

import pytest

from pressmark.cli import run_command

NAVIGATION = "<p>" * 100_000
WORDS = "The water went down the hill and nobody asked it where it was going, since it never said. " * 6


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
    return held.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>&b;</p></body></text></TEI>'
)
OUTSIDE = LAUGHS.replace(b'"lol"', b'SYSTEM "file:///etc/passwd"').replace(b"&b;", b"&a;")

REFUSED = {
    "empty": ("a.txt", b"", "S001"),
    "white space only": ("a.txt", b" \r\n\t\f \n", "S001"),
    "a byte order mark only": ("a.txt", b"\xef\xbb\xbf\n", "S001"),
    "NUL bytes": ("a.txt", b"The water\0\0 went down", "S002"),
    "control characters": ("a.txt", bytes(range(1, 9)) * 500, "S002"),
    "RTF named txt": ("a.txt", rb"{\rtf1\ansi The water}", "S003"),
    "DOCX named txt": ("a.txt", zipped(), "S003"),
    "PDF": ("a.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "S003"),
    "a picture": ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(64), "S003"),
    "a saved 404": (
        "a.html",
        b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1>"
        b"<p>The requested URL was not found on this server.</p></body></html>",
        "S008",
    ),
    "a log-in page": (
        "a.html",
        b"<html><head><title>Log in</title></head><body><form><p>Please log in</p>Name <input name=u>"
        b"Password <input type=password name=p><button>Log in</button></form></body></html>",
        "S008",
    ),
    "frames": ("a.html", b'<html><frameset><frame src="left.html"><frame src="t.html"></frameset></html>', "S009"),
    "a billion laughs": ("a.xml", LAUGHS, "S010"),
    "an external entity": ("a.xml", OUTSIDE, "S010"),
    "HTML nested 100,000 deep": ("a.html", b"<html><body>" + b"<div>" * 100_000 + b"The water", "S011"),
    "TEI nested 100,000 deep": (
        "a.xml",
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0">' + b"<div>" * 100_000 + b"</div>" * 100_000 + b"</TEI>",
        "S011",
    ),
    "broken XML": ("a.xml", b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>', "S012"),
    "a corpus of TEI": (
        "a.xml",
        b'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>'
        b"<TEI><text><body><p>The water</p></body></text></TEI></teiCorpus>",
        "V001",
    ),
    "an edition that breaks the profile": (
        "a.xml",
        b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><encodingDesc><schemaRef key="pressmark-1"/>'
        b"</encodingDesc></teiHeader><text><body><p>The water</p></body></text></TEI>",
        "V001",
    ),
}


def pressed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run_command(list(arguments))
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_text_is_refused_in_one_sentence(kind, tmp_path, capsys):
    name, data, code = REFUSED[kind]
    path = tmp_path / name
    path.write_bytes(data)
    status, out, err = pressed(capsys, "press", str(path), "-o", str(tmp_path / "archive"))
    lines = err.strip().splitlines()
    assert status in (3, 5), err
    assert f"[{code}]" in lines[0], err
    assert lines[1].startswith("  Hint: "), err
    assert len(lines) == 2, err
    assert not list((tmp_path / "archive").rglob("text.xml"))
    assert "Traceback" not in err + out


def test_names_that_are_no_files(tmp_path, capsys):
    for path in (tmp_path, tmp_path / "nothing.txt", Path(str(tmp_path / "a") + "\n.txt")):
        status, _, err = pressed(capsys, "press", str(path), "-o", str(tmp_path / "archive"))
        assert (status, "[S006]" in err, "Hint:" in err) == (3, True, True), err
        assert not (tmp_path / "archive").exists()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="who may do everything may read everything")
def test_a_file_that_may_not_be_read(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(WORDS)
    path.chmod(0)
    status, _, err = pressed(capsys, "inspect", str(path))
    assert (status, "[S007]" in err) == (3, True)


def test_a_file_that_the_system_does_not_give(tmp_path, capsys, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(WORDS)

    def refuse(self: Path) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    status, _, err = pressed(capsys, "inspect", str(path))
    assert (status, "[S007]" in err) == (3, True)


def test_a_source_that_is_too_large_is_read_only_when_told(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(WORDS * 40)
    status, _, err = pressed(capsys, "inspect", str(path), "--max-size", "1KB")
    assert (status, "[S005]" in err, "--max-size" in err) == (3, True, True)
    assert pressed(capsys, "inspect", str(path), "--max-size", "1MB")[0] == 0
    with path.open("wb") as held:
        held.truncate(64 * 1024 * 1024 + 1)
    assert pressed(capsys, "inspect", str(path))[0] == 3


def test_a_line_of_twenty_megabytes(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(WORDS * 40_000)
    status, out, _ = pressed(capsys, "inspect", str(path))
    assert status == 0
    assert out.count("\n") < 10


def test_bytes_that_do_not_fit_the_encoding_that_was_asked_for(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\ntwo caf\xe9\n" + WORDS.encode())
    status, _, err = pressed(capsys, "inspect", str(path), "--encoding", "utf-8")
    assert (status, "[S004]" in err, ":2:" in err) == (3, True, True), err
    status, _, err = pressed(capsys, "inspect", str(path), "--encoding", "klingon")
    assert (status, "Hint:" in err) == (2, True)


NOTICED = {
    "HTML inside a txt": ("a.txt", f"<html><body><p>{WORDS}</p></body></html>".encode(), "R004"),
    "two encodings": ("a.txt", f"café {WORDS}\n".encode() * 9 + "\ncafé again\n".encode("cp1252"), "E002"),
    "mojibake": ("a.txt", (f"The cafÃ© and the priestâ€™s house. {WORDS}").encode(), "E001"),
    "a wrong declared encoding": (
        "a.html",
        f'<html><head><meta charset="iso-8859-1"></head><body><p>“Café”, said Noël. {WORDS}</p></body></html>'.encode(),
        "E003",
    ),
    "one note number used twice": (
        "a.txt",
        f"{WORDS}[1]\n\n{WORDS}[2]\n\n{WORDS}\n\n1. See there.\n\n1. And here.\n\n2. And so on.\n".encode(),
        "N001",
    ),
    "two works": (
        "a.txt",
        "\n\n".join(
            f"The Weir {n}\n\nWritten: 190{n}.\nSource: Almanac, 190{n}.\n\n" + "\n\n".join([WORDS] * 9) for n in (4, 5)
        ).encode(),
        "N003",
    ),
    "a lone surrogate": ("a.txt", b"\xff\xfe" + WORDS.encode("utf-16-le") + b"\x00\xd8x\0", "E005"),
    "a missing picture": ("a.html", f'<html><body><p>{WORDS}<img src="gone.png"></body></html>'.encode(), "R001"),
    "a script link": (
        "a.html",
        f'<html><body><p><a href="javascript:alert(1)">{WORDS}</a></body></html>'.encode(),
        "R003",
    ),
}


@pytest.mark.parametrize("kind", NOTICED)
def test_what_is_odd_is_noticed_and_said(kind, tmp_path, capsys):
    name, data, code = NOTICED[kind]
    path = tmp_path / name
    path.write_bytes(data)
    status, out, err = pressed(capsys, "inspect", str(path))
    assert status == 0, err
    assert f"[{code}]" in out
    status, out, err = pressed(capsys, "press", str(path), "-o", str(tmp_path / "archive"))
    assert status == 0, err
    assert pressed(capsys, "check", "-a", str(tmp_path / "archive"))[0] == 0


HELD = {
    "the end-of-file of DOS": b"The water went down.\r\n\x1a",
    "right to left": "שלום עולם. זה טקסט קצר מאוד.\n\nועוד פסקה אחת כאן.\n".encode(),
    "no spaces": "水は丘を下った。誰も行き先を聞かなかった。\n\n犬は元気である。\n".encode(),
    "noncharacters": "The \ufdd0water\uffff went \ufffedown.".encode(),
    "one character": b"x",
    "old Mac": b"One line.\rAnother line.\r\rA paragraph.\r",
}


@pytest.mark.parametrize("kind", HELD)
def test_what_is_unusual_is_a_text_like_any_other(kind, tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_bytes(HELD[kind])
    status, _, err = pressed(capsys, "press", str(path), "-o", str(tmp_path / "archive"))
    assert status == 0, err
    assert pressed(capsys, "check", "-a", str(tmp_path / "archive"))[0] == 0


def test_nothing_of_a_script_reaches_a_page(tmp_path, capsys):
    path = tmp_path / "a.html"
    path.write_text(
        f'<html><head><title>"><script>evil()</script></title></head><body onload="evil()"><script>evil()</script>'
        f'<p onclick="evil()">{WORDS}<a href=" java\nscript:evil()">x</a><svg onload="evil()"><text>y</text></svg>'
        f'<img src=x onerror="evil()" alt="&quot; onerror=evil()">'
        "<style>p { background: url(evil) }</style></body></html>"
    )
    assert pressed(capsys, "press", str(path), "-o", str(tmp_path / "archive"))[0] == 0
    for page in (tmp_path / "archive" / "site").rglob("*.html"):
        text = page.read_text()
        for evil in ("<script", "onclick=", "onload=", "javascript:", "<style", 'onerror="'):
            assert evil not in text, f"{page}: {evil}"


def test_a_disk_that_is_full(tmp_path, capsys, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(WORDS)
    assert pressed(capsys, "init", str(tmp_path / "archive"))[0] == 0

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, _, err = pressed(capsys, "add", str(path), "-a", str(tmp_path / "archive"))
    assert (status, "[O001]" in err, "Hint:" in err) == (7, True, True), err
    monkeypatch.undo()
    assert not list((tmp_path / "archive" / "texts").rglob("text.xml"))
    assert pressed(capsys, "add", str(path), "-a", str(tmp_path / "archive"))[0] == 0
    assert pressed(capsys, "check", "-a", str(tmp_path / "archive"))[0] == 0


def test_one_bad_file_does_not_hold_up_the_others(tmp_path, capsys):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(WORDS)
    bad.write_bytes(b"")
    status, out, err = pressed(capsys, "press", str(bad), str(good), "-o", str(tmp_path / "archive"))
    assert (status, "[S001]" in err) == (3, True)
    assert "Built the site: 1 text" in out


def test_a_page_of_nothing_but_paragraphs_keeps_the_lines_that_its_tags_say(tmp_path, capsys):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><p>Written: 1940.<br>Source: Almanac, 1941.</p>"
        f"<p>The water\n   Went down\n   The hill\n   And away.</p><p>{WORDS}</p></body></html>",
        encoding="utf-8",
    )
    status, out, _ = pressed(capsys, "inspect", str(path))
    assert status == 0
    assert "written         1940." in out
    assert "printed_source  Almanac, 1941." in out
    assert "verse" not in out


@pytest.mark.parametrize("mark", ["* ", "1. ", "[1] "])
def test_many_labels_of_notes_take_no_square_of_time(mark, tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(
        f"{WORDS}[1]\n\n" + "\n\n".join(f"{mark}a note of some words" for _ in range(6000)), encoding="utf-8"
    )
    begun = time.process_time()
    assert pressed(capsys, "inspect", str(path))[0] == 0
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    ("page", "code", "words"),
    [
        ("<html><body><p>{}</p><!-- oops <p>the rest of the book</body></html>", "R008", ""),
        (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
            "<p>{}<![CDATA[IMPORTANT & so]]></p></body></html>",
            "",
            "IMPORTANT & so",
        ),
        (
            '<html><body><p>{}</p><blockquote class="note"><ul><li>* Chapter</li></ul></blockquote></body></html>',
            "",
            "Chapter",
        ),
    ],
)
def test_pages_of_odd_making(page, code, words, tmp_path, capsys):
    path = tmp_path / "a.html"
    path.write_text(page.format(WORDS), encoding="utf-8")
    status, out, err = pressed(capsys, "press", str(path), "-o", str(tmp_path / "archive"))
    assert status == 0, err
    assert f"[{code}]" in out if code else "noticed" not in out
    assert words in pressed(capsys, "inspect", "--text", str(path))[1]


def test_many_marks_in_one_paragraph_take_no_square_of_time(tmp_path, capsys):
    path = tmp_path / "a.html"
    path.write_text("<html><body><p>" + "<b>x</b> " * 20_000, encoding="utf-8")
    begun = time.process_time()
    assert pressed(capsys, "press", str(path), "-o", str(tmp_path / "archive"))[0] == 0
    assert time.process_time() - begun < 30


def test_a_long_poem_takes_no_square_of_time(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text("The water\nWent down\n" * 10_000, encoding="utf-8")
    begun = time.process_time()
    assert pressed(capsys, "inspect", str(path))[0] == 0
    assert time.process_time() - begun < 20


def test_no_control_character_of_a_text_reaches_the_terminal(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_text(f"Title \x9b31mred \u202etxt\n\nBy Jo Smith\n\nWritten: 1940.\n\n{WORDS}\n", encoding="utf-8")
    _, out, err = pressed(capsys, "press", str(path), "-o", str(tmp_path / "archive"))
    assert "\x9b" not in out + err
    assert "\u202e" not in out + err


def test_prose_is_prose_in_any_script_and_with_ragged_lines(tmp_path, capsys):
    path = tmp_path / "a.txt"
    ragged = (
        "Das Wasser ging den Berg hinunter, und niemand\nfragte, wohin es wollte, weil es doch\n"
        "nie etwas sagte und immer weiterging.\n"
    )
    for words in ("水は丘を下った。誰も行き先を聞かなかった。\n\n犬は元気である。\n", f"{ragged}\n" * 3):
        path.write_text(words, encoding="utf-8")
        _, out, _ = pressed(capsys, "inspect", "--json", str(path))
        assert {block["role"] for block in json.loads(out)["blocks"]} == {"paragraph"}
