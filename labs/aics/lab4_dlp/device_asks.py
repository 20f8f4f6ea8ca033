"""Lab 4: how each question about the device calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and returns what came
back, name by name. It knows no right answer, and computes nothing of what came back: what is counted and compared is
in `aics.lab4_dlp.measures`. The device is switched off where arithmetic is asked, and a double takes its place where a
network is built, so that one empty stub does not cost the next question.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics.check.ask import Outputs
from aics.check.returned import as_array, left, spelled
from aics.data import matfile
from aics.doubles.files import beside_class_names, mat_file, nested, zeros
from aics.doubles.networks import KINDS, kind_of
from aics.lab4_dlp import second_asks
from aics.lab4_dlp.device_doubles import FinishedNet, RecordingNet, file_shapes, given, recording
from aics.pycnml import QuantParam
from aics.pycnml.layers import Conv, Flatten, Layer, Mlp, Pooling, QuantizedLayer, ReLu, Softmax
from aics.pycnml.power import switched_off

#: The names of VGG19's 44 layers on the device.
LAYERS = (*matfile.entries(False), "flatten", "fc6", "relu6", "fc7", "relu7", "fc8", "softmax")

#: Each call that creates a layer: its name, the kind of layer, and the sizes that the layer was told.
CALLS: tuple[tuple[str, type[Layer], tuple[str, ...]], ...] = (
    ("createConvLayer", Conv, ("out_channel", "kernel_size", "stride", "dilation", "pad")),
    ("createReLuLayer", ReLu, ()),
    ("createPoolingLayer", Pooling, ("kernel_size", "stride")),
    ("createFlattenLayer", Flatten, ("shape",)),
    ("createMlpLayer", Mlp, ("output_num",)),
    ("createSoftmaxLayer", Softmax, ("axis",)),
)


# Numbers


def quant_param(quant_param: Callable[..., Any], *, x: NDArray[Any], bits: int) -> Outputs:
    """The pair (position, scale) for the numbers x; nothing where something else came back."""
    with switched_off():
        answer = quant_param(x, bits)
    return dict(zip(("position", "scale"), answer, strict=True)) if _is_pair(answer) else {}


def quantize(quantize: Callable[..., Any], *, x: NDArray[Any], position: int, scale: float, bits: int) -> Outputs:
    """The whole numbers for x, and x as it is afterwards."""
    with switched_off():
        return {"q": quantize(x, position, scale, bits), **left(x=x)}


def int8_conv(
    int8_conv: Callable[..., Any],
    *,
    x: NDArray[np.int8],
    weight: NDArray[np.int8],
    bias: NDArray[np.float32],
    stride: int,
    pad: int,
    input_pair: tuple[int, float],
    weight_pair: tuple[int, float],
) -> Outputs:
    """The convolution."""
    with switched_off():
        return {"output": int8_conv(x, weight, bias, stride, pad, QuantParam(*input_pair), QuantParam(*weight_pair))}


# The network


def build_vgg19(
    VGG19: Any,
    *,
    channels: Sequence[int],
    hidden: Sequence[int],
    classes: int,
    image_size: int,
    kernel_size: int,
    input: NDArray[np.float64],
    filter: NDArray[np.float64],
    edition: int = 1,
) -> Outputs:
    """What the device was told, argument by argument, and the grids that were kept for the weights."""
    if edition == 2:
        return second_asks.build_vgg19(VGG19)
    shapes = file_shapes(channels, hidden, classes, image_size, kernel_size)

    class Sized(VGG19):  # type: ignore[misc]  # the student's class
        """The student's network, which is told the sizes instead of reading them."""

        def read_sizes(self, param_path: str) -> None:
            self.param_path, self.image_size, self.kernel_size = param_path, image_size, kernel_size
            self.channels, self.hidden = tuple(channels), tuple(hidden)
            self.class_names = tuple(f"class {number}" for number in range(classes))
            self.params = nested(zeros(shapes), shapes, image_size)  # sizes can be read off the weights, too

    with recording(VGG19), tempfile.TemporaryDirectory() as folder:
        quant_path = str(Path(folder) / "quant.npz")
        np.savez(quant_path, input=input, filter=filter)
        net = Sized()
        net.build_model("weights.mat", quant_path)
    if not isinstance(net.net, RecordingNet):
        return {}
    kept = [pair for pair in getattr(net, "filter_quant_params", ()) if isinstance(pair, QuantParam)]
    return _told(net.net) | _pairs("filter_quant_params", kept)


