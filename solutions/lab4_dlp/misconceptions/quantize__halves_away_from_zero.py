"""Halves are rounded away from zero. Of two equally near integers the card takes the even one, as np.rint
does."""


def quantize(x, position, scale, bits=8):
    assert 2 <= bits <= 8, bits
    end = 2 ** (bits - 1)
    q = x * (scale / 2.0**position)
    q = np.sign(q) * np.floor(np.abs(q) + 0.5)
    return np.clip(q, -end, end - 1).astype(np.int8)
