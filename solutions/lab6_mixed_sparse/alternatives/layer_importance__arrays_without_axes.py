"""Each share in an array without axes."""

def layer_importance(momenta, masks):
    means = np.array([np.abs(momenta[name][mask]).mean() if mask.any() else 0.0 for name, mask in masks.items()])
    shares = means / means.sum() if means.sum() else np.full(len(means), 1 / len(means))
    return {name: np.array(share) for name, share in zip(masks, shares, strict=True)}
