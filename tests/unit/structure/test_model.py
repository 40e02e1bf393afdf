"""The chain model: its inference against the sum over all rows of roles, its limits, its reasons."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from pressmark.structure.model import CONTINUED, read, weigh, weights


def small_model(seed=3):
    chance = random.Random(seed)
    labels = ["heading", "paragraph", "verse", "verse+"]
    features = {name: {label: chance.uniform(-2, 2) for label in labels} for name in "abc"}
    steps = {before: {after: chance.uniform(-1, 1) for after in labels} for before in labels}
    return read({"labels": labels, "features": features, "steps": steps})


def by_hand(rows, joins, model):
    """The probability of each label of each unit, by adding up every row of labels."""
    totals = [dict.fromkeys(model.labels, 0.0) for _ in rows]
    for path in itertools.product(range(len(model.labels)), repeat=len(rows)):
        names = [model.labels[number] for number in path]
        if any(name.endswith(CONTINUED) and not join for name, join in zip(names, joins, strict=True)):
            continue
        score = sum(
            weight
            for row, own in zip(rows, path, strict=True)
            for name in row
            for label, weight in model.features[name]
            if label == own
        )
        score += sum(model.steps[a][b] for a, b in itertools.pairwise(path))
        for total, name in zip(totals, names, strict=True):
            total[name] += math.exp(score) if score > -1e6 else 0.0
    return [{name: value / sum(total.values()) for name, value in total.items()} for total in totals]


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_certainty_is_the_probability_over_all_rows_of_roles(seed):
    model = small_model(seed)
    rows = [["a"], ["b", "c"], ["c"], ["a", "b"]]
    joins = [False, True, True, False]
    expected = by_hand(rows, joins, model)
    for decision, chances in zip(weigh(rows, joins, [""] * 4, model), expected, strict=True):
        chance = chances[decision.role] + chances.get(decision.role + CONTINUED, 0.0)
        assert decision.certainty == pytest.approx(chance, abs=1e-3)


def test_what_is_decided_stays_and_counts_for_its_neighbours():
    model = small_model()
    free = weigh([["a"], ["b"]], [False, False], ["", ""], model)
    held = weigh([["a"], ["b"]], [False, False], ["verse", ""], model)
    assert held[0].role == "verse"
    assert held[0].certainty == 1.0
    assert held[1].certainty != pytest.approx(free[1].certainty, abs=1e-6)


def test_no_line_goes_on_where_it_may_not():
    model = small_model()
    rows = [["a"], ["a"], ["b"], ["c"]]
    assert not any(decision.goes_on for decision in weigh(rows, [False] * 4, [""] * 4, model))


def test_a_barred_role_is_never_given():
    model = small_model()
    barred = [frozenset(("paragraph", "heading"))] * 2
    assert {decision.role for decision in weigh([["a"], ["b"]], [False] * 2, [""] * 2, model, barred)} == {"verse"}


def test_an_unknown_feature_and_no_units_do_no_harm():
    assert weigh([], [], [], small_model()) == []
    assert weigh([["nothing like it"]], [False], [""], small_model())[0].role


def test_reasons_speak_for_the_role():
    model = small_model()
    decision = weigh([["a", "b", "c"]], [False], [""], model)[0]
    number, other = model.number(decision.role), model.number(decision.instead)
    for name in decision.because:
        pairs = dict(model.features[name])
        assert pairs[number] > pairs[other]


def test_the_weights_that_come_along_are_small_and_know_every_role_given():
    from importlib.resources import files

    from pressmark.structure.row import ALL

    assert len((files("pressmark.structure") / "weights.json").read_bytes()) < 300_000
    known = {label.rstrip(CONTINUED) for label in weights().labels}
    assert known >= ALL - {"argument"}
