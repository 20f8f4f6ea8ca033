"""The momentum of active weights is set to 0 and all are ranked. Where too few others move, active ones are
chosen again, and too few grow."""

def regrow(mask, momentum, count):
    new = mask.copy()
    new.flat[np.argsort(-np.abs(momentum * ~mask), axis=None, kind="stable")[:count]] = True
    return new
