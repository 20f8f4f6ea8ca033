"""Clipped before it is rounded, which is the same, and the cast by np.int8."""


def quantize(x, position, scale, bits=8):
    lo, hi = -(1 << (bits - 1)), (1 << (bits - 1)) - 1
    step = 2.0**position / scale
    return np.int8(np.rint(np.clip(np.divide(x, step, dtype=np.float64), lo, hi)))
