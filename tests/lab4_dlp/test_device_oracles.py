"""The device's oracles against the emulator, SciPy, published pairs, and the course's own way to read the file."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.io
from scipy import signal

from aics.doubles.files import mat_file
from aics.pycnml import CnmlNet, QuantParam, QuantTool
from aics.pycnml.quant import quantize
from autograder.course import Lab

LAB = Lab("lab4_dlp")
QUESTIONS = ["quant_param", "quantize", "int8_conv", "build_vgg19", "load_params", "top5"]
SEEDS = [0, 1, 2]
CONVOLUTIONS = (0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34)


def drawn(question, seeds=SEEDS):
    """(case, expected) of several draws."""
    for seed in seeds:
        for case in LAB.questions[question].cases(np.random.default_rng(seed)):
            yield case, LAB.questions[question].expected(**case)


# Every question


def test_the_points_of_the_device_in_their_order():
    points = [(name, LAB.questions[name].points) for name in LAB.questions if name in QUESTIONS]
    assert points == list(zip(QUESTIONS, (8, 8, 14, 12, 12, 4), strict=True))


# Numbers


def test_quant_param_is_the_cards_tool_for_8_bits():
    for case, expected in drawn("quant_param", range(10)):
        if case["bits"] == 8:
            found = QuantTool().getQuantParam(case["x"], "x")
            assert found.position == expected["position"]
            assert found.scale == pytest.approx(expected["scale"], rel=1e-12)


@pytest.mark.parametrize(("largest", "pair"), [(255, (2, 1.9922)), (151.061, (1, 1.6814)), (0, (0, 1)), (127, (0, 1))])
def test_quant_param_gives_the_published_pairs(largest, pair):
    found = LAB.questions["quant_param"].expected(x=np.array([-largest]), bits=8)
    assert (int(found["position"]), round(float(found["scale"]), 4)) == pair


def test_the_largest_magnitude_lands_on_the_grids_end():
    for case, expected in drawn("quant_param"):
        if -32 < expected["position"] < 32 and case["x"].any():
            end = np.abs(case["x"]).max() * expected["scale"] / 2.0 ** expected["position"]
            assert end == pytest.approx(2 ** (case["bits"] - 1) - 1)
            assert 1 <= expected["scale"] < 2


def test_quantize_is_the_emulators_grid_for_8_bits_and_has_every_kind_of_number():
    for case, expected in drawn("quantize", range(10)):
        if case["bits"] == 8:
            quant = QuantParam(case["position"], case["scale"])
            np.testing.assert_array_equal(quantize(case["x"], quant), expected["q"])
        assert expected["q"].min() == -(2 ** (case["bits"] - 1)) or case["scale"] == 1
        assert expected["q"].max() <= 2 ** (case["bits"] - 1) - 1


def test_int8_conv_is_scipys_correlation_of_whole_numbers():
    for case, found in drawn("int8_conv"):
        pad, stride = case["pad"], case["stride"]
        padded = np.pad(case["x"], ((0, 0), (0, 0), (pad, pad), (pad, pad))).astype(np.int64)
        steps = [2.0 ** pair[0] / pair[1] for pair in (case["input_pair"], case["weight_pair"])]
        for (n, o), plane in np.ndenumerate(np.empty(found["output"].shape[:2])):
            sums = signal.correlate(padded[n], case["weight"][o].astype(np.int64), mode="valid", method="direct")[0]
            exact = sums[::stride, ::stride] * steps[0] * steps[1] + float(np.float16(case["bias"][o]))
            assert plane is not None
            np.testing.assert_allclose(found["output"][n, o], exact, rtol=2.0**-10)


def test_int8_conv_is_the_emulators_but_for_a_step_of_fp16():
    for case, found in drawn("int8_conv", range(10)):
        pairs = [QuantParam(int(pair[0]), pair[1]) for pair in (case["input_pair"], case["weight_pair"])]
        net = CnmlNet()
        net.setInputShape(*case["x"].shape)
        outputs, _, size, _ = case["weight"].shape
        net.createConvLayer("conv", outputs, size, case["stride"], 1, case["pad"], pairs[0])
        weight, bias = (case["weight"] * pairs[1].step).ravel(), case["bias"].astype(np.float64)
        net.loadParams(0, weight, bias, pairs[1])
        # what an int8 stands for is no FP16 number in general; back on the grid it is the same int8
        net.setInputData((case["x"] * pairs[0].step).ravel())
        net.forward()
        got = np.array(net.getOutputData()).reshape(found["output"].shape)
        tolerance = LAB.rule("int8_conv").output("output").allowed(found["output"])
        assert np.abs(got - found["output"]).max() <= tolerance


def test_int8_convs_cases_overflow_narrow_sums_and_need_an_fp16_bias():
    for seed in range(20):
        *wide, balanced = LAB.questions["int8_conv"].cases(np.random.default_rng(seed))
        for case in wide:
            x, weight = np.abs(case["x"].astype(int)), np.abs(case["weight"].astype(int))
            assert x.max() * weight.sum(axis=(1, 2, 3)).max() > 2**16
        off = np.abs(balanced["bias"] - balanced["bias"].astype(np.float16))
        expected = LAB.questions["int8_conv"].expected(**balanced)["output"]
        assert off.min() > 5 * LAB.rule("int8_conv").output("output").allowed(expected)


# The network


CALLS = {
    "createConvLayer": ["out_channel", "kernel_size", "stride", "dilation", "pad"],
    "createReLuLayer": [],
    "createPoolingLayer": ["kernel_size", "stride"],
    "createFlattenLayer": ["shape"],
    "createMlpLayer": ["output_num"],
    "createSoftmaxLayer": ["axis"],
}


def calls_of(found):
    """The calls that build what an oracle tells, in the layers' order: (name, arguments)."""
    calls = {}
    for call, names in CALLS.items():
        columns = [found[f"{call}: {name}"].tolist() for name in names]
        if f"{call}: scale" in found:
            pairs = zip(found[f"{call}: position"].tolist(), found[f"{call}: scale"].tolist(), strict=True)
            columns.append([QuantParam(*pair) for pair in pairs])
        layers = found[f"{call}: layer"].tolist()
        assert len(layers) == found[f"number of {call} calls"]
        calls |= {layer: (call, [column[i] for column in columns]) for i, layer in enumerate(layers)}
    return [calls[layer] for layer in sorted(calls)]


