"""A vector of means divided by its sum; equal fractions where that is 0."""


def layer_importance(momenta, masks):
    names = list(masks)
    means = np.zeros(len(names))
    for i, name in enumerate(names):
        if masks[name].any():
            means[i] = np.average(np.abs(momenta[name]).astype(np.float64), weights=masks[name])
    if not means.any():
        means[:] = 1
    return dict(zip(names, (means / means.sum()).tolist()))
