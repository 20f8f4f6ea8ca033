"""The parameters that were passed in are changed. Put the new ones into a new dict."""

def sparse_momentum_epoch(params, velocities, masks, rate):
    importance = layer_importance(velocities, masks)
    pruned = {name: magnitude_prune(params[name], mask, rate) for name, mask in masks.items()}
    total = sum(int(masks[name].sum() - mask.sum()) for name, mask in pruned.items())
    room = {name: int(mask.size - mask.sum()) for name, mask in pruned.items()}
    counts = redistribute(total, importance, room)
    grown = {name: regrow(mask, velocities[name], counts[name]) for name, mask in pruned.items()}
    kept = {name: np.where(mask, params[name], 0) for name, mask in pruned.items()}
    params.update(kept)
    return params, grown
