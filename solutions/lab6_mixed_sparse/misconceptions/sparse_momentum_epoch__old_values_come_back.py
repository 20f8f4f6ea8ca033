"""A weight that is taken out and grows again at once keeps its old value. Everything that grows starts at 0."""

def sparse_momentum_epoch(params, velocities, masks, rate):
    importance = layer_importance(velocities, masks)
    pruned = {name: magnitude_prune(params[name], mask, rate) for name, mask in masks.items()}
    total = sum(int(masks[name].sum() - mask.sum()) for name, mask in pruned.items())
    room = {name: int(mask.size - mask.sum()) for name, mask in pruned.items()}
    counts = redistribute(total, importance, room)
    grown = {name: regrow(mask, velocities[name], counts[name]) for name, mask in pruned.items()}
    kept = {name: np.where(mask, params[name], 0) for name, mask in grown.items()}
    return {**params, **kept}, grown
