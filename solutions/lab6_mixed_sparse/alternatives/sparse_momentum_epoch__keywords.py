"""Everything by keyword; weights are copied and written into."""

def sparse_momentum_epoch(params, velocities, masks, rate):
    importance = layer_importance(momenta=velocities, masks=masks)
    params = {name: array.copy() for name, array in params.items()}
    smaller = {name: magnitude_prune(weight=params[name], mask=masks[name], rate=rate) for name in masks}
    for name, mask in smaller.items():
        params[name][~mask] = 0
    gone = {name: int(np.count_nonzero(masks[name] & ~smaller[name])) for name in masks}
    room = {name: int(np.count_nonzero(~smaller[name])) for name in masks}
    more = redistribute(total=sum(gone.values()), importance=importance, room=room)
    return params, {n: regrow(mask=smaller[n], momentum=velocities[n], count=more[n]) for n in masks}
