"""Pictures of lab 7: each function draws one idea and returns a figure with alt text."""

from aics.lab7_graph_training.pictures.scopes import scopes
from aics.lab7_graph_training.pictures.state import depths, dropped

__all__ = ["depths", "dropped", "scopes"]
