"""CnmlNet: the card's calls, their orders and layouts, and what it refuses."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from aics.data.vgg19 import BLOCKS
from aics.half.rounding import round_to_half
from aics.pycnml import CnmlError, CnmlNet, QuantParam, operators
from tests.pycnml import oracle

ONE = QuantParam(0, 1.0)
#: Position, scale of the real VGG19: inputs, then weights.
INPUTS = """1 1.6814 3 1.4634 5 1.4460 6 1.9273 6 1.3217 7 1.9716 6 1.0135 7 1.8312 7 1.0385 8 1.5193 8 1.5567 7 1.3830
6 1.0793 5 1.0097 5 1.1955 4 1.9975 2 1.1439 0 1.8651 -2 1.7846"""
FILTERS = """-7 1.5241 -9 1.0132 -8 1.1762 -9 1.0191 -7 1.6688 -7 1.7980 -9 1.1395 -9 1.0430 -8 1.9411 -8 1.2728
-8 1.6743 -9 1.1163 -8 1.4639 -8 1.4038 -8 1.8870 -9 1.4484 -12 1.2231 -11 1.5120 -11 1.1280"""


def pairs(text):
    numbers = text.split()
    return [QuantParam(int(p), float(s)) for p, s in zip(numbers[::2], numbers[1::2], strict=True)]


def small() -> CnmlNet:
    """A convolution of stride 2, dilation 1, padding 1, and all that can follow it."""
    net = CnmlNet(16)
    net.setInputShape(1, 2, 6, 8)
    net.createConvLayer("conv1", 3, 3, 1, 1, 1, QuantParam(-4, 1.5))
    net.createReLuLayer("relu1")
    net.createPoolingLayer("pool1", 2, 2)
    net.createFlattenLayer("flatten", [1, 36, 1, 1])
    net.createMlpLayer("fc6", 5, QuantParam(-3, 1.25))
    net.createSoftmaxLayer("softmax", 1)
    return net


def numbers_of(rng):
    return rng.normal(0, 1, (3, 2, 3, 3)), rng.normal(0, 1, 3), rng.normal(0, 1, (5, 36)), rng.normal(0, 1, 5)


def loaded(net, conv_weight, conv_bias, weight, bias):
    net.loadParams(0, conv_weight.flatten(), conv_bias, QuantParam(-6, 1.1))
    net.loadParams(4, weight.flatten().tolist(), tuple(bias.tolist()), QuantParam(-6, 1.2))


def test_a_network_is_its_operators_one_after_another_against_the_oracle():
    rng = np.random.default_rng(0)
    net, numbers, x = small(), numbers_of(rng), rng.normal(0, 2, (1, 2, 6, 8))
    loaded(net, *numbers)
    net.setInputData(x.flatten().tolist())
    assert net.forward() is None
    sizes = dict(stride=1, pad=1, dilation=1, input_quant=QuantParam(-4, 1.5), weight_quant=QuantParam(-6, 1.1))
    y = np.maximum(oracle.conv(x, numbers[0], numbers[1], **sizes), 0)
    y = y.reshape(1, 3, 3, 2, 4, 2).max(axis=(3, 5)).transpose(0, 2, 3, 1).reshape(1, 36)
    grids = dict(input_quant=QuantParam(-3, 1.25), weight_quant=QuantParam(-6, 1.2))
    scores = oracle.mlp(y, numbers[2], numbers[3], **grids).astype(np.float64)
    prob = np.exp(scores - scores.max())
    assert net.getOutputData() == tuple(round_to_half(prob / prob.sum()).ravel().tolist())
    assert all(type(value) is float for value in net.getOutputData())


def test_it_can_run_again_on_another_input():
    rng = np.random.default_rng(1)
    net = small()
    loaded(net, *numbers_of(rng))
    outputs = []
    for x in rng.normal(0, 2, (2, 96)):
        net.setInputData(x)
        net.forward()
        outputs.append(net.getOutputData())
    assert outputs[0] != outputs[1]


def test_layers_are_counted_named_and_known_for_what_they_are():
    net = small()
    assert net.size() == 6
    assert [net.getLayerName(i) for i in range(6)] == ["conv1", "relu1", "pool1", "flatten", "fc6", "softmax"]
    assert [net.needToBeQuantized(i) for i in range(6)] == [True, False, False, False, True, False]


def test_dilation_comes_before_pad():
    net = CnmlNet()
    net.setInputShape(1, 1, 9, 9)
    net.createConvLayer("conv", 1, 3, 2, 3, 1, ONE)
    weight = np.arange(9.0)
    net.loadParams(0, weight, [0.0], ONE)
    x = np.arange(81.0) - 40
    net.setInputData(x)
    net.forward()
    told = dict(stride=2, dilation=3, pad=1, input_quant=ONE, weight_quant=ONE)
    expected = operators.conv(x.reshape(1, 1, 9, 9), weight.reshape(1, 1, 3, 3), np.zeros(1), **told)
    assert net.getOutputData() == tuple(expected.ravel().tolist())


def test_the_cards_argument_names():
    names = {
        "createConvLayer": "name out_channel kernel_size stride dilation pad quant_param",
        "createMlpLayer": "name output_num quant_param",
        "createReLuLayer": "name",
        "createPoolingLayer": "name kernel_size stride",
        "createFlattenLayer": "name output_shape",
        "createSoftmaxLayer": "name axis",
        "loadParams": "layer_id filter_data bias_data quant_param",
        "setInputShape": "n c h w",
    }
    for call, expected in names.items():
        assert list(inspect.signature(getattr(CnmlNet, call)).parameters)[1:] == expected.split()


def test_the_published_pairs_of_vgg19_are_accepted_and_build_it():
    inputs, filters = pairs(INPUTS), pairs(FILTERS)
    assert len(inputs) == len(filters) == 19
    net, grids = CnmlNet(16), iter(inputs)
    net.setInputShape(1, 3, 224, 224)
    for block, (count, width) in enumerate(zip(BLOCKS, (64, 128, 256, 512, 512), strict=True), 1):
        for i in range(count):
            net.createConvLayer(f"conv{block}_{i + 1}", width, 3, 1, 1, 1, next(grids))
            net.createReLuLayer(f"relu{block}_{i + 1}")
        net.createPoolingLayer(f"pool{block}", 2, 2)
    net.createFlattenLayer("flatten", [1, 25088, 1, 1])
    for name, outputs in (("fc6", 4096), ("fc7", 4096), ("fc8", 1000)):
        net.createMlpLayer(name, outputs, next(grids))
    net.createSoftmaxLayer("softmax", 1)
    assert net.size() == 42
    weight = np.random.default_rng(0).normal(0, 0.1, 64 * 3 * 9)
    net.loadParams(0, weight, np.zeros(64), filters[0])


# What it refuses


REFUSED = {
    "layer before the shape": (lambda _net: CnmlNet().createReLuLayer("relu1"), "empty input shape: .*relu1"),
    "data before the shape": (lambda _net: CnmlNet().setInputData([0.0]), "empty input shape"),
    "shape after a layer": (lambda net: net.setInputShape(1, 2, 6, 8), "there are layers already"),
    "params of a relu": (lambda net: net.loadParams(1, [0.0], [0.0], ONE), "not conv or mlp layer: number 1 is relu1"),
    "params of no layer": (lambda net: net.loadParams(6, [0.0], [0.0], ONE), "there is no layer 6: there are 6"),
    "a negative layer": (lambda net: net.getLayerName(-1), "is -1, it must be at least 0"),
    "too few numbers": (lambda net: net.loadParams(0, [0.0] * 53, [0.0] * 3, ONE), "54 numbers are needed .3 x 2 x 3"),
    "too few biases": (lambda net: net.loadParams(0, [0.0] * 54, [0.0], ONE), "bias: 3 numbers are needed"),
    "a weight with a shape": (lambda net: net.loadParams(0, np.zeros((3, 18)), [0.0] * 3, ONE), "flat row.*flatten"),
    "an input with a shape": (lambda net: net.setInputData(np.zeros((1, 2, 6, 8))), "flat row"),
    "a short input": (lambda net: net.setInputData([0.0] * 95), "96 numbers are needed .1 x 2 x 6 x 8"),
    "no input": (lambda net: net.forward(), "there is no input"),
    "no output": (lambda net: net.getOutputData(), "Call forward first"),
    "a window that does not fit": (lambda net: net.createConvLayer("c", 1, 3, 1, 1, 0, ONE), "c, on an input"),
    "mlp without flatten": (lambda _net: CONV.createMlpLayer("fc6", 5, ONE), "flatten layer must come before"),
    "flatten to another size": (lambda _net: CONV.createFlattenLayer("f", [1, 7, 1, 1]), "cannot become"),
    "softmax over axis 4": (lambda net: net.createSoftmaxLayer("s", 4), "axis is 4"),
    "stride 0": (lambda net: net.createPoolingLayer("p", 1, 0), "p: stride is 0, it must be at least 1"),
}
CONV = CnmlNet()
CONV.setInputShape(1, 2, 6, 8)


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_card_refuses_is_a_runtime_error_with_words(case):
    call, words = REFUSED[case]
    with pytest.raises(CnmlError, match=words) as raised:
        call(small())
    assert isinstance(raised.value, RuntimeError)


def test_forward_names_every_layer_without_params():
    net = small()
    net.setInputData([0.0] * 96)
    with pytest.raises(CnmlError, match="params missing for conv1, fc6"):
        net.forward()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda net: net.setInputData(np.zeros(96, np.float32)), "Python floats, not float32"),
        (lambda net: net.loadParams(0, np.zeros(54, np.float32), [0.0] * 3, ONE), "Python floats, not float32"),
        (lambda net: net.loadParams(0, [0.0] * 54, [0.0] * 3, (0, 1.0)), "must be a QuantParam, got tuple"),
        (lambda net: net.createConvLayer("c", 1, 3.0, 1, 1, 1, ONE), "c: kernel_size must be a whole number"),
        (lambda _net: CnmlNet("16"), "core_num must be a whole number, got str '16'"),
    ],
)
def test_other_types_than_the_cards_are_refused(call, words):
    with pytest.raises(TypeError, match=words):
        call(small())


def test_a_refused_layer_leaves_the_network_as_it_was():
    net = small()
    with pytest.raises(CnmlError):
        net.createConvLayer("conv2", 1, 3, 1, 1, 0, ONE)
    assert net.size() == 6
