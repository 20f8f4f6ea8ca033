"""Pictures that several labs share; those of one lab are in its own ``pictures``.

Each function draws one idea and returns a figure with alt text. Matplotlib is imported when the first figure is
drawn, so that importing this costs nothing.
"""

from aics.show.classification import gallery, same_bars
from aics.show.flatten import flatten_order
from aics.show.gradient_check import gradient_check
from aics.show.graphs import graph
from aics.show.network import first_filters, network_input, stages
from aics.show.photos import opened, photos
from aics.show.progress import progress
from aics.show.race import race, timed
