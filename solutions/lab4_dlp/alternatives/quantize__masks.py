"""Values beyond the ends are set by masks after rounding."""


def quantize(x, position, scale, bits=8):
    low, high = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
    q = np.round(np.asarray(x, dtype=np.float64) * scale / 2.0**position)
    q = np.where(q > high, high, q)
    q = np.where(q < low, low, q)
    return q.astype(np.int8)
