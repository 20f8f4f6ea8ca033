"""All weights are ranked, the active ones too. They have the largest momentum, so hardly anything grows."""

def regrow(mask, momentum, count):
    new = mask.copy()
    new.flat[np.argsort(-np.abs(momentum), axis=None, kind="stable")[:count]] = True
    return new
