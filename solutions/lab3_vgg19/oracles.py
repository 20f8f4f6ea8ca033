"""Lab 3's right answers, in float64 or whole numbers, and from the definition.

Nothing here is shared with the notebook's solution: layers are computed over explicit windows, files are
read by the layers' names in them, resizing is a matrix for each axis.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

KINDS = ("conv", "relu", "pool", "flatten", "fc", "softmax")
SIZES = {
    "conv": ("kernel_size", "channel_in", "channel_out", "padding", "stride"),
    "pool": ("kernel_size", "stride"),
    "flatten": ("input_shape", "output_shape"),
    "fc": ("num_input", "num_output"),
}


def _kind(name: str) -> str:
    return name.rstrip("_0123456789")


def _parts(shapes, numbers):
    """Name -> (weight [H, W, Cin, Cout], bias [Cout]) in float64, cut off the row of numbers one after another."""
    parts, rest = {}, numbers.astype(np.float64)
    for layer, shape in shapes:
        weight, bias, rest = np.split(rest, [int(np.prod(shape)), int(np.prod(shape)) + shape[3]])
        parts[layer] = weight.reshape(shape), bias
    return parts


# The network, its weights, its picture


def build_model(*, shapes, image_size):
    """Sizes of the 44 layers, read off what the file's weights can be multiplied with; every kind is as named."""
    rows = {}
    for (name, (height, width, inputs, outputs)), (following, _) in _with_next(shapes):
        if name == "fc6":
            rows["flatten"] = [inputs, height, width, height * width * inputs]
        rows[name] = [height, inputs, outputs, 1, 1] if name[0] == "c" else [height * width * inputs, outputs]
        if following:
            rows[f"relu{name.lstrip('convf')}"] = []
        if name[0] == "c" and following[:5] != name[:5]:
            rows[f"pool{name[4]}"] = [2, 2]
    rows["softmax"] = []
    kinds = {"layers of the kind that their names say": np.ones(len(rows), bool)}
    found = kinds | {f"{n}: {', '.join(SIZES[_kind(n)])}": np.array(sizes) for n, sizes in rows.items() if sizes}
    return found | {"these 44 layers in this order, no other": np.array(True)}


def _with_next(rows):
    """Each row beside the next; beside the last, an empty name."""
    return zip(rows, [*rows[1:], ("", ())], strict=True)


def load_model(*, shapes, numbers, mean, image_size):
    """conv [H, W, Cin, Cout] as [Cin, H, W, Cout] and [Cout]; fc as (H * W * Cin, Cout) and (1, Cout)."""
    layers = {}
    for name, (weight, bias) in _parts(shapes, numbers).items():
        if name.startswith("conv"):
            layers[f"{name} weight"], layers[f"{name} bias"] = np.moveaxis(weight, 2, 0), bias
        else:
            layers[f"{name} weight"] = np.concatenate([channel for row in weight for channel in row])
            layers[f"{name} bias"] = bias[None]
    return layers | {"image_mean": np.array(mean, np.float64)}


def load_image(*, picture, mode, mean, image_size, ending="png"):
    """Triangle filter along each axis, minus the mean colour, channels first, a batch of one."""
    rows, columns = (_triangle(size, image_size) for size in picture.shape[:2])
    small = np.einsum("yh,xw,hwc->cyx", rows, columns, picture.astype(np.float64), optimize=True)
    return {"input_image": (small - mean[:, None, None])[None]}


def _triangle(size: int, out: int) -> np.ndarray:
    """(out, size) weights of linear interpolation at pixel centres; its triangle grows as the picture shrinks."""
    centre = (np.arange(out) + 0.5) * size / out
    distance = np.abs(np.arange(size) + 0.5 - centre[:, None]) / max(size / out, 1)
    weights = np.maximum(0, 1 - distance)
    return weights / weights.sum(axis=1, keepdims=True)


# Forward


def _convolve(x, weight, bias):
    """3x3 or larger, padding keeps the size: weight [H, W, Cin, Cout]."""
    margin = len(weight) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (margin, margin), (margin, margin)))
    windows = sliding_window_view(padded, weight.shape[:2], axis=(2, 3))
    return np.einsum("nchwij,ijco->nohw", windows, weight, optimize=True) + bias[:, None, None]


