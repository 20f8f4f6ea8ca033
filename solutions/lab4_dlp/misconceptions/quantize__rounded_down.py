"""The values are rounded down: they become smaller, by half a step on average. Round to the nearest."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.floor(x * (scale / 2.0**position))
    return np.clip(q, -end, end - 1).astype(np.int8)
