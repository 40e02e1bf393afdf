"""What persons marked in the old edition, moved to the same words of the new one."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from pressmark.carrying.counterparts import Counterparts
from pressmark.carrying.loss import Loss, short
from pressmark.carrying.naming import NUMBERED
from pressmark.carrying.places import Spot, now_reads, spot
from pressmark.carrying.tree import repointed
from pressmark.model.header import Hand
from pressmark.model.text import Attributes, Choice, Inset, Leaf, Mark

DEEDS = {"corr": "correction", "reg": "regularisation", "expan": "expansion"}

NEIGHBOURS = 8
"""A decision is compared with so many others on either side."""


@dataclass(slots=True)
class Hands:
    """Who is who: tells a person's marks from a machine's."""

    by_id: dict[str, Hand]

    def named(self, given: Attributes) -> list[str]:
        """The ids of the hands that ``resp`` names."""
        value = next((value for name, value in given if name == "resp"), "")
        return [token.removeprefix("#") for token in value.split()]

    def is_person(self, given: Attributes) -> bool:
        """Whether ``resp`` names a person."""
        return any(name in self.by_id and self.by_id[name].kind == "person" for name in self.named(given))

    def is_decision(self, mark: Mark) -> bool:
        """Whether a mark is an editor's reading by anybody but a machine or the source; machines always sign."""
        names = self.named(mark.attributes)
        return isinstance(mark, Choice) and (
            not names or any(name not in self.by_id or self.by_id[name].kind == "person" for name in names)
        )

    def who(self, given: Attributes) -> str:
        """The names of those that ``resp`` names."""
        return " and ".join(self.by_id[name].name if name in self.by_id else name for name in self.named(given))


