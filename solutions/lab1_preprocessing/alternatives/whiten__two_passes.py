"""Sums written out in float64: first the mean, then the squared distances."""


def whiten(image):
    x = image.astype(np.float64)
    n = x.size
    mu = np.sum(x) / n
    var = np.sum(np.square(x - mu)) / n
    adjusted = max(math.sqrt(var), 1.0 / math.sqrt(n))
    return ((x - mu) / adjusted).astype(np.float32)


import math