def test_build_vgg19_can_be_built_on_the_emulator_and_ends_in_its_classes():
    for case, found in drawn("build_vgg19"):
        net = CnmlNet(16)
        net.setInputShape(*(int(found[f"setInputShape: {axis}"]) for axis in "nchw"))
        for number, (call, arguments) in enumerate(calls_of(found)):
            getattr(net, call)(f"layer {number}", *arguments)
        assert net.size() == found["net.size()"] == 44
        assert net._layers[-1].output_shape() == (1, case["classes"], 1, 1)
        widths = np.repeat(case["channels"], (2, 2, 4, 4, 4))
        np.testing.assert_array_equal(found["createConvLayer: out_channel"], widths)
        kept = np.stack([found["filter_quant_params: position"], found["filter_quant_params: scale"]], axis=1)
        np.testing.assert_array_equal(kept.ravel(), case["filter"])


def test_load_params_finds_what_the_courses_own_indexing_finds():
    for case, found in drawn("load_params"):
        with mat_file(case["shapes"], case["numbers"], case["mean"], case["image_size"]) as path:
            params = scipy.io.loadmat(path)
        for idx, (name, _) in zip((*CONVOLUTIONS, 38, 40, 42), case["shapes"], strict=True):
            weight, bias = params["layers"][0][idx if idx < 38 else idx - 1][0][0][0][0]
            if idx < 38:
                weight = np.transpose(weight, [3, 2, 0, 1])
            else:
                weight = np.transpose(weight.reshape(-1, weight.shape[3]), [1, 0])
            np.testing.assert_array_equal(found[f"{name}: weight"], weight.flatten())
            np.testing.assert_array_equal(found[f"{name}: bias"], bias.flatten())
        assert found["loadParams: layer_id"].tolist() == [*CONVOLUTIONS, 38, 40, 42]
        grids = np.stack([found["quant_param: position"], found["quant_param: scale"]], axis=1)
        np.testing.assert_array_equal(grids.ravel(), case["pairs"])
        np.testing.assert_allclose(found["image_mean"], params["normalization"][0][0][0].mean(axis=(0, 1)))


def test_top5_of_distinct_numbers_is_the_sorted_order_and_ties_decide_nothing():
    for case, found in drawn("top5"):
        for row, label, top1, top5 in zip(case["prob"], case["labels"], found["top1"], found["top5"], strict=True):
            first, last = np.argsort(-row, kind="stable"), len(row) - 1 - np.argsort(-row[::-1], kind="stable")
            for order in (first, last):  # of equal numbers the first comes first, or the last
                assert (order[0] == label, label in order[:5]) == (bool(top1), bool(top5))
    assert found["top5"].all()  # the last case: each label has an equal before it
