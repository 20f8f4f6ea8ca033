"""Pictures of lab 3, VGG19: each function draws one idea and returns a figure with alt text."""

from aics.demos.in_notebook import demo
from aics.lab3_vgg19.pictures.classification import batches, confusion, top_classes
from aics.lab3_vgg19.pictures.costs import cost_bars, stopwatches, time_bars
from aics.lab3_vgg19.pictures.divergence import divergence
from aics.lab3_vgg19.pictures.network import layer_cost, network_blocks, shifted_entries
from aics.show.classification import gallery, same_bars
from aics.show.flatten import flatten_order
from aics.show.network import first_filters, network_input, stages
from aics.show.progress import progress
from aics.show.race import race, timed
