"""Lab 6's demos for the classroom."""

from __future__ import annotations

from collections.abc import Mapping

#: Name in the address -> module and class.
DEMOS: Mapping[str, str] = {
    "loss-scale": "aics.lab6_mixed_sparse.demos.loss_scale:LossScale",
    "sparse": "aics.lab6_mixed_sparse.demos.sparse:SparseMasks",
}
