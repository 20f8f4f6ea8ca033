"""Lab 5, style transfer: how each question calls the student's code.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and
returns what came back, name by name. It knows no right answer: where a question needs what an earlier
one makes, the case brings it, so that one empty stub does not cost the next question.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from aics.doubles.calls import known_calls_answered, record_calls
from aics.doubles.networks import layers_of, without_init
from aics.doubles.rows import cut
from aics.lab5_style_transfer.doubles import CountingDescent, RecordedLoss, RecordedNet, features_of

#: Finished cells that become files of the course's `stu_upload/` folder.
EXPORTS = {
    "layers_3.py": ("gram_matrix", "ContentLossLayer", "StyleLossLayer"),
    "exp_3_3_style_transfer.py": (
        *("VGG19", "get_random_img", "AdamOptimizer"),
        *("transfer_step", "begin_transfer", "transfer"),
    ),
}


# Losses


def content_loss(ContentLossLayer, *, x, y):
    """The loss of features x, where y was wanted."""
    return {"loss": ContentLossLayer().forward(x, y)}


def content_loss_backward(ContentLossLayer, *, x, y):
    """Its gradient with respect to x."""
    return {"bottom_diff": _gradient(ContentLossLayer(), x, y)}


def _gradient(layer, x, y):
    """What backward returns after a forward, which may still be empty."""
    with contextlib.suppress(NotImplementedError):
        layer.forward(x, y)
    return layer.backward(x, y)


def gram(gram_matrix, *, features):
    """The Gram matrices."""
    return {"gram": gram_matrix(features)}


def style_loss(StyleLossLayer, gram_matrix, *, x, y, gram_x, gram_y):
    """The loss of features x, where y's style was wanted; gram_matrix knows both answers."""
    with known_calls_answered(gram_matrix, [([x], gram_x), ([y], gram_y)]):
        return {"loss": StyleLossLayer().forward(x, y)}


def style_loss_backward(StyleLossLayer, gram_matrix, *, x, y, gram_x, gram_y):
    """Its gradient with respect to x."""
    with known_calls_answered(gram_matrix, [([x], gram_x), ([y], gram_y)]):
        return {"bottom_diff": _gradient(StyleLossLayer(), x, y)}


# The network


def _network(VGG19, convolution, relu, pooling, plan, numbers):
    """A network of these layers, for which no file is read."""
    layers = layers_of({"conv": convolution, "relu": relu, "pool": pooling}, plan, numbers)
    return without_init(VGG19, param_layer_name=tuple(layers), layers=layers)


def vgg_forward_layers(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, *, x, plan, numbers, names):
    """Features of the second of two pictures, how many came back, and how many layers ran for them."""
    net, calls = _network(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, plan, numbers), []
    for layer in net.layers.values():
        record_calls(layer, "forward", calls)
    net.forward(x[..., ::-1].copy(), list(net.layers))
    calls.clear()
    features = net.forward(x, list(names))
    if not isinstance(features, Mapping):
        return {"the dict of features": features}
    counts = {"names in the dict": len(features), "layers that ran": len(calls)}
    return {name: features.get(name) for name in names} | counts


def vgg_backward_from(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, *, x, plan, numbers, names, diffs):
    """The picture's gradient from several layers, one after another, and how many layers have a d_weight."""
    net = _network(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, plan, numbers)
    dlosses = _output_diffs(net, x, names, diffs)
    got = {f"gradient from {name}": net.backward(dloss.copy(), name) for name, dloss in dlosses.items()}
    return got | {"layers that computed d_weight": sum(hasattr(layer, "d_weight") for layer in net.layers.values())}


def one_backward(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, *, x, plan, numbers, names, diffs):
    """The picture's gradient from several layers at once, the second of two times."""
    net = _network(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, plan, numbers)
    dlosses = _output_diffs(net, x, names, diffs)
    net.backward_once(dlosses)
    return {"gradient": net.backward_once(dlosses)}


def _output_diffs(net, x, names, diffs):
    """Run a picture through the network, and cut a row of numbers into gradients of these layers' outputs."""
    outputs = features_of(net.layers, x)
    return cut([(name, outputs[name].shape) for name in names], diffs)


# Picture, optimizer, file


def random_image(get_random_img, *, content, noise):
    """What the picture is made of: shares and likenesses, since every call draws anew."""
    before = content.copy()
    first, second = get_random_img(content, noise), get_random_img(content, noise)
    if np.shape(first) != before.shape or np.shape(second) != before.shape:
        return {"shape": np.array(np.shape(first))}
    centred = before - before.mean()
    share = np.sum(centred * first) / np.sum(centred**2)
    drawn = [(image - (1 - noise) * before) / (noise or 1) for image in (first, second)]
    fifths = np.histogram(drawn[0], np.linspace(-20, 20, 6))[0] / before.size if noise else np.zeros(5)
    return {
        "shape": np.array(np.shape(first)),
        "share of the photo in it": share,
        "noise in each fifth of -20 to 20": fifths,
        "noise beyond -20 to 20": np.mean(np.abs(drawn[0]) > (20.001 if noise else 1e-3)),
        "likeness of the noise in red and in green": _likeness(drawn[0][:, 0], drawn[0][:, 1]),
        "likeness of the noise of two calls": _likeness(*drawn),
        "share of the photo itself that was changed": np.mean(np.abs(content - before) > 1e-3),
    }


