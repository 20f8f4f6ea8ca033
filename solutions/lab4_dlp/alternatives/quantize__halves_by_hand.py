"""Rounds by floor of a half more, and puts exact halves to the even side."""


def quantize(x, position, scale, bits=8):
    v = x * (scale * 2.0 ** -position)
    r = np.floor(v + 0.5)
    odd_half = (v + 0.5 == r) & (np.mod(r, 2) == 1)
    r = r - odd_half
    end = 1 << (bits - 1)
    return np.minimum(np.maximum(r, -end), end - 1).astype("int8")
