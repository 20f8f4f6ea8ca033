"""What asks hand to a student's network: small files, layers made from a list, layers that take notes.

They let a question about one step of a network be asked without the steps before it, and contain none
of the answers. A case brings `shapes`, [name, [H, W, Cin, Cout]] of every weight in a file's order, and
one row of numbers to fill them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

#: How the names of a network's layers begin.
KINDS = ("conv", "relu", "pool", "flatten", "fc", "softmax")


def kind_of(name: str) -> str:
    """The kind of layer that a name such as ``conv3_2`` says."""
    return next(kind for kind in KINDS if name.startswith(kind))


def blank_net(VGG19, **attributes):
    """Give a network for which no file is read, with these attributes."""
    net = VGG19.__new__(VGG19)
    for name, value in attributes.items():
        setattr(net, name, value)
    return net


def weight_pairs(shapes, numbers) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Cut a row of numbers into weights [H, W, Cin, Cout], each followed by its bias (1, Cout)."""
    pairs, start = {}, 0
    for name, shape in shapes:
        sizes = (shape, [1, shape[-1]])
        ends = np.cumsum([start, *(np.prod(size, dtype=int) for size in sizes)])
        pairs[name] = tuple(numbers[a:b].reshape(size) for a, b, size in zip(ends, ends[1:], sizes, strict=False))
        start = ends[-1]
    return pairs


@contextmanager
def mat_file(shapes, numbers, mean, image_size) -> Iterator[str]:
    """Path of a small .mat file in the official one's structure."""
    from aics.data import matfile

    classes = [f"class {number}" for number in range(shapes[-1][1][-1])]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.mat"
        matfile.write(path, weight_pairs(shapes, numbers), mean, image_size, classes)
        yield str(path)


def loaded_params(shapes, numbers, image_size):
    """What loadmat gives for such a file, without a file: nested in the same way."""
    from aics.data import matfile

    pairs = weight_pairs(shapes, numbers)
    layers = [[[[[pairs.get(name)]]]] for name in matfile.entries()]
    classes = np.empty((1, shapes[-1][1][-1]), object)
    classes[0, :] = [np.array([f"class {number}"]) for number in range(classes.size)]
    return {
        "layers": [layers],
        "normalization": [[[np.zeros((image_size, image_size, 3))]]],
        "classes": [[{"description": classes}]],
    }


def picture_file(picture, mode):
    """The picture as grey (L), by its first channel, with a palette (P), or as it is (RGB)."""
    from PIL import Image

    if mode != "P":
        return Image.fromarray(np.ascontiguousarray(picture[..., 0]) if mode == "L" else picture)
    colours, index = np.unique(picture.reshape(-1, 3), axis=0, return_inverse=True)
    image = Image.fromarray(index.reshape(picture.shape[:2]).astype(np.uint8)).convert("P")
    image.putpalette(colours.tobytes())
    return image


def made_layers(classes, plan, numbers=None) -> dict:
    """Layers as a plan lists them, [name, size, ...], with weights in the layers' own layouts if there are numbers."""
    layers, start = {}, 0
    for name, kind, sizes in [(row[0], kind_of(row[0]), row[1:]) for row in plan]:
        layer = layers[name] = classes[kind](*sizes)
        if numbers is not None and kind in ("conv", "fc"):
            weight, bias = _own_shapes(kind, sizes)
            ends = np.cumsum([start, np.prod(weight), np.prod(bias)])
            layer.load_param(numbers[ends[0] : ends[1]].reshape(weight), numbers[ends[1] : ends[2]].reshape(bias))
            start = ends[2]
    return layers


def _own_shapes(kind, sizes):
    """Shapes of a layer's weight and bias, from its sizes."""
    if kind == "fc":
        return tuple(sizes), (1, sizes[1])
    kernel_size, channel_in, channel_out = sizes[:3]
    return (channel_in, kernel_size, kernel_size, channel_out), (channel_out,)


def recorder(layer_class):
    """A layer that takes any weight and bias, and keeps them."""

    class Recorder(layer_class):
        def __init__(self):
            self.weight = self.bias = None

        def load_param(self, weight, bias):
            self.weight, self.bias = weight, bias

    return Recorder()


class Watched:
    """A layer that keeps what it returned."""

    def __init__(self, layer):
        self._layer, self.output = layer, None

    def __getattr__(self, name):
        return getattr(self._layer, name)

    def forward(self, input):
        """Run the layer and keep a copy: the next one may write over it."""
        output = self._layer.forward(input)
        self.output = output.copy()
        return output
