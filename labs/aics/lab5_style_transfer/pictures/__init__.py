"""Pictures of lab 5, style transfer: each function draws one idea and returns a figure with alt text."""

from aics.lab5_style_transfer.pictures.gradients import (
    gradient_check,
    one_step,
    passes,
    pulls,
    receptive_fields,
    turned,
    valley,
)
from aics.lab5_style_transfer.pictures.texture import byte_conversion, difference, grams, picture_of, shuffled_grams
from aics.lab5_style_transfer.pictures.transfer import (
    TransferFrame,
    compare_parameters,
    film_strip,
    parameter_grid,
    watch_transfer,
)
from aics.show.network import first_filters, stages
from aics.show.photos import opened, photos
from aics.show.race import race, timed
