"""Lab 7: what is compared, computed from what a student's functions returned."""

from __future__ import annotations

from aics.lab7_graph_training.state_measures import dropout, initializers, variables

__all__ = ["dropout", "initializers", "variables"]

# Walks: which nodes run, in what order, and backwards

# The gradient of each operator

# Layers and networks

# Optimizers

# Checkpoints

# What TensorBoard reads

# Batch normalization and the LSTM
