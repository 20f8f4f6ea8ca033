"""The values were divided by 2 ** position only. They are multiplied by the scale as well."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.rint(x * (1 / 2.0**position))
    return np.clip(q, -end, end - 1).astype(np.int8)
