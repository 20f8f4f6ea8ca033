"""Weights that were taken out keep their values. Only those that stayed active do; the rest are 0."""

def sparse_momentum_epoch(params, velocities, masks, rate):
    importance = layer_importance(velocities, masks)
    pruned = {name: magnitude_prune(params[name], mask, rate) for name, mask in masks.items()}
    total = sum(int(masks[name].sum() - mask.sum()) for name, mask in pruned.items())
    room = {name: int(mask.size - mask.sum()) for name, mask in pruned.items()}
    counts = redistribute(total, importance, room)
    grown = {name: regrow(mask, velocities[name], counts[name]) for name, mask in pruned.items()}
    kept = {name: params[name] for name, mask in pruned.items()}
    return {**params, **kept}, grown
