"""What is right in batch normalization and in an LSTM, beside PyTorch and beside differences."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.course import Lab

LAB = Lab("lab7_graph_training")
NORM, LSTM = LAB.questions["batch_norm"], LAB.questions["lstm"]
DRAWS = [pytest.param(seed, id=f"draw {seed}") for seed in range(4)]


def cases(question, seed, about):
    drawn = question.hidden_cases(np.random.default_rng(seed))
    return [case for case in drawn if case["about"].startswith(about)]


def tensor(torch, array, **options):
    return torch.tensor(np.asarray(array, np.float64), **options)


@pytest.mark.parametrize("seed", DRAWS)
def test_both_modes_are_pytorchs(torch, seed):
    for case in cases(NORM, seed, "forward"):
        found, epsilon = NORM.expected(**case), case["epsilon"]
        gamma, beta = tensor(torch, case["gamma"]), tensor(torch, case["beta"])
        for batch, y in zip(case["batches"], found["y in training"], strict=True):
            other = torch.nn.functional.batch_norm(
                tensor(torch, batch), None, None, gamma, beta, training=True, eps=epsilon
            )
            np.testing.assert_allclose(y, other.numpy(), rtol=1e-10)
        mean, variance = (tensor(torch, found[f"moving_{name} after training"]) for name in ("mean", "variance"))
        at_use = torch.nn.functional.batch_norm(tensor(torch, case["at_use"]), mean, variance, gamma, beta, eps=epsilon)
        np.testing.assert_allclose(found["y at use"], at_use.numpy(), rtol=1e-10)


@pytest.mark.parametrize("seed", DRAWS)
def test_moving_averages_are_pytorchs_but_for_its_variance(torch, seed):
    for case in cases(NORM, seed, "forward"):
        found, count = NORM.expected(**case), case["batches"][0].size // len(case["gamma"])
        channels = len(case["gamma"])
        mean, variance = torch.zeros(channels, dtype=torch.float64), torch.ones(channels, dtype=torch.float64)
        for batch in case["batches"]:
            torch.nn.functional.batch_norm(
                tensor(torch, batch), mean, variance, training=True, momentum=1 - case["momentum"]
            )
        np.testing.assert_allclose(found["moving_mean after training"], mean.numpy(), rtol=1e-10)
        start = case["momentum"] ** len(case["batches"])  # PyTorch's is divided by M - 1, but for what it began with
        biased = (variance.numpy() - start) * (count - 1) / count + start
        np.testing.assert_allclose(found["moving_variance after training"], biased, rtol=1e-10)


@pytest.mark.parametrize("seed", DRAWS)
def test_gradients_of_batch_norm_are_pytorchs(torch, seed):
    for case in cases(NORM, seed, "gradients"):
        given = [tensor(torch, case[name], requires_grad=True) for name in ("gamma", "beta")]
        x = tensor(torch, case["batches"][0], requires_grad=True)
        y = torch.nn.functional.batch_norm(x, None, None, *given, training=True, eps=case["epsilon"])
        (tensor(torch, case["dy"]) * y).sum().backward()
        found = NORM.expected(**case)
        for name, source in zip(("x", "gamma", "beta"), (x, *given), strict=True):
            np.testing.assert_allclose(found[f"d{name}"], source.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_gradients_of_a_channel_add_up_to_nothing():
    for case in cases(NORM, 7, "gradients"):
        dx = NORM.expected(**case)["dx"]
        np.testing.assert_allclose(np.moveaxis(dx, 1, 0).reshape(dx.shape[1], -1).sum(1), 0, atol=1e-9)


@pytest.mark.parametrize("seed", DRAWS)
def test_the_lstm_is_pytorchs(torch, seed):
    for case in LSTM.hidden_cases(np.random.default_rng(seed)):
        x, h, c, weight, bias = (
            tensor(torch, case[name], requires_grad=True) for name in ("x", "h", "c", "weight", "bias")
        )
        inputs, hidden = case["x"].shape[-1], case["h"].shape[-1]
        cell = torch.nn.LSTMCell(inputs, hidden, dtype=torch.float64)
        forget = tensor(torch, np.repeat([0.0, 1.0, 0.0, 0.0], hidden))
        parameters = {
            "weight_ih": weight[:inputs].T,
            "weight_hh": weight[inputs:].T,
            "bias_ih": bias,
            "bias_hh": forget,
        }
        state, loss, found = (h, c), 0, LSTM.expected(**case)
        for row, slope, known, memory in zip(x, case["dh"], found["h"], found["c"], strict=True):
            state = torch.func.functional_call(cell, parameters, (row, state))
            np.testing.assert_allclose(known, state[0].detach().numpy(), rtol=1e-10)
            np.testing.assert_allclose(memory, state[1].detach().numpy(), rtol=1e-10)
            loss = loss + (tensor(torch, slope) * state[0]).sum()
        (loss + (tensor(torch, case["dc"]) * state[1]).sum()).backward()
        for name, source in {"x": x, "h": h, "c": c, "weight": weight, "bias": bias}.items():
            np.testing.assert_allclose(found[f"d{name}"], source.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_a_complex_step_is_a_slope():
    slopes = NORM.expected.__globals__["slopes"]
    found = slopes(lambda a, b: (np.exp(a) * b).sum(), a=np.array([0.0, 1.0]), b=np.array([2.0, 3.0]))
    np.testing.assert_allclose(found["a"], [2, 3 * np.e], rtol=1e-14)
    np.testing.assert_allclose(found["b"], [1, np.e], rtol=1e-14)
