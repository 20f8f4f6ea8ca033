"""Lab 7: what is compared, computed from what a student's functions returned."""

from __future__ import annotations

from aics.lab7_graph_training.rules_measures import op_gradients

__all__ = [
    "op_gradients",
]
from aics.lab7_graph_training import planning_measures, saver_measures
from aics.check.ask import Outputs
from aics.check.returned import Returned
from aics.lab7_graph_training.normalization_asks import VARIABLES
from aics.lab7_graph_training.layers_measures import full_layer, mnist_cnn

__all__ = ["full_layer", "mnist_cnn"]
from aics.lab7_graph_training.watching_measures import event_file, graph_def

__all__ = ["event_file", "graph_def"]

# Walks: which nodes run, in what order, and backwards

gradients = planning_measures.gradients

# Variables, their first values, and dropout
from aics.lab7_graph_training.state_measures import dropout, initializers, variables

__all__ = ["dropout", "initializers", "variables"]

# Walks: which nodes run, in what order, and backwards

# The gradient of each operator

# Optimizers

# Checkpoints

saver = saver_measures.saver

# What TensorBoard reads

# Batch normalization and the LSTM


def batch_norm(returned: Returned, *, name: str, **_: object) -> Outputs:
    """Which variables the store got, which of them are trainable, and all that was computed."""
    there, trainable = set(returned.words("names")), set(returned.words("trainable"))
    found: Outputs = {f"variable {name}/{short}": f"{name}/{short}" in there for short in VARIABLES}
    found |= {f"trainable: {short}": f"{name}/{short}" in trainable for short in VARIABLES}
    return found | returned.beside("names", "trainable")
