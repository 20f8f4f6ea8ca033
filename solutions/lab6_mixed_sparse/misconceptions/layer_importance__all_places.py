"""The mean is taken over all weights. Only the active ones say how much their layer is on the move."""

def layer_importance(momenta, masks):
    means = {name: np.abs(momenta[name]).mean() if mask.any() else 0.0 for name, mask in masks.items()}
    total = sum(means.values())
    if total == 0:
        return dict.fromkeys(means, 1 / len(means))
    return {name: mean / total for name, mean in means.items()}
