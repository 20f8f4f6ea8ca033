"""Lab 7: what is compared, computed from what a student's functions returned."""

from __future__ import annotations

from aics.lab7_graph_training.rules_measures import op_gradients

__all__ = [
    "op_gradients",
]
from aics.lab7_graph_training import planning_measures, saver_measures

# Walks: which nodes run, in what order, and backwards

gradients = planning_measures.gradients

# Variables, their first values, and dropout

# The gradient of each operator

# Layers and networks

# Optimizers

# Checkpoints

saver = saver_measures.saver

# What TensorBoard reads

# Batch normalization and the LSTM
