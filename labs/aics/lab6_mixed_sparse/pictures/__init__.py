"""Pictures of lab 6: each function draws one idea and returns a figure with alt text."""

from aics.demos.in_notebook import demo
from aics.lab6_mixed_sparse.pictures.half_precision import (
    cast_errors,
    exponents,
    half_bits,
    half_spacing,
    lost_updates,
    running_sums,
    spoiled_shares,
)
from aics.lab6_mixed_sparse.pictures.mixed_precision import loss_and_scale, memory_bars, mixed_flow
from aics.lab6_mixed_sparse.pictures.sparse_networks import accuracy_by_density, compressed_rows, density_race
from aics.lab6_mixed_sparse.pictures.sparsity import (
    layer_shares,
    pixel_maps,
    pruned_accuracy,
    sparse_cycle,
    vessels,
    weight_sizes,
)
from aics.lab6_mixed_sparse.pictures.training import watch_training
from aics.show.race import race, timed
