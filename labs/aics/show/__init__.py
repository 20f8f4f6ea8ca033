"""Pictures of the labs: each function draws one idea and returns a figure with alt text.

Matplotlib is imported when the first figure is drawn, so that importing this costs nothing.
"""

from aics.show.answers import batches, confusion, gallery, same_bars, top_classes
from aics.show.backends import BackendRow, backends, layer_errors
from aics.show.bits import agreement, bit_grid, bits_accuracy, quantized_map
from aics.show.bounds import bounds, layer_bounds, product_error
from aics.show.classifier import decision_map, predictions
from aics.show.convolution import coverage, feature_maps, filters, img2col, sliding, window
from aics.show.costs import cost_bars, race, stopwatches, time_bars
from aics.show.divergence import divergence
from aics.show.gradients import gradient_check, one_step, passes, pulls, receptive_fields, turned, valley
from aics.show.graphs import graph, kernel_table, machines, needed
from aics.show.grids import number_lines, ranges, staircase, widths
from aics.show.layers import flatten_order, matrix_product, relu, softmax
from aics.show.network import first_filters, layer_cost, network_blocks, network_input, shifted_entries, stages
from aics.show.photos import before_after, boxes, histograms, opened, photos, pixels, stretched
from aics.show.pooling import pooled, pooling
from aics.show.progress import progress
from aics.show.roofline import roofline
from aics.show.sampling import half_pixels, memory_order, orientations, rings
from aics.show.scenes import EDGE_FILTERS, scene, shapes, spirals
from aics.show.speed import speed_bars, winograd_count, winograd_tiles
from aics.show.texture import difference, grams, levels, picture_of, shuffled_grams
from aics.show.transfer import Frame, choice_grid, choices, film_strip, watched

__all__ = [
    "EDGE_FILTERS",
    "BackendRow",
    "Frame",
    "agreement",
    "backends",
    "batches",
    "before_after",
    "bit_grid",
    "bits_accuracy",
    "bounds",
    "boxes",
    "choice_grid",
    "choices",
    "confusion",
    "cost_bars",
    "coverage",
    "decision_map",
    "difference",
    "divergence",
    "feature_maps",
    "film_strip",
    "filters",
    "first_filters",
    "flatten_order",
    "gallery",
    "gradient_check",
    "grams",
    "graph",
    "half_pixels",
    "histograms",
    "img2col",
    "kernel_table",
    "layer_bounds",
    "layer_cost",
    "layer_errors",
    "levels",
    "machines",
    "matrix_product",
    "memory_order",
    "needed",
    "network_blocks",
    "network_input",
    "number_lines",
    "one_step",
    "opened",
    "orientations",
    "passes",
    "photos",
    "picture_of",
    "pixels",
    "pooled",
    "pooling",
    "predictions",
    "product_error",
    "progress",
    "pulls",
    "quantized_map",
    "race",
    "ranges",
    "receptive_fields",
    "relu",
    "rings",
    "roofline",
    "same_bars",
    "scene",
    "shapes",
    "shifted_entries",
    "shuffled_grams",
    "sliding",
    "softmax",
    "speed_bars",
    "spirals",
    "stages",
    "staircase",
    "stopwatches",
    "stretched",
    "time_bars",
    "top_classes",
    "turned",
    "valley",
    "watched",
    "widths",
    "window",
    "winograd_count",
    "winograd_tiles",
]
