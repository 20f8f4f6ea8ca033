"""Pictures of lab 7: each function draws one idea and returns a figure with alt text."""

from aics.lab7_graph_training.pictures.frame import road
from aics.show.graphs import graph
from aics.lab7_graph_training.pictures.rules import rule_before_after, rule_checks, rule_nodes
