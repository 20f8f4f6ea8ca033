"""The doubles of the device's network: what they keep, what they refuse, and how long they stand in."""

from __future__ import annotations

import numpy as np
import pytest

import aics.pycnml
from aics.lab4_dlp.device_doubles import FinishedNet, RecordingNet, recording
from aics.pycnml import CnmlError, CnmlNet, QuantParam
from aics.pycnml.layers import Conv, Softmax

ONE = QuantParam(0, 1.0)


def test_it_has_the_devices_calls_and_keeps_their_arguments():
    net = RecordingNet(16)
    with pytest.raises(CnmlError, match="empty input shape"):
        net.createReLuLayer("relu")
    net.setInputShape(1, 3, 8, 8)
    net.createConvLayer("conv1", 4, 3, pad=1, dilation=2, stride=1, quant_param=ONE)
    net.createSoftmaxLayer("softmax", axis=1)
    with pytest.raises(CnmlError, match="layers already"):
        net.setInputShape(1, 3, 8, 8)
    conv, softmax = net.layers
    assert net.input_shape == (1, 3, 8, 8)
    assert isinstance(conv, Conv)
    assert (conv.out_channel, conv.kernel_size, conv.stride, conv.dilation, conv.pad) == (4, 3, 1, 2, 1)
    assert conv.quant is ONE
    assert softmax == Softmax("softmax", (1, 3, 8, 8), 1)


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        (lambda net: net.createPoolingLayer("pool1"), TypeError, "missing 2 required positional arguments"),
        (lambda net: net.createPoolingLayer("pool1", 2.0, 2), TypeError, "must be a whole number"),
        (lambda net: net.createMlpLayer("fc6", 5, (0, 1.0)), TypeError, "must be a QuantParam"),
        (lambda net: net.createDropoutLayer("drop"), AttributeError, "createDropoutLayer"),
    ],
)
def test_it_refuses_what_the_device_refuses(wrong, error, says):
    for net in (RecordingNet(), CnmlNet()):
        net.setInputShape(1, 3, 8, 8)
        with pytest.raises(error, match=says):
            wrong(net)


def test_a_layer_need_not_fit_the_one_before():
    net = RecordingNet()
    net.setInputShape(1, 3, 8, 8)
    net.createFlattenLayer("flatten", [1, 5, 1, 1])
    assert net.layers[0].shape == (1, 5, 1, 1)


def test_a_network_of_names_tells_which_layers_take_parameters_and_keeps_those():
    net = RecordingNet.of(["conv1_1", "relu1_1", "fc6"])
    assert [net.getLayerName(number) for number in range(net.size())] == ["conv1_1", "relu1_1", "fc6"]
    assert [net.needToBeQuantized(number) for number in range(3)] == [True, False, True]
    net.loadParams(2, [1.0], "a bias", ONE)
    assert net.params == [(2, [1.0], "a bias", ONE)]


def test_recording_lasts_as_long_as_it_is_asked_for():
    with recording():
        assert type(aics.pycnml.CnmlNet(16)) is RecordingNet
    assert aics.pycnml.CnmlNet is CnmlNet


def test_a_finished_network_gives_its_numbers_once_it_has_run():
    net = FinishedNet(np.array([0.25, 0.75]))
    with pytest.raises(CnmlError, match="Call forward first"):
        net.getOutputData()
    net.forward()
    assert net.getOutputData() == (0.25, 0.75)
