"""VGG19 of lab 3 as labs 4 and 5 use it: its layers by name, their numbers in place, and the input for a photo.

Its layers are those in use, the student's own or this room's: `aics.notebook.earlier` loads the file as part of the
course's package `stu_upload`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np
import scipy.io
from PIL import Image

from aics.data.matfile import entries
from aics.data.vgg19 import CONVOLUTIONS, FULLY_CONNECTED, LAYERS
from aics.layers.programs import Array, run

from stu_upload.layers_1 import FullyConnectedLayer, ReLULayer, SoftmaxLossLayer
from stu_upload.layers_2 import ConvolutionalLayer, FlattenLayer, MaxPoolingLayer

#: A photo (H, W, 3) of bytes as the network's input (1, 3, S, S), with a mean colour taken off.
_INPUT = """(float[h,w,c] photo, float[c] mean, int64[4] size) => (float[n,c,u,v] y) {
    first = Constant<value_ints=[0]>()
    one = Unsqueeze(photo, first)
    planes = Transpose<perm=[0,3,1,2]>(one)
    bytes = Cast<to=2>(planes)
    resized = Resize<mode="linear", antialias=1>(bytes, , , size)
    numbers = Cast<to=1>(resized)
    column = Constant<value_ints=[-1,1,1]>()
    colour = Reshape(mean, column)
    y = Sub(numbers, colour)
}"""
#: A file's weight (H, W, Cin, Cout) as a convolution has it: (Cin, H, W, Cout).
_ORDER = "(float[h,w,i,o] x) => (float[i,h,w,o] y) {y = Transpose<perm=[2,0,1,3]>(x)}"

#: A layer of lab 2, whoever wrote it.
Layer = Any


class VGG19:
    """VGG19 of any width, as a .mat file has it.

    Attributes
    ----------
    layers : dict of str to layer
        By name, in order; there after `build_model`, with their numbers after `load_model`.
    image_mean : (3,) array
        There after `load_model`.
    input_image : (1, 3, S, S) float32 array
        There after `load_image`.
    channels, hidden, class_names, image_size
        What differs between VGG19s, as lab 3 explains.
    """

    param_layer_name = LAYERS

    def __init__(self, param_path: str | Path) -> None:
        self.param_path = param_path
        self.params: Any = scipy.io.loadmat(param_path)
        self.read_sizes()

    def read_sizes(self) -> None:
        """Take from the file what differs between VGG19s."""
        widths = {name: weight.shape[3] for name, weight, _ in _numbers(self.params)}
        self.channels = tuple(widths[f"conv{block}_1"] for block in range(1, 6))
        self.hidden = widths["fc6"], widths["fc7"]
        self.image_size = len(_mean_picture(self.params))
        described = np.ravel(self.params["classes"][0][0]["description"])
        self.class_names = tuple(str(np.ravel(name)[0]) for name in described)

    def build_model(self) -> None:
        """Make the layers, of the sizes that the shapes of the file's weights tell."""
        shapes = {name: weight.shape for name, weight, _ in _numbers(self.params)}
        # What stands between two layers with weights has no sizes of its own, but for flatten: those of fc6.
        shapes["flatten"] = shapes.get("fc6", ())
        self.layers = {name: _layer(name, *shapes.get(name, ())) for name in self.param_layer_name}

    def load_model(self) -> None:
        """Put the file's numbers into the layers."""
        self.image_mean = _mean_picture(self.params).reshape(-1, 3).mean(axis=0)
        for name, weight, bias in _numbers(self.params):
            if name.startswith("conv") and name in self.layers:
                self.layers[name].load_param(*run(_ORDER, x=weight), bias[0])
            elif name in self.layers:
                self.layers[name].load_param(np.concatenate(np.concatenate(weight)), bias)

    def load_image(self, image_dir: str | Path | IO[bytes]) -> None:
        """Make input_image out of a photo."""
        with Image.open(image_dir) as file:
            pixels = np.asarray(file.convert("RGB"), np.float32)
        size = np.array([1, 3, self.image_size, self.image_size])
        (self.input_image,) = run(_INPUT, photo=pixels, mean=self.image_mean, size=size)


def _numbers(params: Any) -> Iterator[tuple[str, Array, Array]]:
    """Name, weight (H, W, Cin, Cout) and bias (1, Cout) of each of the file's entries that has them."""
    for name, entry in zip(entries(), params["layers"][0], strict=False):  # a file may end with pool5
        if name in (*CONVOLUTIONS, *FULLY_CONNECTED):
            weight, bias = entry[0][0][0][0]
            yield name, weight, bias.reshape(1, -1)


def _mean_picture(params: Any) -> Array:
    return np.asarray(params["normalization"][0][0][0])


def _layer(name: str, height: int = 0, width: int = 0, inputs: int = 0, outputs: int = 0) -> Layer:
    """A layer of the kind that its name says."""
    kinds: dict[str, Callable[[], Layer]] = {
        "conv": lambda: ConvolutionalLayer(height, inputs, outputs, height // 2, 1, type=1),
        "relu": ReLULayer,
        "pool": lambda: MaxPoolingLayer(2, 2, type=1),
        "flatten": lambda: FlattenLayer([inputs, height, width], [inputs * height * width]),
        "fc": lambda: FullyConnectedLayer(height * width * inputs, outputs),
        "softmax": SoftmaxLossLayer,
    }
    return kinds[name.rstrip("_0123456789")]()
