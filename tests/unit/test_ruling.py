"""A person overrules the machine: tables of roles, what becomes of them, and what no machine changes afterwards."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressmark.archive.archive import Archive
from pressmark.cli import run_command
from pressmark.errors import UsageError, WrongRoles
from pressmark.exporters.inspection import inspection
from pressmark.lossless import align
from pressmark.model.edition import Edition
from pressmark.model.roles import blocks_of
from pressmark.model.ruling import BLOCK_ROLES, with_hand
from pressmark.pipeline import run
from pressmark.readers import read_source
from pressmark.readers.source import Source
from pressmark.ruling import Row, draft, rows_of, ruled
from pressmark.stages import INTAKE
from pressmark.tei import parse, write
from pressmark.tei.parse import parse_xml
from pressmark.tei.pointers import dangling

DAY = "2000-01-01"
WHEN = f"{DAY}T00:00:00Z"

PAGE = """The Lantern Road

Ada Thorne

Written: 1911.

The road ran out past the mill, and nobody in the town had walked
to its end since the year of the flood. The carter said that it went
nowhere, and the carter had never been wrong about a road.

The lamp is out upon the hill,
The ferry has gone home,
And nobody will walk the mill
Or over to the loam.

To Miss Farrow
Nether Sluice
12 May 1911

Dear Ines, the road is open again, and I have walked it twice since
Sunday without meeting anybody but the carter's dog.

Yours, Ada
"""

HTML = """<html><head><title>The Lamp</title></head><body><h1>The Lamp</h1><h2>by Ada Thorne</h2><p>Written: 1911.</p>
<ul><li>One thing</li><li>Another <b>thing</b></li><li>A third</li></ul>
<p>It was late,<a href="#n1">[1]</a> and the ferry had gone home over the river, and no one called.</p>
<blockquote><p>First said words.</p><p>Second said words.</p></blockquote>
<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>
<h3>Part</h3><pre>some
  pre</pre>
