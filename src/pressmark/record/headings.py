"""Who wrote it and what it is called, as the head of a page shows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pressmark.languages import terms
from pressmark.model.header import same_person
from pressmark.model.text import Leaf, plain
from pressmark.record.edtf import dates_in
from pressmark.record.sources import cited_from, is_person

BYLINE = re.compile(r"(?:by|von|par|por|di|przez)\s+(?=[^\W\d_])", re.IGNORECASE)
WORKS_OF = re.compile(
    r"(?:(?:the\s+)?(?:collected\s+|selected\s+)?(?:works|writings|speeches)\s+of|werke\s+von|œuvres\s+de|obras\s+de|сочинения)\s+",
    re.IGNORECASE,
)
YEARS = re.compile(r"[\s,.(]*\b1\d\d\d(?:\s?[-–]\s?(?:1\d)?\d\d)?[\s.)]*\Z")
BY = re.compile(r"\A(.{3,120}?),?\s+by\s+([^\W\d_].{3,60})\Z")
GUTENBERG = re.compile(
    r"\s*(?:The\s+)?Project\s+Gutenberg(?:['’]s|\s+e-?(?:Book|Text)\s+of)\s+(.{2,150}?)(?:,\s+by\s+(.{3,80}))?\Z",
    re.IGNORECASE,
)
LONGEST = 200
"""A longer block says nothing of title and author (characters)."""


@dataclass(frozen=True, slots=True)
class Head:
    """A block at the head of a page: its role, its lines, its id, and how sure the role is (0 to 1)."""

    role: str
    lines: tuple[str, ...]
    id: str
    sure: float

    @property
    def words(self) -> str:
        """All its words on one line."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Named:
    """What a head says: ``field`` is ``author``, ``translator``, ``title`` or ``subtitle``."""

    field: str
    words: str
    id: str
    sure: float


def lines_of(leaf: Leaf) -> tuple[str, ...]:
    """The lines of a heading, without the anchors of notes in it."""
    text, marks = leaf.text, sorted(leaf.marks, key=lambda mark: mark.start)
    cuts: list[tuple[int, int, str]] = []
    for mark in marks:
        if mark.name == "lb" or mark.name in ("pb", "cb"):
            cuts.append((mark.start, mark.start, "\n"))
        elif mark.name == "ref" and mark.get("type") == "noteAnchor":
            cuts.append((mark.start, mark.end, ""))
    out, at = [], 0
    for start, end, put in cuts:
        if start >= at:
            out += [text[at:start], put]
            at = end
    words = "".join((*out, text[at:]))
    return tuple(ANCHOR.sub("", line) for line in map(plain, words.split("\n")) if line)


ANCHOR = re.compile(r"(?<=[\w.”\"’!?])\s?\[(?:\d{1,3}|\*{1,3}|[†‡])\]\Z")


def read_heads(
    heads: Sequence[Head], *, names: Collection[str] = (), title: str = "", journals: Collection[str] = ()
) -> Iterator[Named]:
    """What the heads of a page say of title and author.

    ``names`` are people named elsewhere on the page (its ``meta``, its title): a heading that is one of them
    names the author. ``title`` is what the page calls itself. ``journals`` are those that the record cites: a head
    that is only one of them and its date (``The Oven, June 1911``) is no title. What was taken for an author's name
    and cannot be one is a title.
    """
    heads = [head for head in heads if len(head.words) <= LONGEST and _may_be_title(head.words)]
    heads = _weighed(_without_issues(heads, journals), names, title)
    told: list[Named] = []
    rest: list[Head] = []
    for number, head in enumerate(heads):
        found = list(_authors(head, names, further=heads[number + 1 :]))
        told += found
        if not any(each.field == "title" or each.words == head.words for each in found) and head.role != "author":
            rest.append(head)
    shown = _titles(rest, told)
    yield from shown
    fields = {each.field for each in shown}
    yield from (each for each in told if each.field != "title" or "title" not in fields)


def _may_be_title(words: str) -> bool:
    """Whether words can be a title or a name: they have a letter, and cite no source (``From The Oven, No. 9, …``)."""
    return any(map(str.isalpha, words)) and not cited_from(words)


def _without_issues(heads: Sequence[Head], journals: Collection[str]) -> list[Head]:
    """The heads without those that only name the issue; the next one is then the title, if none other is."""
    known = {_letters(journal) for journal in journals}
    kept = [head for head in heads if not (known and _letters(_undated(head.words)) in known)]
    if len(kept) == len(heads) or not kept or any(head.role == "title" for head in kept):
        return kept or list(heads)
    first = next((head for head in kept if head.role != "author"), None)
    return [replace(head, role="title") if head is first else head for head in kept]


def _undated(words: str) -> str:
    found = dates_in(words)
    return words[: found[0].start] if found and found[0].end >= len(words.rstrip(" .")) else ""


def _by_first_names(heads: list[Head]) -> list[Head]:
    """The heads with title and author changed over, where only the title begins with a first name."""
    author = next((head for head in heads if head.role == "author"), None)
    title = next((head for head in heads if head.role in ("title", "running_title")), None)
    if author is None or title is None or any(head.role == "title" for head in heads if head is not title):
        return heads
    if (
        BYLINE.match(author.words)
        or _first_name(author.words)
        or not (_first_name(title.words) and is_person(title.words))
    ):
        return heads
    sure = 0.8 * min(title.sure, author.sure)
    swapped = {
        id(author): replace(author, role="title", sure=sure),
        id(title): replace(title, role="author", sure=sure),
    }
    return [swapped.get(id(head), head) for head in heads]


