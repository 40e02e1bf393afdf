"""Recovers structure: which paragraphs are titles, record lines, headings, verse, notes, breaks between scenes.

What is not recognised stays a paragraph. A page that came with tags keeps the structure that its tags say; only
what they leave open is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pressmark.model.edition import Edition, number
from pressmark.model.text import Block, Container, Leaf, Mark, attributes, pieces, rewrite
from pressmark.page import (
    ANCHOR,
    HEADING_LENGTH,
    NOTES_HEADING,
    PROSE_LENGTH,
    SCENE_BREAK,
    STOP,
    cut,
    is_prose,
    is_short,
    label_of,
    lines_of,
    note_label,
)
from pressmark.stages.stage import stage

CHAPTER = re.compile(
    r"(?:chapter|part|book|section|canto|act|scene|letter|kapitel|teil|chapitre|partie|capítulo|глава|часть)\b"
    r"|[IVXLC]{1,7}\.?\Z|\d{1,3}\.?\Z",
    re.IGNORECASE,
)
LAST_UPDATED = re.compile(
    r"(?:last (?:updated|modified)|zuletzt (?:geändert|aktualisiert)|mis à jour)\b", re.IGNORECASE
)
NAME = re.compile(
    r"(?:(?:[^\W\d_a-zа-я]\.\s?)+|[^\W\d_a-zа-я][\w’'-]+\s*)(?:\s*(?:de|von|van|of|du|la)\s+|\s*[^\W\d_a-zа-я][\w’'.-]*\s*){1,4}"
)
BYLINE = re.compile(r"(?:by|von|par|por)\s+\S", re.IGNORECASE)

HEAD_BLOCKS = 16
"""The title and the record stand among so many blocks at the top."""

VERSE_LENGTH = 66
"""Lines of verse are seldom longer than this (characters)."""


@stage(assigns=("text", "header"), deed="Recovered the structure of the page.")
def recover_structure(edition: Edition) -> Edition:
    """The edition with its blocks as what they are; ids of blocks that are split stay with the first part.

    Title and record go to ``front``, notes at the end to ``back``; headings open a ``div`` each.
    """
    body = edition.text.children[0] if len(edition.text.children) == 1 else None
    flat = isinstance(body, Container) and all(isinstance(block, Leaf) for block in body.children)
    if edition.header.witnesses[-1].format != "text":
        text = _refine(edition.text)
    elif flat:
        assert isinstance(body, Container)
        text = _assemble(edition.text, body, _lay_out(body.children))
    else:
        return edition
    return number(replace(edition, text=text)) if text != edition.text else edition


def _refine(text: Container) -> Container:
    """A tagged page with what its tags do not tell from paragraphs: breaks between scenes, lines of the record."""
    leaves = [leaf.id for leaf, _, _ in pieces(text)]
    near = {*leaves[:HEAD_BLOCKS], *leaves[-HEAD_BLOCKS:]}

    def refine(block: Block) -> Block:
        if not isinstance(block, Container) or block.name not in ("div", "body", "front", "back"):
            return block
        children = [part for child in block.children for part in _refined(child, near)]
        return replace(block, children=tuple(children)) if children != list(block.children) else block

    changed = rewrite(text, refine)
    assert isinstance(changed, Container)
    return changed


def _refined(block: Block, near: set[str]) -> list[Block]:
    """A block of a tagged page as it is, or as what it is by its words."""
    if not isinstance(block, Leaf) or block.name != "p":
        return [block]
    if block.id in near and (records := _tagged_record(block)):
        return list(records)
    return [_scene_break(block)]


def _tagged_record(leaf: Leaf) -> list[Leaf]:
    """A paragraph of record lines, parted by ``br``, as one ``ab`` each; nothing, where its first line is none."""
    breaks = [mark.start for mark in leaf.marks if mark.name == "lb"]
    bounds = [0, *breaks, len(leaf.text)]
    lines = [(a, b) for a, b in pairwise(bounds) if leaf.text[a:b].strip()]
    if len(leaf.text) > 3 * PROSE_LENGTH or not lines or label_of(leaf.text[slice(*lines[0])]) is None:
        return []
    starts = [a for a, b in lines if a == lines[0][0] or label_of(leaf.text[a:b])]
    return [
        _record(leaf, a, b, first=a == starts[0]) for a, b in zip(starts, [*starts[1:], len(leaf.text)], strict=True)
    ]


def _record(leaf: Leaf, start: int, end: int, *, first: bool) -> Leaf:
    """The stretch of a leaf, without its white ends, as a line of the record."""
    words = leaf.text[start:end]
    start += len(words) - len(words.lstrip())
    part = cut(leaf, start, start + len(words.strip()), name="ab", first=first)
    return replace(part, attributes=attributes(type="record"))


def _scene_break(block: Block) -> Block:
    if isinstance(block, Leaf) and block.name == "p" and block.text and SCENE_BREAK.match(block.text):
        return replace(block, name="ab", attributes=attributes(type="sceneBreak"))
    return block


def _lay_out(blocks: Sequence[Block]) -> list[Block]:
    """The blocks in a row, each split where it holds several things."""
    width = max(
        (len(line.words) for block in blocks[:400] if isinstance(block, Leaf) for line in lines_of(block)), default=0
    )
    found: list[Block] = []
    for index, block in enumerate(blocks):
        assert isinstance(block, Leaf)
        if block.name != "p":
            found.append(block)
        elif SCENE_BREAK.match(block.text):
            found.append(_scene_break(block))
        elif _may_be_record(index, len(blocks)) and (records := _record_lines(block)):
            found.extend(records)
        else:
            found.append(_verse(block, width) or block)
    return found


def _may_be_record(index: int, count: int) -> bool:
    return index < HEAD_BLOCKS or index >= count - HEAD_BLOCKS


def _record_lines(leaf: Leaf) -> list[Leaf]:
    """A block of record lines as one ``ab`` each; nothing, where its first line is none."""
    lines = lines_of(leaf)
    if label_of(lines[0].words) is None or (len(lines) == 1 and len(leaf.text) > 2 * HEADING_LENGTH + 140):
        return []
    starts = [line.start for line in lines if line is lines[0] or label_of(line.words)]
    ends = [*starts[1:], len(leaf.text)]
    return [_record(leaf, a, b, first=a == starts[0]) for a, b in zip(starts, ends, strict=True)]


def _verse(leaf: Leaf, width: int) -> Container | None:
    """A block of short lines that begin with capitals, as a stanza."""
    lines = lines_of(leaf)
    if len(lines) < 3 or any(len(line.words) > VERSE_LENGTH for line in lines):
        return None
    capitals = sum(1 for line in lines if line.words.lstrip("\"'“‘„«—–-( ")[:1].isupper())
    full = sum(1 for line in lines[:-1] if len(line.words) > width * 0.85)
    base = min(line.indent for line in lines)
    indented = sum(1 for line in lines[1:] if line.indent > base + 1)
    if capitals < max(2, 0.8 * len(lines)) and not len(lines) * 0.3 <= indented <= len(lines) * 0.8:
        return None
    if full > 0.5 * (len(lines) - 1) and width > 50:
        return None
    verses = []
    for index, line in enumerate(lines):
        indent = min(6, (line.indent - base + 1) // 2) if index else 0
        verse = cut(leaf, line.start, line.start + len(line.words), name="l")
        verses.append(replace(verse, attributes=attributes(rend=f"indent{indent}" if indent else "")))
    return Container("lg", tuple(verses), leaf.id)


def _assemble(text: Container, body: Container, blocks: list[Block]) -> Container:
    """Front, body and back, of blocks in a row."""
    front, rest = _front(blocks)
    rest, back = _back(rest)
    parts: list[Block] = []
    if front:
        parts.append(Container("front", tuple(front)))
    labels = {note.get("n"): note.id for block in back for note in _notes_of(block)}
    children = tuple(_sections(rest))
    linked = tuple(rewrite(block, lambda each: _link(each, labels)) for block in children) if labels else children
    parts.append(replace(body, children=linked if _has_text(linked) else (Container("div", linked),)))
    if back:
        parts.append(Container("back", tuple(back)))
    return replace(text, children=tuple(parts))


def _has_text(blocks: Sequence[Block]) -> bool:
    """Whether a body may hold just these: TEI asks for a block or a div besides furniture and page ends."""
    return any(block.name not in ("fw", "note", "figure", "pb") for block in blocks)


def _notes_of(block: Block) -> list[Container]:
    if not isinstance(block, Container):
        return []
    return [child for child in block.children if isinstance(child, Container) and child.name == "note"]


def _front(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """What stands before the text, with title and author recognised, and the rest."""
    top = next(
        (index for index, block in enumerate(blocks) if is_prose(block) or isinstance(block, Container)), len(blocks)
    )
    top = min(top, HEAD_BLOCKS)
    records = [index for index in range(top) if _is_record(blocks[index])]
    end = records[-1] + 1 if records else _lines_before_prose(blocks, top)
    titles = [index for index in range(records[0] if records else end) if _may_be_title(blocks[index])]
    if not titles:
        return blocks[:end], blocks[end:]
    front = list(blocks[:end])
    _name_titles(front, titles)
    return front, blocks[end:]


def _is_record(block: Block) -> bool:
    return isinstance(block, Leaf) and block.name == "ab" and block.get("type") == "record"


def _may_be_title(block: Block) -> bool:
    return isinstance(block, Leaf) and block.name == "p" and is_short(block)


def _lines_before_prose(blocks: list[Block], top: int) -> int:
    """How many short lines open the page, where no record says where the text begins: at most three."""
    end = 0
    while end < min(top, 3, len(blocks) - 1) and _may_be_title(blocks[end]) and _looks_like_heading(blocks[end]):
        end += 1
    return end


def _name_titles(front: list[Block], titles: list[int]) -> None:
    """Of the lines at the top, a person's name, or what follows “by”, is the author; of the others the first is
    the title and the next its second line. A line said twice is first a running title.
    """
    words = {index: _words(front[index]) for index in titles}
    last = {line: index for index, line in words.items()}
    running = [index for index in titles if last[words[index]] != index]
    names = [index for index in titles if index not in running and _is_name(words[index])]
    others = [i for i in titles if i not in running and i not in names and not words[i][:1].islower()]
    if not others and names:
        others = [names.pop(0)]
    given = {index: ("fw", attributes(type="runningTitle", cert="low")) for index in running}
    given |= {index: ("docAuthor", attributes(cert="medium")) for index in names[:1]}
    given |= {index: ("titlePart", attributes(type="main", cert="medium")) for index in others[:1]}
    given |= {index: ("titlePart", attributes(type="sub", cert="low")) for index in others[1:2]}
    for index, (name, attrs) in given.items():
        leaf = front[index]
        assert isinstance(leaf, Leaf)
        front[index] = replace(leaf, name=name, attributes=attrs)


def _is_name(words: str) -> bool:
    """Whether a line is a person's name, by its form: two to five words, each with a capital, or a byline."""
    return bool(BYLINE.match(words) or NAME.fullmatch(words.strip())) and not words.isupper()