def _told(net: RecordingNet) -> Outputs:
    """The calls that created layers, their names, and the arguments of every call, in the order of the calls."""
    told: Outputs = {
        **{f"setInputShape: {axis}": size for axis, size in zip("nchw", net.input_shape, strict=False)},
        "names": spelled(layer.name for layer in net.layers),
        "calls": spelled(call for layer in net.layers for call, kind, _ in CALLS if isinstance(layer, kind)),
    }
    for call, kind, sizes in CALLS:
        made: list[Any] = [layer for layer in net.layers if isinstance(layer, kind)]
        told |= {f"{call}: {size}": np.array([getattr(layer, size) for layer in made]) for size in sizes}
        if issubclass(kind, QuantizedLayer):
            told |= _pairs(call, [layer.quant for layer in made])
    return told


def _pairs(owner: str, pairs: Sequence[QuantParam]) -> Outputs:
    """Positions and scales, one of each for a pair."""
    return {
        f"{owner}: position": np.array([pair.position for pair in pairs], np.int64),
        f"{owner}: scale": np.array([pair.scale for pair in pairs], np.float64),
    }


def load_params(
    VGG19: Any,
    *,
    shapes: Sequence[tuple[str, Sequence[int]]],
    numbers: NDArray[np.float32],
    mean: Sequence[float],
    image_size: int,
    pairs: NDArray[np.float64],
    edition: int = 1,
    own_names: bool = False,
) -> Outputs:
    """What the device was given for each layer; then the mean colour."""
    if edition == 2:
        return second_asks.load_params(VGG19, shapes=shapes, numbers=numbers, mean=mean, image_size=image_size)
    names = _own_names(VGG19, pairs) if own_names else LAYERS
    with recording(VGG19), mat_file(shapes, numbers, mean, image_size) as path:
        net = VGG19()
        net.param_path = path
        if hasattr(net, "read_sizes"):
            net.read_sizes(path)
        net.net = RecordingNet.of(LAYERS, names)
        net.filter_quant_params = [QuantParam(int(position), scale) for position, scale in pairs.reshape(-1, 2)]
        net.input_quant_params = [QuantParam(0, 1.0)] * len(net.filter_quant_params)
        net.load_model()
    last = {call.layer_id: call.quant_param for call in net.net.params}
    grids = _grids([last[number] for number in sorted(last)])
    return given(net.net.params, LAYERS) | grids | {"image_mean": as_array(getattr(net, "image_mean", None))}


def _own_names(VGG19: Any, pairs: NDArray[np.float64]) -> Sequence[str]:
    """What a file of the original course calls the 44 layers, by which it loads them; LAYERS where it builds others."""
    kinds = dict(zip(KINDS, (Conv, ReLu, Pooling, Flatten, Mlp, Softmax), strict=True))
    with suppress(Exception, SystemExit), recording(VGG19), tempfile.TemporaryDirectory() as folder:
        quant_path = str(Path(folder) / "quant.npz")
        np.savez(quant_path, input=pairs, filter=pairs)
        net = VGG19()
        net.build_model("weights.mat", quant_path)
        if [type(layer) for layer in net.net.layers] == [kinds[kind_of(layer)] for layer in LAYERS]:
            return [layer.name for layer in net.net.layers]
    return LAYERS


def _grids(quant_params: Sequence[object]) -> Outputs:
    """The grids of the weights, as loadParams was given them, and the class of each."""
    pairs = [pair for pair in quant_params if isinstance(pair, QuantParam)]
    return {"classes": spelled(type(pair).__name__ for pair in quant_params)} | _pairs("quant_param", pairs)


def top5(VGG19: Any, *, prob: NDArray[np.float64], labels: NDArray[np.int64]) -> Outputs:
    """What get_top5 says of each row of probabilities and its label, (top1, top5); nothing where that is no pair."""
    answers, names = [], tuple(f"class {number}" for number in range(prob.shape[1]))
    for row, label in zip(prob, labels, strict=True):
        with recording(VGG19):
            net = VGG19()
        net.net, net.image, net.class_names = FinishedNet(row), "a photo", names
        net.labels = [f"{name}\n" for name in names]  # which the second edition's evaluate reads
        with beside_class_names(names):
            answers.append(net.get_top5(int(label)))
    if not all(map(_is_pair, answers)):
        return {}
    top1, top5 = zip(*answers, strict=True)
    return {"top1": np.array(top1), "top5": np.array(top5)}


def _is_pair(answer: object) -> bool:
    """Whether two things came back."""
    return isinstance(answer, tuple | list) and len(answer) == 2
