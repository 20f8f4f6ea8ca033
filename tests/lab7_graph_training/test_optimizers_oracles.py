"""The oracle of the optimizers: against PyTorch's optimizers, and what each draw of cases holds."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from autograder.course import Lab

LAB = Lab("lab7_graph_training")
QUESTION = LAB.questions["optimizers"]
SEEDS = range(2)


def drawn(*kinds):
    for seed in SEEDS:
        for case in QUESTION.cases(np.random.default_rng(seed)):
            if case["kind"] in kinds:
                yield case, dict(case["options"])


def torchs_path(torch, case, make, decay=0.0):
    """Both weights after each step, by autograd and one of torch's optimizers; the rate is set before each step."""
    weights = [torch.tensor(weight.astype(np.float64), requires_grad=True) for weight in case["weights"]]
    target, path = torch.tensor(case["target"].astype(np.float64)), []
    optimizer = make(weights)
    rate = optimizer.param_groups[0]["lr"]
    for step in range(20):
        optimizer.param_groups[0]["lr"] = rate / (1 + decay * step)
        optimizer.zero_grad()
        ((weights[0] @ weights[1] - target) ** 2).sum().mul(0.5).backward()
        optimizer.step()
        path.append([weight.detach().numpy().copy() for weight in weights])
    return np.array(path)


def assert_is(case, path):
    found = QUESTION.expected(**case)
    for number in range(2):
        assert np.allclose(found[f"weight {number + 1} after each step"], path[:, number], rtol=1e-9, atol=1e-12)
    assert np.array_equal(found["weight without a gradient"], case["idle"])


def test_descent_and_momentum_are_pytorchs(torch):
    for case, options in drawn("GradientDescent", "Momentum"):
        said = {"momentum": options.get("momentum", 0), "nesterov": options.get("nesterov", False)}
        make = partial(torch.optim.SGD, lr=options["learning_rate"], **said)
        assert_is(case, torchs_path(torch, case, make, options.get("decay", 0.0)))


def test_adam_is_pytorchs(torch):
    for case, options in drawn("Adam"):
        said = {"betas": (options["beta1"], options["beta2"]), "eps": options["epsilon"]}
        make = partial(torch.optim.Adam, lr=options["learning_rate"], **said)
        assert_is(case, torchs_path(torch, case, make))


def test_adadelta_is_pytorchs(torch):
    for case, options in drawn("Adadelta"):
        said = {"rho": options["rho"], "eps": options["epsilon"]}
        make = partial(torch.optim.Adadelta, lr=options["learning_rate"], **said)
        assert_is(case, torchs_path(torch, case, make))


def test_one_step_with_decay_by_hand():
    case = {
        "kind": "GradientDescent",
        "options": [["learning_rate", 0.5], ["decay", 1.0]],
        "weights": np.ones((2, 1, 1), np.float32),
        "target": np.full((1, 1), 2, np.float32),
        "idle": np.zeros(1, np.float32),
        "backwards": False,
    }
    path = QUESTION.expected(**case)["weight 1 after each step"].ravel()
    assert path[0] == 1.5  # 1 - 0.5 * (1 - 2) * 1
    assert path[1] == pytest.approx(1.5 - 0.25 * (1.5 * 1.5 - 2) * 1.5)


def test_each_kind_is_asked_in_both_orders():
    kinds = {kind: set() for kind in ("GradientDescent", "Momentum", "Adam", "Adadelta")}
    for case, _ in drawn(*kinds):
        kinds[case["kind"]].add(case["backwards"])
    assert all(orders == {False, True} for orders in kinds.values())
