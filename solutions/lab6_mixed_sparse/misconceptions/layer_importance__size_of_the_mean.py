"""This is the absolute value of the mean: momenta of either sign cancel. Take the mean of the absolute values."""

def layer_importance(momenta, masks):
    means = {name: np.abs(momenta[name][mask].mean()) if mask.any() else 0.0 for name, mask in masks.items()}
    total = sum(means.values())
    if total == 0:
        return dict.fromkeys(means, 1 / len(means))
    return {name: mean / total for name, mean in means.items()}
