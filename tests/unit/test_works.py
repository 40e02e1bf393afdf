"""A work whose chapters are files of their own: their order, the one edition made of them, what keeps it sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.archive.archive import Archive
from pressmark.cli import run_command
from pressmark.errors import ChangedSource, UsageError
from pressmark.gathering import File, chapters_of, in_order
from pressmark.gathering.order import natural
from pressmark.model.edition import ink
from pressmark.model.text import Container
from pressmark.pipeline import run
from pressmark.readers import fingerprint, read_source
from pressmark.readers.source import Source
from pressmark.ruling import Row
from pressmark.stages import INTAKE

WHEN = "2000-01-01T00:00:00Z"
PROSE = (
    "The weir was built in the year when the bridge fell, and the men who built it were paid in flour. Nobody wrote "
    "down their names, and the ledger says no more than how many sacks were carried up the hill."
)


def page(title: str, body: str) -> str:
    return f"<html><head><title>The Weir: {title}</title></head><body>\n{body}\n</body></html>"


INDEX = page(
    "Contents",
    "<h1>The Weir</h1><h2>Mira Holt</h2><p>Written: 1904.</p><p>Source: The Weir Almanac, 1905.</p>"
    '<p class="toc"><a href="pref.htm">Preface</a><br><a href="ch10.htm">The Flood</a><br>'
    '<a href="./ch2.htm#top">The Mill</a><br><a href="../elsewhere.htm">Other works</a></p>',
)
FILES = {
    "index.htm": INDEX,
    "ch2.htm": page(
        "The Mill",
        f'<h3>The Mill</h3><p>{PROSE} So says the carter.<a href="notes.htm#n1">[1]</a> But '
        f'<a href="ch10.htm#ferry">the ferry</a> came later.</p><p>Translated: Ada Thorne</p><p>{PROSE}</p>',
    ),
    "ch10.htm": page(
        "The Flood",
        f'<h3>The Flood</h3><p>{PROSE}</p><p id="ferry">The ferry was lost.<a href="notes.htm#n2">[2]</a>'
        f'<a href="#own">[3]</a> {PROSE}</p><p><a name="own">[3]</a> A note of its own.</p>',
    ),
    "pref.htm": page("Preface", f"<h3>Preface</h3><p>{PROSE}</p><p>Written: 1906.</p>"),
    "notes.htm": page(
        "Notes",
        '<h3>Notes</h3><p><a name="n1" href="ch2.htm">[1]</a> The carter was never wrong about a road.</p>'
        '<p><a name="n2" href="ch10.htm">[2]</a> It was found in spring, below the mill.</p>',
    ),
}
IN_ORDER = ["index.htm", "pref.htm", "ch10.htm", "ch2.htm", "notes.htm"]


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive.create(tmp_path / "archive", title="The Weir")


@pytest.fixture
def folder(tmp_path):
    """The files of a work, and one that lies beside their folder."""
    made = tmp_path / "weir"
    made.mkdir()
    for name, words in FILES.items():
        (made / name).write_text(words, encoding="utf-8")
    (tmp_path / "elsewhere.htm").write_text(page("Secret", "<p>It is nobody's business.</p>"), encoding="utf-8")
    return made


def paths(folder) -> list[str]:
    return [str(folder / name) for name in sorted(FILES)]


def sound(archive: Archive) -> list[str]:
    return [problem.sentence for _, problems in archive.check() for problem in problems]


def files(**pages: str) -> list[File]:
    return [
        File(f"work/{name}.htm", run(read_source(Source(f"{name}.htm", words.encode())), INTAKE, when="2000-01-01"))
        for name, words in pages.items()
    ]


def add(archive, folder, **how):
    return archive.add_work(paths(folder), who="Ines", when=WHEN, **how)


# --- Order and noticing -----------------------------------------------------------------------------


def test_the_order_is_that_of_the_links_of_the_index(archive, folder):
    added = add(archive, folder)
    assert [witness.name for witness in added.edition.header.newest] == IN_ORDER
    assert [witness.part for witness in added.edition.header.newest] == [1, 2, 3, 4, 5]


def test_without_an_index_names_say_the_order():
    pages = {name: page(name, f"<p>{PROSE}</p>") for name in ("ch10", "notes", "ch2", "appendix", "ch1", "preface")}
    chapters = in_order(files(**pages))
    assert not chapters.has_index
    assert [file.stem for file in chapters.files] == ["preface", "ch1", "ch2", "ch10", "appendix", "notes"]


@given(st.lists(st.integers(0, 10**6), min_size=1, unique=True))
def test_numbers_in_names_count_as_numbers(numbers):
    names = sorted((f"ch{number}.htm" for number in numbers), key=natural)
    assert names == [f"ch{number}.htm" for number in sorted(numbers)]


def test_chapters_with_their_index_are_noticed():
    given_ = {name.removesuffix(".htm"): words for name, words in FILES.items() if name != "pref.htm"}
    chapters = chapters_of(files(**given_))
    assert chapters is not None
    assert chapters.has_index
    assert chapters.certainty > 0.8


def test_numbered_chapters_of_one_author_are_noticed_and_others_are_not():
    pages = {f"ch0{n}": page(f"Chapter {n}", f"<h2>Mira Holt</h2><h3>Part</h3><p>{PROSE}</p>") for n in (1, 2, 3)}
    assert chapters_of(files(**pages)) is not None
    letters = {f"ch0{n}": page("Letter", f"<p>Written: {1900 + n}.</p><p>{PROSE}</p>") for n in (1, 2, 3)}
    assert chapters_of(files(**letters)) is None, "texts with dates of their own"
    assert chapters_of(files(weir=pages["ch01"], mill=pages["ch02"], flood=pages["ch03"])) is None
    apart = files(**pages)
    assert chapters_of([*apart[:2], File("other/ch03.htm", apart[2].edition)]) is None


# --- One edition ------------------------------------------------------------------------------------


def test_every_character_of_every_file_is_in_the_edition_in_order(archive, folder):
    pressmark = add(archive, folder).pressmark
    edition = archive.read(pressmark)
    read = [read_source(Source(name, FILES[name].encode())).source_text or "" for name in IN_ORDER]
    assert ink(edition.sic) == ink("".join(read))
    assert [witness.ink for witness in edition.header.newest] == [fingerprint(words) for words in read]
    kept = archive.store(pressmark).folder / "source"
    assert {path.name for path in kept.iterdir()} == set(FILES)
    assert sound(archive) == []


def test_the_index_is_the_front_and_each_chapter_a_division(archive, folder):
    edition = archive.read(add(archive, folder).pressmark)
    front, body = edition.text.children
    assert (front.name, body.name) == ("front", "body")
    assert isinstance(body, Container)
    assert [child.name for child in body.children] == ["div"] * 4
    assert any(block.get("type") == "contents" for block in front.children)


def test_links_between_the_files_lead_to_places_in_the_edition(archive, folder):
    edition = archive.read(add(archive, folder).pressmark)
    blocks = {block.id: block for block in edition.blocks()}
    marks = {
        leaf.text[mark.start : mark.end]: mark for leaf in edition.leaves() for mark in leaf.marks if mark.name == "ref"
    }
    for label, words in (("[1]", "The carter was never"), ("[2]", "It was found"), ("[3]", "A note of its own")):
        call = next(
            mark
            for leaf in edition.leaves()
            for mark in leaf.marks
            if mark.get("type") == "noteAnchor" and leaf.text[mark.start : mark.end] == label
        )
        note = blocks[call.get("target")[1:]]
        assert note.name == "note"
        assert words in " ".join(child.text for child in note.children)
    anchors = {mark.id: leaf.text for leaf in edition.leaves() for mark in leaf.marks if mark.name == "anchor"}
    assert anchors[marks["the ferry"].get("target")[1:]].startswith("The ferry was lost")
    assert marks["The Flood"].get("target")[1:] in blocks, "the list of contents leads to the chapter"
    assert marks["Other works"].get("target") == "../elsewhere.htm", "what was not given stays as it is"


def test_only_files_that_were_given_are_read(archive, folder):
    (folder / "ch2.htm").write_text(
        page("x", '<p>See <a href="../../../../etc/passwd">this</a> and <a href="../elsewhere.htm#a">[1]</a>.</p>'),
        encoding="utf-8",
    )
    edition = add(archive, folder).edition
    assert "nobody's business" not in edition.sic
    assert sound(archive) == []


def test_the_record_is_that_of_the_index_and_what_chapters_add(archive, folder):
    header = archive.read(add(archive, folder).pressmark).header
    assert header.value("title") == "The Weir"
    assert len(header.all("title")) == 1, "titles of chapters are no titles of the work"
    assert {"1904.", "1906."} <= {each.value for each in header.all("written")}, "contradictions are kept"
    assert header.value("translator") == "Ada Thorne"
    assert header.value("author") == "Mira Holt"


def test_a_changed_character_is_found(archive, folder):
    pressmark = add(archive, folder).pressmark
    text = archive.store(pressmark).folder / "text.xml"
    text.write_text(text.read_text("utf-8").replace("was lost", "was last"), encoding="utf-8")
    assert any("last" in sentence or "lost" in sentence for sentence in sound(archive))


def test_files_of_one_name_are_all_kept(archive, tmp_path):
    given_ = []
    for name in ("one", "two", "ONE"):
        (tmp_path / f"{name}-folder").mkdir()
        path = tmp_path / f"{name}-folder" / ("Page.htm" if name == "ONE" else "page.htm")
        path.write_text(page(name, f"<h3>{name}</h3><p>{PROSE} {name}</p>"), encoding="utf-8")
        given_.append(str(path))
    pressmark = archive.add_work(given_, who="Ines", when=WHEN).pressmark
    assert len(list((archive.store(pressmark).folder / "source").iterdir())) == 3
    assert sound(archive) == []


# --- Again ------------------------------------------------------------------------------------------


def test_the_same_files_again_change_nothing_and_changed_ones_want_a_word(archive, folder):
    pressmark = add(archive, folder).pressmark
    assert add(archive, folder).outcome == "unchanged"
    before = {leaf.text[:20]: leaf.id for leaf in archive.read(pressmark).leaves()}
    (folder / "ch2.htm").write_text(FILES["ch2.htm"].replace("carter", "miller"), encoding="utf-8")
    with pytest.raises(ChangedSource):
        add(archive, folder)
    added = add(archive, folder, update=True)
    assert (added.outcome, added.lost) == ("updated", ())
    edition = archive.read(pressmark)
    assert [witness.name for witness in edition.header.newest] == IN_ORDER
    assert len(edition.header.witnesses) == 10
    assert {leaf.text[:20]: leaf.id for leaf in edition.leaves()}.items() >= {
        (words, own) for words, own in before.items() if words.startswith(("The ferry", "[3] A note"))
    }
    assert sound(archive) == []


def test_what_a_person_decided_of_a_work_is_kept(archive, folder):
    pressmark = add(archive, folder).pressmark
    path = archive.store(pressmark).folder / "text.xml"
    (leaf,) = [each for each in archive.read(pressmark).leaves() if each.text.startswith("The ferry was")]
    words = path.read_text("utf-8")
    start = words.index(f'<p xml:id="{leaf.id}"')
    end = words.index("</p>", start)
    words = f'{words[:start]}<ab type="epigraph"{words[start + 2 : end]}</ab>{words[end + 4 :]}'
    path.write_text(words, encoding="utf-8")
    archive.adopt(pressmark, who="Ines", when=WHEN)
    (folder / "ch2.htm").write_text(FILES["ch2.htm"].replace("carter", "miller"), encoding="utf-8")
    assert add(archive, folder, update=True).lost == ()
    (leaf,) = [each for each in archive.read(pressmark).leaves() if each.text.startswith("The ferry was")]
    assert (leaf.get("type") or leaf.name, leaf.get("resp")) in (("epigraph", "#ines"), ("p", "#ines"))
    assert sound(archive) == []


def test_an_index_that_stood_alone_grows_to_the_work(archive, folder):
    alone = archive.add(str(folder / "index.htm"), who="Ines", when=WHEN).pressmark
    chapter = archive.add(str(folder / "ch2.htm"), who="Ines", when=WHEN).pressmark
    added = add(archive, folder, pressmark=alone)
    assert (added.outcome, added.alone) == ("updated", (chapter,))
    assert len(archive.read(alone).header.newest) == 5
    assert sound(archive) == []


def test_one_file_is_no_work_and_one_chapter_no_update(archive, folder):
    with pytest.raises(UsageError, match="at least two"):
        archive.add_work([str(folder / "index.htm")] * 2, who="Ines")
    pressmark = add(archive, folder).pressmark
    at = (read_source(Source("notes.htm", FILES["notes.htm"].encode())).source_text or "").index("Notes")
    with pytest.raises(UsageError, match="work of 5 files"):
        archive.add(str(folder / "notes.htm"), who="Ines", pressmark=pressmark, roles=(Row("heading", offset=at),))
    (folder / "notes.htm").write_text(FILES["notes.htm"].replace("spring", "autumn"), encoding="utf-8")
    with pytest.raises(UsageError, match="work of 5 files"):
        archive.add(str(folder / "notes.htm"), who="Ines", pressmark=pressmark, update=True)


# --- The command ------------------------------------------------------------------------------------


def test_a_work_is_offered_and_never_made_unasked(archive, folder, capsys):
    (folder / "pref.htm").unlink()
    given_ = [str(folder / name) for name in sorted(FILES) if name != "pref.htm"]
    assert run_command(["add", *given_, "-a", str(archive.root), "--by", "Ines"]) == 0
    out = capsys.readouterr().out
    assert "these 4 files seem to be the chapters of one work, “The Weir”" in out
    command = next(line for line in out.splitlines() if "Hint" in line).partition("pressmark ")[2]
    assert len(archive.texts()) == 4
    assert run_command([*command.split(), "-a", str(archive.root), "--by", "Ines"]) == 0
    out = capsys.readouterr().out
    assert "1 index.htm" in out
    assert out.count("has one of these files alone") == 3
    assert sound(archive) == []


def test_a_folder_can_be_given_as_a_work(archive, folder, capsys):
    assert run_command(["add", "--work", str(folder), "-a", str(archive.root), "--by", "Ines"]) == 0
    assert len(archive.texts()) == 1
    assert run_command(["build", "-a", str(archive.root)]) == 0
    assert run_command(["check", "-a", str(archive.root)]) == 0


def test_real_works_are_whole(archive, shared, tmp_path):
    import tarfile

    pages = shared / "data" / "mia-html" / "pages.tar.gz"
    if not pages.is_file():
        pytest.skip("the real pages are not here")
    with tarfile.open(pages) as packed:
        packed.extractall(tmp_path / "mia", filter="data")
    works = tmp_path / "mia" / "pages" / "marx" / "works"
    for name in ("1850/peasant-war-germany", "1865/value-price-profit", "1875/gotha"):
        given_ = sorted(str(path) for path in (works / name).glob("*.htm"))
        archive.add_work(given_, who="Ines", when=WHEN)
    assert sound(archive) == []
