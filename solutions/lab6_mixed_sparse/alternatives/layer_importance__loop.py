"""A loop, with counts."""

def layer_importance(momenta, masks):
    means = {}
    for name in masks:
        active = np.count_nonzero(masks[name])
        moved = np.sum(np.abs(momenta[name]) * masks[name], dtype=np.float64)
        means[name] = moved / max(active, 1)
    if not any(means.values()):
        return {name: 1 / len(masks) for name in masks}
    return {name: float(means[name] / sum(means.values())) for name in means}
