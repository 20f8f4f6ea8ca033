"""Lab 7: its asks by name, the files that finished cells become, and the stand-ins of the student's speed check."""

from aics.lab7_graph_training.rules_asks import op_gradients

__all__ = [
    "EXPORTS",
    "YARDSTICKS",
    "op_gradients",
]
from aics.lab7_graph_training.planning_asks import gradients, walk, walk_yardstick
from aics.lab7_graph_training.saver_asks import saver

__all__ = ["EXPORTS", "YARDSTICKS", "gradients", "saver", "walk"]
from aics.lab7_graph_training.normalization_asks import batch_norm, lstm

__all__ = ["EXPORTS", "YARDSTICKS", "batch_norm", "lstm"]

#: Finished cells that become files of `stu_upload/`: the course's own MNIST_MLP, and the rest.
EXPORTS: dict[str, tuple[str, ...]] = {
    "normalization.py": ("batch_norm", "batch_norm_gradient", "lstm_step", "lstm_step_backward"),
}

#: What the student's own speed check divides by: a computation that costs about as much as the reference.
YARDSTICKS: dict[str, object] = {"walk": walk_yardstick}
