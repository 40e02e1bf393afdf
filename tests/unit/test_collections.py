"""Several works in one file: which pages hold some, what each is made, and that nothing is lost between them."""

from __future__ import annotations

import tarfile
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.archive.archive import Archive
from pressmark.cli import run_command
from pressmark.errors import ChangedSource, SameText, UsageError
from pressmark.gathering import Collection, collection_of, parts_of
from pressmark.model.edition import Edition, ink
from pressmark.pipeline import run
from pressmark.readers import fingerprint, read, read_source
from pressmark.readers.source import Source
from pressmark.stages import INTAKE
from pressmark.tei import parse, write
from pressmark.tei.parse import parse_xml
from pressmark.tei.pointers import dangling

WHEN = "2000-01-01T00:00:00Z"
PROSE = (
    "The weir was built in the year when the bridge fell, and the men who built it were paid in flour. Nobody wrote "
    "down their names, and the ledger says no more than how many sacks were carried up the hill.",
    "When the water rose the miller opened the gates, and the carter drove his horses into the church. It was the only "
    "house on the hill, and the sexton did not dare to send them out again before the morning.",
    "In spring the ferry was found below the mill, upside down and full of sand. The ferryman looked at it for a while "
    "and went home to sleep, for the first time since the flood, as he told everybody later.",
)
TEXT = "\n\n".join(PROSE)
TITLES = (("The Mill", "1904"), ("The Ferry and Its Master", "1905"), ("On Bridges", "1907"))
LETTERS = (("Toby", "12 May 1904"), ("Hanna", "3 June 1904"), ("Mr. Varley", "11 July 1904"))

ARTICLES = "\n\n".join(
    f"{title}\n\nWritten: {year}.\nSource: The Weir Almanac, {year}.\n\n{title} it was. {TEXT}"
    for title, year in TITLES
)
ANTHOLOGY = "Voices of the Weir\n\n" + "\n\n".join(
    f"{title}\n\nby {name}\n\n{TEXT}"
    for title, name in (
        ("THE MILL", "Mira Holt"),
        ("THE FERRY AND ITS MASTER", "Toby Revell"),
        ("ON BRIDGES", "Ada Holm"),
    )
)
LETTER_PAGE = "Letters from the Weir\n\nMira Holt\n\n" + "\n\n".join(
    f"{number}. To {name}\n\nNether Sluice, {day}\n\nDear {name},\n\n{TEXT}\n\nYours, Mira"
    for number, (name, day) in enumerate(LETTERS, 1)
)
HTML = (
    "<html><head><title>Articles</title></head><body><h1>Articles from the Weir</h1><p>Transcribed: Ada Thorne.</p>"
    + "<hr>".join(
        f'<h2>{title}</h2><p class="info">Written: {year}.<br>Source: The Weir Almanac, {year}.</p>'
        f'<p>{PROSE[0]}<a href="#n{number}">[{number}]</a></p><p>{PROSE[1]}</p><p>{PROSE[2]}</p>'
        for number, (title, year) in enumerate(TITLES, 1)
    )
    + "<h3>Notes</h3>"
    + "".join(f'<p><a name="n{number}">[{number}]</a> A note on number {number}.</p>' for number in (1, 2, 3))
    + '<p><a href="index.htm">Back to the Weir Archive</a></p></body></html>'
)

BOOK = "The Weir\n\nby Mira Holt\n\nWritten: 1904.\nSource: The Weir Almanac, 1905.\n\n" + "\n\n".join(
    f"CHAPTER {number}\n\n{title}\n\n{TEXT}" for number, (title, _) in enumerate(TITLES, 1)
)
DIARY = "A Diary of the Weir\n\nby Mira Holt\n\nWritten: 1904.\n\n" + "\n\n".join(
    f"{day}\n\n{TEXT}" for _, day in LETTERS
)
CHAPTERS = "<h1>The Weir</h1><h2>Mira Holt</h2><p>Written: 1904.<br>Source: The Weir Almanac.</p>" + "<hr>".join(
    f"<h3>{title}</h3><p>{TEXT}</p>" for title, _ in TITLES
)
QUOTED = (
    f"The Weir\n\nMira Holt\n\nWritten: 1904.\n\n{TEXT}\n\nShe wrote:\n\nNether Sluice, 12 May 1904\n\nDear Toby,\n\n"
    f"{TEXT}\n\nYours, Mira\n\n{TEXT}"
)

SEVERAL = {"articles.txt": ARTICLES, "anthology.txt": ANTHOLOGY, "letters.txt": LETTER_PAGE, "articles.html": HTML}
ONE = {"book.txt": BOOK, "diary.txt": DIARY, "chapters.html": CHAPTERS, "quoted.txt": QUOTED}


