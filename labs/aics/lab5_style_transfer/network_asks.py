"""Lab 5: how each question about losses and the network calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and
returns what came back, name by name. It knows no right answer, and computes nothing of what came back:
what is counted and compared is in `aics.lab5_style_transfer.measures`. Where a question needs what an
earlier one makes, the case brings it, so that one empty stub does not cost the next question.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from aics.check.ask import Outputs
from aics.check.returned import left, spelled
from aics.doubles.calls import known_calls_answered, note_calls
from aics.doubles.networks import Plan, kind_of, layers_of, without_init
from aics.doubles.rows import cut
from aics.lab5_style_transfer.doubles import CountedLayer, features_of

# Losses


def content_loss(ContentLossLayer: type[Any], *, x: np.ndarray, y: np.ndarray) -> Outputs:
    """The loss of features x, where y was wanted, and both as they are afterwards."""
    return {"loss": ContentLossLayer().forward(x, y), **left(x=x, y=y)}


def content_loss_backward(ContentLossLayer: type[Any], *, x: np.ndarray, y: np.ndarray) -> Outputs:
    """Its gradient with respect to x, and both arrays as they are afterwards."""
    return {"bottom_diff": _gradient(ContentLossLayer(), x, y), **left(x=x, y=y)}


def _gradient(layer: Any, x: np.ndarray, y: np.ndarray) -> Any:
    """What backward returns after a forward of copies, whatever becomes of that: it is another question's."""
    with contextlib.suppress(Exception):
        layer.forward(x.copy(), y.copy())
    return layer.backward(x, y)


def gram(gram_matrix: Callable[..., Any], *, features: Any) -> Outputs:
    """The Gram matrices."""
    return {"gram": gram_matrix(features)}


def style_loss(
    StyleLossLayer: type[Any],
    gram_matrix: Callable[..., Any],
    *,
    x: np.ndarray,
    y: np.ndarray,
    gram_x: np.ndarray,
    gram_y: np.ndarray,
) -> Outputs:
    """The loss of features x, where y's style was wanted; gram_matrix knows both answers."""
    with known_calls_answered(gram_matrix, [([x], gram_x), ([y], gram_y)]):
        return {"loss": StyleLossLayer().forward(x, y)}


def style_loss_backward(
    StyleLossLayer: type[Any],
    gram_matrix: Callable[..., Any],
    *,
    x: np.ndarray,
    y: np.ndarray,
    gram_x: np.ndarray,
    gram_y: np.ndarray,
) -> Outputs:
    """Its gradient with respect to x."""
    with known_calls_answered(gram_matrix, [([x], gram_x), ([y], gram_y)]):
        return {"bottom_diff": _gradient(StyleLossLayer(), x, y)}


# The network


def network_of(
    VGG19: type[Any], convolution: type[Any], relu: type[Any], pooling: type[Any], plan: Plan, numbers: np.ndarray
) -> Any:
    """A network of these layers, for which no file is read; their names are a list unless the class says otherwise."""
    layers = layers_of({"conv": convolution, "relu": relu, "pool": pooling}, plan, numbers)
    names = type(getattr(VGG19, "param_layer_name", []))(layers)
    return without_init(VGG19, param_layer_name=names, layers=layers)


def vgg_forward_layers(
    VGG19: type[Any],
    FrozenConvolution: type[Any],
    ReLULayer: type[Any],
    MaxPoolingLayer: type[Any],
    *,
    x: np.ndarray,
    plan: Plan,
    numbers: np.ndarray,
    names: Sequence[str],
    counted: Callable[..., np.ndarray] | None = None,
) -> Outputs:
    """Features of the second of two pictures, the names that came back, and the layers that ran for them.

    With `counted` for layers, which the grader computes, there is no other picture: each call counts.
    """
    net = network_of(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, () if counted else plan, numbers)
    if counted:
        net.layers |= {name: CountedLayer(name, counted) for name, *_ in plan}
        net.param_layer_name = type(net.param_layer_name)(net.layers)
    ran: list[str] = []
    for name, layer in net.layers.items():
        note_calls(layer, "forward", ran, name)
    if not counted:
        net.forward(x[..., ::-1].copy(), list(net.layers))
        ran.clear()
    features = net.forward(x, list(names))
    if not isinstance(features, Mapping):
        return {"the dict of features": features}
    found: Outputs = {name: features.get(name) for name in names}
    return found | {
        "names in the dict": spelled(features),
        "layers that ran": spelled(ran),
    }  # once nothing is left to run