def _pool(x):
    n, channels, height, width = x.shape
    return x.reshape(n, channels, height // 2, 2, width // 2, 2).max(axis=(3, 5))


def features(x, weights) -> dict[str, np.ndarray]:
    """Name -> output of all 44 layers; weights: name -> ([H, W, Cin, Cout], [Cout]) in the network's order."""
    found, x = {}, x.astype(np.float64)
    for (name, (weight, bias)), (following, _) in _with_next(list(weights.items())):
        if name.startswith("conv"):
            x = found[name] = _convolve(x, weight, bias)
        else:
            x = found[name] = np.einsum("ni,io->no", x, weight.reshape(-1, weight.shape[3])) + bias
        if following:
            x = found[f"relu{name.lstrip('convf')}"] = np.where(x < 0, 0.0, x)
        if name.startswith("conv") and following[:5] != name[:5]:
            x = found[f"pool{name[4]}"] = _pool(x)
        if following == "fc6":
            x = found["flatten"] = np.stack([x[:, :, h, w] for h, w in np.ndindex(x.shape[2:])], 1).reshape(len(x), -1)
    log_prob = x - np.logaddexp.reduce(x, axis=1, keepdims=True)
    return found | {"softmax": np.exp(log_prob)}


def forward_features(*, x, plan, numbers):
    """Outputs of all 44 layers, then the last again."""
    weights, rest = {}, numbers.astype(np.float64)
    for name, *sizes in plan:
        if name.startswith("conv"):
            kernel_size, inputs, outputs = sizes[:3]
            weight, bias, rest = np.split(rest, np.cumsum([inputs * kernel_size**2 * outputs, outputs]))
            weights[name] = np.einsum("cijo->ijco", weight.reshape(inputs, kernel_size, kernel_size, outputs)), bias
        elif name.startswith("fc"):
            weight, bias, rest = np.split(rest, np.cumsum([sizes[0] * sizes[1], sizes[1]]))
            weights[name] = weight.reshape(1, 1, *sizes), bias
    found = features(x, weights)
    return found | {"what forward returns": found["softmax"], "features of three layers": np.array(3)}


def scores(*, images, shapes, numbers, image_size):
    """The output of fc8, before softmax."""
    return features(images, _parts(shapes, numbers))["fc8"]


def forward_speedup(*, images, shapes, numbers, **_):
    """The last layer's output."""
    return {"prob": features(images, _parts(shapes, numbers))["softmax"]}


def fc_order(*, weight, shape):
    """Row (c * H + h) * W + w of the answer is row (h * W + w) * C + c of the weight."""
    channels, height, width = shape
    rows = [(h * width + w) * channels + c for c, h, w in np.ndindex(channels, height, width)]
    return {"weight": weight.astype(np.float64)[rows]}


# Classes, accuracy, cost


def classify(*, prob, top):
    """Class numbers of each row, the most probable first, and their probabilities."""
    classes = np.array([sorted(range(len(row)), key=lambda k, row=row: -row[k])[:top] for row in prob])
    return {"classes": classes, "probabilities": np.take_along_axis(prob.astype(np.float64), classes, axis=1)}


def evaluate(*, pictures, labels, answers, batch, counted=None):
    """Each picture once, in batches of `batch` but for the last; right answers over all answers."""
    full, rest = divmod(len(labels), batch)
    answers = answers if counted is None else np.array(counted.answers)
    return {
        "sizes of the batches": np.array([batch] * full + [rest] * (rest > 0)),
        "times each picture was seen": np.ones(len(labels), np.int64),
        "accuracy": np.asarray(np.sum(labels == answers) / len(labels)),
    }


def cost(*, plan, input_shape):
    """Products that each layer sums up for one picture, and numbers that it learns."""
    counts, plane = {}, input_shape[1:]
    for name, *sizes in plan:
        products = learned = 0
        if name.startswith(("conv", "pool")):
            window = sizes[0]
            padding, stride = sizes[3:5] if name.startswith("conv") else (0, sizes[1])
            plane = [len(range(0, side + 2 * padding - window + 1, stride)) for side in plane]
        if name.startswith("conv"):
            products = plane[0] * plane[1] * window**2 * sizes[1] * sizes[2]
            learned = (window**2 * sizes[1] + 1) * sizes[2]
        elif name.startswith("fc"):
            products = sizes[0] * sizes[1]
            learned = (sizes[0] + 1) * sizes[1]
        counts[f"{name} (multiply-adds, parameters)"] = np.array([products, learned], np.int64)
    return counts