def fresh(name: str, words: str) -> Edition:
    return read_source(Source(name, words.encode()))


def recovered(edition: Edition) -> Edition:
    return run(edition, INTAKE, when="2000-01-01")


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive.create(tmp_path / "archive", title="The Weir")


def put(tmp_path, name="articles.html", words=HTML):
    path = tmp_path / name
    path.write_text(words, encoding="utf-8")
    return path


def problems(archive: Archive) -> list[str]:
    return [problem.sentence for _, found in archive.check() for problem in found]


# --- Noticing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SEVERAL)
def test_a_page_of_several_works_is_noticed(name):
    found = collection_of(recovered(fresh(name, SEVERAL[name])))
    assert found is not None
    assert len(found.pieces) == 3
    assert 0.5 < found.certainty < 1


@pytest.mark.parametrize("name", ONE)
def test_one_work_is_not(name):
    edition = run(fresh(name, ONE[name]), when="2000-01-01")
    assert collection_of(edition) is None
    assert [finding for finding in edition.stand_off.findings if finding.code == "N003"] == []


def test_real_pages_of_one_work_are_not_noticed(shared, tmp_path):
    pages = shared / "data" / "mia-html" / "pages.tar.gz"
    if not pages.is_file():
        pytest.skip("the real pages are not here")
    with tarfile.open(pages) as packed:
        packed.extractall(tmp_path, filter="data")
    noticed = [
        path.name for path in sorted(tmp_path.rglob("*.htm")) if collection_of(recovered(read(path))) is not None
    ]
    assert noticed == []


# --- What becomes of each ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", SEVERAL)
def test_every_character_is_in_exactly_one_part(name):
    edition = fresh(name, SEVERAL[name])
    found = collection_of(recovered(edition))
    parts = [recovered(part) for part in parts_of(edition, found)]
    text = edition.source_text or ""
    spans = sorted(span for part in parts for span in part.header.witnesses[-1].stretches)
    assert ink("".join(text[start:end] for start, end in spans)) == ink(text)
    for part in parts:
        witness = part.header.witnesses[-1]
        assert fingerprint(part.sic) == witness.ink == fingerprint(witness.borne(text))
        document = write(part)
        assert parse(document) == part
        assert list(dangling(parse_xml(document, place=name))) == []


@given(st.sampled_from(sorted(SEVERAL)), st.lists(st.integers(1, 2000), min_size=1, max_size=4, unique=True))
def test_wherever_a_page_is_parted_nothing_is_lost(name, cuts):
    edition = fresh(name, SEVERAL[name])
    length = len(edition.source_text or "")
    bounds = [0, *sorted(cut for cut in cuts if cut < length), length]
    pieces = tuple(((start, end),) for start, end in pairwise(bounds))
    parts = list(parts_of(edition, Collection(pieces, (), (), 1.0)))
    assert ink("".join(part.sic for part in parts)) == ink(edition.source_text or "")
    for part in parts:
        if ink(part.sic):
            write(recovered(part))


def test_each_work_is_a_text_with_its_own_record_and_what_the_page_says_of_all(archive, tmp_path):
    done = archive.add_parts(put(tmp_path), who="Ines", when=WHEN)
    titles = [archive.read(added.pressmark).header.value("title") for added in done]
    assert titles == ["Articles from the Weir", "The Mill", "The Ferry and Its Master", "On Bridges"]
    for added, (_, year) in zip(done[1:], TITLES, strict=True):
        header = archive.read(added.pressmark).header
        assert [each.value for each in header.all("written")] == [f"{year}."]
        (transcriber,) = header.all("transcriber")
        assert (transcriber.value, transcriber.found, transcriber.resp) == ("Ada Thorne.", "page", "source")
        assert (archive.store(added.pressmark).folder / "source" / "articles.html").read_bytes() == HTML.encode()
    assert problems(archive) == []


def test_a_note_goes_with_the_work_that_calls_it(archive, tmp_path):
    done = archive.add_parts(put(tmp_path), who="Ines", when=WHEN)
    for number, added in enumerate(done[1:], 1):
        edition = archive.read(added.pressmark)
        (note,) = [block for block in edition.blocks() if block.name == "note"]
        assert f"A note on number {number}." in " ".join(leaf.text for leaf in edition.leaves())
        assert any(mark.get("target") == f"#{note.id}" for leaf in edition.leaves() for mark in leaf.marks)


def test_one_work_is_not_parted(archive, tmp_path):
    with pytest.raises(UsageError, match="one work"):
        archive.add_parts(put(tmp_path, "book.txt", BOOK), who="Ines")
    assert archive.texts() == []


