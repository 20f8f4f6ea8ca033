"""A helper for each of the two halves."""


def take_out(params, masks, rate):
    return {name: magnitude_prune(weight=params[name], mask=masks[name], rate=rate) for name in masks}


def count_zeros(mask):
    return int(np.count_nonzero(~mask))


def sparse_momentum_epoch(params, velocities, masks, rate):
    pruned = take_out(params, masks, rate)
    removed = sum(count_zeros(pruned[n]) - count_zeros(masks[n]) for n in masks)
    shares = redistribute(removed, layer_importance(velocities, masks), {n: count_zeros(pruned[n]) for n in masks})
    new_params, new_masks = dict(params), {}
    for n in masks:
        new_params[n] = params[n] * pruned[n]
        new_masks[n] = regrow(pruned[n], velocities[n], shares[n])
    return new_params, new_masks
