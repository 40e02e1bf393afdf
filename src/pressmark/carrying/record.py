"""The record of the new edition, with what the old one's is relied on for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from pressmark.carrying.loss import Loss, short
from pressmark.model.header import PROGRAM, Change, Hand, Header, Statement, Witness


def new_names(old: Header, new: Header, taken: Collection[str]) -> dict[str, str]:
    """New ids for hands and witnesses of the new edition, by the ids that they came with.

    A hand of the same id and kind is the same hand, but a person only under the same name; every witness is
    new, and numbered after the old ones (``w1``, ``w2``, …). Ids in ``taken`` are given to none.
    """
    known = {hand.id: hand for hand in old.hands}
    used = {*taken, *known, *(witness.id for witness in old.witnesses)}
    names = {}
    for hand in new.hands:
        if hand.id in known and _is_same(known[hand.id], hand):
            names[hand.id] = hand.id
        else:
            names[hand.id] = _free(hand.id, used)
            used.add(names[hand.id])
    numbers = [int(match[1]) for witness in old.witnesses if (match := re.fullmatch(r"w([0-9]{1,9})", witness.id))]
    count = max(numbers, default=0)
    for witness in new.witnesses:
        count += 1
        while f"w{count}" in used:
            count += 1
        names[witness.id] = f"w{count}"
    return names


def _is_same(old: Hand, new: Hand) -> bool:
    return old.kind == new.kind and (old.kind != "person" or old.name == new.name)


def _free(own: str, used: Collection[str]) -> str:
    number, name = 1, own
    while name in used:
        number += 1
        name = f"{own}-{number}"
    return name


def carried_header(old: Header, new: Header, names: Mapping[str, str], there: Collection[str]) -> Header:
    """The new record after the old one's hands, witnesses, changes and persons' statements.

    ``names`` leads the new edition's ids to what they are now; ``there`` are all ids of the text.
    """
    persons = {hand.id for hand in old.hands if hand.kind == "person"}
    kept = [_placed(each, there) for each in old.statements if each.resp in persons]
    settled = {each.field for each in kept}
    fresh = [_renamed(each, names) for each in new.statements if each.resp != PROGRAM or each.field not in settled]
    return replace(
        new,
        pressmark=old.pressmark or new.pressmark,
        publisher=old.publisher or new.publisher,
        statements=tuple(dict.fromkeys([*kept, *fresh])),
        hands=_together(old.hands, (replace(hand, id=names.get(hand.id, hand.id)) for hand in new.hands)),
        witnesses=(*old.witnesses, *_numbered(new.witnesses, names)),
        changes=(*old.changes, *(_signed(change, names) for change in new.changes)),
    )


def _placed(statement: Statement, there: Collection[str]) -> Statement:
    lost = statement.found.startswith("#") and statement.found[1:] not in there
    return replace(statement, found="") if lost else statement


def _renamed(statement: Statement, names: Mapping[str, str]) -> Statement:
    found = statement.found
    if found.startswith("#"):
        found = f"#{names.get(found[1:], found[1:])}"
    return replace(statement, found=found, resp=names.get(statement.resp, statement.resp))


def _together(old: Iterable[Hand], new: Iterable[Hand]) -> tuple[Hand, ...]:
    hands = {hand.id: hand for hand in old}
    for hand in new:
        hands.setdefault(hand.id, hand)
    return tuple(hands.values())


def _numbered(witnesses: Iterable[Witness], names: Mapping[str, str]) -> Iterator[Witness]:
    for witness in witnesses:
        yield replace(witness, id=names.get(witness.id, witness.id))


def _signed(change: Change, names: Mapping[str, str]) -> Change:
    return replace(change, who=names.get(change.who, change.who))


def lost_places(old: Header, there: Collection[str]) -> Iterator[Loss]:
    """The statements of persons that stand on in the record, while the place in the text where they were
    found is gone.
    """
    hands = {hand.id: hand.name for hand in old.hands if hand.kind == "person"}
    for statement in old.statements:
        if statement.resp in hands and _placed(statement, there) is not statement:
            value = short(statement.value)
            told = f"the {statement.field.replace('_', ' ')} “{value}”, stated by {hands[statement.resp]}, stays"
            message = f"{told} in the record, but the place where it was found is not in the new source"
            yield Loss("statement", statement.found[1:], value, message)
