"""The operators against an oracle of Python integers, and sums of every length against int64."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aics.half.rounding import round_to_half
from aics.pycnml import CnmlError, QuantParam, operators
from aics.pycnml.power import switched_off
from aics.pycnml.products import WEIGHT_LIMIT, exact_pieces, exact_product
from tests.pycnml import oracle

ONE = QuantParam(0, 1.0)
quants = st.builds(QuantParam, st.integers(-12, 9), st.floats(0.5, 2, allow_nan=False))
seeds = st.integers(0, 2**32 - 1)
many = settings(max_examples=500, deadline=None)


def drawn(seed: int, shape, quant: QuantParam, reach: float) -> np.ndarray:
    """Numbers around a grid: most on it, some beyond its ends, some exactly between two neighbours."""
    rng = np.random.default_rng(seed)
    values = rng.normal(0, reach, shape) * 2.0**quant.position / quant.scale
    ties = (rng.integers(-130, 131, shape) + 0.5) * 2.0**quant.position / quant.scale
    return np.where(rng.random(shape) < 0.2, ties, values).astype(np.float32)


@st.composite
def convolutions(draw):
    """Sizes of a small convolution whose window fits."""
    size, dilation, pad = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(0, 3))
    least = max(1, dilation * (size - 1) + 1 - 2 * pad)
    height, width = draw(st.integers(least, least + 4)), draw(st.integers(least, least + 4))
    n, inputs, outputs = draw(st.integers(1, 2)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    return (n, inputs, height, width), (outputs, inputs, size, size), draw(st.integers(1, 3)), pad, dilation


@many
@given(convolutions(), quants, quants, seeds, st.sampled_from([20, 60, 200]))
def test_conv_is_the_oracles_to_the_last_bit(sizes, input_quant, weight_quant, seed, reach):
    x_shape, w_shape, stride, pad, dilation = sizes
    x, weight = drawn(seed, x_shape, input_quant, reach), drawn(seed + 1, w_shape, weight_quant, 60)
    bias = np.random.default_rng(seed).normal(0, 10, w_shape[0])
    told = dict(stride=stride, pad=pad, dilation=dilation, input_quant=input_quant, weight_quant=weight_quant)
    got, expected = operators.conv(x, weight, bias, **told), oracle.conv(x, weight, bias, **told)
    assert got.dtype == np.float32
    np.testing.assert_array_equal(got, expected)


@many
@given(st.integers(1, 3), st.integers(1, 70), st.integers(1, 5), quants, quants, seeds)
def test_mlp_is_the_oracles_to_the_last_bit(n, inputs, outputs, input_quant, weight_quant, seed):
    x, weight = drawn(seed, (n, inputs), input_quant, 60), drawn(seed + 1, (outputs, inputs), weight_quant, 60)
    bias = np.random.default_rng(seed).normal(0, 10, outputs)
    told = dict(input_quant=input_quant, weight_quant=weight_quant)
    np.testing.assert_array_equal(operators.mlp(x, weight, bias, **told), oracle.mlp(x, weight, bias, **told))


# Sums of any length


@pytest.mark.parametrize("length", [1, 1023, 1024, 1025, 4608, 25088, 2**17 + 3, 2**19])
@pytest.mark.parametrize("kind", ["random", "largest", "alternating"])
def test_a_sum_of_any_length_is_exact(length, kind):
    rng = np.random.default_rng(length)
    weight = rng.integers(-128, 128, (3, length)).astype(np.float32)
    columns = rng.integers(-128, 128, (length, 2)).astype(np.float32)
    if kind == "largest":
        weight[:], columns[:] = -128, -128
    if kind == "alternating":
        weight[:, ::2], columns[:] = 127, -127
    out = np.empty((3, 2), np.float32)
    exact_product(weight, columns, exact_pieces(weight), out)
    expected = weight.astype(np.int64) @ columns.astype(np.int64)
    np.testing.assert_array_equal(out, expected.astype(np.float32))


def test_float32_alone_would_not_be_exact():
    """What the pieces are for: the sum below is odd, and float32 has only even numbers there."""
    weight = np.full((1, 2**11), 127, np.float32)
    columns = np.full((2**11, 1), 127, np.float32)
    columns[0] = 126
    total = 2**11 * 127 * 127 - 127
    assert total % 2
    pieces = exact_pieces(weight)
    assert sum(int((weight[:, piece] @ columns[piece])[0, 0]) for piece in pieces) == total
    assert int((weight @ columns)[0, 0]) != total


@given(seeds, st.integers(1, 9000), st.integers(0, 127))
@settings(max_examples=100, deadline=None)
def test_pieces_cover_everything_once_are_light_and_as_long_as_can_be(seed, length, reach):
    weight = np.random.default_rng(seed).integers(-reach - 1, reach + 1, (4, length)).astype(np.float32)
    pieces = exact_pieces(weight)
    assert [p.start for p in pieces] == [0, *(p.stop for p in pieces[:-1])]
    assert pieces[-1].stop == length
    for piece in pieces:
        assert np.abs(weight[:, piece]).sum(axis=1).max() <= WEIGHT_LIMIT
    for piece in pieces[:-1]:
        assert np.abs(weight[:, piece.start : piece.stop + 1]).sum(axis=1).max() > WEIGHT_LIMIT


def test_a_wide_mlp_is_exact_through_the_operator():
    rng = np.random.default_rng(0)
    x = np.clip(rng.normal(90, 30, (2, 25088)), -120, 120).round().astype(np.float32)
    weight = np.clip(rng.normal(80, 40, (300, 25088)), -120, 120).round().astype(np.float32)
    sums = x.astype(np.int64) @ weight.T.astype(np.int64)
    small = QuantParam(-14, 1.0)
    got = operators.mlp(x * 2.0**-14, weight, np.zeros(300), input_quant=small, weight_quant=ONE)
    np.testing.assert_array_equal(got, round_to_half(sums.astype(np.float32) * np.float32(2.0**-14)))
    assert len(exact_pieces(weight)) > 10


# Prepared weights, strips, shapes


def test_prepared_weights_give_the_same():
    rng = np.random.default_rng(3)
    x, weight, bias = rng.normal(0, 3, (2, 3, 9, 7)), rng.normal(0, 1, (4, 3, 3, 3)), rng.normal(0, 1, 4)
    inner, outer = QuantParam(-4, 1.3), QuantParam(-6, 1.7)
    sizes = dict(stride=2, pad=1, input_quant=inner)
    prepared = operators.prepare_conv(weight, bias, outer)
    assert prepared.values.dtype == np.int8
    plain = operators.conv(x, weight, bias, **sizes, weight_quant=outer)
    np.testing.assert_array_equal(operators.conv(x, prepared, **sizes), plain)
    flat, matrix = x.reshape(2, -1), rng.normal(0, 1, (5, 189))
    stored = operators.prepare_mlp(matrix, bias[:1].repeat(5), outer)
    assert stored.values.dtype == np.float16
    np.testing.assert_array_equal(
        operators.mlp(flat, stored, input_quant=inner),
        operators.mlp(flat, matrix, bias[:1].repeat(5), input_quant=inner, weight_quant=outer),
    )


def test_strips_change_nothing(monkeypatch):
    rng = np.random.default_rng(4)
    x, weight, bias = rng.normal(0, 40, (1, 3, 23, 9)), rng.normal(0, 40, (2, 3, 3, 3)), np.zeros(2)
    sizes = dict(stride=2, pad=2, dilation=2, input_quant=ONE, weight_quant=ONE)
    whole = operators.conv(x, weight, bias, **sizes)
    monkeypatch.setattr(operators, "STRIP", 1)
    np.testing.assert_array_equal(operators.conv(x, weight, bias, **sizes), whole)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: operators.prepare_conv(np.zeros((2, 3, 3)), [0, 0], ONE), r"\(Cout, Cin, K, K\)"),
        (lambda: operators.prepare_conv(np.zeros((2, 3, 3, 2)), [0, 0], ONE), r"\(Cout, Cin, K, K\)"),
        (lambda: operators.prepare_conv(np.zeros((2, 3, 3, 3)), [0], ONE), r"a bias \(2,\), got \(1,\)"),
        (lambda: operators.prepare_mlp(np.zeros(3), [0], ONE), r"\(Cout, Cin\), got \(3,\)"),
        (lambda: convolve(np.zeros((1, 4, 5, 5))), r"x must be \(N, 3, H, W\)"),
        (lambda: convolve(np.zeros((1, 3, 2, 5))), "reaches over 3 does not fit into 2"),
        (lambda: operators.mlp(np.zeros((1, 4)), np.zeros((2, 3)), [0, 0], **GRIDS), r"x must be \(N, 3\)"),
        (lambda: operators.max_pool(np.zeros((3, 4)), kernel_size=2, stride=2), r"x must be \(N, C, H, W\)"),
        (lambda: operators.flatten(np.zeros((3, 4))), r"x must be \(N, C, H, W\)"),
    ],
)
def test_what_does_not_fit_is_named(call, words):
    with pytest.raises(CnmlError, match=words):
        call()


GRIDS = dict(input_quant=ONE, weight_quant=ONE)


def convolve(x):
    return operators.conv(x, np.zeros((2, 3, 3, 3)), [0, 0], stride=1, pad=0, **GRIDS)


# The others


def test_relu_pooling_and_flatten_move_or_compare_fp16_numbers():
    x = np.arange(-12, 12, dtype=np.float32).reshape(1, 2, 3, 4) + np.float32(1e-5)
    np.testing.assert_array_equal(operators.relu(x), np.maximum(round_to_half(x), 0))
    np.testing.assert_array_equal(
        operators.max_pool(x, kernel_size=2, stride=2)[0], [[[-7, -5]], [[5, 7]]], "3 rows: the last is left over"
    )
    np.testing.assert_array_equal(operators.max_pool(x, kernel_size=3, stride=1)[0, 1], [[10, 11]])
    assert operators.flatten(x)[0, :4].tolist() == round_to_half(np.array([-12, 0, -11, 1]) + 1e-5).tolist()


def test_softmax_is_a_row_of_fp16_numbers():
    x = np.array([[1000.0, 999.0, -60000.0], [0, 0, 0]])
    prob = operators.softmax(x)
    exact = np.exp(x - x.max(1, keepdims=True)) / np.exp(x - x.max(1, keepdims=True)).sum(1, keepdims=True)
    np.testing.assert_array_equal(prob, round_to_half(exact))
    assert prob[0, 2] == 0
    np.testing.assert_array_equal(operators.softmax(x.T, axis=0), prob.T)


@pytest.mark.parametrize("name", ["relu", "flatten", "softmax"])
def test_every_output_lies_on_the_fp16_grid(name):
    x = np.random.default_rng(1).normal(0, 100, (2, 3, 4, 5)).astype(np.float32)
    y = getattr(operators, name)(x)
    np.testing.assert_array_equal(y, y.astype(np.float16).astype(np.float32))


def test_too_large_for_fp16_is_infinite_and_stays_within_the_next_grid():
    big = operators.mlp([[127.0]], [[127.0]], [60000.0], **GRIDS)
    assert big[0, 0] == np.inf
    assert operators.mlp(big, [[1.0]], [0.0], **GRIDS)[0, 0] == 127


def test_switched_off_it_computes_nothing():
    with switched_off(), pytest.raises(CnmlError, match="switched off"):
        operators.mlp([[1.0]], [[1.0]], [0.0], **GRIDS)
    assert operators.mlp([[1.0]], [[1.0]], [0.0], **GRIDS)[0, 0] == 1
