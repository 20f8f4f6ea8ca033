"""Kernels of ONNX Runtime on the CPU: all but the convolution, which the lab leaves to you.

ONNX Runtime runs whole models. Here a model is as small as it gets: a step or two, made for one node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import onnxruntime  # starts a thread, which idles: while code is timed, no thread may start
from onnx import ModelProto, TensorProto, helper

#: The version of ONNX's operators, and of its file format, that models are written in.
OPSET, FORMAT = 17, 9
#: One step of a model: ONNX operator, names that go in, name that comes out, attributes.
Step = tuple[str, Sequence[str], str, Mapping[str, object]]


def make_session(ranks: Mapping[str, int], steps: Sequence[Step], threads: int = 1):
    """Build a model out of a few steps, and make it ready to run on one core, or on several.

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
    nodes = [helper.make_node(operator, list(come), [out], **kind) for operator, come, out, kind in steps]
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
    """A kernel with one model, made when the kernel is made; subclasses say which."""

    ranks: Mapping[str, int]

    def __init__(self, node):
        self._session = make_session(self.ranks, self.steps(node.attributes))

    def compute(self, *arrays):
        """The model's output for these inputs."""
        return self._session.run(None, dict(zip(self.ranks, arrays, strict=True)))[0]


class Relu(_Model):
    """Put 0 for every number below 0; features or rows."""

    def __init__(self, node):
        self.ranks = {"x": len(node.inputs[0].shape)}
        super().__init__(node)

    def steps(self, attributes):
        """One ONNX Relu."""
        return [("Relu", ["x"], "y", {})]


class MaxPool(_Model):
    """Take the largest number of each window."""

    ranks = {"x": 4}

    def steps(self, attributes):
        """One ONNX MaxPool; both of its sides are given."""
        size, stride = attributes["kernel_size"], attributes["stride"]
        return [("MaxPool", ["x"], "y", {"kernel_shape": [size, size], "strides": [stride, stride]})]


class Flatten(_Model):
    """Lay features out in N, H, W, C order."""

    ranks = {"x": 4}

    def steps(self, attributes):
        """ONNX flattens in N, C, H, W order, so the channels go last first."""
        return [("Transpose", ["x"], "last", {"perm": [0, 2, 3, 1]}), ("Flatten", ["last"], "y", {"axis": 1})]


class FullyConnected(_Model):
    """Multiply with a weight and add the bias."""

    ranks = {"x": 2, "weight": 2, "bias": 2}

    def steps(self, attributes):
        """One ONNX Gemm; the bias's one row is added to each."""
        return [("Gemm", ["x", "weight", "bias"], "y", {})]


class Softmax(_Model):
    """Turn each row of scores into probabilities."""

    ranks = {"x": 2}

    def steps(self, attributes):
        """One ONNX Softmax along the classes."""
        return [("Softmax", ["x"], "y", {"axis": 1})]


def kernels() -> dict[str, type]:
    """The kernel classes by operator; Conv is not among them."""
    return {kernel.__name__: kernel for kernel in (Relu, MaxPool, Flatten, FullyConnected, Softmax)}
