"""The fraction is cut off, so every value moves towards zero. Round to the nearest integer first."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = x * (scale / 2.0**position)
    return np.clip(q, -end, end - 1).astype(np.int8)
