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
from aics.show.half import cast_errors, exponents, half_bits, half_spacing, lost_updates, running_sums, spoiled_shares
from aics.show.layers import flatten_order, matrix_product, relu, softmax
from aics.show.mixed import loss_and_scale, memory_bars, mixed_flow
from aics.show.network import first_filters, layer_cost, network_blocks, network_input, shifted_entries, stages
from aics.show.photos import before_after, boxes, histograms, opened, photos, pixels, stretched
from aics.show.pooling import pooled, pooling
from aics.show.progress import progress
from aics.show.roofline import roofline
from aics.show.sampling import half_pixels, memory_order, orientations, rings
from aics.show.scenes import EDGE_FILTERS, scene, shapes, spirals
from aics.show.sparse_runs import accuracy_by_density, compressed_rows, density_race
from aics.show.sparsity import layer_shares, pixel_maps, pruned_accuracy, sparse_cycle, vessels, weight_sizes
from aics.show.speed import speed_bars, winograd_count, winograd_tiles
from aics.show.texture import difference, grams, levels, picture_of, shuffled_grams
from aics.show.training import trained
from aics.show.transfer import Frame, choice_grid, choices, film_strip, watched

__all__ = [
    "EDGE_FILTERS",
    "BackendRow",
    "Frame",
    "accuracy_by_density",
    "agreement",
    "backends",
    "batches",
    "before_after",
    "bit_grid",
    "bits_accuracy",
    "bounds",
    "boxes",
    "cast_errors",
    "choice_grid",
    "choices",
    "compressed_rows",
    "confusion",
    "cost_bars",
    "coverage",
    "decision_map",
    "density_race",
    "difference",
    "divergence",
    "exponents",
    "feature_maps",
    "film_strip",
    "filters",
    "first_filters",
    "flatten_order",
    "gallery",
    "gradient_check",
    "grams",
    "graph",
    "half_bits",
    "half_pixels",
    "half_spacing",
    "histograms",
    "img2col",
    "kernel_table",
    "layer_bounds",
    "layer_cost",
    "layer_errors",
    "layer_shares",
    "levels",
    "loss_and_scale",
    "lost_updates",
    "machines",
    "matrix_product",
    "memory_bars",
    "memory_order",
    "mixed_flow",
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
    "pixel_maps",
    "pixels",
    "pooled",
    "pooling",
    "predictions",
    "product_error",
    "progress",
    "pruned_accuracy",
    "pulls",
    "quantized_map",
    "race",
    "ranges",
    "receptive_fields",
    "relu",
    "rings",
    "roofline",
    "running_sums",
    "same_bars",
    "scene",
    "shapes",
    "shifted_entries",
    "shuffled_grams",
    "sliding",
    "softmax",
    "sparse_cycle",
    "speed_bars",
    "spirals",
    "spoiled_shares",
    "stages",
    "staircase",
    "stopwatches",
    "stretched",
    "time_bars",
    "top_classes",
    "trained",
    "turned",
    "valley",
    "vessels",
    "watched",
    "weight_sizes",
    "widths",
    "window",
    "winograd_count",
    "winograd_tiles",
]
