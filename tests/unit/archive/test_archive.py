"""Texts taken in, found again, changed, checked: the archive as its keeper sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressmark.archive.archive import Archive
from pressmark.errors import (
    ChangedSource,
    InvalidEdition,
    LostText,
    NewerArchive,
    NotAnArchive,
    NothingToUndo,
    PressmarkTaken,
    SameText,
    UnsafePath,
    UsageError,
)
from pressmark.exporters.listing import authors_of
from pressmark.pipeline import run
from pressmark.readers import fingerprint
from pressmark.tei import parse

WHEN = "2000-01-01T00:00:00Z"
LETTER = (
    "A Letter from the Weir\n\nMira Holt\n\nWritten: 1904.\nSource: The Weir Almanac, 1905, pp. 3–9.\n\n"
    "The café by the weir is shut this winter, and we have all become thin and truthful.\n\n"
    "Nobody has seen the ferryman since the ice came down, but his dog is well and so is his boat.\n"
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "archive", title="The Weir")


def put(folder: Path, name: str, words: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(words if isinstance(words, bytes) else words.encode())
    return path


def add(archive: Archive, path: Path, **how: object):
    return archive.add(path, who="Ines", when=WHEN, **how)


def states(archive: Archive) -> dict[str, bytes]:
    """Every file of the texts, to see that nothing was written."""
    return {str(path): path.read_bytes() for path in (archive.root / "texts").rglob("*") if path.is_file()}


def sound(archive: Archive) -> bool:
    return not [problem for _, problems in archive.check() for problem in problems]


def test_a_source_becomes_a_text_with_its_record_its_source_and_its_history(archive, tmp_path):
    added = add(archive, put(tmp_path, "letter.txt", LETTER))
    assert (added.outcome, added.pressmark) == ("added", "mira-holt/a-letter-from-the-weir")
    folder = archive.root / "texts" / added.pressmark
    assert (folder / "source" / "letter.txt").read_bytes() == LETTER.encode()
    edition = archive.read(added.pressmark)
    assert edition.header.value("author") == "Mira Holt"
    assert edition.header.publisher == "The Weir"
    (entry,) = archive.store(added.pressmark).history().entries
    assert (entry.who, entry.action, entry.when) == ("Ines", "add", WHEN)
    assert sound(archive)


def test_the_same_source_twice_changes_nothing(archive, tmp_path):
    path = put(tmp_path, "letter.txt", LETTER)
    add(archive, path)
    before = states(archive)
    assert add(archive, path).outcome == "unchanged"
    assert add(archive, put(tmp_path, "copy.txt", LETTER)).outcome == "unchanged"
    assert states(archive) == before


@pytest.mark.parametrize(
    "other",
    [
        LETTER.encode("utf-16"),
        LETTER.encode("cp1252"),
        LETTER.replace("\n", "\r\n").encode(),
        LETTER.replace("all become", "all\nbecome").encode(),
    ],
    ids=["utf-16", "cp1252", "crlf", "wrapped"],
)
def test_the_same_words_in_other_bytes_are_not_added_without_asking(archive, tmp_path, other):
    add(archive, put(tmp_path, "letter.txt", LETTER))
    before = states(archive)
    path = put(tmp_path, "other.txt", other)
    with pytest.raises(SameText, match="letter for letter"):
        add(archive, path)
    assert states(archive) == before
    assert add(archive, path, again=True, pressmark="mira-holt/again").outcome == "added"


def test_a_changed_source_is_shown_and_taken_in_only_when_told(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    before = states(archive)
    changed = put(tmp_path, "letter.txt", LETTER.replace("thin and truthful", "thin and faithful"))
    with pytest.raises(ChangedSource) as caught:
        add(archive, changed)
    assert any("faithful" in line for line in caught.value.__notes__)
    assert states(archive) == before
    ids = {leaf.text[:20]: leaf.id for leaf in archive.read(pressmark).leaves()}
    assert add(archive, changed, update=True).outcome == "updated"
    after = archive.read(pressmark)
    assert [witness.id for witness in after.header.witnesses] == ["w1", "w2"]
    assert {leaf.text[:20]: leaf.id for leaf in after.leaves()} == ids
    assert len(list((archive.root / "texts" / pressmark / "source").iterdir())) == 2
    assert sound(archive)


def test_an_update_can_be_undone_byte_for_byte(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    first = archive.store(pressmark).read()
    changed = put(tmp_path, "letter.txt", LETTER.replace("truthful", "faithful"))
    add(archive, changed, update=True)
    second = archive.store(pressmark).read()
    archive.undo(pressmark, who="Ines", when=WHEN)
    assert archive.store(pressmark).read() == first
    assert sound(archive)
    archive.redo(pressmark, who="Ines", when=WHEN)
    assert archive.store(pressmark).read() == second
    archive.undo(pressmark, who="Ines", when=WHEN)
    with pytest.raises(NothingToUndo):
        archive.undo(pressmark, who="Ines", when=WHEN)


def test_two_sources_that_ask_for_one_pressmark(archive, tmp_path):
    add(archive, put(tmp_path, "one.txt", LETTER))
    other = put(tmp_path, "two.txt", LETTER.replace("his dog is well", "his cat is not"))
    before = states(archive)
    with pytest.raises(PressmarkTaken, match="is taken") as caught:
        add(archive, other)
    assert "--as" in caught.value.hint
    assert states(archive) == before
    assert add(archive, other, pressmark="mira-holt/another").pressmark == "mira-holt/another"


@pytest.mark.parametrize("bad", ["", "one", "../../etc/passwd", "a/../b", "A/B", "a/b/", "a\\b/c", "con/nul", "a/é"])
def test_a_pressmark_that_cannot_be_a_path_is_refused(archive, tmp_path, bad):
    path = put(tmp_path, "letter.txt", LETTER)
    if not bad:
        assert add(archive, path, pressmark=bad).outcome == "added"
        return
    with pytest.raises(UsageError):
        add(archive, path, pressmark=bad)
    assert not states(archive)


@pytest.mark.parametrize(
    "name", ["a b.txt", "né.txt", "..txt", "letter\n2.txt", "-rf.txt", "CON.txt", "a'b\"c.txt", "%00.txt", "字.txt"]
)
def test_any_name_of_a_file_is_kept_safely(archive, tmp_path, name):
    try:
        path = put(tmp_path, name, LETTER)
    except OSError:
        pytest.skip("this system has no such names")
    added = add(archive, path)
    (kept,) = (archive.root / "texts" / added.pressmark / "source").iterdir()
    assert kept.read_bytes() == LETTER.encode()
    assert kept.name.isprintable()
    assert sound(archive)


def test_pictures_come_along(archive, tmp_path):
    put(tmp_path, "Map of the WEIR.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    page = put(
        tmp_path,
        "page.html",
        "<html><body><h1>The Weir</h1><p>Long ago there was water here, and it went down the hill."
        '<p><img src="Map of the WEIR.png" alt="a map"><p><img src="gone.png" alt="nothing"></body></html>',
    )
    added = add(archive, page)
    folder = archive.root / "texts" / added.pressmark / "pages"
    (picture,) = folder.iterdir()
    assert picture.name.startswith("map-of-the-weir")
    assert any("gone.png" in finding.message for finding in added.edition.stand_off.findings)
    assert sound(archive)
    picture.unlink()
    assert not sound(archive)


def test_check_finds_what_was_done_to_an_archive(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    text = archive.root / "texts" / pressmark / "text.xml"
    good = text.read_bytes()

    def said(document: bytes) -> str:
        text.write_bytes(document)
        return " | ".join(problem.sentence for _, problems in archive.check() for problem in problems)

    assert "the source has" in said(good.replace(b"his boat", b"his goat"))
    assert said(good.replace(b"<p ", b"<para ").replace(b"</p>", b"</para>"))
    assert said(good.replace(b'xml:id="b3"', b'xml:id="b4"', 1))
    assert "stands at" in said(good.replace(b"mira-holt/a-letter", b"mira-holt/b-letter"))
    assert said(b"<TEI")
    text.write_bytes(good)
    assert sound(archive)
    source = text.parent / "source" / "letter.txt"
    source.write_bytes(source.read_bytes() + b" ")
    assert not sound(archive)


def test_a_strangers_archive_with_links_is_not_followed(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    secret = put(tmp_path, "secret.txt", "secret")
    text = archive.root / "texts" / pressmark / "text.xml"
    text.unlink()
    try:
        text.symlink_to(secret)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    assert not sound(archive)
    with pytest.raises(UnsafePath):
        archive.read(pressmark)
    assert secret.read_text() == "secret"


def test_the_site_folder_may_not_be_a_link(archive, tmp_path):
    add(archive, put(tmp_path, "letter.txt", LETTER))
    outside = tmp_path / "outside"
    outside.mkdir()
    put(outside, "keep.txt", "keep me")
    try:
        (archive.root / "site").symlink_to(outside)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    with pytest.raises(UnsafePath):
        archive.build()
    assert (outside / "keep.txt").read_text() == "keep me"


def test_an_archive_by_a_newer_version_is_left_alone(archive, tmp_path):
    path = archive.root / "pressmark.toml"
    path.write_text("form = 99\n" + path.read_text().replace("form", "# form"))
    with pytest.raises(NewerArchive):
        Archive(archive.root)


def test_a_folder_that_is_no_archive(tmp_path):
    with pytest.raises(NotAnArchive):
        Archive(tmp_path)


def test_building_twice_keeps_the_files_that_have_not_changed(archive, tmp_path):
    add(archive, put(tmp_path, "letter.txt", LETTER))
    first = archive.build()
    assert first.written == first.files
    times = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*") if path.is_file()}
    second = archive.build()
    assert second.written == 0
    assert {path: path.stat().st_mtime_ns for path in second.folder.rglob("*") if path.is_file()} == times


def test_a_site_that_cannot_be_made_leaves_the_old_one(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    folder = archive.build().folder
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    text = archive.root / "texts" / pressmark / "text.xml"
    text.write_bytes(text.read_bytes().replace(b"<body", b"<bodice").replace(b"</body", b"</bodice"))
    with pytest.raises(Exception, match=r"V001|S012"):
        archive.build()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_tei_of_an_archive_is_taken_in_by_another_with_its_ids(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    document = put(tmp_path, "text.xml", archive.store(pressmark).read())
    other = Archive.create(tmp_path / "other")
    added = add(other, document)
    assert parse(other.store(added.pressmark).read()).text == archive.read(pressmark).text
    assert sound(other)


def test_an_edit_by_hand_is_a_notice_until_it_is_adopted(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    text = archive.root / "texts" / pressmark / "text.xml"
    first = text.read_bytes()
    text.write_bytes(first.replace(b"his dog", b"<choice><sic>his</sic><corr>her</corr></choice> dog"))
    (problem,) = [each for _, found in archive.check() for each in found]
    assert problem.notice
    assert "edited by hand" in problem.sentence
    entry = archive.adopt(pressmark, who="Ines", why="as printed", when=WHEN)
    assert entry is not None
    assert (entry.who, entry.action, entry.why) == ("Ines", "edit", "as printed")
    assert sound(archive)
    assert archive.adopt(pressmark, who="Ines", when=WHEN) is None
    archive.undo(pressmark, who="Ines", when=WHEN)
    assert text.read_bytes() == first


def test_an_edit_that_loses_something_is_neither_adopted_nor_published(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    text = archive.root / "texts" / pressmark / "text.xml"
    text.write_bytes(text.read_bytes().replace(b"his dog", b"her dog"))
    with pytest.raises(LostText):
        archive.adopt(pressmark, who="Ines", when=WHEN)
    with pytest.raises(LostText):
        archive.build()
    assert len(archive.store(pressmark).history().entries) == 1


def test_a_changed_file_finds_its_text_in_whatever_collection(archive, tmp_path):
    path = put(tmp_path, "letter.txt", LETTER)
    pressmark = add(archive, path, collection="weir").pressmark
    assert pressmark == "weir/a-letter-from-the-weir"
    put(tmp_path, "letter.txt", LETTER.replace("his dog", "her dog"))
    with pytest.raises(ChangedSource):
        add(archive, path)
    assert add(archive, path, update=True).pressmark == pressmark


def test_a_picture_that_was_missing_comes_in_with_an_update(archive, tmp_path):
    html = '<html><body><h1>The Weir</h1><p>Long ago there was water.<img src="map.png"></body></html>'
    page = put(tmp_path, "p.html", html)
    pressmark = add(archive, page).pressmark
    put(tmp_path, "map.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    assert add(archive, page).outcome == "unchanged"
    assert add(archive, page, update=True).outcome == "updated"
    folder = archive.root / "texts" / pressmark
    assert [path.name for path in (folder / "pages").iterdir()] == ["map.png"]
    assert len(list((folder / "source").iterdir())) == 1
    assert sound(archive)


def test_an_archive_without_texts_has_no_site(archive):
    with pytest.raises(UsageError, match="no texts"):
        archive.build()
    assert not (archive.root / "site").exists()


def test_what_a_person_decided_is_not_undone_by_an_update_or_by_the_stages(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    text = archive.root / "texts" / pressmark / "text.xml"
    signed = text.read_text(encoding="utf-8")
    hand = '<respStmt xml:id="ines">\n<resp>corrected by</resp>\n<name type="person">Ines</name>\n</respStmt>\n'
    signed = signed.replace("</titleStmt>", f"{hand}</titleStmt>")
    start = signed.index("<author")
    signed = signed[:start] + '<author resp="#ines">Myra Holt</author>' + signed[signed.index("</author>") + 9 :]
    signed = signed.replace("his dog", "<choice><sic>his</sic><corr>her</corr></choice> dog")
    text.write_text(signed, encoding="utf-8", newline="\n")
    assert archive.adopt(pressmark, who="Ines", when=WHEN)
    edition = archive.read(pressmark)
    assert run(edition, when=WHEN).header == edition.header
    changed = put(tmp_path, "letter.txt", LETTER.replace("truthful", "faithful"))
    added = add(archive, changed, update=True)
    assert added.lost == ()
    after = archive.read(pressmark)
    assert authors_of(after.header) == ("Myra Holt",)
    assert "<sic>his</sic><corr>her</corr>" in text.read_text(encoding="utf-8")
    assert sound(archive)


def test_an_update_with_the_same_bytes_changes_nothing(archive, tmp_path):
    path = put(tmp_path, "letter.txt", LETTER)
    add(archive, path)
    before = states(archive)
    assert add(archive, path, update=True).outcome == "unchanged"
    assert states(archive) == before


def test_check_reads_the_source_again_and_does_not_trust_the_record(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    text = archive.root / "texts" / pressmark / "text.xml"
    good = text.read_bytes()
    edition = archive.read(pressmark)
    robbed = good.replace(b"but his dog is well", b"but all is well")
    ink = fingerprint(parse(robbed).sic)
    text.write_bytes(robbed.replace(edition.header.witnesses[0].ink.encode(), ink.encode()))
    assert any("the source has" in problem.sentence for _, found in archive.check() for problem in found)
    with pytest.raises(LostText):
        archive.adopt(pressmark, who="Ines", when=WHEN)


def test_a_batch_knows_what_was_added_in_it(archive, tmp_path):
    with archive.batch():
        add(archive, put(tmp_path, "one.txt", LETTER))
        with pytest.raises(SameText):
            add(archive, put(tmp_path, "two.txt", LETTER.encode("utf-16")))
    assert Archive(archive.root).texts() == ["mira-holt/a-letter-from-the-weir"]


def test_what_a_check_finds_is_told_when_a_source_comes_in(archive, tmp_path):
    words = "The water went down the hill and nobody asked it where it was going. " * 4
    source = f"{words}[1]\n\n{words}[2]\n\n{words}\n\n1. See there.\n\n1. And here.\n\n2. And so on.\n"
    added = add(archive, put(tmp_path, "notes.txt", source))
    assert [finding.code for finding in added.edition.stand_off.findings] == ["N001"]


def test_as_names_the_place_and_no_other(archive, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    first = put(tmp_path / "one", "ch1.txt", "Rivers\n\n" + "This is about rivers and the sea. " * 9)
    second = put(tmp_path / "two", "ch1.txt", "Hills\n\n" + "This is about hills and the snow. " * 9)
    add(archive, first, pressmark="one/chapter-1")
    kept = archive.store("one/chapter-1").read()
    assert add(archive, second, pressmark="two/chapter-1", update=True).pressmark == "two/chapter-1"
    assert archive.store("one/chapter-1").read() == kept


def test_an_update_never_takes_one_work_for_another(archive, tmp_path):
    one = put(tmp_path, "one.txt", "Preface\n\n" + "This is about rivers and the sea. " * 9)
    two = put(tmp_path, "two.txt", "Preface\n\n" + "This is about hills and the snow. " * 9)
    add(archive, one, update=True)
    with pytest.raises(PressmarkTaken):
        add(archive, two, update=True)


def test_a_picture_that_is_shown_twice_is_published_each_time(archive, tmp_path):
    put(tmp_path, "dot.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    words = "The water went down the hill. "
    page = put(tmp_path, "p.html", f'<html><body><p>{words}<img src="dot.png">{words}<img src="dot.png"></body></html>')
    add(archive, page)
    archive.build()
    assert archive.build().written == 0


def test_check_misses_a_text_that_is_gone_and_looks_at_all_the_others(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    other = add(archive, put(tmp_path, "o.txt", LETTER.replace("ferryman", "miller")), pressmark="weir/other").pressmark
    (archive.root / "texts" / pressmark / "text.xml").unlink()
    text = archive.root / "texts" / other / "text.xml"
    text.write_bytes(text.read_bytes().replace(b"his boat", b"his goat"))
    said = [problem.sentence for _, found in archive.check() for problem in found]
    assert any("is gone" in sentence for sentence in said)
    assert any("the source has" in sentence for sentence in said)


@pytest.mark.parametrize(
    "cache", ["[" * 100_000, '{"form":1,"texts":[{"pressmark":[],"stamp":[1,2]}]}', "null", "[]", "\0"]
)
def test_a_damaged_catalogue_is_no_catalogue(archive, tmp_path, cache):
    add(archive, put(tmp_path, "letter.txt", LETTER))
    (archive.root / ".pressmark" / "catalogue.json").write_text(cache, encoding="utf-8")
    with pytest.raises(SameText):
        add(archive, put(tmp_path, "other.txt", LETTER.encode("utf-16")))


def test_a_stylesheet_of_a_strangers_text_is_refused_and_so_is_a_page_for_a_picture(archive, tmp_path):
    pressmark = add(archive, put(tmp_path, "letter.txt", LETTER)).pressmark
    folder = archive.root / "texts" / pressmark
    good = (folder / "text.xml").read_bytes()
    evil = b'<?xml-stylesheet type="text/xsl" href="pictures/evil.svg"?>\n<TEI '
    (folder / "text.xml").write_bytes(good.replace(b"<TEI ", evil, 1))
    with pytest.raises(InvalidEdition, match="xml-stylesheet"):
        archive.build()
    figure = b'<figure xml:id="b90"><graphic xml:id="b91" url="pages/evil.html"/></figure></body>'
    document = good.replace(b"</body>", figure).replace(b'quantity="', b'quantity="9')
    (folder / "text.xml").write_bytes(document)
    (folder / "pages").mkdir()
    put(folder / "pages", "evil.html", "<script>evil()</script>")
    site = archive.build().folder
    assert not list(site.rglob("evil.html"))
