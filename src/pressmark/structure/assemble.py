"""Parts put in their places: front, body with its divisions, back; each as ``pressmark.model.roles`` says.

Where TEI lets the element of a role stand only at the top or the end of a division and the part stands elsewhere,
an ``ab`` with its type takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TypeAlias

from pressmark.model.roles import ROLES
from pressmark.model.text import Attributes, Block, Container, Leaf, attributes
from pressmark.page import cut
from pressmark.structure.parts import Part

Piece: TypeAlias = Part | Block
"""A part, or a block that has its form already (furniture, what the source's tags made)."""

FRONT = frozenset(
    "title subtitle running_title author dedication record editor_note epigraph attribution image_alt navigation "
    "scene_break contents contact".split()
)
CHIEF = frozenset("title subtitle author dedication record contents running_title image_alt navigation".split())
"""Of the roles before a text, those that end its front; the others may belong to what follows."""

TAIL = frozenset(
    "footnote navigation contact last_updated image_alt running_title record editor_note scene_break".split()
)
TOP = frozenset("dateline addressee salutation epigraph attribution argument author editor_note".split())
OPENER = frozenset("dateline addressee salutation".split())
END = frozenset("signed dateline".split())
LETTER = frozenset("salutation signed dateline addressee".split())
GLOBAL = frozenset("fw note figure pb cb milestone".split())
HEADED = frozenset("head opener byline dateline argument epigraph salute signed address docAuthor docDate".split())


def role_of_piece(piece: Piece) -> str:
    """The role of a part; empty for a block."""
    return piece.role if isinstance(piece, Part) else ""


def given(part: Part, **more: str) -> Attributes:
    """The attributes of a part's leaf and whose decision it is, without those of its old form."""
    old = {name: value for name, value in part.leaf.attributes if name not in ("type", "cert", "resp")}
    old = {("lang" if name == "xml:lang" else name): value for name, value in old.items()}
    return attributes(**{**old, **part.signature, **more})


def as_leaf(part: Part, name: str, **more: str) -> Leaf:
    """A part as one leaf."""
    return replace(part.leaf, name=name, attributes=given(part, **more))


def as_ab(part: Part) -> Block:
    """A part in the form that may stand wherever a paragraph may."""
    role = ROLES[part.role]
    return as_leaf(part, "ab", type=role.fallback or role.type)


def as_lines(part: Part, name: str) -> list[Leaf]:
    """The lines of a part as leaves; the first keeps the id. Indentation of verse is kept as ``@rend``."""
    leaf = part.leaf
    bounds = [start for start, _ in part.lines] or [0]
    bounds[0] = 0
    ends = [*bounds[1:], len(leaf.text)]
    made = []
    for number, (start, end) in enumerate(zip(bounds, ends, strict=True)):
        last = number + 1 == len(bounds)
        stop = end if last else start + len(leaf.text[start:end].rstrip())
        if not last and any(stop <= mark.start < end for mark in leaf.marks):
            stop = end
        line = cut(leaf, start, stop, name=name)
        made.append(replace(line, attributes=()))
    return made


def stanza(part: Part) -> Block:
    """A part as a stanza."""
    return Container("lg", tuple(as_lines(part, "l")), part.leaf.id, attributes(**part.signature))


def contents(part: Part) -> Block:
    """A part as a list of contents."""
    items = tuple(as_lines(part, "item"))
    return Container("list", items, part.leaf.id, attributes(type="contents", **part.signature))


def table(part: Part) -> Block:
    """A part as a table: a row for each line, a cell for what wide spaces, tabs or strokes part."""
    rows = []
    for line in as_lines(part, "cell"):
        rows.append(Container("row", tuple(_cells(line))))
    return Container("table", tuple(rows), part.leaf.id, attributes(**part.signature))


def _cells(line: Leaf) -> Iterator[Leaf]:
    text, start, at = line.text, 0, 0
    stops = []
    while at < len(text):
        if text[at] == "\t" or text.startswith("   ", at):
            end = at
            while end < len(text) and text[end].isspace():
                end += 1
            if text[start:at].strip() and end < len(text):
                stops.append(end)
                start = end
            at = max(end, at + 1)
        else:
            at += 1
    bounds = [0, *stops, len(text)]
    for a, b in pairwise(bounds):
        yield cut(line, a, b, name="cell")


def epigraph(parts: Sequence[Part]) -> Block:
    """A motto and whose it is."""
    inner: list[Block] = []
    for part in parts:
        if part.role == "attribution":
            inner.append(as_leaf(part, "bibl"))
        elif len(part.lines) > 1 and _is_verse(part):
            inner.append(stanza(part))
        else:
            inner.append(as_leaf(part, "p"))
    return Container("epigraph", tuple(inner))


def _is_verse(part: Part) -> bool:
    text = part.leaf.text
    begins = [text[start : start + 3].lstrip("“\"'‘ ")[:1] for start, _ in part.lines]
    return sum(each.isupper() for each in begins) >= 0.7 * len(begins)


def opener(parts: Sequence[Part]) -> Block:
    """The head of a letter."""
    inner: list[Block] = []
    for part in parts:
        if part.role == "dateline":
            inner.append(as_leaf(part, "dateline"))
        elif part.role == "salutation":
            inner.append(as_leaf(part, "salute"))
        else:
            inner.append(Container("address", (as_leaf(part, "addrLine"),)))
    return Container("opener", tuple(inner))


def closer(parts: Sequence[Part]) -> Block:
    """The end of a letter or a preface: who signs, where and when."""
    return Container("closer", tuple(as_leaf(part, part.role) for part in parts))


def editor_note(parts: Sequence[Part]) -> Block:
    """A note by the editors, of one or several paragraphs."""
    inner = tuple(as_leaf(part, "p") for part in parts)
    return Container("note", inner, attributes=attributes(type="editorNote"))


def footnotes(parts: Sequence[Part]) -> Iterator[Block]:
    """The notes in a row, each with its further paragraphs."""
    for own, group in groupby(parts, key=lambda part: part.note):
        found = list(group)
        label = next((part.label for part in found if part.label), "")
        inner = tuple(as_leaf(part, "p") for part in found)
        yield Container("note", inner, own if found[0].opens else "", attributes(n=label, place="end"))


def quote(parts: Sequence[Part]) -> Block:
    """Quoted matter, with what it has of verse, of letters and of sources."""
    inner: list[Block] = []
    for part in parts:
        if part.role == "verse":
            inner.append(stanza(part))
        elif part.role == "block_quote":
            inner.append(as_leaf(part, "p"))
        elif part.role == "attribution":
            inner.append(as_leaf(part, "bibl"))
        else:
            inner.append(as_ab(part))
    return Container("quote", tuple(inner))


def middle(pieces: Sequence[Piece], *, front: bool = False) -> list[Block]:
    """Pieces among paragraphs, as blocks; in ``front`` those that it allows without a div."""
    made: list[Block] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if not isinstance(piece, Part):
            made.append(piece)
            at += 1
            continue
        run = _run(pieces, at)
        made += _run_as_blocks(run, front=front)
        at += len(run)
    return made


def _run(pieces: Sequence[Piece], at: int) -> list[Part]:
    """The parts from ``at`` on that become one element, or elements that stand together."""
    first = pieces[at]
    assert isinstance(first, Part)
    if first.role == "block_quote":
        return _quoted(pieces, at)
    same = first.role in ("list_item", "footnote", "editor_note")
    end = at + 1
    while same and end < len(pieces) and role_of_piece(pieces[end]) == first.role:
        end += 1
    if first.role in LETTER and (quoted := _letter(pieces, at)):
        return quoted
    if first.role == "epigraph":
        while end < len(pieces) and role_of_piece(pieces[end]) in ("epigraph", "attribution"):
            end += 1
    return [piece for piece in pieces[at:end] if isinstance(piece, Part)]


def _quoted(pieces: Sequence[Piece], at: int) -> list[Part]:
    """A quotation from ``at`` on: its paragraphs, and what stands right after them and belongs to them."""
    end = last = at
    while end < len(pieces):
        role = role_of_piece(pieces[end])
        if role == "block_quote" or (role == "attribution" and last == end - 1) or role in LETTER:
            last = end
        elif role != "verse":
            break
        end += 1
    return [piece for piece in pieces[at : last + 1] if isinstance(piece, Part)]


def _letter(pieces: Sequence[Piece], at: int) -> list[Part]:
    """A quoted letter whose head begins at ``at``: nothing where no quoted paragraph follows the head."""
    end = at
    while end < len(pieces) and role_of_piece(pieces[end]) in LETTER - {"signed"}:
        end += 1
    if end == at or end == len(pieces) or role_of_piece(pieces[end]) != "block_quote":
        return []
    head = [piece for piece in pieces[at:end] if isinstance(piece, Part)]
    return head + _quoted(pieces, end)


def _run_as_blocks(run: list[Part], *, front: bool) -> list[Block]:
    roles = {part.role for part in run}
    first = run[0]
    if "block_quote" in roles:
        return [quote(run)] if not front else [as_leaf(part, "p") for part in run]
    match first.role:
        case "paragraph":
            return [as_leaf(first, "p")]
        case "verse":
            return [stanza(first)]
        case "table":
            return [table(first)]
        case "contents":
            return [contents(first)]
        case "list_item":
            return [Container("list", tuple(as_leaf(part, "item") for part in run))]
        case "footnote":
            return list(footnotes(run))
        case "editor_note":
            return [editor_note(run)]
        case "attribution" if not front:
            return [as_leaf(first, "bibl")]
        case "caption":
            return [Container("figure", (as_leaf(first, "head"),))]
        case "running_title" | "navigation" | "contact" | "last_updated" | "running_head" | "page_number":
            return [as_leaf(first, "fw", type=ROLES[first.role].type)]
    return [as_ab(part) for part in run]


def plainly(part: Part) -> list[Block]:
    """A part in the front or the back of a tagged text: what these do not allow stays a paragraph."""
    if part.role in ("verse", "block_quote", "list_item", "table", "contents", "paragraph"):
        return [as_leaf(part, "p")]
    if part.role == "heading" and part.leaf.name == "head":
        return [as_leaf(part, "head")]
    return _run_as_blocks([part], front=True)


def division(pieces: Sequence[Piece], *, ends: bool = True) -> list[Block]:
    """The blocks of one division: top, middle and end. ``ends`` where no smaller division follows them."""
    rest = list(pieces)
    made = _top(rest)
    tail: list[Block] = []
    if ends:
        tail = _end(rest)
    inner = middle(rest)
    if tail and not any(block.name not in GLOBAL for block in inner):
        tail = [
            each
            for block in tail
            for each in (block.children if block.name == "closer" and isinstance(block, Container) else (block,))
        ]
    return [*made, *inner, *tail]


def _top(rest: list[Piece]) -> list[Block]:
    """Takes from ``rest`` what may stand before the first paragraph, and gives it as blocks."""
    made: list[Block] = []
    while rest:
        piece = rest[0]
        if not isinstance(piece, Part):
            if piece.name not in GLOBAL and piece.name not in HEADED:
                break
            made.append(rest.pop(0))  # type: ignore[arg-type]
            continue
        role = piece.role
        if role == "heading":
            made.append(as_leaf(piece, "head"))
            rest.pop(0)
        elif role in OPENER:
            run = _while(rest, OPENER)
            if len(rest) > len(run) and role_of_piece(rest[len(run)]) in ("block_quote",):
                break
            del rest[: len(run)]
            made.append(opener(run))
        elif role == "epigraph":
            run = _while(rest, frozenset(("epigraph", "attribution")))
            del rest[: len(run)]
            made.append(epigraph(run))
        elif role == "argument":
            rest.pop(0)
            made.append(Container("argument", (as_leaf(piece, "p"),)))
        elif role == "author":
            rest.pop(0)
            made.append(as_leaf(piece, "byline"))
        elif role in ("editor_note", "running_title", "navigation", "contact", "last_updated", "footnote", "caption"):
            run = _while(rest, frozenset((role,)))
            del rest[: len(run)]
            made += middle(run)
        else:
            break
    return made


def _while(rest: Sequence[Piece], roles: frozenset[str]) -> list[Part]:
    found = []
    for piece in rest:
        if not isinstance(piece, Part) or piece.role not in roles:
            break
        found.append(piece)
    return found


def _end(rest: list[Piece]) -> list[Block]:
    """Takes from ``rest`` the closing lines, and what may stand among and after them, and gives it as blocks."""
    able = END | {"footnote", "editor_note", "running_title", "navigation", "contact", "last_updated", "caption"}
    at = len(rest)
    while at and _may_end(rest[at - 1], able):
        at -= 1
    first = next((i for i in range(at, len(rest)) if role_of_piece(rest[i]) in END), None)
    if first is None or _follows_quote(rest, first):
        return []
    taken = rest[first:]
    del rest[first:]
    made: list[Block] = []
    while taken:
        run = _while(taken, END)
        if run:
            made.append(closer(run))
        else:
            run = []
            while taken and role_of_piece(taken[len(run)]) not in END:
                run.append(taken[len(run)])  # type: ignore[arg-type]
                if len(run) == len(taken):
                    break
            made += middle(run)
        del taken[: len(run)]
    return made


def _may_end(piece: Piece, able: frozenset[str]) -> bool:
    return piece.role in able if isinstance(piece, Part) else piece.name in GLOBAL


def _follows_quote(rest: Sequence[Piece], at: int) -> bool:
    return at > 0 and role_of_piece(rest[at - 1]) in ("block_quote",)


def sections(pieces: Sequence[Piece]) -> list[Block]:
    """Pieces as the children of a body: those before the first heading, then a ``div`` from each heading on."""
    heads = [at for at, piece in enumerate(pieces) if role_of_piece(piece) == "heading"]
    starts = [at for at in heads if at == 0 or not _is_headed(pieces, at)]
    if not starts:
        return division(pieces)
    made = division(pieces[: starts[0]], ends=False) if starts[0] else []
    for begin, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        made.append(Container("div", tuple(division(pieces[begin:end]))))
    return made


def _is_headed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a heading stands right after another (“II.”, “The coming storm”), so that one division has both."""
    before = at - 1
    while before >= 0 and not isinstance(pieces[before], Part):
        before -= 1
    return before >= 0 and role_of_piece(pieces[before]) == "heading"


def assemble(text: Container, body: Container, pieces: Sequence[Piece]) -> Container:
    """The text with ``pieces`` as its front, body and back."""
    first = front_end(pieces)
    last = _back_start(pieces, first)
    children: list[Block] = []
    if first:
        children.append(Container("front", tuple(front_of(pieces[:first]))))
    inner = sections(pieces[first:last])
    if not any(block.name not in GLOBAL and block.name not in HEADED for block in inner):
        inner = [Container("div", tuple(inner))]
    children.append(replace(body, children=tuple(inner)))
    if last < len(pieces):
        children.append(Container("back", tuple(back_of(pieces[last:]))))
    return replace(text, children=tuple(children))


def front_end(pieces: Sequence[Piece], *, more: bool = False) -> int:
    """How many pieces stand before the text proper; ``more`` where there is text after these pieces."""
    end = at = 0
    while at < len(pieces):
        piece = pieces[at]
        role = role_of_piece(piece)
        if role == "heading" and at + 1 < len(pieces) and role_of_piece(pieces[at + 1]) == "contents":
            pass
        elif (isinstance(piece, Part) and role not in FRONT) or (
            not isinstance(piece, Part) and piece.name not in GLOBAL
        ):
            break
        at += 1
        if role in CHIEF or (role in ("epigraph", "attribution", "editor_note") and end):
            end = at
    if not more and not any(isinstance(piece, Part) and piece.role not in TAIL for piece in pieces[end:]):
        return 0
    return (
        end
        if any(
            role_of_piece(piece) in ("title", "author", "record", "contents", "dedication") for piece in pieces[:end]
        )
        else 0
    )


def front_of(pieces: Sequence[Piece]) -> Iterator[Block]:
    """What stands before the text proper, as blocks: lists of contents in divs, and so all that follows them."""
    first = next(
        (at for at, piece in enumerate(pieces) if role_of_piece(piece) in ("contents", "heading")), len(pieces)
    )
    at = 0
    while at < first:
        piece = pieces[at]
        if not isinstance(piece, Part):
            yield piece
        elif piece.role in ("title", "subtitle"):
            yield as_leaf(piece, "titlePart", type=ROLES[piece.role].type)
        elif piece.role == "author":
            yield as_leaf(piece, "byline")
        elif piece.role == "epigraph":
            run = _while(pieces[at:first], frozenset(("epigraph", "attribution")))
            yield epigraph(run)
            at += len(run)
            continue
        else:
            yield from _run_as_blocks([piece], front=True)
        at += 1
    rest = pieces[first:]
    if rest:
        yield from _front_divs(rest)


def _front_divs(pieces: Sequence[Piece]) -> Iterator[Block]:
    heads = [at for at, piece in enumerate(pieces) if role_of_piece(piece) == "heading"]
    starts = sorted({0, *heads})
    for begin, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        inner = division(pieces[begin:end])
        typed = "contents" if any(role_of_piece(piece) == "contents" for piece in pieces[begin:end]) else ""
        listed = [block for block in inner if block.name == "list"]
        yield Container("div", tuple(inner), attributes=attributes(type=typed if len(listed) + 1 == len(inner) else ""))


def _back_start(pieces: Sequence[Piece], first: int) -> int:
    """Where the notes at the end begin, with their heading; the number of pieces where there are none."""
    at = len(pieces)
    noted = -1
    while at > first:
        piece = pieces[at - 1]
        role = role_of_piece(piece)
        if isinstance(piece, Part) and role not in TAIL:
            if role == "heading" and at < len(pieces) and role_of_piece(pieces[at]) == "footnote":
                noted = at - 1
            else:
                break
        elif not isinstance(piece, Part) and piece.name not in GLOBAL:
            break
        elif role == "footnote":
            noted = at - 1
        at -= 1
    if noted < 0 or not any(isinstance(piece, Part) and piece.role not in TAIL for piece in pieces[first:noted]):
        return len(pieces)
    return noted


def back_of(pieces: Sequence[Piece]) -> Iterator[Block]:
    """The notes at the end in a ``div``, and what follows them."""
    end = len(pieces)
    while end and role_of_piece(pieces[end - 1]) != "footnote":
        end -= 1
    heads = [at for at in range(end) if role_of_piece(pieces[at]) == "heading"]
    starts = sorted({0, *heads})
    for begin, stop in zip(starts, [*starts[1:], end], strict=True):
        yield Container("div", tuple(division(pieces[begin:stop])), attributes=attributes(type="notes"))
    rest = middle(pieces[end:])
    if all(block.name in GLOBAL for block in rest):
        yield from rest
    elif rest:
        yield Container("div", tuple(rest))
