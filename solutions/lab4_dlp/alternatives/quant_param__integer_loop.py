"""Counts the position up from the bottom until the largest value fits."""


def quant_param(x, bits=8):
    m = max(abs(float(np.min(x))), abs(float(np.max(x))))
    if m == 0.0:
        return 0, 1.0
    top = (1 << (bits - 1)) - 1
    position = -32
    while position < 32 and top * 2.0**position < m:
        position += 1
    return position, 2.0**position / m * top
