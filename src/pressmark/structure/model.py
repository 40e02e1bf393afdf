"""A linear-chain log-linear model (a conditional random field) over the units of a page.

The score of a row of roles is the sum of the weights of each unit's features for its role and of each step from one
role to the next. ``weigh`` gives each unit the role that is most probable when all rows of roles are weighed
(forward-backward; Lafferty, McCallum and Pereira 2001), its probability, and the features that decided.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp, log
from operator import mul

CONTINUED = "+"
"""Stands after a role that a further line of the same block has."""

MARGIN = 9.0
"""A label whose own score is so far below the best is not weighed (nats)."""

WIDEST = 7
"""So many labels of a unit are weighed at the most."""

LONG = frozenset(
    "paragraph block_quote footnote list_item editor_note record epigraph caption argument table contents".split()
)
"""What a block of more than 200 characters may be."""

UNSEEN = -6.0
"""The weight of a step that the training texts do not have."""

SHOWN = 4
"""So many features are named for a decision."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The model: the labels; for each feature (label number, weight) pairs; for each step its weight; the pairs for
    the roles of long blocks alone; the weights of each feature by label; the exponentials of the steps; and what
    keeps a long block from the other roles.
    """

    labels: tuple[str, ...]
    features: dict[str, tuple[tuple[int, float], ...]]
    steps: tuple[tuple[float, ...], ...]
    prose: dict[str, tuple[tuple[int, float], ...]]
    lookup: dict[str, dict[str, float]]
    ratios: tuple[tuple[float, ...], ...]
    bars: tuple[float, ...]
    trust: tuple[float, float] = (1.0, 0.0)
    """What the log odds of a probability are multiplied by, and what is added, to make them as often right as they say
    (Platt 1999); learnt from books that were left out.
    """

    def number(self, label: str) -> int:
        """The number of a label; −1 for one that the model does not know."""
        return self.labels.index(label) if label in self.labels else -1


@dataclass(frozen=True, slots=True)
class Decision:
    """The role of a unit, the share of such decisions that are right, whether it goes on with the unit before, and why.

    ``because`` has the features that spoke most for it against the next best role, ``instead``, the chief first.
    """

    role: str
    certainty: float
    goes_on: bool = False
    instead: str = ""
    because: tuple[str, ...] = ()


@cache
def weights() -> Weights:
    """The weights that come with Pressmark."""
    return read(json.loads((files(__package__) / "weights.json").read_text("utf-8")))


def read(form: dict[str, object]) -> Weights:
    """The model from its form as JSON: ``labels``, ``features`` (name → label → weight), ``steps`` (label → label →
    weight).
    """
    names: list[str] = form["labels"]  # type: ignore[assignment]
    labels = tuple(names)
    place = {label: number for number, label in enumerate(labels)}
    given: dict[str, dict[str, float]] = form["features"]  # type: ignore[assignment]
    steps: dict[str, dict[str, float]] = form["steps"]  # type: ignore[assignment]
    features = {name: tuple((place[label], weight) for label, weight in found.items()) for name, found in given.items()}
    table = tuple(tuple(_step(before, after, steps) for after in labels) for before in labels)
    able = {number for number, label in enumerate(labels) if label in LONG}
    prose = {name: tuple(pair for pair in pairs if pair[0] in able) for name, pairs in features.items()}
    ratios = tuple(tuple(exp(step) if step > -50 else 0.0 for step in row) for row in table)
    return Weights(
        labels,
        features,
        table,
        prose,
        given,
        ratios,
        tuple(0.0 if label in LONG else -1e6 for label in labels),
        tuple(form.get("trust", (1.0, 0.0))),  # type: ignore[arg-type]
    )


def trusted(probability: float, trust: tuple[float, float]) -> float:
    """How often a role of this probability is right."""
    sure = min(max(probability, 1e-6), 1 - 1e-6)
    slope, shift = trust
    return 1 / (1 + exp(-(slope * log(sure / (1 - sure)) + shift)))


def _own_share(role: str, score: Sequence[float], model: Weights) -> float:
    """The probability of a role by the features of its unit alone."""
    top = max(score)
    total = sum(exp(each - top) for each in score)
    own = sum(
        exp(each - top) for each, label in zip(score, model.labels, strict=True) if label.rstrip(CONTINUED) == role
    )
    return own / total


def _step(before: str, after: str, steps: dict[str, dict[str, float]]) -> float:
    if after.endswith(CONTINUED) and before.rstrip(CONTINUED) != after.rstrip(CONTINUED):
        return -1e9
    return steps.get(before, {}).get(after, UNSEEN)


def weigh(
    rows: Sequence[Sequence[str]],
    joins: Sequence[bool],
    fixed: Sequence[str],
    model: Weights,
    barred: Sequence[frozenset[str]] | None = None,
) -> list[Decision]:
    """A decision for each unit.

    ``rows`` are the features of each unit; ``joins`` says which may go on with the unit before; ``fixed`` names the
    role of those that are decided, else is empty; ``barred`` are roles that a unit cannot have.
    """
    if not rows:
        return []
    scores = [_scores(row, model) for row in rows]
    kept = [
        _candidates(score, joins[at], fixed[at], barred[at] if barred else frozenset(), model)
        for at, score in enumerate(scores)
    ]
    _let_begin(kept, joins, fixed, barred, model)
    _let_continue(kept, scores, model)
    chances = _marginals(kept, scores, model)
    decided = []
    for at, row in enumerate(rows):
        decision = _decided(at, kept[at], chances[at], row, fixed[at], model)
        if not fixed[at]:
            ruled = barred is not None and len(barred[at]) > 0 and len(kept[at]) == 1
            chance = _own_share(decision.role, scores[at], model) if ruled else decision.certainty
            decision = replace(decision, certainty=trusted(chance, model.trust))
        decided.append(decision)
    return decided


def _scores(row: Sequence[str], model: Weights) -> list[float]:
    """The score of each label for a unit by its own features."""
    if "size=j" in row or "size=i" in row:
        score = list(model.bars)
        features = model.prose
    else:
        score = [0.0] * len(model.labels)
        features = model.features
    for name in row:
        for label, weight in features.get(name, ()):
            score[label] += weight
    return score


def _candidates(score: list[float], joins: bool, fixed: str, barred: frozenset[str], model: Weights) -> list[int]:
    """The numbers of the labels worth weighing for one unit."""
    labels = model.labels
    if fixed:
        number = model.number(fixed)
        return [number if number >= 0 else model.number("paragraph")]
    least = max(score) - MARGIN
    near = [number for number, own in enumerate(score) if own >= least]
    able = _able(near, joins, barred, labels)
    if not able:
        able = _able(range(len(labels)), joins, barred, labels)
        return [max(able, key=score.__getitem__)]
    able.sort(key=score.__getitem__, reverse=True)
    return able[:WIDEST]


def _able(numbers: Iterable[int], joins: bool, barred: frozenset[str], labels: tuple[str, ...]) -> list[int]:
    """The labels of those given that a unit can have."""
    return [
        number
        for number in numbers
        if (joins or labels[number][-1] != CONTINUED) and labels[number].rstrip(CONTINUED) not in barred
    ]


def _let_begin(
    kept: list[list[int]],
    joins: Sequence[bool],
    fixed: Sequence[str],
    barred: Sequence[frozenset[str]] | None,
    model: Weights,
) -> None:
    """Sees to it that a block which goes on can have begun: what a line goes on with is weighed for the line before,
    though that alone would not look like it.
    """
    labels = model.labels
    for at in range(len(kept) - 1, 0, -1):
        if fixed[at - 1]:
            continue
        for number in kept[at]:
            role = labels[number].rstrip(CONTINUED)
            if labels[number] == role or (barred and role in barred[at - 1]):
                continue
            for label in (role, labels[number]) if joins[at - 1] else (role,):
                before = model.number(label)
                if before >= 0 and before not in kept[at - 1]:
                    kept[at - 1].append(before)


def _let_continue(kept: list[list[int]], scores: list[list[float]], model: Weights) -> None:
    """Sees to it that a label that goes on has a label before it with which it can; else it is not weighed."""
    labels = model.labels
    before: set[str] = set()
    for at, numbers in enumerate(kept):
        able = [n for n in numbers if labels[n][-1] != CONTINUED or labels[n].rstrip(CONTINUED) in before]
        if not able:
            roles = [n for n in range(len(labels)) if labels[n][-1] != CONTINUED]
            able = [max(roles, key=scores[at].__getitem__)]
        kept[at] = able
        before = {labels[n].rstrip(CONTINUED) for n in able}


def _marginals(kept: list[list[int]], scores: list[list[float]], model: Weights) -> list[list[float]]:
    """The probability of each candidate of each unit, by forward-backward with scaling."""
    ratios = model.ratios
    forward: list[list[float]] = []
    local: list[list[float]] = []
    for at, numbers in enumerate(kept):
        own = scores[at]
        top = max(own[number] for number in numbers)
        weight = [exp(own[number] - top) for number in numbers]
        local.append(weight)
        if at:
            last = kept[at - 1]
            before = forward[-1]
            reached = [
                [chance * each for each in map(ratios[label].__getitem__, numbers)]
                for label, chance in zip(last, before, strict=True)
            ]
            weight = [own * sum(column) for own, column in zip(weight, zip(*reached, strict=True), strict=True)]
        total = sum(weight) or 1e-300
        forward.append([each / total for each in weight])
    chances = [forward[-1]]
    back = [1.0] * len(kept[-1])
    for at in range(len(kept) - 2, -1, -1):
        after, weight = kept[at + 1], local[at + 1]
        ahead = [a * b for a, b in zip(weight, back, strict=True)]
        back = [sum(map(mul, map(ratios[number].__getitem__, after), ahead)) for number in kept[at]]
        top = max(back) or 1e-300
        back = [each / top for each in back]
        joint = [a * b for a, b in zip(forward[at], back, strict=True)]
        total = sum(joint) or 1e-300
        chances.append([each / total for each in joint])
    chances.reverse()
    return chances


def _decided(
    at: int, numbers: list[int], chances: list[float], row: Sequence[str], fixed: str, model: Weights
) -> Decision:
    """The role of a unit: the one whose labels, beginning and going on, have the greatest probability together."""
    if fixed:
        return Decision(fixed, 1.0)
    roles: dict[str, float] = {}
    for number, chance in zip(numbers, chances, strict=True):
        role = model.labels[number].rstrip(CONTINUED)
        roles[role] = roles.get(role, 0.0) + chance
    order = sorted(roles, key=roles.__getitem__, reverse=True)
    role, instead = order[0], order[1] if len(order) > 1 else ""
    own = {model.labels[n]: chance for n, chance in zip(numbers, chances, strict=True)}
    goes_on = at > 0 and own.get(role + CONTINUED, 0.0) > own.get(role, 0.0)
    label = role + CONTINUED if goes_on else role
    return Decision(role, min(roles[role], 1.0), goes_on, instead, _because(row, label, instead or "paragraph", model))


def _because(row: Sequence[str], label: str, instead: str, model: Weights) -> tuple[str, ...]:
    """The features that speak most for one label against another."""
    if instead == label.rstrip(CONTINUED):
        instead = ""
    found = []
    for name in row:
        given = model.lookup.get(name)
        if given:
            gain = given.get(label, 0.0) - given.get(instead, 0.0)
            if gain > 0:
                found.append((gain, name))
    found.sort(reverse=True)
    return tuple(name for _, name in found[:SHOWN])
