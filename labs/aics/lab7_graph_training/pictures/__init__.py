"""Pictures of lab 7: each function draws one idea and returns a figure with alt text."""

from aics.lab7_graph_training.pictures.layers import (
    dialects,
    digit_network,
    filters,
    layer_scope,
    loss_curve,
    read_wrong,
    two_losses,
    weights_as_pictures,
)
