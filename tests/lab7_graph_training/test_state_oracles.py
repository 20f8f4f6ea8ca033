"""Oracles of the questions on variables, first values and dropout: by hand, against the engine, and against SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from aics.lab7_graph_training.scripts import lines_that_make
from aics.lab7_graph_training.state_measures import QUANTILES
from autograder.course import Lab

LAB = Lab("lab7_graph_training")
SEEDS = range(5)


def drawn(question, seeds=SEEDS):
    for seed in seeds:
        yield from LAB.questions[question].cases(np.random.default_rng(seed))


def expected(question, case):
    return LAB.questions[question].expected(**case)


def names_of(script):
    found = expected("variables", {"about": "", "script": script, "names": []})
    keys = {line.key for line in lines_that_make(script)}
    dtypes = {"float32", "float64", "int32", "int64", "bool"}
    rows = [name.partition(" is ") for name in found]
    return {key: name for key, between, name in rows if between and key in keys and name not in dtypes}


def test_names_by_hand():
    script = [
        "with store.variable_scope('a'):",
        "    one = store.get_variable('w', (2,))",
        "    with graph.name_scope('n'):",
        "        two = store.get_variable('v', (2,))",
        "        three = store.variable(0.5, name='v')",
        "with store.variable_scope('a', reuse=True):",
        "    four = store.get_variable('w')",
        "five = constant(graph, 1, name='c')",
        "six = constant(graph, 1, name='c')",
    ]
    wanted = {"one": "a/w", "two": "a/v", "three": "a/n/v", "four": "a/w", "five": "c", "six": "c_1"}
    assert names_of(script) == wanted


@pytest.mark.parametrize(
    "script",
    [
        ["a = store.get_variable('w', (2,))", "b = store.get_variable('w', (2,))"],
        ["with store.variable_scope('s', reuse=True):", "    a = store.get_variable('w', (2,))"],
        ["a = store.get_variable('w')"],
        ["a = constant(graph, 0.5, dtype='int32', name='c')"],
    ],
)
def test_refusals_by_hand(script):
    found = expected("variables", {"about": "", "script": script, "names": ["one", "two"]})
    assert found == {"refusal": True, "mention of one": True, "mention of two": True}


def test_a_script_is_refused_where_it_names_what_the_message_must_hold_and_nowhere_else():
    for case in drawn("variables"):
        assert bool(expected("variables", case)["refusal"]) == bool(case["names"]), case["about"]


def test_the_engine_gives_names_from_all_that_the_measure_thinks_of():
    for case in drawn("variables", [0]):
        made = {line.key: set(line.could_be()) for line in lines_that_make(case["script"])}
        if not case["names"]:
            assert all(name in made[key] for key, name in names_of(case["script"]).items())


def test_the_truncated_normal_is_scipys():
    for case in drawn("initializers", [0, 1]):
        found = expected("initializers", case)
        known = stats.truncnorm(-2, 2, loc=case["mean"], scale=case["stddev"])
        np.testing.assert_allclose(found["truncated_normal: quantiles"], known.ppf(QUANTILES), rtol=1e-9)
        assert found["truncated_normal: standard deviation"] == pytest.approx(known.std(), rel=1e-9)
        outside = known.sf(case["mean"] + 1.98 * case["stddev"]) * 2
        assert found["truncated_normal: share within 1 % of the farthest"] == pytest.approx(outside, rel=1e-6)


def test_xavier_and_he_are_pytorchs(torch):
    for case in drawn("initializers", [0]):
        found = expected("initializers", case)
        order = (3, 0, 1, 2) if len(case["shape"]) == 4 else (1, 0)
        weight = torch.empty([case["shape"][axis] for axis in order])
        fans = torch.nn.init._calculate_fan_in_and_fan_out(weight)
        assert fans == (found["fan_in"], found["fan_out"])
        torch.manual_seed(0)
        assert torch.nn.init.xavier_uniform_(weight).abs().max().item() == pytest.approx(
            found["xavier: farthest"], 1e-3
        )
        spread = torch.nn.init.kaiming_normal_(weight).std().item()
        assert spread == pytest.approx(found["he: standard deviation"], 0.02)


def test_dropout_keeps_and_scales_as_pytorchs(torch):
    for case in drawn("dropout", [0, 1]):
        found = expected("dropout", case)
        torch.manual_seed(0)
        x = torch.tensor(case["x"])
        y = torch.nn.functional.dropout(x, case["rate"], training=True)
        assert (y != 0).float().mean().item() == pytest.approx(float(found["share kept"]), abs=0.03)
        np.testing.assert_allclose((y / x)[y != 0].numpy(), found["factor of what is kept"][0], rtol=1e-5)
        assert torch.equal(torch.nn.functional.dropout(x, case["rate"], training=False), x)
        np.testing.assert_array_equal(found["in use"][0], case["x"])
