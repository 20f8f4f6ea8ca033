"""The mean over no weights is nan, and makes all fractions nan. A layer without active weights has the
importance 0."""

def layer_importance(momenta, masks):
    means = {name: np.abs(momenta[name][mask]).mean() for name, mask in masks.items()}
    total = sum(means.values())
    if total == 0:
        return dict.fromkeys(means, 1 / len(means))
    return {name: mean / total for name, mean in means.items()}
