"""Numbers of each layer in lists by position; the dicts are made at the end."""


def sparse_momentum_epoch(params, velocities, masks, rate):
    names = list(masks)
    pruned = [magnitude_prune(params[n], masks[n], rate) for n in names]
    before = [np.count_nonzero(masks[n]) for n in names]
    after = [np.count_nonzero(m) for m in pruned]
    room = dict(zip(names, (m.size - k for m, k in zip(pruned, after))))
    share = redistribute(int(np.sum(before) - np.sum(after)), layer_importance(velocities, masks), room)
    new_masks = {n: regrow(m, velocities[n], share[n]) for n, m in zip(names, pruned)}
    new_params = {n: params[n].copy() for n in params}
    for n, m in zip(names, pruned):
        new_params[n][~m] = 0
    return new_params, new_masks
