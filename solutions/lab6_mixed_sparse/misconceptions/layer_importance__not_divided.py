"""The means themselves are returned. Divide by their sum, so that they add up to 1."""

def layer_importance(momenta, masks):
    means = {name: np.abs(momenta[name][mask]).mean() if mask.any() else 0.0 for name, mask in masks.items()}
    total = sum(means.values())
    if total == 0:
        return dict.fromkeys(means, 1 / len(means))
    return {name: mean for name, mean in means.items()}
