"""Pictures of lab 7: each function draws one idea and returns a figure with alt text."""

from aics.lab7_graph_training.pictures.watching import gradients_by_layer, record_bytes, tensorboard
