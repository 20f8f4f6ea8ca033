"""Pictures of lab 7: each function draws one idea and returns a figure with alt text."""

from aics.lab7_graph_training.pictures.optimizers import (
    gradients_by_depth,
    one_step,
    optimizer_losses,
    runs_by_beginning,
    valley,
)
