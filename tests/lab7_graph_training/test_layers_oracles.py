"""The oracles of layers and networks against PyTorch, and what the network's numbers are."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab7_graph_training.layers_asks import known
from autograder.course import Lab

LAB = Lab("lab7_graph_training")
FULL, CNN = LAB.questions["full_layer"], LAB.questions["mnist_cnn"]


def _values(torch, seed, **shapes):
    return {
        name: torch.tensor(known(seed, name.replace("__", "/"), shape).astype(np.float64))
        for name, shape in shapes.items()
    }


@pytest.mark.parametrize("draw", [0, 1, 2])
def test_the_network_is_pytorchs(torch, draw):
    for case in CNN.cases(np.random.default_rng(draw)):
        shapes = {"conv1__weight": (1, 5, 5, 32), "conv1__bias": (32,), "conv2__weight": (32, 5, 5, 64)}
        shapes |= {"conv2__bias": (64,), "fc10__weight": (3136, 10), "fc10__bias": (10,)}
        values = _values(torch, case["seed"], **shapes)
        y = torch.tensor(case["images"].astype(np.float64))
        for layer in ("conv1", "conv2"):
            weight = values[f"{layer}__weight"].permute(3, 0, 1, 2)
            y = torch.nn.functional.conv2d(y, weight, values[f"{layer}__bias"], padding="same")
            y = torch.nn.functional.max_pool2d(torch.relu(y), 2)
        logits = torch.flatten(y, 1) @ values["fc10__weight"] + values["fc10__bias"]
        loss = torch.nn.functional.cross_entropy(logits, torch.tensor(case["labels"].argmax(axis=1)))
        found = CNN.expected(**case)
        np.testing.assert_allclose(found["logits"], logits.numpy(), rtol=1e-9, atol=1e-9)
        assert found["loss"] == pytest.approx(loss.item(), rel=1e-9)


def test_the_network_has_83466_numbers():
    case = CNN.cases(np.random.default_rng(0))[0]
    assert CNN.expected(**case)["number of parameters"] == 83_466


@pytest.mark.parametrize("draw", [0, 1, 2])
def test_layers_are_pytorchs(torch, draw):
    acts = {None: lambda z: z, "relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}
    for case in FULL.cases(np.random.default_rng(draw)):
        if case.get("names") or "labels" in case:
            continue
        found, y = FULL.expected(**case), torch.tensor(case["x"].astype(np.float64))
        for number, (name, units, activation) in enumerate(case["layers"], 1):
            prefix = f"{case['scope']}/" if "scope" in case else ""
            whole = f"{prefix}{name or 'fc'}".replace("/", "__")
            shapes = {f"{whole}__weight": (y.shape[1], units), f"{whole}__bias": (units,)}
            weight, bias = _values(torch, case["seed"], **shapes).values()
            y = acts[activation](torch.nn.functional.linear(y, weight.T, bias))
            np.testing.assert_allclose(found[f"output of layer {number}"], y.numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("draw", [0, 1, 2])
def test_the_regressions_loss_is_pytorchs(torch, draw):
    (case,) = (case for case in FULL.cases(np.random.default_rng(draw)) if "labels" in case)
    found = FULL.expected(**case)
    right = torch.tensor(case["labels"].argmax(axis=1))
    loss = torch.nn.functional.cross_entropy(torch.tensor(found["logits"]), right)
    assert found["loss"] == pytest.approx(loss.item(), rel=1e-9)


def test_a_draw_covers_all_activations_and_a_refusal():
    for draw in range(10):
        cases = FULL.cases(np.random.default_rng(draw))
        asked = {layer[2] for case in cases if not case.get("names") for layer in case.get("layers", ())}
        assert asked == {None, "relu", "sigmoid", "tanh"}
        assert sum(bool(case.get("names")) for case in cases) == 1
