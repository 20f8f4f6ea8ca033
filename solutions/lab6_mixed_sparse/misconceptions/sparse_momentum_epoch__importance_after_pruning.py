"""Importance is computed after pruning. Compute it before: what a layer loses now does not say how much it
moved."""

def sparse_momentum_epoch(params, velocities, masks, rate):
    pruned = {name: magnitude_prune(params[name], mask, rate) for name, mask in masks.items()}
    importance = layer_importance(velocities, pruned)
    total = sum(int(masks[name].sum() - mask.sum()) for name, mask in pruned.items())
    room = {name: int(mask.size - mask.sum()) for name, mask in pruned.items()}
    counts = redistribute(total, importance, room)
    grown = {name: regrow(mask, velocities[name], counts[name]) for name, mask in pruned.items()}
    kept = {name: np.where(mask, params[name], 0) for name, mask in pruned.items()}
    return {**params, **kept}, grown
