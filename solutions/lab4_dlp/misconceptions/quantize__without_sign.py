"""Bytes without a sign hold no negative values: these come out as large positive ones. Use int8."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.rint(x * (scale / 2.0**position))
    return np.clip(q, -end, end - 1).astype(np.int64).astype(np.uint8)
