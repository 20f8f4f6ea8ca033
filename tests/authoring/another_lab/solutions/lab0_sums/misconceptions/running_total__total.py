"""This is the sum of the whole row, and not of what came so far."""


def running_total(x):
    return np.full_like(x, x.sum())
