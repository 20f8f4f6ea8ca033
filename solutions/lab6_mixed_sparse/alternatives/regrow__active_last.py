"""Active places get a momentum of minus 1, so that they come last."""

def regrow(mask, momentum, count):
    pull = np.where(mask, -1.0, np.abs(momentum)).ravel()
    new = mask.flatten()
    new[np.argsort(-pull, kind="stable")[:count]] = True
    return new.reshape(mask.shape)