@dataclass(slots=True)
class Carried:
    """Marks for the new leaves, by the place of the leaf in ``Counterparts.new``, and what was lost.

    ``losses`` are by the place of the old leaf.
    """

    marks: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    losses: dict[int, list[Loss]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class _Move:
    """A mark of the old leaf ``index``, and where it goes."""

    index: int
    mark: Mark
    here: Spot | None
    reason: str = ""


def carried_marks(found: Counterparts, hands: Hands) -> Carried:
    """Every mark of a person's in its new place, with absorbed ids as anchors; or as a loss."""
    moves = [
        _Move(index, mark, spot(found, index, mark))
        for index, letters in enumerate(found.old)
        for mark in letters.leaf.marks
        if _is_carried(mark, hands)
    ]
    moves = _whole_groups(_without_clashes(moves, found))
    carried = Carried()
    for move in moves:
        if move.here is None:
            carried.losses[move.index].append(_loss(found, move, hands))
        else:
            start, end = move.here.start, move.here.end
            carried.marks[move.here.leaf].append(replace(move.mark, start=start, end=end))
    for leaf, anchor in _anchors(found, hands):
        carried.marks[leaf].append(anchor)
    return carried


def _is_carried(mark: Mark, hands: Hands) -> bool:
    if isinstance(mark, Inset):
        return False
    return hands.is_decision(mark) or (not isinstance(mark, Choice) and hands.is_person(mark.attributes))


def _without_clashes(moves: list[_Move], found: Counterparts) -> list[_Move]:
    """The moves without those that would not fit, or would put one decision upon another that stood apart."""
    out: list[_Move] = []
    placed: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for number, move in enumerate(moves):
        if (here := move.here) is not None:
            near = placed[here.leaf]
            at = bisect_left(near, (here.start, here.end, number))
            others = [moves[other] for _, _, other in near[max(0, at - NEIGHBOURS) : at + NEIGHBOURS]]
            if not _fits(replace(move.mark, start=here.start, end=here.end), found, here.leaf):
                move = replace(move, here=None)
            elif any(_clash(found, move, other) for other in others):
                move = replace(move, here=None, reason="its place in the new source is not certain")
            else:
                near.insert(at, (here.start, here.end, number))
        out.append(move)
    return out


def _clash(found: Counterparts, move: _Move, other: _Move) -> bool:
    """Whether two decisions would stand on the same words, or at one point, that did not before.

    Points that nothing but white parted may meet where there is less of it.
    """
    assert move.here is not None
    assert other.here is not None
    if not (isinstance(move.mark, Choice) and isinstance(other.mark, Choice)):
        return False
    if not _meet(move.here, other.here):
        return False
    between = found.old[move.index].leaf.text[other.mark.end : move.mark.start]
    return move.index != other.index or not (_meet(move.mark, other.mark) or between.isspace())


def _meet(first: Mark | Spot, second: Mark | Spot) -> bool:
    """Whether two stretches have a character in common, or are one and the same point."""
    overlap = max(first.start, second.start) < min(first.end, second.end)
    return overlap or (first.start, first.end) == (second.start, second.end)


def _fits(mark: Mark, found: Counterparts, leaf: int) -> bool:
    """Whether TEI allows the mark here: in a ``pc`` nothing stands but an editor's reading."""
    if isinstance(mark, Choice):
        return True
    own = found.new[leaf].leaf.marks
    if mark.name == "pc":
        return not any(_is_inside(each, mark) for each in own if not isinstance(each, Choice))
    return not any(_is_inside(mark, each) for each in own if each.name == "pc")


def _is_inside(mark: Mark, around: Mark) -> bool:
    """Whether a mark, or the part of it that crosses, would be nested in another that is not its equal."""
    if mark.start == mark.end:
        return around.start < mark.start < around.end
    covers = mark.start <= around.start and around.end <= mark.end
    return max(mark.start, around.start) < min(mark.end, around.end) and not covers


def _whole_groups(moves: list[_Move]) -> list[_Move]:
    """The moves, where a decision over several stretches (``@corresp``) is moved whole or not at all."""
    groups: dict[str, str] = {}

    def root(name: str) -> str:
        while groups.get(name, name) != name:
            name = groups[name]
        return name

    keys = [_tied(move.mark) for move in moves]
    for names in keys:
        for name in names:
            groups.setdefault(name, name)
            groups[root(name)] = root(names[0])
    broken = {root(names[0]) for names, move in zip(keys, moves, strict=True) if names and move.here is None}
    return [
        replace(move, here=None, reason="another part of it has no place in the new source")
        if names and move.here is not None and root(names[0]) in broken
        else move
        for names, move in zip(keys, moves, strict=True)
    ]


def _tied(mark: Mark) -> list[str]:
    """The ids by which a decision is tied to others: those it points at, and its own."""
    if not isinstance(mark, Choice):
        return []
    tied = [token.removeprefix("#") for token in mark.get("corresp").split()]
    return [*tied, mark.id] if mark.id else tied


def _anchors(found: Counterparts, hands: Hands) -> Iterator[tuple[int, Mark]]:
    """The ids of leaves absorbed now or earlier, each at the place where its words begin."""
    for index, place in sorted(found.absorbed.items()):
        if own := found.old[index].leaf.id:
            offset = found.new[place.leaf].offsets[place.at]
            yield place.leaf, Mark("anchor", offset, offset, own)
    for index, letters in enumerate(found.old):
        for mark in letters.leaf.marks:
            if mark.name == "anchor" and NUMBERED.match(mark.id) and not hands.is_person(mark.attributes):
                there = _landing(found, index, mark)
                if there:
                    yield there[0], replace(mark, start=there[1], end=there[1])


def _landing(found: Counterparts, index: int, mark: Mark) -> tuple[int, int] | None:
    """Where an address leads that need not be exact: the next letter that is still there, or the last."""
    if index not in found.parts:
        return None
    letter = bisect_left(found.old[index].offsets, mark.start)
    place = found.after(index, letter)
    if place is None or place.leaf not in found.parts[index]:
        leaf = found.parts[index][-1]
        return leaf, len(found.new[leaf].leaf.text)
    return place.leaf, found.new[place.leaf].offsets[place.at]


def _loss(found: Counterparts, move: _Move, hands: Hands) -> Loss:
    leaf, mark = found.old[move.index].leaf, move.mark
    printed = short(leaf.text[mark.start : mark.end])
    who = hands.who(mark.attributes) or "somebody"
    own = f"{leaf.id} {mark.id}".strip()
    if not isinstance(mark, Choice):
        words = printed or short(leaf.text[mark.start :])
        what = f"the mark “{mark.name}” that {who} put {'on' if printed else 'before'} “{words}”"
        return Loss("mark", own, words, f"{what} in {leaf.id} has no place: {_reason(found, move)}")
    told = f"“{printed}” → “{short(mark.reading)}”"
    return Loss("decision", own, told, f"{_deed(leaf, mark, who)} {_reason(found, move)}")


def _deed(leaf: Leaf, mark: Choice, who: str) -> str:
    printed, reading = short(leaf.text[mark.start : mark.end]), short(mark.reading)
    if mark.start == mark.end:
        after = short(leaf.text[max(0, mark.start - 20) : mark.start]) or "the beginning"
        return f"the words “{reading}” that {who} put in after “{after}” in {leaf.id}:"
    if not mark.reading:
        return f"the deletion of “{printed}” by {who} in {leaf.id}:"
    return f"the {DEEDS.get(mark.name, 'reading')} of “{printed}” to “{reading}” by {who} in {leaf.id}:"


def _reason(found: Counterparts, move: _Move) -> str:
    if move.reason:
        return move.reason
    if move.index not in found.parts:
        return "the paragraph is not in the new source"
    read = now_reads(found, move.index, move.mark)
    if read and isinstance(move.mark, Choice) and read[0] == read[1]:
        return "the new source already reads so"
    printed = found.old[move.index].leaf.text[move.mark.start : move.mark.end]
    if read and read[0].split() not in ([], printed.split()):
        return f"the new source reads “{short(read[0])}” there"
    return "the words there, or beside it, are others in the new source"


def twins(leaf: Leaf, carried: list[Mark], renamed: Mapping[str, str]) -> dict[int, Mark]:
    """The marks of a new leaf, by their places in it, that say the same as a carried mark: each with that
    mark.

    ``renamed`` leads the new edition's ids to what they are now.
    """
    there = {_likeness(mark, {}): mark for mark in carried}
    found = {}
    for number, mark in enumerate(leaf.marks):
        same = None if isinstance(mark, Inset) else there.get(_likeness(mark, renamed))
        if same is not None and (mark.name != "anchor" or same.id == mark.id):
            found[number] = same
    return found


def _likeness(mark: Mark, renamed: Mapping[str, str]) -> tuple[object, ...]:
    reading = mark.reading if isinstance(mark, Choice) else None
    return mark.name, mark.start, mark.end, repointed(mark.attributes, renamed), reading
