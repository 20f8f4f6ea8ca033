"""A graph's nodes, and the tensors that connect them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aics.graph.errors import GraphError
from aics.graph.operators import FLOAT, Attributes, OpDef, Shape
from aics.language import tr

PLACEHOLDER, VARIABLE = "Placeholder", "Variable"


class Tensor:
    """One output of a node: it has a shape, but no values before the graph runs.

    Attributes
    ----------
    node : Node
        The node that computes it.
    index : int
        Which of the node's outputs it is.
    shape : tuple
        A size for each axis; None where it is not known yet.
    dtype : str
        Such as ``float32``.
    """

    def __init__(self, node: Node, index: int, shape: Shape, dtype: str = FLOAT) -> None:
        self.node, self.index, self.shape, self.dtype = node, index, tuple(shape), dtype

    @property
    def name(self) -> str:
        """Return the node's name and the output's number, such as ``conv1_1:0``."""
        return f"{self.node.name}:{self.index}"

    def __repr__(self) -> str:
        return f"<Tensor {self.name} {list(self.shape)}>"


class Node:
    """One use of an operator in a graph. Make it with `Graph.apply`.

    Attributes
    ----------
    name : str
        Unique in its graph.
    op : OpDef
    inputs, outputs : tuple of Tensor
    control_inputs : tuple of Node
        Nodes that have to run before this one, although it takes nothing from them.
    attributes : mapping of str to object
        Every attribute of the operator, with its value for this node.
    device : str
        Where it runs, such as ``dlp:0``.
    value : ndarray or None
        The value of a variable; None for every other node.
    """

    def __init__(self, name: str, op: OpDef, inputs: Sequence[Tensor], attributes: Attributes, device: str) -> None:
        self.name, self.op, self.inputs, self.attributes, self.device = name, op, tuple(inputs), attributes, device
        self.control_inputs: tuple[Node, ...] = ()
        self.value: np.ndarray | None = None
        shapes = op.shape_function([tensor.shape for tensor in inputs], attributes)
        if len(shapes) != len(op.outputs):
            counts = {"shapes": len(shapes), "outputs": len(op.outputs)}
            raise GraphError(tr("its shape function gave {shapes} shapes for {outputs} outputs.", **counts))
        dtypes = op.dtypes([tensor.dtype for tensor in inputs], attributes)
        pairs = zip(shapes, dtypes, strict=True)
        self.outputs = tuple(Tensor(self, index, shape, dtype) for index, (shape, dtype) in enumerate(pairs))

    @property
    def is_placeholder(self) -> bool:
        """Return whether its value has to be fed."""
        return self.op.name == PLACEHOLDER

    @property
    def is_variable(self) -> bool:
        """Return whether it keeps a value from run to run."""
        return self.op.name == VARIABLE

    def load(self, value: np.ndarray) -> None:
        """Give a variable another value of the same shape.

        The array is not copied, and cannot be written to any more. Raises GraphError where it does not fit.
        """
        value = np.asarray(value)
        if not self.is_variable or value.shape != self.outputs[0].shape:
            said = {"node": self.name, "shape": list(value.shape), "whole": self}
            raise GraphError(tr("{node}: an array of shape {shape} cannot be loaded into {whole!r}.", **said))
        value.flags.writeable = False  # kernels may prepare it once and trust it
        self.value = value

    def update_input(self, index: int, tensor: Tensor) -> None:
        """Replace one input by a tensor of the same shape; for tools that rewrite graphs.

        Whether the graph then has a cycle is not checked. Raises GraphError where the shapes differ.
        """
        if tensor.shape != self.inputs[index].shape:
            said = {"node": self.name, "index": index, "before": self.inputs[index], "tensor": tensor}
            raise GraphError(tr("{node}: input {index} is {before!r}, {tensor!r} does not fit.", **said))
        self.inputs = (*self.inputs[:index], tensor, *self.inputs[index + 1 :])

    def __repr__(self) -> str:
        shapes = ", ".join(str(list(tensor.shape)) for tensor in self.outputs)
        return f"<Node {self.name}: {self.op.name} on {self.device} -> {shapes}>"
