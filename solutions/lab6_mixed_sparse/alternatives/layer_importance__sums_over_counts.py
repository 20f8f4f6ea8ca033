"""Sums of the masked sizes over the numbers of active weights."""


def layer_importance(momenta, masks):
    means = {}
    for name in masks:
        n = int(masks[name].sum())
        means[name] = float((np.abs(momenta[name]) * masks[name]).sum(dtype=np.float64)) / max(n, 1)
    whole = math.fsum(means.values())
    return {name: (m / whole if whole > 0 else 1.0 / len(means)) for name, m in means.items()}


import math
