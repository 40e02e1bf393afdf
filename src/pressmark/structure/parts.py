"""The blocks that decisions make of units: text that belongs together, with its role, not yet in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from pressmark.model.text import Leaf, Mark
from pressmark.page import cut
from pressmark.structure.model import Decision
from pressmark.structure.units import Unit


@dataclass(slots=True)
class Part:
    """One block of a page: its role, its certainty, and its words as a leaf.

    ``lines`` are the stretches (start, end) of the leaf that are its lines. ``label`` is that of a note.
    """

    role: str
    leaf: Leaf
    certainty: float
    lines: list[tuple[int, int]] = field(default_factory=list)
    label: str = ""
    note: str = ""
    opens: bool = False
    """Whether it is the first paragraph of its note."""
    after: int = 2
    because: tuple[str, ...] = ()
    instead: str = ""
    resp: str = ""
    """Whose decision the role is (``@resp``); empty where it is the machine's."""
    home: str = ""
    """The id of the leaf that it, or its first line, stood in."""
    absorbed: tuple[str, ...] = ()
    """The ids of the leaves that were joined to it."""

    @property
    def signature(self) -> dict[str, str]:
        """What says whose decision it is: ``@resp`` for a person's, for the machine's ``@cert`` with two decimals."""
        return {"resp": self.resp} if self.resp else {"cert": f"{min(max(self.certainty, 0.01), 0.99):.2f}"}


def parts_of(units: Sequence[Unit], decisions: Sequence[Decision], hands: Sequence[str]) -> Iterator[Part]:
    """The blocks of a row of units, those that go on with another joined to it. ``hands`` says of each unit whose
    decision its role is, and is empty for the machine's.
    """
    groups: list[list[int]] = []
    for number, decision in enumerate(decisions):
        one_stanza = decision.role == "verse" and number > 0 and units[number - 1].leaf is units[number].leaf
        goes_on = decision.goes_on or one_stanza  # lines of verse that no blank line parts are one stanza
        if goes_on and groups and decisions[groups[-1][-1]].role == decision.role and units[number].joins:
            groups[-1].append(number)
        else:
            groups.append([number])
    pieces = list(_pieces(units))
    for group in groups:
        first = decisions[group[0]]
        leaf, lines = _joined([(*pieces[number], units[number]) for number in group])
        part = Part(first.role, leaf, min(decisions[number].certainty for number in group), lines)
        part.resp = " ".join(dict.fromkeys(" ".join(hands[number] for number in group).split()))
        part.because, part.instead, part.after = first.because, first.instead, units[group[-1]].after
        part.home = units[group[0]].leaf.id
        part.absorbed = tuple(units[number].leaf.id for number in group if units[number].leaf.id != part.home)
        yield part


def _pieces(units: Sequence[Unit]) -> Iterator[tuple[Leaf, int]]:
    """Each unit as a leaf of its own, and where that began in the leaf it is cut from; marks between two units go
    with the first.
    """
    for number, unit in enumerate(units):
        alone_before = number == 0 or units[number - 1].leaf is not unit.leaf
        last = number + 1 == len(units) or units[number + 1].leaf is not unit.leaf
        if alone_before and last:
            yield unit.leaf, 0
            continue
        text = unit.leaf.text
        start = 0 if alone_before else unit.start
        end = len(text) if last else unit.end
        if not last and any(unit.end <= mark.start < units[number + 1].start for mark in unit.leaf.marks):
            end = units[number + 1].start
        yield cut(unit.leaf, start, end, first=alone_before), start


def _joined(found: Iterable[tuple[Leaf, int, Unit]]) -> tuple[Leaf, list[tuple[int, int]]]:
    """Leaves as one, a line end between each two, and the lines of it. Absorbed ids stay as anchors."""
    text, marks, lines = "", [], []
    whole: Leaf | None = None
    for leaf, begin, unit in found:
        shift = len(text) + 1 if whole else 0
        lines += [(row.start - begin + shift, row.end - begin + shift) for row in unit.rows]
        if whole is None:
            whole, text, marks = leaf, leaf.text, list(leaf.marks)
            continue
        if leaf.id:
            marks.append(Mark("anchor", shift, shift, leaf.id))
        text += "\n" + leaf.text
        marks += [replace(mark, start=mark.start + shift, end=mark.end + shift) for mark in leaf.marks]
    assert whole is not None
    if text != whole.text:
        whole = replace(whole, text=text, marks=tuple(marks))
    return whole, lines
