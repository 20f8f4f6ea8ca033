"""Each place lacks its own number: it belongs to what came so far."""


def running_total(x):
    return np.cumsum(x) - x
