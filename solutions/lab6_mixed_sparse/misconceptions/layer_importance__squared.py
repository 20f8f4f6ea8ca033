"""This is the mean of the squares: layers that move twice as much get four times the importance."""

def layer_importance(momenta, masks):
    means = {name: np.square(momenta[name][mask]).mean() if mask.any() else 0.0 for name, mask in masks.items()}
    total = sum(means.values())
    if total == 0:
        return dict.fromkeys(means, 1 / len(means))
    return {name: mean / total for name, mean in means.items()}
