"""Graphs of operators, as TensorFlow 1.x builds them: described first, placed on a device, run later.

Here is what a graph is made of. What gives it life is written in the lab's notebook: the builder that defines
operators, the registry that finds a kernel for a node, and the session that runs the graph.

    operators = Operators()
    operators.add(OpDef("Relu", inputs=("x",), outputs=("y",), shape_function=shapes.same))
    graph = Graph(operators)
    x = graph.placeholder("x", (None, 3))
    with graph.device("dlp:0"):
        y = graph.apply("Relu", x, name="relu1")        # y.shape is (None, 3), y.node.device is "dlp:0"
"""

from aics.graph import shapes
from aics.graph.errors import GraphError
from aics.graph.graph import Graph
from aics.graph.nodes import Node, Tensor
from aics.graph.operators import REQUIRED, OpDef, Operators

__all__ = ["REQUIRED", "Graph", "GraphError", "Node", "OpDef", "Operators", "Tensor", "shapes"]
