"""The integers are still stored as floats of 4 or 8 bytes each. On the card each takes one byte: int8."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.rint(x * (scale / 2.0**position))
    return np.clip(q, -end, end - 1)
