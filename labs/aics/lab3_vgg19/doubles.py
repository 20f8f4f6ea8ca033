"""What lab 3's asks hand to a student's network: parameters without a file, pictures, layers that take notes."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aics.doubles.files import mat_file, nested, weights_and_biases, zeros
from aics.doubles.networks import without_init
from aics.doubles.rows import Shapes

if TYPE_CHECKING:
    from PIL.Image import Image

#: Numbers of a network whose file is not written.
LARGE = 10_000_000


def loaded_params(shapes: Shapes, numbers: NDArray[Any], image_size: int) -> dict[str, Any]:
    """What `scipy.io.loadmat` returns for a .mat file with these weights: nested in the same way, without a file."""
    return nested(weights_and_biases(shapes, numbers), shapes, image_size)


@contextmanager
def file_of_zeros(shapes: Shapes, image_size: int) -> Iterator[str]:
    """Give the path of a .mat file whose weights are 0.

    One of `LARGE` networks is not written: `scipy.io.loadmat` answers in its place, with arrays that take no memory.
    """
    if sum(math.prod(shape) for _, shape in shapes) < LARGE:
        count = sum(math.prod(shape) + shape[-1] for _, shape in shapes)
        with mat_file(shapes, np.zeros(count, np.float32), [0, 0, 0], image_size) as path:
            yield path
        return
    import scipy.io

    known, loadmat = nested(zeros(shapes), shapes, image_size), scipy.io.loadmat
    try:
        scipy.io.loadmat = lambda *_, **__: known
        yield "weights.mat"
    finally:
        scipy.io.loadmat = loadmat


@contextmanager
def layers_without_numbers(VGG19: type[Any], titles: Collection[str]) -> Iterator[None]:
    """Let the layer classes of these titles, as the network's code sees them, draw and take no numbers meanwhile."""
    names = getattr(getattr(VGG19, "build_model", None), "__globals__", {})
    kept = {title: names[title] for title in titles if isinstance(names.get(title), type)}
    nothing = {method: lambda *_, **__: None for method in ("init_param", "load_param")}
    try:
        names.update({title: type(title, (layer,), nothing) for title, layer in kept.items()})
        yield
    finally:
        names.update(kept)


def image_in_mode(picture: NDArray[np.uint8], mode: str) -> Image:
    """A picture (H, W, 3) as a Pillow image: in grey by its first channel (L), with a palette (P), or RGB."""
    from PIL import Image

    if mode != "P":
        return Image.fromarray(np.ascontiguousarray(picture[..., 0]) if mode == "L" else picture)
    colours, index = np.unique(picture.reshape(-1, 3), axis=0, return_inverse=True)
    image = Image.fromarray(index.reshape(picture.shape[:2]).astype(np.uint8)).convert("P")
    image.putpalette(colours.tobytes())
    return image


def param_holder(layer_class: type, kind: str, shape: Sequence[int]) -> Any:
    """Make a layer of this class that takes any weight and bias, and keeps them.

    kind : "conv" or "fc"; shape : of its weight in the file, [H, W, Cin, Cout]: a layer's sizes can be looked at
    """
    height, width, channel_in, channel_out = shape
    sizes = {"num_input": height * width * channel_in, "num_output": channel_out}
    if kind == "conv":
        sizes = {"kernel_size": height, "channel_in": channel_in, "channel_out": channel_out, "padding": 1, "stride": 1}
    holder = without_init(layer_class, weight=None, bias=None, **sizes)

    def load_param(weight: object, bias: object) -> None:
        holder.weight, holder.bias = weight, bias

    holder.load_param = load_param
    return holder


def holds(own: object, layers: Mapping[str, Any], sizes: Callable[[str, object], Any]) -> bool:
    """Whether a network's own layers are of the classes and ``sizes(name, layer)`` of these, with their parameters."""
    return isinstance(own, Mapping) and all(
        type(own.get(name)) is type(layer)
        and _written_out(sizes(name, own[name])) == _written_out(sizes(name, layer))
        and all(np.array_equal(getattr(own[name], part, ()), getattr(layer, part, ())) for part in ("weight", "bias"))
        for name, layer in layers.items()
    )


def _written_out(sizes: NDArray[Any]) -> str:
    """Sizes as they are written: 98.0 is none."""
    return repr(sizes.tolist())


class OutputKeeper:
    """A layer that keeps a copy of what it returned last."""

    def __init__(self, layer: Any) -> None:
        """Wrap a layer."""
        self._layer, self.output = layer, np.zeros(0)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._layer, name)

    def forward(self, input: NDArray[Any]) -> NDArray[Any]:
        """Run the layer and keep a copy: the next layer may write over the array itself."""
        output: NDArray[Any] = self._layer.forward(input)
        self.output = output.copy()
        return output
