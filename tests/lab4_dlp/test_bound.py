"""The bound on what INT8 and FP16 may cost: no layer exceeds it, and the worst one comes close.

The layers run on the emulated device; right answers are float64 sums.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aics.pycnml import QuantParam, operators
from autograder.course import Lab

BOUND = Lab("lab4_dlp").questions["backend_agreement"].expected


def layer(x, weight, bias, input_quant, weight_quant, half_weight):
    """Error of one output on the device, and the bound for it; x, weight : (terms,) float32, bias : a float32."""
    quants = {"input_quant": input_quant, "weight_quant": weight_quant}
    if half_weight:
        got = operators.mlp(x[None], weight[None], [bias], **quants)
    else:
        got = operators.conv(x[None, :, None, None], weight[None, :, None, None], [bias], stride=1, pad=0, **quants)
    exact = float(x.astype(np.float64) @ weight.astype(np.float64)) + float(bias)
    sizes = {"input_max": np.abs(x).max(), "weight_max": np.abs(weight).max(), "bias_max": abs(bias)}
    steps = {"input_step": input_quant.step, "weight_step": weight_quant.step, "half_weight": half_weight}
    bound = BOUND(terms=len(x), **{name: float(size) for name, size in sizes.items()}, **steps)["bound"]
    return abs(float(got.ravel()[0]) - exact), float(bound)


@settings(max_examples=400, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    terms=st.integers(1, 400),
    position=st.tuples(st.integers(-6, 1), st.integers(-9, -3)),
    scale=st.tuples(st.floats(1, 2), st.floats(1, 2)),
    spread=st.sampled_from(["even", "large", "between steps", "one sign"]),
    half_weight=st.booleans(),
)
def test_no_layer_exceeds_the_bound(seed, terms, position, scale, spread, half_weight):
    rng = np.random.default_rng(seed)
    quants = [QuantParam(p, s) for p, s in zip(position, scale, strict=True)]
    numbers = []
    for quant in quants:
        steps = rng.uniform(-126, 126, terms)
        if spread == "large":
            steps = rng.choice([-1, 1], terms) * rng.uniform(110, 126, terms)
        elif spread == "between steps":
            steps = np.floor(steps) + 0.5 + rng.uniform(-0.01, 0.01, terms)
        elif spread == "one sign":
            steps = np.abs(np.floor(steps)) + 0.499
        numbers.append((steps * quant.step).astype(np.float32))
    bias = np.float32(rng.normal(0, 1) * np.abs(numbers[0]).max())
    assume(np.abs(numbers[0] * numbers[1]).sum() < 60_000)  # a larger sum may not fit into FP16
    error, bound = layer(*numbers, bias, *quants, half_weight)
    assert error <= bound * (1 + 1e-6)


@pytest.mark.parametrize("half_weight", [False, True])
@pytest.mark.parametrize("terms", [1, 9, 64, 1024])
def test_the_worst_layer_comes_close(terms, half_weight):
    """All numbers just beside the middle of two steps, so that every rounding goes the same way, as far as it can."""
    quant = QuantParam(-6, 1.0)
    worst = 0.0
    for step in range(20, 32):
        for beside in (0.499, 0.501):
            numbers = np.full(terms, (step + beside) * quant.step, np.float32)
            error, bound = layer(numbers, numbers, np.float32(0), quant, quant, half_weight)
            worst = max(worst, error / bound)
    assert 0.8 < worst <= 1


def test_a_few_random_terms_come_close_too():
    """Of many layers with a single product, one meets nearly the worst case by chance."""
    rng, quant = np.random.default_rng(0), QuantParam(-4, 1.3)
    shares = []
    for _ in range(3000):
        numbers = rng.uniform(2, 3, (2, 1)).astype(np.float32)
        error, bound = layer(*numbers, np.float32(0), quant, quant, False)
        shares.append(error / bound)
    assert 0.75 < max(shares) <= 1


def test_chance_lets_errors_cancel_like_the_root_of_their_number():
    rng, quant = np.random.default_rng(0), QuantParam(-6, 1.0)
    shares = {}
    for terms in (4, 400):
        pairs = rng.uniform(-1.9, 1.9, (300, 2, terms)).astype(np.float32)
        shares[terms] = max(np.divide(*layer(*pair, np.float32(0), quant, quant, False)) for pair in pairs)
    assert 4 < shares[4] / shares[400] < 25  # sqrt(100) = 10
