"""The power of two multiplies where it should divide: a larger position means larger steps, so smaller
integers."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.rint(x * (scale * 2.0**position))
    return np.clip(q, -end, end - 1).astype(np.int8)
