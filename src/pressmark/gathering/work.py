"""One edition of a work whose chapters came in files of their own: a ``div`` for each, their index as the front."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pressmark.carrying.tree import repointed
from pressmark.gathering.order import Chapters, File, links_of
from pressmark.lossless import align
from pressmark.model.edition import Edition, number
from pressmark.model.header import Header, Statement
from pressmark.model.roles import role_of
from pressmark.model.stand_off import Finding, StandOff
from pressmark.model.text import Block, Container, Inset, Leaf, Mark, attributes, plain, rewrite
from pressmark.record.evidence import weighed

BETWEEN = "\n\n"
"""What stands between the source texts of two files."""

TITLES = ("title", "subtitle", "page_title")
NAMED = re.compile(r"(b|note|a)([0-9]{1,9})")
"""Ids that are numbered in each file, and so have to be numbered anew."""

CALL = re.compile(r"[\s\[({]*(?:[0-9]{1,4}[a-z]?|[*†‡§¶]{1,5}|[a-z]|[ivxlc]{1,6})[\s\])}.:]*", re.IGNORECASE)
TOP = frozenset("head byline docAuthor docDate epigraph argument opener dateline salute signed address".split())
GLOBAL = frozenset("fw note figure pb cb milestone".split())
GUESSED = "0.5"
"""How sure the title of a work is that only its chapters name."""


def joined(chapters: Chapters) -> Edition:
    """The edition of all the chapters in order, each recovered alone before.

    Its source text is theirs, one after another; its witnesses are theirs, numbered. Links and notes that lead from
    one file to another lead to their places in the edition. Statements that contradict one another are all kept.
    """
    leaves = _renamed(chapters.files)
    files = _linked(leaves)
    divs = [chapter_of(file.edition.text) for file in files[chapters.has_index :]]
    body = Container("body", tuple(divs))
    front = [front_of(files[0].edition.text)] if chapters.has_index else []
    editions = [file.edition for file in files]
    edition = Edition(
        _header(editions, has_index=chapters.has_index),
        Container("text", (*front, body)),
        _stand_off(editions),
        BETWEEN.join(each.source_text or "" for each in editions),
        performed=("recover_structure", "recover_record"),
        pictures=tuple({each.name: each for edition in editions for each in edition.pictures}.values()),
    )
    edition = number(edition)
    align(edition)
    return edition


# --- Ids and links --------------------------------------------------------------------------------


@dataclass(slots=True)
class Numbers:
    """The greatest number given out so far, by the word before it."""

    last: dict[str, int] = field(default_factory=lambda: {"b": 0, "note": 0, "a": 0})

    def names(self, edition: Edition) -> dict[str, str]:
        """New ids for those of one more edition, so that no two editions share one."""
        found: dict[str, str] = {}
        most = dict(self.last)
        for own in ids_of(edition):
            if match := NAMED.fullmatch(own):
                fresh = self.last[match[1]] + int(match[2])
                most[match[1]] = max(most[match[1]], fresh)
                found[own] = f"{match[1]}{fresh}"
        most["b"] = max(most["b"], self.last["b"] + edition.header.identifiers)
        self.last = most
        return found


def ids_of(edition: Edition) -> Iterator[str]:
    """Every id of a block or a mark."""
    for block in edition.blocks():
        if block.id:
            yield block.id
        if isinstance(block, Leaf):
            yield from (mark.id for mark in block.marks if mark.id)


def _renamed(files: Sequence[File]) -> list[File]:
    numbers = Numbers()
    return [replace(file, edition=with_names(file.edition, numbers.names(file.edition))) for file in files]


def with_names(edition: Edition, names: dict[str, str]) -> Edition:
    """The edition with other ids; all that points to them follows."""

    def rename(block: Block) -> Block:
        given = repointed(block.attributes, names)
        block = replace(block, id=names.get(block.id, block.id), attributes=given)
        return replace(block, marks=tuple(map(mark_renamed, block.marks))) if isinstance(block, Leaf) else block

    def mark_renamed(mark: Mark) -> Mark:
        if isinstance(mark, Inset):
            return mark
        return replace(mark, id=names.get(mark.id, mark.id), attributes=repointed(mark.attributes, names))

    text = rewrite(edition.text, rename)
    assert isinstance(text, Container)
    statements = tuple(
        replace(each, found=f"#{names.get(each.found[1:], each.found[1:])}") if each.found.startswith("#") else each
        for each in edition.header.statements
    )
    findings = tuple(replace(each, block=names.get(each.block, each.block)) for each in edition.stand_off.findings)
    reasons = tuple(replace(each, block=names.get(each.block, each.block)) for each in edition.stand_off.reasons)
    header = replace(edition.header, statements=statements)
    return replace(edition, header=header, text=text, stand_off=StandOff(findings, reasons))


def _linked(files: Sequence[File]) -> list[File]:
    """The files with their links to one another led to the places that they mean."""
    places = [dict(_places(file.edition)) for file in files]
    made = []
    for at, file in enumerate(files):
        led: dict[tuple[str, int, int, str], dict[str, str]] = {}
        for link in links_of(files, at):
            found = places[link.to].get(link.fragment)
            if found is None:
                continue
            own, is_note = found
            key = (link.leaf, link.mark.start, link.mark.end, link.mark.get("target"))
            led[key] = {"target": f"#{own}"} | ({"type": "noteAnchor"} if is_note else {})
        made.append(replace(file, edition=_led(file.edition, led)) if led else file)
    return made


def _places(edition: Edition) -> Iterator[tuple[str, tuple[str, bool]]]:
    """The places that links can lead to: (name, (id, whether it is a note)). The page itself has no name."""
    yield "", (edition.text.id, False)
    waiting: list[tuple[Block, Container | None]] = [(edition.text, None)]
    while waiting:
        block, note = waiting.pop()
        if isinstance(block, Container):
            note = block if block.name == "note" else note
            waiting += [(child, note) for child in reversed(block.children)]
            continue
        for mark in block.marks:
            if isinstance(mark, Inset) and mark.block is not None:
                waiting.append((mark.block, None))
            elif mark.name == "anchor" and mark.id:
                begins = note is not None and not block.text[: mark.start].strip(" [({*")
                yield mark.get("n"), (note.id if begins and note is not None else mark.id, begins)


def _led(edition: Edition, led: dict[tuple[str, int, int, str], dict[str, str]]) -> Edition:
    def lead(block: Block) -> Block:
        if not isinstance(block, Leaf) or not block.marks:
            return block
        marks = []
        for mark in block.marks:
            given = led.get((block.id, mark.start, mark.end, mark.get("target")))
            if given is not None and not isinstance(mark, Inset):
                if not CALL.fullmatch(block.text[mark.start : mark.end]):
                    given = {"target": given["target"]}
                mark = replace(mark, attributes=tuple(sorted({**dict(mark.attributes), **given}.items())))
            marks.append(mark)
        return replace(block, marks=tuple(marks))

    text = rewrite(edition.text, lead)
    assert isinstance(text, Container)
    return replace(edition, text=text)


# --- The tree -------------------------------------------------------------------------------------


def front_of(text: Container) -> Container:
    """The index of a work as its front: what stands before its list, and the list."""
    before: list[Block] = []
    after: list[Block] = []
    for part in text.children:
        if not isinstance(part, Container):
            before.append(part)
        elif part.name == "front":
            before += part.children
        elif part.name == "body":
            after.append(Container("div", part.children, part.id, attributes(type="contents")))
        else:
            after += part.children
    return Container("front", (*before, *after), text.id)


def chapter_of(text: Container) -> Container:
    """A page's text as a division. What only a front may hold gets the form that it has elsewhere."""
    front: list[Block] = []
    body: Container | None = None
    back: list[Block] = []
    for part in text.children:
        if not isinstance(part, Container):
            (back if body else front).append(part)
        elif part.name == "body":
            body = part
        elif part.name == "front":
            front += _in_division(part)
        else:
            back += part.children
    assert body is not None
    if all(block.name in GLOBAL for block in (*front, *back)):
        return Container("div", (*front, *body.children, *back), text.id)
    bare = [block for block in back if block.name != "div"]
    if any(block.name not in GLOBAL for block in bare):
        back = [Container("div", tuple(back))]
    inner = Container("div", body.children, body.id)
    return Container("div", (*front, inner, *back), text.id)


