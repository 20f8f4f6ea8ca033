"""Pictures of lab 2, layers: each function draws one idea and returns a figure with alt text."""

from aics.demos.in_notebook import demo
from aics.lab2_layers.pictures.classifier import decision_map, predictions
from aics.lab2_layers.pictures.convolution import coverage, feature_maps, filters, img2col, sliding, window
from aics.lab2_layers.pictures.layers import matrix_product, relu, softmax
from aics.lab2_layers.pictures.pooling import pooled, pooling
from aics.lab2_layers.pictures.speed import speed_bars, winograd_count, winograd_tiles
from aics.lab2_layers.pictures.synthetic import EDGE_FILTERS, LEFT_TO_RIGHT, scene, shapes, spirals
from aics.show.flatten import flatten_order
from aics.show.gradient_check import gradient_check
