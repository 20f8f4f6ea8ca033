"""Kernels of ONNX Runtime on the CPU: all but the convolution, which the lab leaves to you.

ONNX Runtime runs whole models. Here a model is as small as possible: a step or two, made for one node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from aics.check.folder import not_installed
from aics.graph import Node
from aics.kernels import BackendMissing

try:
    import onnxruntime  # starts a thread, which idles: while code is timed, no thread may start
    from onnx import ModelProto, TensorProto, helper
except ModuleNotFoundError as missing:
    raise BackendMissing(not_installed(str(missing.name), "lab4")) from None

#: The version of ONNX's operators, and of its file format, that models are written in.
OPSET, FORMAT = 17, 9
#: One step of a model: ONNX operator, names that go in, name that comes out, attributes.
Step = tuple[str, Sequence[str], str, Mapping[str, Any]]


def make_session(ranks: Mapping[str, int], steps: Sequence[Step], threads: int = 1) -> onnxruntime.InferenceSession:
    """Build a model of a few steps, ready to run.

    Parameters
    ----------
    ranks : mapping of str to int
        Each input's name to its number of axes; sizes may differ from run to run. All float32.
    steps : sequence of (str, sequence of str, str, mapping)
        ONNX operator, names that go in, name that comes out, attributes. The last one's output is the model's.
    threads : int
        Cores that a run may use. Code that is graded for speed has one.

    Returns
    -------
    onnxruntime.InferenceSession
        ``session.run(None, {"x": x})`` gives a list with one array.

    >>> session = make_session({"x": 2}, [("Neg", ["x"], "minus", {}), ("Relu", ["minus"], "y", {})])
    >>> session.run(None, {"x": np.array([[-2, 3]], np.float32)})
    [array([[2., 0.]], dtype=float32)]
    """
    floats = TensorProto.FLOAT
    inputs = [helper.make_tensor_value_info(name, floats, [None] * rank) for name, rank in ranks.items()]
    output = helper.make_tensor_value_info(steps[-1][2], floats, None)
    nodes = [helper.make_node(name, list(comes), [out], **attributes) for name, comes, out, attributes in steps]
    graph = helper.make_graph(nodes, "graph", inputs, [output])
    return open_session(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=FORMAT), threads
    )


def open_session(model: ModelProto, threads: int) -> onnxruntime.InferenceSession:
    """Make a whole model ready to run on so many cores."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads leave cores to others
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


class _Model:
    """A kernel that runs one small model."""

    def __init__(self, ranks: Mapping[str, int], *steps: Step) -> None:
        """Take inputs and steps as make_session does."""
        self._inputs, self._session = tuple(ranks), make_session(ranks, steps)

    def compute(self, *arrays: np.ndarray) -> np.ndarray:
        """Return the model's output for these inputs."""
        output: np.ndarray = self._session.run(None, dict(zip(self._inputs, arrays, strict=True)))[0]
        return output


class Relu(_Model):
    """Replace every number below 0 by 0, in features or rows."""

    def __init__(self, node: Node) -> None:
        super().__init__({"x": len(node.inputs[0].shape)}, ("Relu", ["x"], "y", {}))


class MaxPool(_Model):
    """Take the largest number of each window."""

    def __init__(self, node: Node) -> None:
        size, stride = node.attributes["kernel_size"], node.attributes["stride"]
        sides = {"kernel_shape": [size, size], "strides": [stride, stride]}
        super().__init__({"x": 4}, ("MaxPool", ["x"], "y", sides))


class Flatten(_Model):
    """Lay features out in N, H, W, C order: ONNX flattens in N, C, H, W order, so the channels go last first."""

    def __init__(self, _node: Node) -> None:
        channels_last = {"perm": [0, 2, 3, 1]}
        super().__init__({"x": 4}, ("Transpose", ["x"], "last", channels_last), ("Flatten", ["last"], "y", {"axis": 1}))


class FullyConnected(_Model):
    """Multiply by a weight and add the bias, whose one row is added to each."""

    def __init__(self, _node: Node) -> None:
        super().__init__({"x": 2, "weight": 2, "bias": 2}, ("Gemm", ["x", "weight", "bias"], "y", {}))


class Softmax(_Model):
    """Turn each row of scores into probabilities."""

    def __init__(self, _node: Node) -> None:
        super().__init__({"x": 2}, ("Softmax", ["x"], "y", {"axis": 1}))


def kernels() -> dict[str, type]:
    """Return the kernel classes by operator; Conv is not among them."""
    return {kernel.__name__: kernel for kernel in (Relu, MaxPool, Flatten, FullyConnected, Softmax)}
