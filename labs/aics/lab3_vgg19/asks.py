"""Lab 3, VGG19: how each question calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and
returns what came back, name by name. It knows no right answer, and computes nothing of what came back:
what is counted and compared is in `aics.lab3_vgg19.measures`. Where a question needs what an earlier one
makes, the ask hands in small doubles or a network made from a list in the case, so that one empty stub
does not cost the next question.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aics.check.ask import Outputs
from aics.check.returned import as_array, spelled
from aics.doubles.files import mat_file, nested
from aics.doubles.networks import Plan, kind_of, layers_of, without_init
from aics.doubles.rows import Shapes
from aics.lab3_vgg19.doubles import (
    OutputKeeper,
    file_of_zeros,
    holds,
    image_in_mode,
    layers_without_numbers,
    loaded_params,
    param_holder,
)
from aics.language import noted

#: Finished cells that become files of the course's `stu_upload/` folder.
EXPORTS = {"vgg_cpu.py": ("VGG19", "fc_order", "classify", "evaluate", "cost")}

#: What build_model is asked of each kind of layer, by the beginning of its name: its class and sizes.
PARTS = {
    "conv": ("ConvolutionalLayer", ("kernel_size", "channel_in", "channel_out", "padding", "stride")),
    "relu": ("ReLULayer", ()),
    "pool": ("MaxPoolingLayer", ("kernel_size", "stride")),
    "flatten": ("FlattenLayer", ("input_shape", "output_shape")),
    "fc": ("FullyConnectedLayer", ("num_input", "num_output")),
    "softmax": ("SoftmaxLossLayer", ()),
}


# The network, its weights, its picture


def build_model(VGG19: type[Any], *, shapes: Shapes, image_size: int) -> Outputs:
    """The class of each of the 44 layers, and the sizes of those that have some.

    The file's weights are 0.
    """
    classes = [title for title, _ in PARTS.values()]
    with file_of_zeros(shapes, image_size) as path, layers_without_numbers(VGG19, classes):
        net = VGG19(path)
        net.build_model()
    layers = {name: net.layers.get(name) for name in net.param_layer_name}
    titles = {name: ", ".join(PARTS[kind_of(name)][1]) for name in layers}
    found: Outputs = {f"{name}: {titles[name]}": _sizes(name, layers[name]) for name in layers if titles[name]}
    classes_of_all = spelled(type(layer).__name__ for layer in layers.values())
    return found | {"names in order": spelled(net.layers), "classes of the layers": classes_of_all}


def _sizes(name: str, layer: object) -> np.ndarray | None:
    """The sizes that a layer of this name has, 0 for each that it lacks; None for a layer that is not there."""
    if layer is None:
        return None
    sizes = (np.ravel(getattr(layer, size, 0)) for size in PARTS[kind_of(name)][1])
    return np.concatenate([np.zeros(0, np.int64), *sizes])


def load_model(
    VGG19: type[Any],
    ConvolutionalLayer: type[Any],
    ReLULayer: type[Any],
    MaxPoolingLayer: type[Any],
    FlattenLayer: type[Any],
    FullyConnectedLayer: type[Any],
    SoftmaxLossLayer: type[Any],
    *,
    shapes: Shapes,
    numbers: np.ndarray,
    mean: np.ndarray,
    image_size: int,
) -> Outputs:
    """Every weight and bias in the network's order, as the layers' load_param got them, then the mean colour."""
    others = {"relu": ReLULayer(), "pool": MaxPoolingLayer(2, 2), "flatten": FlattenLayer([1], [1])}
    others["softmax"] = SoftmaxLossLayer()
    learning = {"conv": ConvolutionalLayer, "fc": FullyConnectedLayer}
    with mat_file(shapes, numbers, mean, image_size) as path:
        net = VGG19(path)
        kinds = {name: kind_of(name) for name in net.param_layer_name}
        stored = dict(shapes)
        net.layers = {
            name: param_holder(learning[kind], kind, stored[name]) if kind in learning else others[kind]
            for name, kind in kinds.items()
        }
        net.load_model()
    got: Outputs = {}
    for name in (name for name, kind in kinds.items() if kind in learning):
        got |= {f"{name} weight": net.layers[name].weight, f"{name} bias": net.layers[name].bias}
    return got | {"image_mean": as_array(getattr(net, "image_mean", None))}


def load_image(
    VGG19: type[Any], *, picture: np.ndarray, mode: str, mean: np.ndarray, image_size: int, ending: str = "png"
) -> Outputs:
    """The network's input for a picture [H, W, 3] that is stored as a file with `ending` in Pillow's `mode`.

    The mean colour is where load_model leaves it, and where the weight file has it.
    """
    params = nested({}, [("fc8", (1, 1, 1, 1))], image_size, mean)
    net = without_init(VGG19, image_size=image_size, image_mean=mean, params=params)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"picture.{ending}"
        image_in_mode(picture, mode).save(path)
        net.load_image(str(path))
    return {"input_image": getattr(net, "input_image", None)}


# Forward


def forward_features(
    VGG19: type[Any],
    ConvolutionalLayer: type[Any],
    ReLULayer: type[Any],
    MaxPoolingLayer: type[Any],
    FlattenLayer: type[Any],
    FullyConnectedLayer: type[Any],
    SoftmaxLossLayer: type[Any],
    *,
    x: np.ndarray,
    plan: Plan,
    numbers: np.ndarray,
) -> Outputs:
    """Every layer's output in order, and what forward returns, of the second of two pictures.

    The original course's class has no forward_features: there the outputs are read off the layers.
    """
    owners = (ConvolutionalLayer, ReLULayer, MaxPoolingLayer, FlattenLayer, FullyConnectedLayer, SoftmaxLossLayer)
    layers = layers_of(dict(zip(PARTS, owners, strict=True)), plan, numbers)
    kept = {name: OutputKeeper(layer) for name, layer in layers.items()}
    own = hasattr(VGG19, "forward_features")
    net = without_init(VGG19, param_layer_name=tuple(layers), layers=layers if own else kept)
    for picture in (x[..., ::-1].copy(), x):
        net.input_image = picture
        features = net.forward_features(list(layers)) if own else {}
        prob = net.forward()
    if not own:
        features = {name: layer.output for name, layer in kept.items()}
    if not isinstance(features, Mapping):
        return {noted("the dict of features"): features}
    found = {name: features.get(name) for name in layers} | {"what forward returns": prob}
    return found | {"features of three layers": len(net.forward_features([*layers][2::18]))} if own else found


def fc_order(fc_order: Callable[..., Any], *, weight: np.ndarray, shape: Sequence[int]) -> Outputs:
    """The weight (C * H * W, Cout) for features flattened in C, H, W order."""
    return {"weight": fc_order(weight, tuple(shape))}


# Classes, accuracy, cost


def classify(classify: Callable[..., Any], *, prob: np.ndarray, top: int) -> Outputs:
    """Classes and their probabilities, both (N, top)."""
    answer = classify(prob, top)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {noted("the pair (classes, probabilities)"): answer}
    return {"classes": answer[0], "probabilities": answer[1]}


def evaluate(
    evaluate: Callable[..., Any],
    *,
    pictures: np.ndarray,
    labels: np.ndarray,
    answers: np.ndarray,
    batch: int,
    counted: Callable[..., np.ndarray] | None = None,
) -> Outputs:
    """The pictures handed to predict, batch after batch with -1 behind each, and the accuracy.

    Picture i holds the number i everywhere; predict answers answers[i], or asks `counted`, since it is the grader who
    knows the answers.
    """
    seen: list[int] = []

    def predict(some: np.ndarray) -> np.ndarray:
        numbers = np.asarray(some)[:, 0, 0, 0].astype(np.int64)
        seen.extend((*numbers.tolist(), -1))
        return counted("predict", np.asarray(some)) if counted else answers[numbers]

    accuracy = evaluate(predict, pictures, labels, batch)
    return {"pictures handed to predict": np.array(seen, np.int64), "accuracy": accuracy}


def cost(
    cost: Callable[..., Any],
    ConvolutionalLayer: type[Any],
    ReLULayer: type[Any],
    MaxPoolingLayer: type[Any],
    FlattenLayer: type[Any],
    FullyConnectedLayer: type[Any],
    SoftmaxLossLayer: type[Any],
    *,
    plan: Plan,
    input_shape: Sequence[int],
) -> Outputs:
    """Multiply-adds and parameters of each layer, which have sizes but no weights yet."""
    owners = (ConvolutionalLayer, ReLULayer, MaxPoolingLayer, FlattenLayer, FullyConnectedLayer, SoftmaxLossLayer)
    layers = layers_of(dict(zip(PARTS, owners, strict=True)), plan)
    counts = cost(layers, tuple(input_shape))
    if not isinstance(counts, Mapping):
        return {noted("the dict of counts"): counts}
    rows = {name: counts.get(name) for name in layers}
    return {f"{n} (multiply-adds, parameters)": row if row is None else np.array(row) for n, row in rows.items()}


# Speed


def forward_speedup(
    VGG19: type[Any],
    ConvolutionalLayer: type[Any],
    ReLULayer: type[Any],
    MaxPoolingLayer: type[Any],
    FlattenLayer: type[Any],
    FullyConnectedLayer: type[Any],
    SoftmaxLossLayer: type[Any],
    *,
    images: np.ndarray,
    shapes: Shapes,
    numbers: np.ndarray,
    image_size: int,
    plan: Plan,
    arranged: np.ndarray,
) -> Outputs:
    """Probabilities of a batch by the whole network: build_model, load_model, forward_speedup.

    Where the first two do not make the layers of the case's plan, with its `arranged` numbers, the network gets these.
    """
    net = without_init(VGG19, params=loaded_params(shapes, numbers, image_size))
    net.read_sizes()
    with contextlib.suppress(Exception):  # it is another question's mistake
        net.build_model()
        net.load_model()
    owners = (ConvolutionalLayer, ReLULayer, MaxPoolingLayer, FlattenLayer, FullyConnectedLayer, SoftmaxLossLayer)
    layers = layers_of(dict(zip(PARTS, owners, strict=True)), plan, arranged)
    # A student's own timing fills arrays with any numbers: those are no rearrangement, and nothing is known of layers.
    known = np.isclose(arranged.sum(dtype=np.float64), numbers.sum(dtype=np.float64))
    if known and not holds(getattr(net, "layers", None), layers, _sizes):
        net.layers = layers
    return {"prob": net.forward_speedup(images)}


def _yardstick(*, images: np.ndarray, shapes: Shapes, numbers: np.ndarray, **_others: Any) -> Any:
    """For each convolution nine copies and a product, in the batch's sizes; contents are meaningless."""
    x, side = images, images.shape[2]
    for name, (size, _, channel_in, channel_out) in shapes:
        weight = np.resize(numbers, (channel_out, size * size * channel_in))
        if name.startswith("fc"):
            x = np.resize(x, (len(x), weight.shape[1])) @ weight.T
            continue
        if name.endswith("_1") and name != "conv1_1":
            halves = np.maximum(x[:, :, 0::2], x[:, :, 1::2])
            x, side = np.maximum(halves[..., 0::2], halves[..., 1::2]), side // 2
        padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
        copies = np.empty((len(x), channel_in, size * size, side, side), x.dtype)
        for place in range(size * size):
            row, column = divmod(place, size)
            copies[:, :, place] = padded[:, :, row : row + side, column : column + side]
        x = weight @ copies.reshape(len(x), weight.shape[1], -1)
        x += 1
        x = np.maximum(x, 0, out=x).reshape(len(images), channel_out, side, side)
    return x


YARDSTICKS = {"forward_speedup": _yardstick}
