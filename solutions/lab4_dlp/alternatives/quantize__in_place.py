"""Divide by the step, then work in one array."""


def quantize(x, position, scale, bits=8):
    q = x.astype(np.float64) / (2.0**position / scale)
    np.round(q, out=q)
    q[q < -(2 ** (bits - 1))] = -(2 ** (bits - 1))
    q[q > 2 ** (bits - 1) - 1] = 2 ** (bits - 1) - 1
    return q.astype("int8")
