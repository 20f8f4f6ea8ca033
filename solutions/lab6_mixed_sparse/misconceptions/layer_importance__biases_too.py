"""Biases get an importance as well. They have no mask: go through the names in masks."""

def layer_importance(momenta, masks):
    means = {}
    for name, momentum in momenta.items():
        mask = masks.get(name, np.ones(momentum.shape, bool))
        means[name] = np.abs(momentum[mask]).mean() if mask.any() else 0.0
    total = sum(means.values())
    if total == 0:
        return dict.fromkeys(means, 1 / len(means))
    return {name: mean / total for name, mean in means.items()}
