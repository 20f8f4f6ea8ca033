"""Pictures of lab 7: each function draws one idea and returns a figure with alt text."""

from aics.lab7_graph_training.pictures.checkpoints import bytes_of, killed_run
from aics.lab7_graph_training.pictures.frame import road
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
from aics.lab7_graph_training.pictures.lstm import lstm_cell, rows_read
from aics.lab7_graph_training.pictures.normalization import batch_norm_channels, watch_gradients
from aics.lab7_graph_training.pictures.optimizers import (
    gradients_by_depth,
    one_step,
    optimizer_losses,
    runs_by_beginning,
    valley,
)
from aics.lab7_graph_training.pictures.planning import both_halves, diamonds, gradient_sum, order
from aics.lab7_graph_training.pictures.rules import rule_before_after, rule_checks, rule_nodes
from aics.lab7_graph_training.pictures.scopes import scopes
from aics.lab7_graph_training.pictures.state import depths, dropped
from aics.lab7_graph_training.pictures.watching import gradients_by_layer, record_bytes, tensorboard
from aics.show.graphs import graph
