"""Pictures of lab 4: each function draws one idea and returns a figure with alt text."""

from aics.demos.in_notebook import demo
from aics.lab4_dlp.pictures.backends import BackendRow, backends, layer_errors
from aics.lab4_dlp.pictures.error_bounds import bounds, layer_bounds, product_error
from aics.lab4_dlp.pictures.graphs import kernel_table, machines, needed
from aics.lab4_dlp.pictures.int8_grid import number_lines, ranges, staircase, widths
from aics.lab4_dlp.pictures.roofline import roofline
from aics.lab4_dlp.pictures.rounding import agreement, bit_grid, bits_accuracy, quantized_map
from aics.lab4_dlp.pictures.stored_weights import StoredRow, stored_layers
from aics.show.classification import gallery, same_bars
from aics.show.graphs import graph
from aics.show.network import network_input, stages
from aics.show.progress import progress
from aics.show.race import race, timed
