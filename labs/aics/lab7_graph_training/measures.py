"""Lab 7: what is compared, computed from what a student's functions returned."""

from __future__ import annotations

from aics.lab7_graph_training.planning_measures import gradients
from aics.lab7_graph_training.saver_measures import saver

__all__ = ["gradients", "saver"]

# Walks: which nodes run, in what order, and backwards

# Variables, their first values, and dropout

# The gradient of each operator

# Layers and networks

# Optimizers

# Checkpoints

# What TensorBoard reads

# Batch normalization and the LSTM
