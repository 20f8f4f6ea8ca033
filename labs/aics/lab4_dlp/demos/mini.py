"""The network `mini`, with its own weights or with others in their place: which class it names for photos."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aics import data
from aics.data.matfile import entries
from aics.data.vgg19 import LAYERS
from aics.kernels.onnxruntime import FORMAT, OPSET, Step, open_session
from aics.layers.programs import threads

Array = NDArray[Any]
#: Names the class of each input, (N, 3, S, S) float32  ->  (N,) int64.
Answering = Callable[[Array], Array]
#: What a layer does, by its name's beginning: the ONNX operator and its attributes.
_OPERATORS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "conv": ("Conv", {"pads": [1, 1, 1, 1]}),
    "relu": ("Relu", {}),
    "pool": ("MaxPool", {"kernel_shape": [2, 2], "strides": [2, 2]}),
    "fc": ("Gemm", {"transB": 1}),
}


@dataclass(frozen=True)
class Mini:
    """The network's numbers.

    Attributes
    ----------
    weights : dict of str to float32 array
        By layer, in order: (Cout, Cin, K, K) of a convolution, (Cout, Cin) of a fully connected layer, whose inputs
        are counted in H, W, C order.
    biases : dict of str to (Cout,) float32 array
    mean : (3,) array
        The colour that is taken off an input.
    size : int
        Height and width of an input.
    """

    weights: Mapping[str, Array]
    biases: Mapping[str, Array]
    mean: Array
    size: int


@cache
def mini() -> Mini:
    """Read the embedded weights. Raises DataError where they are missing."""
    import scipy.io

    params: Any = scipy.io.loadmat(data.weights("mini"))
    found = {name: entry[0][0][0] for name, entry in zip(entries(), params["layers"][0], strict=True) if _has(name)}
    weights = {name: _ordered(name, weight) for name, ((weight, _),) in found.items()}
    biases = {name: np.ascontiguousarray(bias.ravel(), np.float32) for name, ((_, bias),) in found.items()}
    mean = np.asarray(params["normalization"][0][0][0])
    return Mini(weights, biases, mean.reshape(-1, 3).mean(axis=0), len(mean))


def _has(name: str) -> bool:
    """Whether a layer has weights."""
    return name.startswith(("conv", "fc"))


def _ordered(name: str, weight: Array) -> Array:
    """A file's weight (H, W, Cin, Cout) with its output channels first."""
    if name.startswith("fc"):
        first = np.einsum("hwio->ohwi", weight).reshape(weight.shape[3], -1)
    else:
        first = np.einsum("hwio->oihw", weight)
    return np.ascontiguousarray(first, np.float32)


@dataclass(frozen=True)
class Photos:
    """Test pictures of CIFAR-10 that the network has never seen.

    Attributes
    ----------
    pixels : (N, 32, 32, 3) uint8 array
    inputs : (N, 3, S, S) float32 array
        As `mini` wants them.
    labels : (N,) int64 array
        Indices into `aics.data.CIFAR10_CLASSES`.
    """

    pixels: Array
    inputs: Array
    labels: Array


@cache
def photos(count: int) -> Photos:
    """Return so many of the embedded test pictures, those that lab 4 takes too."""
    pictures, labels = data.cifar10("test")
    chosen = np.linspace(0, len(pictures) - 1, count).astype(int)
    pixels = pictures[chosen].transpose(0, 2, 3, 1)
    return Photos(pixels, np.stack([_input(photo) for photo in pixels]), labels[chosen])


def _input(photo: Array) -> Array:
    """A photo (H, W, 3) as `mini` wants it: (3, S, S), bilinear, minus the mean colour."""
    from PIL import Image

    small = Image.fromarray(photo).resize((mini().size,) * 2, Image.Resampling.BILINEAR)
    return (np.asarray(small, np.float32) - mini().mean).transpose(2, 0, 1).astype(np.float32)


def network(weights: Mapping[str, Array]) -> Answering:
    """Make `mini` with these weights in place of its own.

    weights : as in `Mini.weights`

    It is slower to make and faster to run than one whose weights come with each run, since ONNX Runtime lays them out
    for the processor once. It leaves a core to the page.
    """
    session = open_session(_model(weights), max(threads() - 1, 1))

    def answer(inputs: Array) -> Array:
        (scores,) = session.run(None, {"x": inputs})
        found: Array = np.argmax(scores, axis=1)
        return found

    return answer


def _model(weights: Mapping[str, Array]) -> Any:
    """The network up to its scores as an ONNX model, with all its numbers."""
    from onnx import TensorProto, helper, numpy_helper

    steps = [step for before, name in zip(("x", *LAYERS), LAYERS[:-1], strict=False) for step in _steps(name, before)]
    nodes = [helper.make_node(operator, list(takes), [gives], **more) for operator, takes, gives, more in steps]
    parts = {f"{name}.weight": weight for name, weight in weights.items()}
    parts |= {f"{name}.bias": bias for name, bias in mini().biases.items()}
    numbers = [numpy_helper.from_array(part, name) for name, part in parts.items()]
    image = helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 3, mini().size, mini().size])
    scores = helper.make_tensor_value_info(LAYERS[-2], TensorProto.FLOAT, None)
    graph = helper.make_graph(nodes, "mini", [image], [scores], numbers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=FORMAT)


def _steps(name: str, before: str) -> list[Step]:
    """The ONNX steps of one layer; `before` is what it takes."""
    if name == "flatten":  # N, H, W, C order, in which the file counts fc6's inputs
        last = ("Transpose", [before], "channels_last", {"perm": [0, 2, 3, 1]})
        return [last, ("Flatten", ["channels_last"], name, {"axis": 1})]
    operator, attributes = _OPERATORS[name.rstrip("_0123456789")]
    parts = [f"{name}.weight", f"{name}.bias"] if _has(name) else []
    return [(operator, [before, *parts], name, attributes)]