# --- Again ------------------------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing_and_what_is_missing_is_added(archive, tmp_path):
    path = put(tmp_path)
    first = archive.add_parts(path, who="Ines", when=WHEN)
    assert [added.outcome for added in archive.add_parts(path, who="Ines", when=WHEN)] == ["unchanged"] * 4
    folder = archive.store(first[1].pressmark).folder
    for file in sorted(folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    folder.rmdir()
    (missing,) = problems(archive)
    assert "characters of articles.html are in no text" in missing
    again = archive.add_parts(path, who="Ines", when=WHEN)
    assert [added.outcome for added in again] == ["unchanged", "added", "unchanged", "unchanged"]
    assert problems(archive) == []


def test_a_changed_file_leads_each_work_to_its_text(archive, tmp_path):
    path = put(tmp_path)
    first = archive.add_parts(path, who="Ines", when=WHEN)
    ids = {leaf.text[:25]: leaf.id for leaf in archive.read(first[2].pressmark).leaves()}
    path.write_text(HTML.replace("The Mill", "The Old Mill").replace("full of sand", "full of mud"), encoding="utf-8")
    with pytest.raises(ChangedSource):
        archive.add_parts(path, who="Ines", when=WHEN)
    again = archive.add_parts(path, who="Ines", when=WHEN, update=True)
    assert [added.pressmark for added in again] == [added.pressmark for added in first]
    assert {added.outcome for added in again} == {"updated"}
    edition = archive.read(first[2].pressmark)
    assert "full of mud" in edition.sic
    assert {leaf.text[:25]: leaf.id for leaf in edition.leaves()}.items() >= ids.items()
    assert archive.read(first[1].pressmark).header.value("title") == "The Old Mill"
    assert problems(archive) == []


def test_a_work_that_is_gone_is_named_and_left(archive, tmp_path):
    path = put(tmp_path, "articles.txt", ARTICLES)
    first = archive.add_parts(path, who="Ines", when=WHEN)
    path.write_text(ARTICLES[: ARTICLES.index("On Bridges")], encoding="utf-8")
    again = archive.add_parts(path, who="Ines", when=WHEN, update=True)
    assert [(added.pressmark, added.outcome) for added in again][-1] == (first[-1].pressmark, "gone")
    assert first[-1].pressmark in archive.texts()


def test_a_work_that_is_here_already_is_not_added_twice(archive, tmp_path):
    alone = ARTICLES[ARTICLES.index("On Bridges") :]
    archive.add(put(tmp_path, "bridges.txt", alone), who="Ines", when=WHEN)
    path = put(tmp_path, "articles.txt", ARTICLES)
    with pytest.raises(SameText):
        archive.add_parts(path, who="Ines", when=WHEN)
    assert len(archive.texts()) == 1
    assert len(archive.add_parts(path, who="Ines", when=WHEN, again=True)) == 3


def test_a_part_is_not_replaced_by_the_whole_file(archive, tmp_path):
    path = put(tmp_path)
    done = archive.add_parts(path, who="Ines", when=WHEN)
    path.write_text(HTML.replace("full of sand", "full of mud"), encoding="utf-8")
    with pytest.raises(UsageError, match="one of several works"):
        archive.add(path, who="Ines", when=WHEN, pressmark=done[1].pressmark, update=True)


def test_a_changed_character_of_a_part_is_found(archive, tmp_path):
    done = archive.add_parts(put(tmp_path), who="Ines", when=WHEN)
    text = archive.store(done[2].pressmark).folder / "text.xml"
    text.write_text(text.read_text("utf-8").replace("upside down", "upside gown"), encoding="utf-8")
    assert any("gown" in sentence or "down" in sentence for sentence in problems(archive))


# --- The command ------------------------------------------------------------------------------------


def test_parts_are_offered_with_the_command_and_never_made_unasked(archive, tmp_path, capsys):
    path = put(tmp_path)
    assert run_command(["add", str(path), "-a", str(archive.root), "--by", "Ines"]) == 0
    out = capsys.readouterr().out
    assert "work 2 of 3 seems to begin here" in out
    assert f"pressmark add {path} --parts" in out
    assert len(archive.texts()) == 1
    command = out.partition("pressmark add ")[2].split()
    assert run_command(["add", *command, "-a", str(archive.root), "--by", "Ines"]) == 0
    out = capsys.readouterr().out
    assert "has the whole of this file" in out
    assert len(archive.texts()) == 5
    assert run_command(["check", "-a", str(archive.root)]) == 0
    assert run_command(["build", "-a", str(archive.root)]) == 0


@pytest.mark.parametrize("options", [["--work"], ["--as", "a/b"], ["--roles", "r.csv"]])
def test_options_that_do_not_fit_are_refused(archive, tmp_path, capsys, options):
    path = put(tmp_path)
    assert run_command(["add", str(path), "--parts", "-a", str(archive.root), *options]) == 2
    assert archive.texts() == []
