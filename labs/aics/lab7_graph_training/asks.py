"""Lab 7: its asks by name, the files that finished cells become, and the stand-ins of the student's speed check."""

from aics.lab7_graph_training.state_asks import dropout, initializers, variables

__all__ = ["EXPORTS", "YARDSTICKS", "dropout", "initializers", "variables"]

#: Finished cells that become files of `stu_upload/`: the course's own MNIST_MLP, and the rest.
EXPORTS: dict[str, tuple[str, ...]] = {}

#: What the student's own speed check divides by: a computation that costs about as much as the reference.
YARDSTICKS: dict[str, object] = {}
