"""Every backend's kernels against float64 definitions; CUDA where there is a GPU."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from aics.graph import Graph, GraphError, OpDef, Operators, shapes
from aics.kernels import BackendMissing, Prepared, available, dlp, onnxruntime, torch
from aics.pycnml import QuantParam, QuantTool, operators
from aics.pycnml.cost_model import Machine
from autograder.course import ROOT

TORCH = importlib.util.find_spec("torch") is not None
NO_CUDA = "not cuda()"  # asked when such a test is about to run: to import PyTorch takes seconds
needs_torch = pytest.mark.skipif(not TORCH, reason="PyTorch is not installed; the lab runs without it")
BACKENDS = [
    pytest.param(lambda: onnxruntime.kernels(), 1e-5, id="onnxruntime"),
    pytest.param(
        lambda: torch.kernels(),
        1e-5,
        id="torch",
        marks=[pytest.mark.torch, needs_torch],
    ),
    pytest.param(
        lambda: torch.kernels("cuda"),
        1e-5,
        id="cuda",
        marks=[pytest.mark.torch, pytest.mark.skipif(NO_CUDA, reason="no CUDA GPU that PyTorch can use")],
    ),
    pytest.param(lambda: dlp.kernels(), 3e-2, id="dlp"),
]
RNG = np.random.default_rng(7)


def cuda() -> bool:
    """Whether PyTorch has a GPU here."""
    return TORCH and bool(importlib.import_module("torch").cuda.is_available())


def known_operators():
    known = Operators()
    grids = {"input_quant": None, "weight_quant": None}
    three = ("x", "weight", "bias")
    for name, inputs, function, attributes in [
        ("Conv", three, shapes.conv, {"stride": 1, "pad": 0} | grids),
        ("FullyConnected", three, shapes.fully_connected, grids),
        ("MaxPool", ("x",), shapes.max_pool, {"kernel_size": 2, "stride": 2}),
        ("Relu", ("x",), shapes.same, {}),
        ("Flatten", ("x",), shapes.flatten, {}),
        ("Softmax", ("x",), shapes.same, {}),
    ]:
        known.add(OpDef(name=name, inputs=inputs, outputs=("y",), attributes=attributes, shape_function=function))
    return known


def node_for(name, x, *weights, **attributes):
    graph = Graph(known_operators())
    inputs = [graph.placeholder("x", (None, *x.shape[1:]))]
    inputs += [graph.variable(f"w{i}", weight) for i, weight in enumerate(weights)]
    if weights:
        tool = QuantTool()
        attributes |= {"input_quant": tool.getQuantParam(x, "x"), "weight_quant": tool.getQuantParam(weights[0], "w")}
    with graph.device("dlp:0"):
        return graph.apply(name, *inputs, name="node", **attributes).node


def normal(*shape):
    return RNG.normal(size=shape).astype(np.float32)


def conv(x, weight, bias, stride, pad):
    padded = np.pad(x.astype(np.float64), ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, weight.shape[1:3], axis=(2, 3))[:, :, ::stride, ::stride]
    return np.einsum("nchwij,cijo->nohw", windows, weight) + bias[:, None, None]


def pool(x, size, stride):
    return sliding_window_view(x, (size, size), axis=(2, 3))[:, :, ::stride, ::stride].max(axis=(4, 5))


def softmax(x):
    exp = np.exp(x.astype(np.float64) - x.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


SIMPLE = [
    ("Relu", normal(2, 3, 4, 5), {}, lambda x: np.maximum(x, 0)),
    ("Relu", normal(3, 7), {}, lambda x: np.maximum(x, 0)),
    ("MaxPool", normal(2, 3, 7, 9), {"kernel_size": 3, "stride": 2}, lambda x: pool(x, 3, 2)),
    ("MaxPool", normal(1, 2, 6, 5), {"kernel_size": 2, "stride": 2}, lambda x: pool(x, 2, 2)),
    ("Flatten", normal(2, 3, 4, 5), {}, lambda x: np.moveaxis(x, 1, 3).reshape(2, -1)),
    ("Softmax", 20 * normal(3, 6), {}, softmax),
]


@pytest.mark.parametrize(("kernels", "tolerance"), BACKENDS)
@pytest.mark.parametrize(("name", "x", "attributes", "definition"), SIMPLE)
def test_an_operator_without_weights(kernels, tolerance, name, x, attributes, definition):
    got = kernels()[name](node_for(name, x, **attributes)).compute(x)
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, definition(x), rtol=0, atol=tolerance * np.abs(x).max())


@pytest.mark.parametrize(("kernels", "tolerance"), BACKENDS)
def test_fully_connected(kernels, tolerance):
    x, weight, bias = normal(3, 40), normal(40, 5), normal(1, 5)
    kernel = kernels()["FullyConnected"](node_for("FullyConnected", x, weight, bias))
    expected = x.astype(np.float64) @ weight + bias
    np.testing.assert_allclose(kernel.compute(x, weight, bias), expected, rtol=0, atol=tolerance * 20)


@pytest.mark.parametrize(("kernels", "tolerance"), [b for b in BACKENDS if b.id != "onnxruntime"])
@pytest.mark.parametrize(("stride", "pad", "size"), [(1, 1, 3), (2, 0, 3), (3, 2, 5), (1, 0, 1)])
def test_convolution(kernels, tolerance, stride, pad, size):
    x, weight, bias = normal(2, 3, 7, 9), normal(3, size, size, 4), normal(4)
    kernel = kernels()["Conv"](node_for("Conv", x, weight, bias, stride=stride, pad=pad))
    expected = conv(x, weight, bias, stride, pad)
    np.testing.assert_allclose(kernel.compute(x, weight, bias), expected, rtol=0, atol=tolerance * 20)


@pytest.mark.parametrize(("kernels", "tolerance"), [b for b in BACKENDS if b.id != "onnxruntime"])
def test_a_kernel_notices_other_weights(kernels, tolerance):
    x, one, bias = normal(1, 2, 5, 6), normal(2, 3, 3, 4), np.zeros(4, np.float32)
    two = np.ascontiguousarray(one[::-1])
    kernel = kernels()["Conv"](node_for("Conv", x, one, bias))
    for weight in (one, two, one):
        expected = conv(x, weight, bias, 1, 0)
        np.testing.assert_allclose(kernel.compute(x, weight, bias), expected, rtol=0, atol=tolerance * 20)


def test_onnxruntime_leaves_the_convolution_to_students():
    assert set(dlp.kernels()) - set(onnxruntime.kernels()) == {"Conv"}
    source = (ROOT / "labs" / "aics" / "kernels" / "onnxruntime.py").read_text()
    assert '"Conv"' not in source


# dlp


def test_dlp_computes_what_the_device_computes():
    x, weight, bias = normal(1, 3, 6, 5), normal(3, 3, 3, 2), normal(2)
    node = node_for("Conv", x, weight, bias, pad=1)
    quants = {name: node.attributes[name] for name in ("input_quant", "weight_quant")}
    expected = operators.conv(x, weight.transpose(3, 0, 1, 2), bias, stride=1, pad=1, **quants)
    np.testing.assert_array_equal(dlp.kernels()["Conv"](node).compute(x, weight, bias), expected)


@pytest.mark.parametrize("name", ["Conv", "FullyConnected"])
def test_dlp_says_which_node_lacks_its_grids(name):
    node = node_for("Relu", normal(1, 3))
    node.attributes = {"stride": 1, "pad": 0, "input_quant": QuantParam(0, 1.0), "weight_quant": None}
    with pytest.raises(GraphError, match=r"node on dlp:0 .* needs input_quant and weight_quant.*None"):
        dlp.kernels()[name](node)


def test_dlp_costs_every_operator_and_scales_with_the_batch():
    graph = Graph(known_operators())
    x = graph.placeholder("x", (None, 3, 8, 8))
    weight, bias = graph.variable("w", normal(3, 3, 3, 4)), graph.variable("b", normal(4))
    x = graph.apply("Flatten", graph.apply("MaxPool", graph.apply("Conv", x, weight, bias, pad=1)))
    x = graph.apply("FullyConnected", x, graph.variable("v", normal(64, 5)), graph.variable("c", normal(1, 5)))
    graph.apply("Softmax", graph.apply("Relu", x))
    one, four = dlp.layer_costs(graph), dlp.layer_costs(graph, batch=4)
    assert [row.name for row in one] == ["conv", "maxpool", "flatten", "fullyconnected", "relu", "softmax"]
    assert [row.multiply_adds for row in one] == [8 * 8 * 27 * 4, 0, 0, 64 * 5, 0, 0]
    assert [row.multiply_adds for row in four] == [4 * row.multiply_adds for row in one]
    assert dlp.layer_costs(graph, machine=Machine(bandwidth=1e9))[0].seconds > one[0].seconds


# What kernels share


def test_weights_are_prepared_once_while_they_are_locked_and_the_same():
    calls = []
    prepared = Prepared(lambda *arrays: calls.append(1) or [array + 1 for array in arrays])
    locked, other, loose = np.ones(2), np.ones(2), np.ones(2)
    locked.flags.writeable = other.flags.writeable = False
    for arrays in ((locked,), (locked,), (other,), (locked, other), (loose,), (loose,)):
        prepared(*arrays)
    assert len(calls) == 5
    loose[0] = 5
    assert prepared(loose)[0][0] == 6


@pytest.mark.torch
@needs_torch
def test_pytorch_computes_with_cudnn_and_in_full_float32():
    settings = importlib.import_module("torch").backends.cudnn
    seen = []

    class Watching(torch.kernels()["Relu"]):
        def result(self, x):
            seen.append((settings.enabled, settings.allow_tf32))
            return super().result(x)

    before = (settings.enabled, settings.allow_tf32)
    Watching(node_for("Relu", normal(1, 3))).compute(normal(1, 3))
    assert seen == [(True, False)]
    assert (settings.enabled, settings.allow_tf32) == before


# Missing backends


def test_without_pytorch_there_is_a_sentence(monkeypatch):
    torch._torch.cache_clear()
    monkeypatch.setitem(sys.modules, "torch", None)
    try:
        with pytest.raises(BackendMissing, match="PyTorch is not installed here"):
            torch.kernels()
    finally:
        torch._torch.cache_clear()


def test_what_is_available_goes_by_what_is_installed(monkeypatch):
    assert list(available()) == ["dlp", "onnxruntime", *["torch"] * TORCH, *["cuda"] * cuda()]
    torch._torch.cache_clear()
    monkeypatch.setitem(sys.modules, "torch", None)
    try:
        assert list(available()) == ["dlp", "onnxruntime"]
    finally:
        torch._torch.cache_clear()


@pytest.mark.torch
@pytest.mark.skipif("not TORCH or cuda()", reason="needs PyTorch, and no GPU")
def test_without_a_gpu_there_is_a_sentence():
    with pytest.raises(BackendMissing, match="no GPU"):
        torch.kernels("cuda")


def test_onnxruntime_is_quiet_and_a_session_starts_no_thread():
    code = (
        "import os, numpy as np\n"
        "from aics.kernels.onnxruntime import make_session\n"
        "before = len(os.listdir('/proc/self/task'))\n"
        "session = make_session({'x': 4}, [('Relu', ['x'], 'y', {})])\n"
        "session.run(None, {'x': np.ones((1, 8, 64, 64), np.float32)})\n"
        "print(len(os.listdir('/proc/self/task')) - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT / "labs", check=True)
    assert (done.stdout.strip(), done.stderr) == ("0", "")
