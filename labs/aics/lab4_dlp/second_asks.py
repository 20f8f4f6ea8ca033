"""Lab 4's questions about the network, asked of files for the second edition's card, `aics.pycnml.pycnnl`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Outputs
from aics.check.returned import as_array, spelled
from aics.data import matfile
from aics.doubles.files import mat_file
from aics.doubles.networks import kind_of
from aics.lab4_dlp.device_doubles import RecordingCnnlNet, given, recording
from aics.pycnml.pycnnl import CnnlNet

#: The names of VGG19's 43 layers on that card, which has no flatten.
LAYERS = (*matfile.entries(False), "fc6", "relu6", "fc7", "relu7", "fc8", "softmax")

#: Each call that creates a layer, and what it is told.
CALLS: dict[str, tuple[str, ...]] = {
    "createConvLayer": ("input_shape", "out_channel", "kernel_size", "stride", "dilation", "pad"),
    "createReLuLayer": (),
    "createPoolingLayer": ("input_shape", "kernel_size", "stride"),
    "createMlpLayer": ("input_shape", "weight_shape", "output_shape"),
    "createSoftmaxLayer": ("input_shape",),
}

#: Kind of layer -> the call that creates it.
CREATED_BY = dict(zip(("conv", "relu", "pool", "fc", "softmax"), CALLS, strict=True))


def build_vgg19(VGG19: Any) -> Outputs:
    """What the card was told, argument by argument."""
    with recording(VGG19):
        net = VGG19()
        net.build_model("weights.mat")
    if not isinstance(net.net, CnnlNet):
        return {}
    layers = net.net.layers
    told: Outputs = {
        **{f"setInputShape: {axis}": size for axis, size in zip("nchw", net.net.input_shape, strict=False)},
        "calls": spelled(layer.call for layer in layers),
    }
    for call, names in CALLS.items():
        made = [layer.told for layer in layers if layer.call == call]
        told |= {f"{call}: {name}": np.array([each[name] for each in made]) for name in names}
    return told


def load_params(
    VGG19: Any,
    *,
    shapes: Sequence[tuple[str, Sequence[int]]],
    numbers: NDArray[np.float32],
    mean: Sequence[float],
    image_size: int,
) -> Outputs:
    """What the card was given for each layer; then the mean colour."""
    names = _own_names(VGG19)
    with recording(VGG19), mat_file(shapes, numbers, mean, image_size) as path:
        net = VGG19()
        net.param_path = path
        net.net = RecordingCnnlNet.of(LAYERS, names)
        net.load_model()
    return given(net.net.params, LAYERS) | {"image_mean": as_array(getattr(net, "image_mean", None))}


def _own_names(VGG19: Any) -> Sequence[str]:
    """What a file calls the 43 layers, by which it loads them; LAYERS where it builds others."""
    with suppress(Exception, SystemExit), recording(VGG19):
        net = VGG19()
        net.build_model("weights.mat")
        if [layer.call for layer in net.net.layers] == [CREATED_BY[kind_of(layer)] for layer in LAYERS]:
            return [layer.name for layer in net.net.layers]
    return LAYERS