def _words(block: Block) -> str:
    return block.text if isinstance(block, Leaf) else ""


def _back(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The text without the notes at its end, and those notes, with what follows them."""
    start = _where_notes_begin(blocks)
    if start is None:
        return blocks, []
    heading = [replace(blocks[start], name="head")] if _is_notes_heading(blocks[start]) else []
    notes: list[Block] = []
    at = start + len(heading)
    while at < len(blocks) and (note := _note(blocks[at], notes)):
        notes.append(note)
        at += 1
    divs: list[Block] = [Container("div", (*heading, *notes), attributes=attributes(type="notes"))]
    if at < len(blocks):
        divs.append(Container("div", tuple(_last_updated(block) for block in blocks[at:])))
    return blocks[:start], divs


def _is_notes_heading(block: Block) -> bool:
    return isinstance(block, Leaf) and bool(NOTES_HEADING.fullmatch(block.text.strip(" .:—–-*")))


def _where_notes_begin(blocks: list[Block]) -> int | None:
    """Where the notes at the end begin: the first label of a series, with anchors before it that bear labels of
    what follows, and after the last note no running text. One walk up and one down, however many labels there are.
    """
    first_anchor: dict[str, int] = {}
    for index, block in enumerate(blocks):
        for anchor in _anchor_labels(block):
            first_anchor.setdefault(anchor, index)
    last_prose = max((index for index, block in enumerate(blocks) if is_prose(block)), default=-1)
    found, labelled, anchored = None, 0, len(blocks)
    for index in range(len(blocks) - 1, 0, -1):
        label = note_label(_words(blocks[index]))
        if label is None:
            continue
        labelled += 1
        anchored = min(anchored, first_anchor.get(label[0], len(blocks)))
        start = index - 1 if _is_notes_heading(blocks[index - 1]) else index
        if label[0] in ("1", "*", "†") and anchored < start and last_prose < index + labelled:
            found = start
    return found


def _anchor_labels(block: Block) -> list[str]:
    leaves = block.children if isinstance(block, Container) else (block,)
    found = []
    for leaf in leaves:
        if isinstance(leaf, Leaf) and not note_label(leaf.text[:12]):
            found += [next(group for group in match.groups() if group) for match in ANCHOR.finditer(leaf.text)]
    return found


def _note(block: Block, before: list[Block]) -> Container | None:
    found = note_label(_words(block)) if isinstance(block, Leaf) and block.name == "p" else None
    if found is None or not isinstance(block, Leaf):
        return None
    own = f"note{len(before) + 1}"
    return Container("note", (block,), own, attributes(n=found[0], place="end"))


def _last_updated(block: Block) -> Block:
    if isinstance(block, Leaf) and block.name == "p" and LAST_UPDATED.match(block.text):
        return replace(block, name="fw", attributes=attributes(type="lastUpdated", cert="high"))
    return block


def _link(block: Block, labels: dict[str, str]) -> Block:
    """A leaf with its anchors of notes marked, each pointing at the note of its label."""
    if not isinstance(block, Leaf) or "_" in block.id:
        return block
    marks = []
    for match in ANCHOR.finditer(block.text):
        label = next(group for group in match.groups() if group)
        if label in labels:
            given = attributes(type="noteAnchor", target=f"#{labels[label]}")
            marks.append(Mark("ref", match.start(), match.end(), attributes=given))
    return replace(block, marks=(*block.marks, *marks)) if marks else block


def _looks_like_heading(block: Block) -> bool:
    if not isinstance(block, Leaf) or block.name != "p" or not is_short(block):
        return False
    words = block.text.strip()
    if CHAPTER.match(words):
        return True
    first = words.lstrip("“\"'‘«„([*_")[:1]
    return not STOP.search(words) and (first.isupper() or first.isdigit()) and len(words.split()) <= 12


def _sections(blocks: list[Block]) -> list[Block]:
    """The blocks with a ``div`` from each heading to the next."""
    heads = [index for index, block in enumerate(blocks) if _is_heading(blocks, index)]
    if not heads or len(heads) > 0.4 * len(blocks) + 1:
        return blocks
    sections: list[Block] = list(blocks[: heads[0]])
    for begin, end in zip(heads, [*heads[1:], len(blocks)], strict=True):
        leaf = blocks[begin]
        assert isinstance(leaf, Leaf)
        head = replace(leaf, name="head", attributes=attributes(cert="medium"))
        sections.append(Container("div", (head, *blocks[begin + 1 : end])))
    return sections


def _is_heading(blocks: list[Block], index: int) -> bool:
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if after is None or not _looks_like_heading(blocks[index]):
        return False
    longer = isinstance(after, Container) or len(_words(after)) > 1.5 * len(_words(blocks[index]))
    return longer or _looks_like_heading(after)