def _first_name(words: str) -> bool:
    """Whether words begin with a common first name, or with an initial."""
    first = words.split(" ")[0].casefold()
    return first in terms("names.toml", "given") or bool(re.match(r"[^\W\d_]\.", first))


def _weighed(heads: Sequence[Head], names: Collection[str], title: str) -> list[Head]:
    """The heads with another role for those whose words speak against theirs."""
    first = next((number for number, head in enumerate(heads) if head.role == "title"), len(heads))
    found = [
        head if head.role != "author" or _may_name(head, names, title) else _as_title(head, before=number < first)
        for number, head in enumerate(heads)
    ]
    if any(head.role == "author" for head in found):
        return found if names else _by_first_names(found)
    person = next((head for head in found if head.role == "title"), None)
    if person is None or not is_person(person.words) or (names and not is_name(person.words, names)):
        return found
    titles = [head for head in found if not is_person(head.words) and not names_site(head.words)]
    if titles and _letters(person.words) not in title.partition(":")[2]:
        named = replace(person, role="author", sure=0.8 * person.sure)
        promoted = replace(titles[0], role="title")
        return [named if head is person else promoted if head is titles[0] else head for head in found]
    return found


def names_site(words: str) -> bool:
    """Whether a heading names the archive or library that a page belongs to."""
    return any(word in terms("citation.toml", "archive") for word in re.findall(r"\w+", words.casefold()))


def _as_title(head: Head, *, before: bool) -> Head:
    """A head that names nobody: a title, if it stands before the others, and is not only a year."""
    role = "title" if before and not YEARS.fullmatch(f" {head.words}") else "heading"
    return replace(head, role=role, sure=1 - head.sure / 2)


def _may_name(head: Head, names: Collection[str], title: str) -> bool:
    """Whether the words of a byline can be a name: those of a person, or of one named elsewhere, or after “by”."""
    words = YEARS.sub("", head.words)
    bare = BYLINE.sub("", words, count=1)
    if bare != words or is_name(bare, names) or _is_deed(words):
        return True
    if _letters(words) in _letters(title) and _letters(words) != _letters(title.partition(":")[0]):
        return False
    if _letters(words) == _letters(title):
        return False
    return is_person(bare)


def _is_deed(words: str) -> bool:
    leads = [lead for kind in ("translated", "edited", "transcribed") for lead in terms("citation.toml", kind)]
    return any(words.lower().startswith(lead + " ") for lead in leads)


def _titles(rest: Sequence[Head], told: Sequence[Named]) -> list[Named]:
    """The titles among what names no author; else the first heading that does not name one."""
    titles = [head for head in rest if head.role in ("title", "subtitle")]
    named = [
        Named(head.role, _without_author(head, told), head.id, head.sure) for head in titles if _letters(head.words)
    ]
    if any(each.field == "title" for each in named):
        return named
    worded = [head for head in rest if head.role in ("heading", "running_title") and _letters(head.words)]
    first = next((head for head in worded if head.role == "heading"), worded[0] if worded else None)
    if first:
        named.append(Named("title", _without_author(first, told), first.id, min(0.8, first.sure)))
    return named


def _without_author(head: Head, told: Sequence[Named]) -> str:
    """A heading of several lines without the line that names the author."""
    names = {_letters(each.words) for each in told if each.id == head.id and each.field == "author"}
    lines = [line for line in head.lines if _letters(BYLINE.sub("", line, count=1)) not in names]
    return " ".join(lines or head.lines)


def _authors(head: Head, names: Collection[str], *, further: Sequence[Head]) -> Iterator[Named]:
    if head.role == "author":
        yield from _byline(head)
        return
    words = head.words
    if made := GUTENBERG.match(words):
        yield Named("title", made[1], head.id, 0.7)
        if made[2]:
            yield Named("author", made[2], head.id, 0.8)
        return
    for line in head.lines:
        bare = BYLINE.sub("", line, count=1)
        if bare != line and len(head.lines) > 1 and is_person(bare):
            yield Named("author", bare, head.id, 0.9)
            return
    first = head.lines[0] if head.lines else ""
    named = YEARS.sub("", WORKS_OF.sub("", first, count=1))
    others = any(each.role in ("title", "heading") for each in further) or len(head.lines) > 1
    dated = head.role == "running_title" and named != first and _first_name(named)
    if is_name(named, names) or ((WORKS_OF.match(first) or dated) and is_person(named)):
        if others:
            yield Named("author", named, head.id, 0.93 if is_name(named, names) else 0.85)
        return
    before, colon, after = words.partition(": ")
    if colon and after and (is_name(before, names) or (head.role == "running_title" and is_person(before))):
        yield Named("author", before, head.id, 0.9)
        yield Named("title", after, head.id, 0.6)
    elif (made := BY.match(YEARS.sub("", words))) and (is_name(made[2], names) or is_person(made[2])):
        yield Named("author", made[2], head.id, 0.85)
        yield Named("title", made[1], head.id, 0.6)


def _byline(head: Head) -> Iterator[Named]:
    """The author of a byline; one that says what else somebody did is that statement."""
    words = head.words
    for field, kind in (("translator", "translated"), ("editor", "edited"), ("transcriber", "transcribed")):
        for lead in terms("citation.toml", kind):
            if words.lower().startswith(lead + " "):
                yield Named(field, words, head.id, head.sure)
                return
    if named := YEARS.sub("", BYLINE.sub("", words, count=1)):
        yield Named("author", named, head.id, head.sure)


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def is_name(words: str, names: Collection[str]) -> bool:
    """Whether words are one of the names, given in full or with initials only (V. I. Lenin, Vladimir Ilyich Lenin)."""
    return any(same_person(words, name) for name in names)