def _likeness(a, b):
    """Correlation from -1 to 1; 0 where one of the two is the same everywhere."""
    a, b = a - a.mean(), b - b.mean()
    scale = np.sqrt(np.sum(a**2) * np.sum(b**2))
    return np.sum(a * b) / scale if scale > 1e-3 else np.float64(0)


def adam(AdamOptimizer, *, start, gradients, lr):
    """The picture after each of several updates, by two optimizers that take turns."""
    optimizers = [AdamOptimizer(lr, start.shape) for _ in range(2)]
    pictures, rows = [start.copy(), start.copy()], ([], [])
    for turn in zip(gradients, gradients[::-1], strict=True):
        for k, grad in enumerate(turn):
            pictures[k] = optimizers[k].update(pictures[k], grad.copy())
            rows[k].append(np.array(pictures[k]))
    return {"pictures": np.array(rows[0]), "pictures of a second optimizer": np.array(rows[1])}


def save_image(VGG19, *, patches, mean, shape):
    """Size of the file, and its colours in the middle of each patch of 6 x 6 pixels."""
    from PIL import Image

    image = np.repeat(np.repeat(patches, 6, axis=0), 6, axis=1).transpose(2, 0, 1)[None].copy()
    net = without_init(VGG19, image_mean=mean, input_image=image[..., ::-1].copy())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "picture.png"
        net.save_image(image, tuple(shape), str(path))
        with Image.open(path) as file:
            saved = np.asarray(file.convert("RGB"))
    size = np.array(saved.shape[:2])
    rows, columns = (
        (np.arange(count) + 0.5) * side / count for count, side in zip(patches.shape[:2], size, strict=True)
    )
    middles = saved[rows.astype(int)][:, columns.astype(int)]
    return {"height and width of the file": size, "colours of the patches": middles.astype(np.float64)}


# The transfer


def transfer_step(
    transfer_step,
    *,
    image,
    names,
    content_names,
    style_names,
    features,
    content_targets,
    style_targets,
    content_losses,
    style_losses,
    content_diffs,
    style_diffs,
    probes,
    patterns,
    alpha,
    beta,
    lr,
):
    """The new picture, the three losses, and how often the optimizer was asked."""
    seen = dict(zip(names, features, strict=True))
    goal = SimpleNamespace(net=RecordedNet(image.copy(), names, features, probes, patterns), alpha=alpha, beta=beta)
    goal.content = dict(zip(content_names, content_targets, strict=True))
    goal.style = dict(zip(style_names, style_targets, strict=True))
    goal.content_loss = RecordedLoss([seen[n] for n in content_names], content_targets, content_losses, content_diffs)
    goal.style_loss = RecordedLoss([seen[n] for n in style_names], style_targets, style_losses, style_diffs)
    optimizer = CountingDescent(lr)
    answer = transfer_step(goal, optimizer, image)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {"the pair (image, losses)": answer}
    new, losses = answer
    if not isinstance(losses, np.ndarray):
        losses = np.array([float(loss) for loss in losses])
    return {"image": new, "total, content and style loss": losses, "updates": optimizer.updates}


def transfer(
    transfer,
    VGG19,
    FrozenConvolution,
    ReLULayer,
    MaxPoolingLayer,
    *,
    photo,
    painting,
    plan,
    numbers,
    steps,
    **choices,
):
    """A whole run's losses at its start and end, and how far its picture came: the root mean square to the photo.

    choices : what begin_transfer takes by keyword
    """
    net = _network(VGG19, FrozenConvolution, ReLULayer, MaxPoolingLayer, plan, numbers)
    answer = transfer(net, photo.copy(), painting.copy(), steps, **choices)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {"the pair (image, losses)": answer}
    image, losses = map(np.asarray, answer)
    found = {"shape of the losses": np.array(losses.shape), "shape of the image": np.array(image.shape)}
    if losses.shape != (steps, 3) or image.shape != photo.shape:
        return found
    found |= {"losses of the first step": losses[0], "losses of the last step": losses[-1]}
    return found | {"distance from the photo": np.std(image - photo, mean=0)}


# Speed


def _yardstick(*, x, plan, numbers, names, diffs):
    """For each convolution and each of three walks nine copies and a product, in the case's sizes; no meaning."""
    rows, columns = x.shape[2:]
    deepest = max(index for index, row in enumerate(plan) if row[0] in names)
    for name, *sizes in plan[: deepest + 1]:
        if name.startswith("pool"):
            rows, columns = rows // 2, columns // 2
        elif name.startswith("conv"):
            size, channel_in, channel_out = sizes[:3]
            for before, after in ((channel_in, channel_out), (channel_out, channel_in), (channel_out, channel_in)):
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


YARDSTICKS = {"one_backward": _yardstick}
