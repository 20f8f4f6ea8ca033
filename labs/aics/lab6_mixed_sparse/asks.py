"""Lab 6: its asks by name, the files that finished cells become, and the stand-ins of the student's speed check."""

from aics.lab6_mixed_sparse.mixed_asks import (
    dynamic_loss_scaling,
    half_cast,
    half_matmul,
    half_matmul_yardstick,
    loss_scaling,
    master_weights,
    memory,
    underflow,
)
from aics.lab6_mixed_sparse.sparse_asks import (
    layer_importance,
    magnitude_prune,
    masked_step,
    mixed_and_sparse,
    redistribute,
    regrow,
    sparse_inference,
    sparse_inference_yardstick,
    sparse_momentum_epoch,
)
from aics.lab6_mixed_sparse.training_asks import mixed_train_step, mixed_training, sparse_training

__all__ = [
    "EXPORTS",
    "YARDSTICKS",
    "dynamic_loss_scaling",
    "half_cast",
    "half_matmul",
    "layer_importance",
    "loss_scaling",
    "magnitude_prune",
    "masked_step",
    "master_weights",
    "memory",
    "mixed_and_sparse",
    "mixed_train_step",
    "mixed_training",
    "redistribute",
    "regrow",
    "sparse_inference",
    "sparse_momentum_epoch",
    "sparse_training",
    "underflow",
]

#: Finished cells that become files of `stu_upload/`.
EXPORTS = {
    "mixed_precision.py": (
        *("half_cast", "half_matmul", "underflow", "update_master", "scaled_gradients", "adjust_scale"),
        *("mixed_train_step", "begin_mixed", "mixed_training", "memory"),
    ),
    "sparse_momentum.py": (
        *("magnitude_prune", "layer_importance", "redistribute", "regrow", "masked_step", "sparse_momentum_epoch"),
        *("begin_sparse", "sparse_step", "after_epoch", "to_csr", "csr_product"),
        *("compact", "spread", "compact_step"),
    ),
}

#: What the student's own speed check divides by: a computation that costs about as much as the reference.
YARDSTICKS = {"half_matmul": half_matmul_yardstick, "sparse_inference": sparse_inference_yardstick}