<p>More text here and there, and a line<br>another line<br>a third line</p>
<img src="x.png" alt="a boat"><hr><p>End of it.</p>
<p><a name="n1">[1]</a> Past ten.</p><p><a name="n2">[2]</a> Past eleven.</p>
<p><a href="index.htm">Back to the Archive</a></p></body></html>"""

LINES = (
    "   It was late and the ferry had gone home over",
    "the river, and no one called from the other side of",
    "the water, though a lamp was lit in the house by the",
    "ferry and a dog was heard to bark twice by two of the",
)
SCAN = "\f".join(
    "\n".join((f"{head:<40}{number}", "", *LINES))
    for number, head in enumerate(("ADA THORNE", "THE LAMP", "ADA THORNE", "THE LAMP"), 10)
)


def read(text: str, name: str = "page.txt") -> Edition:
    return read_source(Source(name, text.encode()))


def pressed(text: str, *rows: Row, name: str = "page.txt", who: str = "Ines Farrow") -> Edition:
    return run(ruled(read(text, name), rows, who=who, when=DAY), INTAKE, when=DAY)


def roles_at(edition: Edition, words: str) -> tuple[str, str, str]:
    """The role, the hand and the words of the block in which ``words`` begin."""
    alignment = align(edition)
    at = alignment.source_text.index(words)
    for role, block, leaves in blocks_of(edition.text):
        if any(start <= at < end for leaf in leaves for start, end in alignment.spans(leaf)):
            hands = " ".join(dict.fromkeys(filter(None, [each.get("resp") for each in (block, *leaves)])))
            return role, hands, " ".join(" ".join(leaf.text.split()) for leaf in leaves)
    raise AssertionError(words)


def table(*lines: str) -> tuple[Row, ...]:
    return rows_of("\n".join(lines).encode())


# --- What becomes of a ruling -----------------------------------------------------------------------


def test_a_paragraph_named_by_any_of_its_lines_is_the_whole_paragraph():
    for line in (7, 8, 9):
        role, hand, words = roles_at(pressed(PAGE, Row("editor_note", line)), "The road ran")
        assert (role, hand) == ("editor_note", "#ines-farrow"), line
        assert words.endswith("wrong about a road.")


def test_a_ruled_block_has_a_hand_and_no_certainty():
    edition = pressed(PAGE, Row("argument", 8))
    (block,) = [block for block in edition.leaves() if block.get("resp")]
    assert (block.get("resp"), block.get("cert")) == ("#ines-farrow", "")
    (hand,) = [each for each in edition.header.hands if each.kind == "person"]
    assert (hand.id, hand.name) == ("ines-farrow", "Ines Farrow")
    assert any(each.who == "ines-farrow" for each in edition.header.changes)
    assert block.id not in {reason.block for reason in edition.stand_off.reasons}
    assert parse(write(edition)) == edition


def test_a_line_named_alone_comes_apart_from_what_the_machine_joined():
    assert roles_at(pressed(PAGE), "The lamp is out")[2].endswith("to the loam."), "the machine joins the stanza"
    edition = pressed(PAGE, Row("heading", 11))
    assert roles_at(edition, "The lamp is out") == ("heading", "#ines-farrow", "The lamp is out upon the hill,")
    assert roles_at(edition, "The ferry")[1] == ""


def test_a_stretch_of_lines_is_one_block():
    edition = pressed(PAGE, Row("addressee", 16, end=17))
    assert roles_at(edition, "To Miss Farrow") == ("addressee", "#ines-farrow", "To Miss Farrow Nether Sluice")
    assert roles_at(edition, "12 May")[1] == ""


def test_lines_of_verse_named_one_by_one_are_one_stanza():
    edition = pressed(PAGE, *(Row("verse", line) for line in range(11, 15)))
    assert roles_at(edition, "Or over")[2].startswith("The lamp is out")


def test_what_is_ruled_counts_for_its_neighbours():
    text = "Harbour Road\n\nMira Holt\n\n" + PAGE[PAGE.index("The road ran") :]
    alone = roles_at(pressed(text), "Mira Holt")
    beside = {roles_at(pressed(text, Row(role, 1)), "Mira Holt") for role in ("title", "navigation", "author")}
    assert len({role for role, _, _ in {alone, *beside}}) > 1


@pytest.mark.parametrize(("name", "text"), [("page.txt", PAGE), ("page.htm", HTML), ("scan.txt", SCAN)])
def test_every_block_can_have_every_role(name, text):
    source = align(run(read(text, name), INTAKE, when=DAY))
    places = sorted({piece.at for pieces in source.by_leaf.values() for piece in pieces if piece.to > piece.at})
    for at in places[:: 1 if name == "page.htm" else 2]:
        for role in BLOCK_ROLES:
            edition = pressed(text, Row(role, offset=at), name=name)
            found, hand, _ = roles_at(edition, source.source_text[at:])
            assert (found, hand) == (role, "#ines-farrow"), (at, role)
            assert list(dangling(parse_xml(write(edition), place=name))) == []


@given(
    st.sampled_from([("page.txt", PAGE), ("page.htm", HTML), ("scan.txt", SCAN)]),
    st.lists(st.tuples(st.sampled_from(BLOCK_ROLES), st.integers(0, 700), st.integers(1, 200)), max_size=4),
)
def test_any_rulings_lose_nothing_or_are_refused(page, wanted):
    name, text = page
    rows = [Row(role, offset=at, end=at + length, place=f"r.csv:{at}") for role, at, length in wanted]
    try:
        edition = pressed(text, *rows, name=name)
    except WrongRoles:
        return
    assert parse(write(edition)) == edition  # the stages prove the rest


def test_the_hand_of_a_person_is_an_id_of_its_own():
    header = read(PAGE).header
    one, own = with_hand(header, "Zoë O’Neil")
    assert own == "zoe-oneil"
    assert with_hand(one, "Zoë O’Neil") == (one, own)
    assert with_hand(one, "Zoe ONeil")[1] == "zoe-oneil-2"
    assert with_hand(one, "Zoe O'Neil")[1] == "zoe-o-neil"
    assert with_hand(header, "山田")[1] == "editor"
    assert with_hand(header, "Pressmark")[1] == "pressmark-2"


# --- Tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"line,role\n7,heading\n",
        b"\xef\xbb\xbfline;role\r\n7;heading\r\n",
        b"sep=;\r\nLine;Role\r\n7;Heading\r\n",
        "line\trole\r\n7\theading\r\n".encode("utf-16"),
        b"role,who,line\nheading,\xe9,7\n\n,,\n",
        b'"line","role"\r"7","heading"\r',
    ],
    ids=["plain", "excel", "sep", "unicode text", "columns", "old mac"],
)
def test_tables_are_read_as_spreadsheets_write_them(data):
    ((row),) = rows_of(data)
    assert (row.role, row.line) == ("heading", 7)


def test_a_row_left_as_the_machine_had_it_decides_nothing():
    assert table("line,role,machine", "1,title,title", "2,,heading", "3,title,author") == (
        Row("title", 3, place="roles.csv:4"),
    )


@pytest.mark.parametrize(
    ("lines", "sentence", "hint"),
    [
        (["line,role", "7,headng"], "roles.csv:2: there is no role “headng”", "perhaps heading; the roles are title,"),
        (["line,role", "7,note anchor"], "note_anchor is no role of a block", "the roles are"),
        (["line,role", "x,heading"], "roles.csv:2: the line “x” is no number", "digits"),
        (["line,role", "9999999999999999999999,heading"], "is no number", ""),
        (["line,role", ",heading"], "this row names no place", "offset"),
        (["line,role", "7,=HYPERLINK(1)"], "is a formula", "the role itself"),
        (["line,role", "-7,heading"], "is a formula", ""),
        (["place,role", "7,heading"], "no column line or offset", "line,role"),
        (["line", "7"], "no column role", "line,role"),
        (["line,line,role", "7,7,heading"], "two columns line", ""),
        (["line,role", '7,"heading'], "roles.csv:2: this is no row of a CSV file", ""),
        ([""], "the table of roles is empty", ""),
        (["PK\x03\x04\0"], "this is no CSV file", "workbook"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_line(lines, sentence, hint):
    with pytest.raises(WrongRoles) as caught:
        table(*lines)
    assert sentence in str(caught.value)
    assert hint in caught.value.hint
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("2,,", "line 2 of the source is blank"),
        ("99,,", "there is no line 99: the source has 23 lines"),
        ("0,,", "there is no line 0"),
        ("7,,5", "the last line 5 stands before the first, 7"),
        ("7,,99", "there is no line 99"),
        (",99999,", "there is no offset 99999"),
        (",17,", "the offset 17 of the source is blank"),
        (",20,20", "the end 20 stands before the offset 20"),
        ("1,20,", "the offset 20 is not on line 1"),
    ],
)
def test_a_row_about_no_words_is_refused(row, sentence):
    with pytest.raises(WrongRoles, match=sentence) as caught:
        pressed(PAGE, *table("line,offset,end,role", f"{row},heading"))
    assert caught.value.place == "roles.csv:2"


def test_two_roles_for_one_block_are_refused():
    with pytest.raises(WrongRoles, match=r"heading to a block that is title by roles\.csv:2") as caught:
        pressed(PAGE, *table("line,role", "7,title", "9,heading"))
    assert caught.value.place == "roles.csv:3"


def test_a_line_of_several_blocks_asks_for_an_offset():
    with pytest.raises(WrongRoles, match="2 blocks") as caught:
        pressed("<p>One.</p><p>Two.</p>", Row("heading", 1, place="r.csv:2"), name="x.html")
    assert "offset" in caught.value.hint


def test_the_draft_given_back_with_one_change_decides_that_one():
    for name, text in (("page.txt", PAGE), ("page.htm", HTML), ("scan.txt", SCAN)):
        rows = list(csv.DictReader(io.StringIO(draft(pressed(text, name=name)))))
        blocks = [each for each in inspection(pressed(text, name=name), name)["blocks"] if "end" in each]
        assert {(int(row["offset"]), row["role"]) for row in rows} == {
            (each["start"], each["role"]) for each in blocks if each["role"] not in ("note_anchor", "line_end_hyphen")
        }
        wanted = next(row for row in rows if row["words"].startswith(("The lamp", "More text", "It was late")))
        wanted["role"] = "argument"
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        (row,) = rows_of(out.getvalue().encode())
        edition = pressed(text, row, name=name)
        signed = [block for block in edition.blocks() if block.get("resp")]
        assert [block.get("resp") for block in signed] == ["#ines-farrow"]
        assert roles_at(edition, wanted["words"][:15])[0] == "argument"


def test_no_words_of_a_draft_are_a_formula():
    words = "=HYPERLINK(1)\n\n+1 of them\n\n@SUM(1)\n\nall is well;=1+1\n\nand,\t-2\n\n-- so he said"
    for row in csv.DictReader(io.StringIO(draft(pressed(words)))):
        for delimiter in ",;\t|":
            assert not any(cell.strip().startswith(("=", "+", "-", "@")) for cell in row["words"].split(delimiter)), row


# --- The archive -----------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path) -> Archive:
    return Archive.create(tmp_path / "archive", title="The Road")


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def sound(archive: Archive) -> bool:
    return not [problem for _, problems in archive.check() for problem in problems]


def add(archive, path, *rows, who="Ines Farrow", **how):
    return archive.add(path, who=who, when=WHEN, roles=rows, **how)


def kept(archive, pressmark, words):
    edition = archive.read(pressmark)
    source = (archive.root / "texts" / pressmark / "source" / edition.header.witnesses[-1].file).read_text("utf-8")
    return roles_at(replace(edition, source_text=source), words)


RULED = (Row("heading", 1), Row("editor_note", 8), Row("dedication", 16, end=17), Row("block_quote", 11, end=14))


def ruled_well(archive, pressmark, hand="#ines-farrow"):
    return [
        kept(archive, pressmark, words)[:2] for words in ("The Lantern", "nowhere, and", "Nether", "The ferry")
    ] == [
        ("heading", hand),
        ("editor_note", hand),
        ("dedication", hand),
        ("block_quote", hand),
    ]


def test_what_is_ruled_is_kept_and_sound(archive, page):
    added = add(archive, page, *RULED)
    assert ruled_well(archive, added.pressmark)
    assert sound(archive)


def test_what_is_ruled_survives_a_changed_source(archive, page):
    pressmark = add(archive, page, *RULED).pressmark
    changed = PAGE.replace("in the town", "in our town").replace("ferry has gone", "ferry had gone")
    page.write_text("A new first line by somebody\n\n" + changed, encoding="utf-8")
    added = add(archive, page, update=True, pressmark=pressmark, who="Someone Else")
    assert (added.outcome, added.lost) == ("updated", ())
    assert ruled_well(archive, pressmark)
    assert len(archive.read(pressmark).header.witnesses) == 2
    assert sound(archive)


def test_a_block_that_the_new_source_has_not_is_a_loss(archive, page):
    pressmark = add(archive, page, *RULED).pressmark
    page.write_text(PAGE.replace("To Miss Farrow\nNether Sluice\n", ""), encoding="utf-8")
    added = add(archive, page, update=True, pressmark=pressmark)
    assert any("To Miss Farrow" in loss.message for loss in added.lost)
    assert kept(archive, pressmark, "The ferry")[0] == "block_quote"
    assert sound(archive)


def test_a_text_that_is_here_can_be_overruled_and_the_last_word_counts(archive, page):
    pressmark = add(archive, page).pressmark
    assert add(archive, page).outcome == "unchanged"
    ids = [block.id for block in archive.read(pressmark).leaves()]
    assert add(archive, page, Row("heading", 11)).outcome == "updated"
    assert add(archive, page, Row("verse", 11, end=14), who="Paul Red").lost == ()
    assert kept(archive, pressmark, "The lamp")[:2] == ("verse", "#paul-red")
    edition = archive.read(pressmark)
    assert len(edition.header.witnesses) == 1
    assert ids[0] in [block.id for block in edition.leaves()]
    assert [entry.action for entry in archive.store(pressmark).history().entries] == ["add", "roles", "roles"]
    archive.undo(pressmark, who="Paul Red")
    assert kept(archive, pressmark, "The lamp")[:2] == ("heading", "#ines-farrow")
    assert sound(archive)


def test_roles_of_an_old_source_are_refused(archive, page):
    pressmark = add(archive, page).pressmark
    old = page.with_name("old.txt")
    old.write_text(PAGE, encoding="utf-8")
    page.write_text(PAGE.replace("in the town", "in our town"), encoding="utf-8")
    add(archive, page, update=True)
    with pytest.raises(UsageError, match="newer source"):
        add(archive, old, Row("heading", 11), pressmark=pressmark)


def test_a_tei_source_is_not_overruled_by_a_table(archive, page, tmp_path):
    path = tmp_path / "page.xml"
    path.write_bytes(write(pressed(PAGE)))
    with pytest.raises(UsageError, match="says itself"):
        add(archive, path, Row("heading", 1))


def by_hand(archive, pressmark, before, after):
    path = archive.root / "texts" / pressmark / "text.xml"
    words = path.read_text("utf-8")
    assert words.count(before) == 1
    path.write_text(words.replace(before, after), encoding="utf-8")


def test_a_role_changed_by_hand_is_signed_and_never_changed_by_a_machine(archive, page):
    pressmark = add(archive, page, Row("paragraph", 8), who="Paul Red").pressmark
    (leaf,) = [each for each in archive.read(pressmark).leaves() if each.text.startswith("Dear Ines")]
    old = f'<p xml:id="{leaf.id}" cert="{leaf.get("cert")}">'
    by_hand(archive, pressmark, old, f'<ab xml:id="{leaf.id}" cert="{leaf.get("cert")}" type="salutation">')
    by_hand(archive, pressmark, "but the carter's dog.</p>", "but the carter's dog.</ab>")
    archive.adopt(pressmark, who="Ines Farrow", when=WHEN)
    assert kept(archive, pressmark, "Dear Ines")[:2] == ("salutation", "#ines-farrow")
    assert kept(archive, pressmark, "The road ran")[:2] == ("paragraph", "#paul-red"), "not hers"
    (leaf,) = [each for each in archive.read(pressmark).leaves() if each.text.startswith("Dear Ines")]
    assert not leaf.get("cert")
    assert [entry.who for entry in archive.store(pressmark).history().entries] == ["Paul Red", "Ines Farrow"]
    assert sound(archive)

    page.write_text(PAGE.replace("in the town", "in our town"), encoding="utf-8")
    added = add(archive, page, update=True, who="Someone Else")
    assert added.lost == ()
    assert kept(archive, pressmark, "Dear Ines")[:2] == ("salutation", "#ines-farrow")
    add(archive, page, Row("heading", 1), who="Someone Else")
    assert kept(archive, pressmark, "Dear Ines")[:2] == ("salutation", "#ines-farrow")
    assert sound(archive)


def test_an_edit_by_hand_of_anything_else_is_left_as_it_is(archive, page):
    pressmark = add(archive, page).pressmark
    by_hand(archive, pressmark, "Ada</", "<hi>Ada</hi></")
    path = archive.root / "texts" / pressmark / "text.xml"
    edited = path.read_bytes()
    archive.adopt(pressmark, who="Ines Farrow", when=WHEN)
    assert path.read_bytes() == edited


# --- The commands ----------------------------------------------------------------------------------


def test_a_wrong_table_writes_nothing(archive, page, capsys):
    roles = page.with_name("r.csv")
    roles.write_text("line,role\n7,heading\n8,title\n", encoding="utf-8")
    status = run_command(["add", str(page), "-a", str(archive.root), "--roles", str(roles), "--by", "Ines"])
    assert status == 2
    assert "r.csv:3: this gives the role title" in capsys.readouterr().err
    assert archive.texts() == []


def test_press_takes_a_table_too(page, tmp_path, capsys):
    roles = page.with_name("r.csv")
    roles.write_text("line,role\n7,heading\n", encoding="utf-8")
    made = tmp_path / "made"
    assert run_command(["press", str(page), "-o", str(made), "--roles", str(roles), "--by", "Ines"]) == 0
    (pressmark,) = Archive(made).texts()
    assert kept(Archive(made), pressmark, "The road ran")[:2] == ("heading", "#ines")
    wrong = tmp_path / "wrong"
    for row in ("7,nothing", "700,heading"):
        roles.write_text(f"line,role\n{row}\n", encoding="utf-8")
        assert run_command(["press", str(page), "-o", str(wrong), "--roles", str(roles)]) == 2
        assert not wrong.exists()


def test_a_table_is_about_one_file(archive, page, capsys):
    roles = page.with_name("r.csv")
    roles.write_text("line,role\n7,heading\n", encoding="utf-8")
    arguments = ["add", str(page), str(page), "-a", str(archive.root), "--roles", str(roles)]
    assert run_command(arguments) == 2
    assert "--roles is about one file" in capsys.readouterr().err


def test_inspect_prints_a_table(page):
    done = subprocess.run(
        [sys.executable, "-m", "pressmark", "inspect", "--roles", str(page)], capture_output=True, check=True
    )
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "line,offset,end,role,machine,certainty,words"
    assert lines[1].startswith("1,0,16,")