def _in_division(front: Container) -> Iterator[Block]:
    """The blocks of a front as they may stand in a division: its first title is the heading."""
    at_top = True
    headed = False
    for block in front.children:
        if block.name == "titlePart" and isinstance(block, Leaf):
            is_head = at_top and not headed
            headed = True
            block = _as(block, "head") if is_head else _as(block, "ab", role_of(block, (front,)))
            at_top = at_top and is_head
        elif block.name in TOP and not at_top:
            yield from _below_top(block, front)
            continue
        elif block.name not in TOP | GLOBAL:
            at_top = False
        yield block


def _below_top(block: Block, front: Container) -> Iterator[Block]:
    """What stands at the top of a division, in the form that it has below."""
    if isinstance(block, Leaf):
        yield _as(block, "ab", role_of(block, (front,)))
        return
    for child in block.children:
        if isinstance(child, Leaf) and child.name != "bibl":
            yield _as(child, "ab", role_of(child, (front, block)))
        elif isinstance(child, Container) and child.name == "address":
            yield from _below_top(child, front)
        else:
            yield child


def _as(leaf: Leaf, name: str, type_: str = "") -> Leaf:
    given = {("lang" if key == "xml:lang" else key): value for key, value in leaf.attributes if key != "type"}
    return replace(leaf, name=name, attributes=attributes(**given, type=type_))


