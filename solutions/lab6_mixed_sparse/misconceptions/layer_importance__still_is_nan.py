"""Where nothing moves at all, 0 is divided by 0. Then all fractions should be equal."""

def layer_importance(momenta, masks):
    means = {name: np.abs(momenta[name][mask]).mean() if mask.any() else 0.0 for name, mask in masks.items()}
    total = sum(means.values())
    return {name: mean / total for name, mean in means.items()}
