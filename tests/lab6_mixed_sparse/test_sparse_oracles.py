"""Lab 6's oracles about sparse layers: by hand on tiny arrays, and by what must hold on every draw."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from aics.check.ask import ask
from aics.lab6_mixed_sparse.doubles import scattered
from autograder.course import Lab

LAB = Lab("lab6_mixed_sparse")
ROOM = {"A": 25, "B": 32, "C": 90, "D": 40}


def drawn(question, seeds=range(10)):
    """Cases with their expected answers."""
    asked = LAB.questions[question]
    for seed in seeds:
        for case in asked.cases(np.random.default_rng(seed)):
            yield case, asked.expected(**case)


def expected(question, **case):
    return LAB.questions[question].expected(**case)


def shared(total, importance, room):
    names = [f"{k}" for k in range(len(room))]
    arrays = {"importance": np.array(importance, float), "room": np.array(room)}
    return expected("redistribute", names=names, total=total, **arrays)["counts"].tolist()


# Pruning and growing


def test_pruning_by_hand():
    """Five of the six are active; two go: the 0.1, then the first of the two 0.2."""
    weight = np.array([[0.3, -0.2, 0.0], [0.1, 0.2, -0.9]])
    mask = np.array([[1, 1, 0], [1, 1, 1]], bool)
    found = expected("magnitude_prune", weight=weight, mask=mask, rate=0.5)["mask"]
    assert found.tolist() == [[1, 0, 0], [0, 1, 1]]


def test_growing_by_hand():
    """The active 9 is out of the question; -4 comes first, then the first of the two 2."""
    momentum = np.array([[9.0, 2.0, -4.0], [2.0, 1.0, 0.0]])
    mask = np.array([[1, 0, 0], [0, 0, 0]], bool)
    assert expected("regrow", mask=mask, momentum=momentum, count=2)["mask"].tolist() == [[1, 1, 1], [0, 0, 0]]


def test_counts_are_exact_and_nothing_inactive_is_pruned_or_active_lost():
    for case, wanted in drawn("magnitude_prune"):
        active = case["mask"].sum()
        assert wanted["mask"].sum() == active - int(case["rate"] * active)
        assert not wanted["mask"][~case["mask"]].any()
    for case, wanted in drawn("regrow"):
        assert wanted["mask"].sum() == case["mask"].sum() + case["count"]
        assert wanted["mask"][case["mask"]].all()


def test_the_cut_goes_through_equal_sizes():
    """Else a threshold would do."""
    for question, array in (("magnitude_prune", "weight"), ("regrow", "momentum")):
        for case, wanted in list(drawn(question))[:2]:
            free = case["mask"] if question == "magnitude_prune" else ~case["mask"]
            sizes, changed = np.abs(case[array]), wanted["mask"] != case["mask"]
            assert set(sizes[changed].tolist()) & set(sizes[free & ~changed].tolist())


# Layers


def test_importance_by_hand():
    """Means of 2 and 6; the bias and the inactive 100 do not count."""
    shapes = [["a/weight", [1, 3]], ["a/bias", [1, 1]], ["b/weight", [1, 2]]]
    momenta, masks = np.array([-1.0, 3, 100, 50, 6, 0]), np.array([1, 1, 0, 1, 0], bool)
    assert expected("layer_importance", shapes=shapes, momenta=momenta, masks=masks)["fractions"].tolist() == [
        0.25,
        0.75,
    ]


def test_shares_add_up_to_one():
    for _, wanted in drawn("layer_importance"):
        assert wanted["fractions"].sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("total", "importance", "room", "counts"),
    [
        (100, [0.6, 0.2, 0.15, 0.05], list(ROOM.values()), [25, 32, 32, 11]),  # the notebook's picture
        (10, [1, 1, 1], [9, 9, 9], [4, 3, 3]),
        (10, [0, 0, 1], [9, 9, 4], [3, 3, 4]),
        (7, [0, 0], [9, 9], [4, 3]),
        (50, [1, 2], [3, 4], [3, 4]),
        (0, [1, 2], [3, 4], [0, 0]),
        (5, [1, 0], [0, 9], [0, 5]),
    ],
)
def test_shares_by_hand(total, importance, room, counts):
    assert shared(total, importance, room) == counts


def test_nothing_is_lost_and_no_layer_overflows():
    for case, wanted in drawn("redistribute", range(40)):
        assert wanted["counts"].sum() == min(case["total"], case["room"].sum())
        assert (wanted["counts"] <= case["room"]).all()


def test_a_step_by_hand():
    """v = 0.5 * 2 + 3 + 0.1 * 10 = 5; w = 10 - 0.2 * 5 = 9; the inactive weight has the same velocity and is 0."""
    arrays = {"weight": np.array([[10.0, 10.0]]), "velocity": np.array([[2.0, 2.0]])}
    choices = {"gradients": np.array([[[3.0, 3.0]]]), "masks": np.array([[[True, False]]])}
    found = expected("masked_step", **arrays, **choices, lr=0.2, momentum=0.5, decay=0.1)
    assert found["weight after each step"].tolist() == [[[9, 0]]]
    assert found["velocity after each step"].tolist() == [[[5, 5]]]


def masks_of(answer):
    """The masks of all layers in a row."""
    return np.concatenate([mask.ravel() for name, mask in answer.items() if name.startswith("mask of ")])


def test_a_cycle_keeps_the_number_of_active_weights():
    for case, wanted in drawn("sparse_momentum_epoch"):
        assert masks_of(wanted).sum() == case["masks"].sum()


def test_in_every_draw_some_weights_grow_where_they_were_pruned_and_one_layer_gets_full():
    full = 0
    for case, wanted in drawn("sparse_momentum_epoch"):
        again = case["masks"] & ~case["pruned"] & masks_of(wanted)
        assert again.any()
        full += bool((case["counts"] == case["room"]).any())
    assert full


# A whole training


def test_a_right_training_lies_far_within_what_is_allowed(trained_in_float32):
    measured = [output for output in LAB.rule("sparse_training").outputs if output.tolerance.atol]
    assert len(measured) == 4
    for case, wanted in drawn("sparse_training", range(3)):
        found = LAB.answer("sparse_training", trained_in_float32, case).values
        for output in measured:
            assert np.abs(found[output.name] - wanted[output.name]).max() < 0.5 * output.tolerance.atol


@pytest.fixture(scope="module")
def trained_in_float32():
    """The names of the finished notebook."""
    from autograder.authoring.namespace import run_cells, solution_cells
    from autograder.authoring.start import working_folder

    with working_folder(LAB) as folder:
        return run_cells(solution_cells(LAB), beside=folder)


# Formats


def test_compressed_rows_are_scipys():
    sparse = pytest.importorskip("scipy.sparse")
    for case, wanted in drawn("sparse_inference"):
        known = sparse.csr_matrix(case["matrix"].astype(np.float64))
        for name in ("data", "indices", "indptr"):
            np.testing.assert_array_equal(wanted[name], getattr(known, name))
        np.testing.assert_allclose(wanted["products"], (known @ case["vectors"].T.astype(np.float64)).T, atol=1e-12)
        np.testing.assert_array_equal(wanted["data"].astype(np.float32), case["data"])


def test_rows_are_empty_at_the_start_in_the_middle_and_at_the_end():
    places = set()
    for case, _ in drawn("sparse_inference", [0]):
        rows = len(case["matrix"])
        for row in np.flatnonzero(np.diff(case["indptr"]) == 0):
            places.add("start" if row == 0 else "end" if row == rows - 1 else "middle")
    assert places == {"start", "middle", "end"}


def test_the_timed_case_has_few_numbers_and_is_answered():
    case = LAB.questions["sparse_inference"].speed.case(np.random.default_rng(0))
    assert sum(v.nbytes for v in case.values() if isinstance(v, np.ndarray)) < 4 * 2**20
    assert case["data"].size < 0.003 * len(case["vectors"]) * np.prod(case["shape"])
    LAB.asks.YARDSTICKS["sparse_inference"](**case)

    names = {"to_csr": None, "csr_product": lambda *csr: csr_array(csr[:3], case["shape"]) @ csr[3]}
    products = ask(LAB.asks.sparse_inference, names, case).values["products"]
    assert products.shape == (len(case["vectors"]), 4096)
    assert np.isfinite(products).all()
    places = scattered(*case["shape"], case["data"].shape[1])
    full = csr_array((case["data"][1], *places), case["shape"]).toarray().astype(np.float64)
    np.testing.assert_allclose(products[1], full @ case["vectors"][1], rtol=0, atol=1e-4)
    assert np.count_nonzero(products[1]) == np.count_nonzero(np.diff(places[1]))


def test_a_mixed_step_by_hand():
    """v = 0.5 * 4 + 32 / 16 = 4; master 1.0 - 0.25 * 4 = 0; the second step has an inf and changes nothing."""
    gradients = np.array([[[32, 16]], [[1, np.inf]]], np.float16)
    layer = {"weight": np.array([[1.0, 0.0]]), "mask": np.array([[True, False]]), "velocity": np.array([[4.0, 0.0]])}
    found = expected("mixed_and_sparse", **layer, gradients=gradients, lr=0.25, scale=16.0, momentum=0.5)
    assert found["master after each step"].tolist() == [[0], [0]]
    assert found["velocity after each step"].tolist() == [[[4, 1]], [[4, 1]]]
    assert found["bytes of all that is kept"] == 10


def test_unscaled_gradients_would_vanish_in_half_precision():
    for case, _ in drawn("mixed_and_sparse"):
        finite = case["gradients"][np.isfinite(case["gradients"])]
        assert np.mean((finite / np.float16(case["scale"]) == 0) & (finite != 0)) > 0.01
