"""One loop a step, dicts that are filled."""

def sparse_momentum_epoch(params, velocities, masks, rate):
    shares = layer_importance(velocities, masks)
    new_params, new_masks, room, removed = dict(params), {}, {}, 0
    for name in masks:
        new_masks[name] = magnitude_prune(params[name], masks[name], rate)
        removed += masks[name].sum() - new_masks[name].sum()
        new_params[name] = params[name] * new_masks[name]
        room[name] = np.sum(~new_masks[name])
    for name, count in redistribute(removed, shares, room).items():
        new_masks[name] = regrow(new_masks[name], velocities[name], count)
    return new_params, new_masks
