"""The grid, and the card's tool that fits it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aics.pycnml import CnmlError, QuantParam, QuantTool
from aics.pycnml.power import switched_off
from aics.pycnml.quant import quantize

# The grid


def test_quantize_rounds_halves_to_even_and_stays_within_its_ends():
    values = np.float32([0.5, 1.5, 2.5, -0.5, -1.5, 126.5, 127.5, 200, -127.5, -128.5, -300, np.inf, -np.inf, np.nan])
    expected = [0, 2, 2, 0, -2, 126, 127, 127, -128, -128, -128, 127, -128, 0]
    assert quantize(values, QuantParam(0, 1.0)).tolist() == expected


@pytest.mark.parametrize("position", [-32, -7, 0, 9, 32])
def test_a_number_of_the_grid_comes_back_from_its_value(position):
    quant = QuantParam(position, 1.37)
    whole = np.arange(-128, 128)
    assert quantize((whole * quant.step).astype(np.float32), quant).tolist() == whole.tolist()
    assert quant.step == pytest.approx(2.0**position / 1.37, rel=1e-7)


# QuantParam


def test_a_quant_param_takes_numbers_out_of_an_array_once_they_are_converted():
    pair = np.array([3.0, 1.5])
    assert QuantParam(int(pair[0]), pair[1]) == QuantParam(3, 1.5) == QuantParam(np.int64(3), np.float32(1.5))
    with pytest.raises(TypeError, match=r"takes a whole number and a float, got np.float64\(3.0\)"):
        QuantParam(*pair)


@pytest.mark.parametrize(("position", "scale"), [(33, 1.0), (-33, 1.0), (0, 0.0), (0, -1.0), (0, math.inf)])
def test_a_quant_param_off_the_card_is_refused(position, scale):
    with pytest.raises(ValueError, match="QuantParam: "):
        QuantParam(position, scale)


# QuantTool


@pytest.mark.parametrize(
    ("largest", "position", "scale"),
    [(255, 2, 1.9922), (151.061, 1, 1.6814), (127, 0, 1), (254, 1, 1), (63.5, -1, 1), (127.5, 1, 1.9922), (0, 0, 1)],
)
def test_the_published_pairs(largest, position, scale):
    found = QuantTool().getQuantParam([largest], "x")
    assert found.position == position
    assert found.scale == pytest.approx(scale, abs=5e-5)


@given(st.floats(1e-7, 1e10))
@settings(max_examples=300, deadline=None)
def test_the_formula_of_the_card(largest):
    found = QuantTool().getQuantParam([-largest], "x")
    assert found.position == math.ceil(math.log2(largest / 127)) or math.isclose(found.scale % 1, 0, abs_tol=1e-9)
    assert found.scale == pytest.approx(127 * 2.0**found.position / largest)
    assert 1 - 1e-12 <= found.scale <= 2
    assert np.abs(quantize(np.float32([largest, -largest]), found)).tolist() == [127, 127]


def test_the_largest_so_far_counts_name_by_name():
    tool = QuantTool()
    first = tool.getQuantParam(np.array([[3.0, -20.0]]), "conv1_1")
    assert tool.getQuantParam([5.0], "conv1_1") == first
    assert tool.getQuantParam([5.0], "conv1_2") != first
    assert tool.getQuantParam([-40.0], "conv1_1").position == first.position + 1
    assert tool.getQuantParam([], "nothing") == tool.getQuantParam([0.0], "zero") == QuantParam(0, 1.0)


def test_positions_are_held_within_32():
    tool = QuantTool()
    assert tool.getQuantParam([1e14], "large") == QuantParam(32, 127 * 2.0**32 / 1e14)
    assert tool.getQuantParam([1e-12], "small") == QuantParam(-32, 127 * 2.0**-32 / 1e-12)


def test_what_is_no_number_is_refused_and_the_switch_holds():
    with pytest.raises(ValueError, match=r"'x'.*not finite"):
        QuantTool().getQuantParam([1.0, math.nan], "x")
    with switched_off(), pytest.raises(CnmlError, match="switched off"):
        QuantTool().getQuantParam([1.0], "x")
