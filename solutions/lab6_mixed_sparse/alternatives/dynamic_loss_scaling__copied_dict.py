"""A copy of the scaler that is changed key by key; counts of finite entries."""


def adjust_scale(scaler, gradients, interval=200):
    new = dict(scaler)
    finite = sum(np.count_nonzero(np.isfinite(g)) for g in gradients.values())
    take = finite == sum(g.size for g in gradients.values())
    new["clean"] = new["clean"] + 1 if take else 0
    if not take:
        new["scale"] *= 0.5
    elif new["clean"] == interval:
        new["scale"] *= 2
        new["clean"] = 0
    return new, take
