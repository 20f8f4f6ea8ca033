"""Pictures of the labs: each function draws one idea and returns a figure with alt text.

Matplotlib is imported when the first figure is drawn, so that importing this costs nothing.
"""

from aics.show.classifier import decision_map, predictions
from aics.show.convolution import coverage, feature_maps, filters, img2col, sliding, window
from aics.show.layers import flatten_order, matrix_product, relu, softmax
from aics.show.pooling import pooled, pooling
from aics.show.scenes import EDGE_FILTERS, scene, shapes, spirals
from aics.show.speed import speed_bars, winograd_count, winograd_tiles

__all__ = [
    "EDGE_FILTERS",
    "coverage",
    "decision_map",
    "feature_maps",
    "filters",
    "flatten_order",
    "img2col",
    "matrix_product",
    "pooled",
    "pooling",
    "predictions",
    "relu",
    "scene",
    "shapes",
    "sliding",
    "softmax",
    "speed_bars",
    "spirals",
    "window",
    "winograd_count",
    "winograd_tiles",
]