def vgg_backward_from(
    VGG19: type[Any],
    FrozenConvolution: type[Any],
    ReLULayer: type[Any],
    MaxPoolingLayer: type[Any],
    *,
    x: np.ndarray,
    plan: Plan,
    numbers: np.ndarray,
    names: Sequence[str],
    diffs: np.ndarray,
    forgetful: bool = False,
) -> Outputs:
    """The picture's gradient from several layers, one after another, and the layers that have a d_weight.

    Convolutions that are `forgetful` keep nothing of their input, which only a weight's gradient needs.
    """
    net = network_of(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, plan, numbers)
    convolutions = [layer for name, layer in net.layers.items() if forgetful and kind_of(name) == "conv"]
    before = [dict(vars(layer)) for layer in convolutions]
    dlosses = _output_diffs(net, x, names, diffs)
    for layer, kept in zip(convolutions, before, strict=True):
        layer.__dict__ = kept
    got = {f"gradient from {name}": net.backward(dloss.copy(), name) for name, dloss in dlosses.items()}
    return got | {
        "layers that computed d_weight": spelled(n for n, layer in net.layers.items() if hasattr(layer, "d_weight"))
    }


def one_backward(
    VGG19: type[Any],
    FrozenConvolution: type[Any],
    ReLULayer: type[Any],
    MaxPoolingLayer: type[Any],
    *,
    x: np.ndarray,
    plan: Plan,
    numbers: np.ndarray,
    names: Sequence[str],
    diffs: np.ndarray,
) -> Outputs:
    """The picture's gradient from several layers at once, of each of four calls.

    From call to call what comes down, as the call before left it, moves on by a number: nothing that was kept of one
    call is of use in the next, and whoever changes the caller's arrays gets other ones.
    """
    net = network_of(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, plan, numbers)
    dlosses, got = _output_diffs(net, x, names, diffs), {}
    for call in range(4):
        gradient = net.backward_once(dlosses)
        got[f"gradient of call {call + 1}"] = gradient.copy() if isinstance(gradient, np.ndarray) else gradient
        dlosses = {name: np.roll(dloss, 1) for name, dloss in dlosses.items()}
    return got


def _output_diffs(net: Any, x: np.ndarray, names: Sequence[str], diffs: np.ndarray) -> Any:
    """Run a picture through the network, and cut a row of numbers into gradients of these layers' outputs."""
    outputs = features_of(net.layers, x)
    return cut([(name, outputs[name].shape) for name in names], diffs)


# Speed


def one_backward_yardstick(
    *, x: np.ndarray, plan: Plan, numbers: np.ndarray, names: Sequence[str], diffs: np.ndarray
) -> Any:
    """For each convolution and each of five walks nine copies and a product, in the case's sizes; no meaning."""
    rows, columns = x.shape[2:]
    deepest = max(index for index, row in enumerate(plan) if row[0] in names)
    for name, *sizes in plan[: deepest + 1]:
        if name.startswith("pool"):
            rows, columns = rows // 2, columns // 2
        elif name.startswith("conv"):
            size, channel_in, channel_out = sizes[:3]
            for before, after in ((channel_in, channel_out), *[(channel_out, channel_in)] * 4):
                weight = np.resize(numbers, (after, before * size * size))
                padded = np.pad(np.resize(x, (before, rows, columns)), ((0, 0), (1, 1), (1, 1)))
                copies = np.empty((before, size * size, rows, columns), x.dtype)
                for place in range(size * size):
                    row, column = divmod(place, size)
                    copies[:, place] = padded[:, row : row + rows, column : column + columns]
                product = weight @ copies.reshape(len(weight[0]), -1)
                product += 1
                np.maximum(product, 0)
    return product