# --- The record -----------------------------------------------------------------------------------


def _header(editions: Sequence[Edition], *, has_index: bool) -> Header:
    headers = [each.header for each in editions]
    statements = list(headers[0].statements) if has_index else [_title(headers)]
    known = {(each.field, each.value) for each in statements}
    for header in headers[has_index:]:
        for each in header.statements:
            if each.field not in TITLES and (each.field, each.value) not in known:
                known.add((each.field, each.value))
                statements.append(each)
    every = [each for header in headers for each in header.statements if each.field not in TITLES]
    hands = {hand.id: hand for header in headers for hand in header.hands}
    changes = dict.fromkeys(change for header in headers for change in header.changes)
    witnesses = tuple(replace(header.witnesses[-1], id=f"w{at}", part=at) for at, header in enumerate(headers, 1))
    identifiers = max(
        int(match[2])
        for each in editions
        for own in ids_of(each)
        if (match := NAMED.fullmatch(own)) and match[1] == "b"
    )
    return Header(
        statements=tuple(weighed(statements, [*statements, *every])),
        hands=tuple(hands.values()),
        witnesses=witnesses,
        changes=tuple(changes),
        identifiers=identifiers,
    )


def _title(headers: Sequence[Header]) -> Statement:
    """The title of a work without an index: one that several chapters bear, the words with which all their titles
    begin, or that of the first chapter.
    """
    titles = [each for header in headers for each in header.statements if each.field in ("title", "page_title")]
    counted = Counter(
        value
        for header in headers
        for value in dict.fromkeys(each.value for each in header.statements if each.field in ("title", "page_title"))
    )
    value, times = counted.most_common(1)[0]
    if times < 2:
        value = _common_words([header.value("page_title") or header.value("title") for header in headers])
    found = next((each for each in titles if each.value == value), titles[0])
    value = value or headers[0].value("title")
    place = found.found if found.value == value else "html:title"
    return Statement("title", value, found=place, resp=found.resp, cert=GUESSED)


def _common_words(titles: Sequence[str]) -> str:
    """The words with which all titles begin, without a number or a stroke at their end; nothing below two words."""
    rows = [title.split() for title in titles]
    same = []
    for words in zip(*rows, strict=False):
        if len({word.rstrip(".,:;–—-|") for word in words}) > 1:
            break
        same.append(words[0])
    while same and (same[-1].strip(".,:;–—-|()").casefold() in ("", "chapter", "ch", "part", "section", "kapitel")):
        same.pop()
    return plain(" ".join(same)).rstrip(" .,:;–—-|(") if len(same) > 1 else ""


def _stand_off(editions: Sequence[Edition]) -> StandOff:
    """What was noticed in each file; places in a source text count on from those before."""
    stand_off, at = StandOff(), 0
    for edition in editions:
        findings = [_shifted(each, at) for each in edition.stand_off.findings]
        stand_off = stand_off.with_findings(*findings).with_reasons(*edition.stand_off.reasons)
        at += len(edition.source_text or "") + len(BETWEEN)
    return stand_off


def _shifted(finding: Finding, by: int) -> Finding:
    return finding if finding.block else replace(finding, start=finding.start + by, end=finding.end + by)
