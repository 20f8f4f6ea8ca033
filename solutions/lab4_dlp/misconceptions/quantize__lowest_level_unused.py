"""The grid is taken to go from -127 to 127. It has one more level below zero."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.rint(x * (scale / 2.0**position))
    return np.clip(q, 1 - end, end - 1).astype(np.int8)
