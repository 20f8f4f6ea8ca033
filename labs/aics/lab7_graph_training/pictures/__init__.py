"""Pictures of lab 7: each function draws one idea and returns a figure with alt text."""

from aics.lab7_graph_training.pictures.lstm import lstm_cell, rows_read
from aics.lab7_graph_training.pictures.normalization import batch_norm_channels, watch_gradients
