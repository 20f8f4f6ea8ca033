"""math.log2 and math.ceil, corrected where rounding went past a power of two."""

import math


def quant_param(x, bits=8):
    values = np.abs(np.asarray(x, np.float64)).ravel()
    biggest = values[values.argmax()].item()
    end = 2 ** (bits - 1) - 1
    if biggest == 0:
        return (0, 1.0)
    exponent = math.ceil(math.log2(biggest) - math.log2(end))
    if math.ldexp(end, exponent) < biggest:
        exponent += 1
    elif math.ldexp(end, exponent - 1) >= biggest:
        exponent -= 1
    exponent = max(-32, min(32, exponent))
    return exponent, math.ldexp(end, exponent) / biggest
