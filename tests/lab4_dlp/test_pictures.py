"""Every picture of the lab is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from aics.lab1_preprocessing.pictures.sampling import rings
from aics.lab2_layers.pictures.synthetic import scene
from aics.lab4_dlp import pictures as show
from aics.lab4_dlp.graph_doubles import planned
from aics.pycnml import CnmlNet, Machine, QuantParam
from tests.drawing import assert_is_drawn

HOUSE = scene(24, 32)
RINGS = rings(40)


def tiny_net() -> CnmlNet:
    """A convolution, a ReLU and a fully connected layer."""
    net = CnmlNet(4)
    net.setInputShape(1, 3, 8, 8)
    net.createConvLayer("conv1", 4, 3, 1, 1, 1, QuantParam(0, 1.0))
    net.createReLuLayer("relu1")
    net.createFlattenLayer("flatten", [1, 256, 1, 1])
    net.createMlpLayer("fc6", 5, QuantParam(0, 1.0))
    return net


DRAWINGS = {
    "number_lines": lambda: show.number_lines(255, 3),
    "staircase": lambda: show.staircase(2),
    "widths": lambda: show.widths(27),
    "ranges": lambda: show.ranges({"conv1_1": 150.0, "fc6": 2.0}, {"conv1_1": 0.5, "fc6": 0.01}),
    "bit_grid": lambda: show.bit_grid(2),
    "quantized_map": lambda: show.quantized_map(HOUSE, np.rint(HOUSE * 7).astype(np.int8), 1 / 7, 4),
    "agreement": lambda: show.agreement(HOUSE, HOUSE + 0.01, title="a house"),
    "bits_accuracy": lambda: show.bits_accuracy({8: 0.9, 2: 0.1}, 0.91),
    "roofline": lambda: show.roofline(tiny_net().layer_costs(), Machine()),
    "machines": lambda: show.machines(),
    "graph": lambda: show.graph(planned(["x = placeholder", "cut = Parts(x)", "y = Minus(cut:0, cut:1)"], {}, 3)),
    "needed": lambda: show.needed(),
    "kernel_table": lambda: show.kernel_table({("Conv", "numpy"): object, ("Relu", "dlp"): object}),
    "product_error": lambda: show.product_error(),
    "bounds": lambda: show.bounds([1, 4], [0.01, 0.02], [0.1, 0.4], worst=(4, 0.3)),
    "layer_bounds": lambda: show.layer_bounds({"conv1": 0.1, "fc6": 0.2}, {"conv1": 2, "fc6": 0.1}),
    "layer_errors": lambda: show.layer_errors(["conv1", "relu1"], {"dlp": [0.1, 0.02], "torch": [0.0, 1e-7]}),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_draws(name):
    assert_is_drawn(DRAWINGS[name]())
