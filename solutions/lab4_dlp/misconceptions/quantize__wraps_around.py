"""Values beyond the grid wrap around to its other end, since they are turned into int8 before they are
clipped."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.rint(x * (scale / 2.0**position))
    return np.clip(q.astype(np.int64).astype(np.int8), -end, end - 1)
