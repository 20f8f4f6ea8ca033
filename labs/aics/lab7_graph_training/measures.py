"""Lab 7: what is compared, computed from what a student's functions returned."""

from __future__ import annotations

from aics.lab7_graph_training.layers_measures import full_layer, mnist_cnn

__all__ = ["full_layer", "mnist_cnn"]

# Walks: which nodes run, in what order, and backwards

# Variables, their first values, and dropout

# The gradient of each operator

# Optimizers

# Checkpoints

# What TensorBoard reads

# Batch normalization and the LSTM
