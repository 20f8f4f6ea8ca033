"""The integers take more than one byte each. The point of eight bits is that they do not: int8."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.rint(x * (scale / 2.0**position))
    return np.clip(q, -end, end - 1).astype(np.int32)
