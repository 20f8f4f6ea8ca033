"""Pictures of the labs: each function draws one idea and returns a figure with alt text.

Matplotlib is imported when the first figure is drawn, so that importing this costs nothing.
"""

from aics.show.answers import batches, confusion, gallery, same_bars, top_classes
from aics.show.classifier import decision_map, predictions
from aics.show.convolution import coverage, feature_maps, filters, img2col, sliding, window
from aics.show.costs import cost_bars, race, stopwatches, time_bars
from aics.show.divergence import divergence
from aics.show.layers import flatten_order, matrix_product, relu, softmax
from aics.show.network import first_filters, layer_cost, network_blocks, network_input, shifted_entries, stages
from aics.show.photos import before_after, boxes, histograms, opened, photos, pixels, stretched
from aics.show.pooling import pooled, pooling
from aics.show.progress import progress
from aics.show.sampling import half_pixels, memory_order, orientations, rings
from aics.show.scenes import EDGE_FILTERS, scene, shapes, spirals
from aics.show.speed import speed_bars, winograd_count, winograd_tiles

__all__ = [
    "EDGE_FILTERS",
    "batches",
    "before_after",
    "boxes",
    "confusion",
    "cost_bars",
    "coverage",
    "decision_map",
    "divergence",
    "feature_maps",
    "filters",
    "first_filters",
    "flatten_order",
    "gallery",
    "half_pixels",
    "histograms",
    "img2col",
    "layer_cost",
    "matrix_product",
    "memory_order",
    "network_blocks",
    "network_input",
    "opened",
    "orientations",
    "photos",
    "pixels",
    "pooled",
    "pooling",
    "predictions",
    "progress",
    "race",
    "relu",
    "rings",
    "same_bars",
    "scene",
    "shapes",
    "shifted_entries",
    "sliding",
    "softmax",
    "speed_bars",
    "spirals",
    "stages",
    "stopwatches",
    "stretched",
    "time_bars",
    "top_classes",
    "window",
    "winograd_count",
    "winograd_tiles",
]
