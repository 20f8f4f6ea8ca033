"""Lab 4: how each question calls the student's code. Those on graphs are in `aics.lab4_dlp.graph_asks`.

An ask gets names from the notebook by position and one case's arrays by keyword, calls the code and
returns what came back, name by name. It knows no right answer. The device is switched off where arithmetic
is asked, and a double takes its place where a network is built, so that one empty stub does not cost the next
question.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aics.data.vgg19 import LAYERS
from aics.doubles.networks import kind_of, mat_file
from aics.lab4_dlp.card_recorder import Recorder, recording
from aics.lab4_dlp.graph_asks import YARDSTICKS as YARDSTICKS
from aics.lab4_dlp.graph_asks import backend_agreement as backend_agreement
from aics.lab4_dlp.graph_asks import kernel_dispatch as kernel_dispatch
from aics.lab4_dlp.graph_asks import op_builder as op_builder
from aics.lab4_dlp.graph_asks import session_run as session_run
from aics.lab4_dlp.graph_asks import swap_speed as swap_speed
from aics.pycnml import CnmlError, QuantParam
from aics.pycnml.power import switched_off

#: Finished cells that become files of the course's `stu_upload/` folder.
EXPORTS = {"vgg19_demo.py": ("VGG19", "quant_param", "quantize", "int8_conv")}

#: What the card is told of each kind of layer: the call's name, and its numbers after the layer's.
_TOLD = {
    "conv": ("createConvLayer", "out_channel, kernel_size, stride, dilation, pad, position, scale"),
    "relu": ("createReLuLayer", ""),
    "pool": ("createPoolingLayer", "kernel_size, stride"),
    "flatten": ("createFlattenLayer", "n, c, h, w"),
    "fc": ("createMlpLayer", "output_num, position, scale"),
    "softmax": ("createSoftmaxLayer", "axis"),
}


# Numbers


def quant_param(quant_param, *, x, bits):
    """Position and scale for the numbers x."""
    with switched_off():
        answer = quant_param(x, bits)
    if not isinstance(answer, tuple | list) or len(answer) != 2:
        return {"the pair (position, scale)": answer}
    return {"position": answer[0], "scale": answer[1]}


def quantize(quantize, *, x, position, scale, bits):
    """The whole numbers for x, and how many bytes one of them takes."""
    with switched_off():
        q = quantize(x, position, scale, bits)
    return {"q": q, "bytes of a number": q.itemsize if isinstance(q, np.ndarray) else 0}


def int8_conv(int8_conv, *, x, weight, bias, stride, pad, input_pair, weight_pair):
    """The convolution, and what rounding it to FP16 would still change."""
    pairs = QuantParam(int(input_pair[0]), input_pair[1]), QuantParam(int(weight_pair[0]), weight_pair[1])
    with switched_off():
        output = int8_conv(x, weight, bias, stride, pad, *pairs)
    found = {"output": output}
    if isinstance(output, np.ndarray) and output.dtype.kind == "f":
        with np.errstate(over="ignore", invalid="ignore"):
            found["output minus its FP16 number"] = np.asarray(output - output.astype(np.float16), np.float64)
    return found


# The network


def build_vgg19(VGG19, *, channels, hidden, classes, image_size, kernel_size, input, filter):
    """What the card was told: a table a kind of layer, a row each; then the weights' pairs.

    A row begins with the layer's number on the card; where the card has no such layer, or made it by another call, it
    is -1 throughout.
    """

    class Sized(VGG19):
        def read_sizes(self, param_path):
            self.param_path, self.image_size, self.kernel_size = param_path, image_size, kernel_size
            self.channels, self.hidden = tuple(channels), tuple(hidden)
            self.class_names = tuple(f"class {number}" for number in range(classes))

    with recording(), tempfile.TemporaryDirectory() as folder:
        quant_path = str(Path(folder) / "quant.npz")
        np.savez(quant_path, input=input, filter=filter)
        net = Sized()
        net.build_model("weights.mat", quant_path)
    card = net.net
    if not isinstance(card, Recorder):
        return {"self.net, a CnmlNet": card}
    found = {"setInputShape = [n, c, h, w]": np.array(card.input_shape, np.float64), "layers in all": card.size()}
    created = {name: [number, *told.values()] for number, (name, told) in enumerate(card.layers)}
    for kind, (call, numbers) in _TOLD.items():
        columns = [number for number in ("number", *numbers.split(", ")) if number]
        rows = [_flat(created.get(name, ())) for name in LAYERS if kind_of(name) == kind]
        table = [row if len(row) == len(columns) else np.full(len(columns), -1.0) for row in rows]
        found[f"{call} = [{', '.join(columns)}] (-1: no such layer)"] = np.array(table)
    return found | {"filter_quant_params = [position, scale, ...]": _flat(getattr(net, "filter_quant_params", ()))}


def _flat(values: Sequence) -> np.ndarray:
    """Numbers, lists of numbers and quantisation pairs, one after another as floats."""
    row = []
    for value in values:
        row += [value.position, value.scale] if isinstance(value, QuantParam) else np.ravel(value).tolist()
    return np.array(row, np.float64)


def load_params(VGG19, *, shapes, numbers, mean, image_size, pairs):
    """What the card got for each layer, in a row: weight, bias, position, scale; then the mean colour."""
    with recording(), mat_file(shapes, numbers, mean, image_size) as path:
        net = VGG19()
        net.param_path = path
        if hasattr(net, "read_sizes"):
            net.read_sizes(path)
        net.net = card = Recorder.of(LAYERS)
        net.filter_quant_params = [QuantParam(int(position), scale) for position, scale in pairs.reshape(-1, 2)]
        net.input_quant_params = [QuantParam(0, 1.0)] * len(net.filter_quant_params)
        net.load_model()
    given = {call["id"]: call for call in card.params}
    handed = [call[part] for call in given.values() for part in ("weight", "bias")]
    found = {
        "numbers of the layers that loadParams was told": np.array(sorted(given), np.int64),
        "axes of each weight and bias": np.array([np.ndim(data) for data in handed], np.int64),
        "1 where the numbers were Python floats": np.array([_is_plain(data) for data in handed], np.int64),
    }
    for number, name in enumerate(LAYERS):
        if number in given:
            call = given[number]
            row = [np.ravel(np.array(call[part], np.float64)) for part in ("weight", "bias")]
            found[f"{name}: weight, bias, position, scale"] = np.concatenate([*row, _flat([call["quant"]])])
    return found | {"image_mean": getattr(net, "image_mean", None)}


def _is_plain(data: object) -> bool:
    """Whether the card would take the numbers: Python floats, as a float64 array holds them too."""
    if isinstance(data, np.ndarray):
        return data.dtype == np.float64
    return isinstance(data, list | tuple) and all(isinstance(value, float) for value in data)


class _Finished:
    """A network on the card that gives its numbers once it has run."""

    def __init__(self, prob) -> None:
        self._prob, self._ran = tuple(map(float, prob)), False

    def forward(self) -> None:
        self._ran = True

    def getOutputData(self) -> tuple[float, ...]:
        if not self._ran:
            raise CnmlError("getOutputData: there is no output. Call forward first.")
        return self._prob


def top5(VGG19, *, prob, labels):
    """For each row of probabilities and its label what get_top5 says: (top1, top5), as 0 or 1."""
    said = []
    for row, label in zip(prob, labels, strict=True):
        with recording():
            net = VGG19()
        net.net, net.image = _Finished(row), "a photo"
        net.class_names = tuple(f"class {number}" for number in range(len(row)))
        answer = net.get_top5(int(label))
        if not isinstance(answer, tuple | list) or len(answer) != 2:
            return {"the pair (top1, top5)": answer}
        said.append([bool(part) for part in answer])
    top1, top5 = np.array(said, np.int64).T
    return {"top1": top1, "top5": top5}
