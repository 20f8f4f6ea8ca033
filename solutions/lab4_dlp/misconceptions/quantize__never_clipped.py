"""Nothing keeps the values within the grid: with few bits they leave it, with 8 they wrap around."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.rint(x * (scale / 2.0**position))
    return q.astype(np.int64).astype(np.int8)
