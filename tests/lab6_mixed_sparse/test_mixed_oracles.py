"""The oracles of mixed precision against NumPy's own float16, numbers worked out by hand, and PyTorch."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.course import Lab

LAB = Lab("lab6_mixed_sparse")
ORACLES = LAB.questions["half_cast"].expected.__globals__


def edges() -> np.ndarray:
    """Numbers at and beside everything that is special in half precision."""
    base = np.concatenate([2.0 ** np.arange(-27, 17), [65504.0, 65519.99, 65520.0, 2049.0, 2051.0, 4095.0, 1 / 3]])
    beside = np.concatenate([base, base * (1 + 2.0**-11), base * (1 - 2.0**-12), base * (1 + 2.0**-30), [0.0]])
    return np.concatenate([beside, -beside])


def numpys(values):
    with np.errstate(over="ignore"):
        return np.asarray(values).astype(np.float16).astype(np.float64)


@pytest.mark.parametrize("values", [edges(), 2.0 ** np.random.default_rng(0).uniform(-30, 18, 20000)])
def test_rounding_by_the_formats_definition_is_numpys(values):
    np.testing.assert_array_equal(ORACLES["half"](values), numpys(values))


def test_2048_and_1_is_2048():
    assert ORACLES["half"](2048.0 + 1) == 2048
    assert ORACLES["half"](1.0 - 1e-4) == 1


@pytest.mark.parametrize("values", [edges(), 2.0 ** np.random.default_rng(1).uniform(-30, 18, 20000)])
def test_thresholds_of_underflow_are_where_numpy_rounds(values):
    half = np.abs(numpys(values))
    found = ORACLES["underflow"](gradient=values)
    assert (found["vanished"] == ((half == 0) & (values != 0))).all()
    assert (found["subnormal"] == ((half > 0) & (half < 2.0**-14))).all()
    assert (found["overflowed"] == np.isinf(half)).all()


@pytest.mark.parametrize(
    ("events", "interval", "scales"),
    [("....", 2, [1, 2, 2, 4]), (".x..", 2, [1, 0.5, 0.5, 1]), ("xx..", 3, [0.5, 0.25, 0.25, 0.25])],
)
def test_scales_by_hand(events, interval, scales):
    rows = np.array([[np.inf if event == "x" else 1.0] for event in events])
    found = ORACLES["dynamic_loss_scaling"](scale=1.0, clean=0, interval=interval, fc1_bias=rows)
    assert found["scale"].tolist() == scales
    assert found["take"].tolist() == [event == "." for event in events]


def test_memory_of_one_layer_by_hand():
    sizes = {"names": ["fc1"], "parameters": np.array([10]), "inputs": np.array([7]), "batch": 3}
    found = ORACLES["memory"](**sizes)
    assert [int(found[f"{kind}, float32"]) for kind in KINDS] == [40, 0, 40, 40, 84]
    assert [int(found[f"{kind}, mixed"]) for kind in KINDS] == [20, 40, 20, 40, 42]


KINDS = ("weights", "masters", "gradients", "momenta", "activations")


def test_a_step_without_rounding_is_pytorchs(torch, monkeypatch):
    case = LAB.questions["mixed_train_step"].cases(np.random.default_rng(0))[0]
    monkeypatch.setitem(ORACLES, "half", lambda values: np.asarray(values, np.float64))
    params, velocity = ORACLES["in_double"]({k: v for k, v in case.items() if k.startswith(("fc", "v_"))})
    loss, slopes = ORACLES["passed_back"](params, case["x"].astype(np.float64), case["label"], case["scale"])
    new, speeds = ORACLES["stepped"](params, velocity, slopes, case["lr"])
    tensors = {name: torch.tensor(array, requires_grad=True) for name, array in params.items()}
    optimizer = torch.optim.SGD(tensors.values(), lr=case["lr"], momentum=0.9)
    for name, tensor in tensors.items():
        optimizer.state[tensor]["momentum_buffer"] = torch.tensor(velocity[name])
    hidden = torch.relu(torch.tensor(case["x"], dtype=torch.float64) @ tensors["fc1/weight"] + tensors["fc1/bias"])
    scores = hidden @ tensors["fc2/weight"] + tensors["fc2/bias"]
    value = torch.nn.functional.cross_entropy(scores, torch.tensor(case["label"]))
    value.backward()
    optimizer.step()
    assert value.item() == pytest.approx(loss, rel=1e-12)
    for name, tensor in tensors.items():
        np.testing.assert_allclose(tensor.detach().numpy(), new[name], rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(optimizer.state[tensor]["momentum_buffer"].numpy(), speeds[name], atol=1e-14)


@pytest.mark.parametrize("scale", [2.0**24, 2.0**20, 2.0**17])
def test_the_dynamic_scale_is_pytorchs(torch, scale):
    if not hasattr(torch, "_amp_update_scale_"):
        pytest.skip("this PyTorch shows no rule to compare with")
    events, interval = ".x.....x..x........", 3
    rows = np.array([[np.nan if event == "x" else 1.0] for event in events])
    found = ORACLES["dynamic_loss_scaling"](scale=scale, clean=0, interval=interval, fc1_bias=rows)
    now, tracker, scales = torch.tensor([scale]), torch.tensor([0], dtype=torch.int32), []
    for event in events:
        torch._amp_update_scale_(now, tracker, torch.tensor([float(event == "x")]), 2.0, 0.5, interval)
        scales.append(float(now))
    assert found["scale"].tolist() == scales
