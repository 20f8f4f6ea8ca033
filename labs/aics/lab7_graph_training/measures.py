"""Lab 7: what is compared, computed from what a student's functions returned; each group has a file of its own."""

from aics.lab7_graph_training.layers_measures import full_layer, mnist_cnn
from aics.lab7_graph_training.normalization_measures import batch_norm
from aics.lab7_graph_training.planning_measures import gradients
from aics.lab7_graph_training.rules_measures import op_gradients
from aics.lab7_graph_training.saver_measures import saver
from aics.lab7_graph_training.state_measures import dropout, initializers, variables
from aics.lab7_graph_training.watching_measures import event_file, graph_def

__all__ = [
    "batch_norm",
    "dropout",
    "event_file",
    "full_layer",
    "gradients",
    "graph_def",
    "initializers",
    "mnist_cnn",
    "op_gradients",
    "saver",
    "variables",
]
