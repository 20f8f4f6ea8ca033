"""Lab 5's right answers, in float64 and from the definition.

Nothing here is shared with the notebook's solution: sums are einsums or tensordots, layers work on explicit windows and
blocks, gradients are scattered to where their numbers came from, and a picture is saved patch by patch.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from aics.doubles.changes import OVERWRITTEN

# Losses


def double(*arrays):
    """The arrays in float64."""
    return (array.astype(np.float64) for array in arrays)


def content_loss(*, x, y):
    """Half the mean of the squared differences."""
    x, y = double(x, y)
    return {"loss": np.asarray(0.5 * np.mean(np.square(x - y))), OVERWRITTEN: np.array(0)}


def content_loss_backward(*, x, y):
    """Each difference over the number of differences."""
    x, y = double(x, y)
    return {"bottom_diff": (x - y) / np.prod(x.shape), OVERWRITTEN: np.array(0)}


def _gram(x):
    """Products of all pairs of maps, summed over the positions, picture by picture."""
    return np.einsum("nchw,ndhw->ncd", x, x)


def gram(*, features):
    """[N, C, C]."""
    return {"gram": _gram(*double(features))}


def style_loss(*, x, y, gram_x=None, gram_y=None):
    """Squared differences of the Gram matrices over 4 N C^2 (H W)^2; recorded matrices are not looked at."""
    x, y = double(x, y)
    n, channels, *plane = x.shape
    return {"loss": np.asarray(np.square(_gram(x) - _gram(y)).sum() / (4.0 * n * (channels * np.prod(plane)) ** 2))}


def style_loss_backward(*, x, y, gram_x=None, gram_y=None):
    """(G - A) times the maps of x, over N C^2 (H W)^2."""
    x, y = double(x, y)
    scale = 1.0 / (len(x) * np.prod(x.shape[1:], dtype=float) ** 2)
    return {"bottom_diff": np.einsum("ncd,ndhw->nchw", _gram(x) - _gram(y), x) * scale}


# The network


def _weights(plan, numbers):
    """Name -> (weight [Cin, K, K, Cout], bias [Cout]) in float64, cut off the row of numbers one after another."""
    parts, rest = {}, numbers.astype(np.float64)
    for name, size, inputs, outputs, *_ in (row for row in plan if row[0].startswith("conv")):
        weight, bias, rest = np.split(rest, [inputs * size * size * outputs, (inputs * size * size + 1) * outputs])
        parts[name] = weight.reshape(inputs, size, size, outputs), bias
    return parts


def _windows(x, size):
    margin = size // 2
    n, channels, height, width = x.shape
    padded = np.zeros((n, channels, height + 2 * margin, width + 2 * margin))  # np.pad takes longer than the sums
    padded[:, :, margin : margin + height, margin : margin + width] = x
    return sliding_window_view(padded, (size, size), axis=(2, 3))


def _blocks(x):
    """The four numbers of each pooling window in reading order, [N, C, H // 2, W // 2, 4]; leftovers are dropped."""
    height, width = x.shape[2] // 2 * 2, x.shape[3] // 2 * 2
    return np.stack([x[:, :, i:height:2, j:width:2] for i, j in np.ndindex(2, 2)], axis=-1)


def _unblocked(blocks, like):
    """The way back from `_blocks`, with zeros for what was dropped."""
    height, width = 2 * blocks.shape[2], 2 * blocks.shape[3]
    whole = np.zeros_like(like)
    for tap, (i, j) in enumerate(np.ndindex(2, 2)):
        whole[:, :, i:height:2, j:width:2] = blocks[..., tap]
    return whole


def run(x, plan, numbers):
    """Name -> output of every layer."""
    weights, found, current = _weights(plan, numbers), {}, x.astype(np.float64)
    for name in (row[0] for row in plan):
        if name in weights:
            weight, bias = weights[name]
            windows = _windows(current, weight.shape[1])
            sums = np.tensordot(windows, weight, axes=((1, 4, 5), (0, 1, 2)))  # [N, H, W, Cout]
            current = np.moveaxis(sums + bias, -1, 1)
        elif name.startswith("relu"):
            current = np.where(current < 0, 0.0, current)
        else:
            current = _blocks(current).max(axis=-1)
        found[name] = current
    return found


#: What float32 may add to a number on its way through the layers; it errs by some 1e-6.
DOUBT = 5e-6


def passes_the_same_in_float32(x, plan, numbers):
    """Whether rounding changes no ReLU's sign and no pooling's choice."""
    outputs = run(x, plan, numbers)
    names = [row[0] for row in plan]
    for name, entering in zip(names[1:], outputs.values(), strict=False):
        if name.startswith("relu"):
            doubts = np.abs(entering)
        elif name.startswith("pool"):
            *_, second, first = np.moveaxis(np.sort(_blocks(entering), axis=-1), -1, 0)
            doubts = first - second
        else:
            continue
        if np.any((doubts > 0) & (doubts < DOUBT)):
            return False
    return True


def reaches_the_picture(x, plan, numbers):
    """Whether a gradient of the last layer reaches the picture: some of every layer's units are at work."""
    outputs = run(x, plan, numbers)
    name, last = list(outputs.items())[-1]
    return np.any(gradient(x, plan, numbers, {name: np.ones_like(last)}, outputs))


def gradient(x, plan, numbers, diffs, outputs=None):
    """Gradient of the picture x, where diffs holds, name by name, what comes down into a layer's output.

    outputs : what `run` found of x, where it is known
    """
    weights, outputs = _weights(plan, numbers), outputs or run(x, plan, numbers)
    names = [row[0] for row in plan]
    inputs = dict(zip(names, [x.astype(np.float64), *outputs.values()], strict=False))
    flow = np.zeros_like(outputs[names[-1]])
    for name in reversed(names):
        flow = flow + diffs.get(name, 0.0)
        if name in weights:
            flow = _scattered(flow, weights[name][0])
        elif name.startswith("relu"):
            flow = np.where(inputs[name] >= 0, flow, 0.0)
        else:
            blocks = _blocks(inputs[name])
            first = np.arange(4) == blocks.argmax(axis=-1)[..., None]
            flow = _unblocked(np.where(first, flow[..., None], 0.0), inputs[name])
    return flow


def _scattered(flow, weight):
    """What a convolution's outputs send back: each to all the places that it was summed up from."""
    n, _, height, width = flow.shape
    size = weight.shape[1]
    sent = np.tensordot(weight, flow, axes=((3,), (1,)))  # [Cin, K, K, N, H, W]
    padded = np.zeros((len(weight), n, height + size - 1, width + size - 1))
    for i, j in np.ndindex(size, size):
        padded[:, :, i : i + height, j : j + width] += sent[:, i, j]
    margin = size // 2
    return np.moveaxis(padded[:, :, margin : margin + height, margin : margin + width], 1, 0)


def vgg_forward_layers(*, x, plan, numbers, names, counted=None):
    """The outputs that were asked for, how many, and how many layers it takes to get to the deepest."""
    order = [row[0] for row in plan]
    depth = max(map(order.index, names)) + 1
    outputs = _run_by(counted, x, order[:depth]) if counted else run(x, plan[:depth], numbers)
    counts = {"names in the dict": np.array(len(names)), "layers that ran": np.array(depth)}
    return {name: outputs[name] for name in names} | counts


def _run_by(layers, x, order):
    """Each layer's output by its name, where the grader is to compute them."""
    outputs = {}
    for name in order:
        (x,) = outputs[name] = layers(name, x)
    return {name: output[0] for name, output in outputs.items()}


def cut(diffs, names, outputs):
    """Name -> gradient of a layer's output, cut off the row of numbers one after another."""
    ends = np.cumsum([outputs[name].size for name in names])
    parts = np.split(diffs.astype(np.float64), ends[:-1])
    return {name: part.reshape(outputs[name].shape) for name, part in zip(names, parts, strict=True)}


def vgg_backward_from(*, x, plan, numbers, names, diffs, forgetful=False):
    """From each layer on its own down to the picture; and no parameter gradient on the way."""
    each = cut(diffs, names, run(x, plan, numbers))
    found = {f"gradient from {name}": gradient(x, plan, numbers, {name: each[name]}) for name in names}
    return found | {"layers that computed d_weight": np.array(0)}


def one_backward(*, x, plan, numbers, names, diffs):
    """All of them together; each call's have moved on by one number more."""
    first = cut(diffs, names, run(x, plan, numbers))
    return {
        f"gradient of call {call + 1}": gradient(
            x, plan, numbers, {name: _moved_on(diff, call) for name, diff in first.items()}
        )
        for call in range(4)
    }


def _moved_on(array, count):
    """The numbers of an array, each so many places further, and the last ones in front."""
    row = array.ravel()
    return np.concatenate([row[row.size - count :], row[: row.size - count]]).reshape(array.shape)


# Picture, optimizer, file


def random_image(*, content, noise):
    """What any right way comes close to: shares, not numbers, since the noise is drawn."""
    drawn = {
        "fraction of the photo in it": np.asarray(1.0 - noise),
        "noise in each fifth of -20 to 20": np.full(5, 0.2 if noise else 0.0),
        "noise beyond -20 to 20": np.asarray(0.0),
        "noise of a few values only": np.asarray(False),
        "likeness of the noise in red and in green": np.asarray(0.0),
        "likeness of the noise of two calls": np.asarray(0.0),
    }
    return {"shape": np.array(content.shape), **drawn, "fraction of the photo itself that was changed": np.asarray(0.0)}


def adam(*, start, gradients, lr):
    """Both moments as explicit weighted sums over all gradients so far (Kingma & Ba 2015, section 3)."""
    answers = {}
    for title, rows in (("pictures", gradients), ("pictures of a second optimizer", gradients[::-1])):
        picture, pictures = start.astype(np.float64), []
        for t in range(1, len(rows) + 1):
            past = rows[:t].astype(np.float64)
            age = np.arange(t)[::-1].reshape(-1, *[1] * start.ndim)
            mean = (0.9**age * past).sum(axis=0) / (0.9**age).sum()
            square = (0.999**age * past**2).sum(axis=0) / (0.999**age).sum()
            picture = picture - lr * mean / (np.sqrt(square) + 1e-8)
            pictures.append(picture)
        answers[title] = np.array(pictures)
    return answers


def save_image(*, patches, mean, shape):
    """The size of the file, and the colour in the middle of each patch."""
    colours = patches.astype(np.float64) + mean
    levels = np.minimum(np.maximum(np.floor(colours + 0.5), 0), 255)
    return {"height and width of the file": np.array(shape[:2]), "colours of the patches": levels}


# The transfer


def _lengths(image):
    """How far the optimizer steps in each number."""
    return np.resize([1, 1.5, 2], image.shape)


def transfer_step(
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
    counted=None,
):
    """Means of both kinds of losses, their weighted sum, and the optimizer's step down the gradient of that sum."""
    means = [np.mean(losses.astype(np.float64)) for losses in (content_losses, style_losses)]
    descent = np.zeros(image.shape)
    for weight, kind, diffs in ((alpha, content_names, content_diffs), (beta, style_names, style_diffs)):
        for name, diff in zip(kind, diffs.astype(np.float64), strict=True):
            place = names.index(name)
            descent += weight / len(kind) * np.sum(diff * probes[place]) * patterns[place]
    stepped = counted("update", image, descent)[0] if counted else 0.75 * image - lr * _lengths(image) * descent
    return {
        "image": stepped,
        "total, content and style loss": np.array([alpha * means[0] + beta * means[1], *means]),
        "updates": np.array(1),
    }
