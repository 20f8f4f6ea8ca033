"""Lab 7: what is compared, computed from what a student's functions returned."""

from __future__ import annotations

from aics.lab7_graph_training.watching_measures import event_file, graph_def

__all__ = ["event_file", "graph_def"]

# Walks: which nodes run, in what order, and backwards

# Variables, their first values, and dropout

# The gradient of each operator

# Layers and networks

# Optimizers

# Checkpoints

# What TensorBoard reads

# Batch normalization and the LSTM
