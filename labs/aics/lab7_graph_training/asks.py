"""Lab 7: its asks by name, the files that finished cells become, and the stand-ins of the student's speed check."""

from aics.lab7_graph_training.watching_asks import event_file, gradient_summary, graph_def

__all__ = ["EXPORTS", "YARDSTICKS", "event_file", "gradient_summary", "graph_def"]

#: Finished cells that become files of `stu_upload/`: the course's own MNIST_MLP, and the rest.
EXPORTS: dict[str, tuple[str, ...]] = {
    "event_file.py": ("EventFile", "graph_def", "gradient_summary"),
}

#: What the student's own speed check divides by: a computation that costs about as much as the reference.
YARDSTICKS: dict[str, object] = {}
