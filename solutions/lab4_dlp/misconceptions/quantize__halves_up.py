"""Halves are always rounded up (0.5 is added, then the sum is rounded down). Of two equally near integers the
card takes the even one."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = np.floor(x * (scale / 2.0**position) + 0.5)
    return np.clip(q, -end, end - 1).astype(np.int8)
