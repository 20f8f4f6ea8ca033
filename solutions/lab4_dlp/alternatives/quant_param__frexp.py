"""Read the power of two off the float itself."""


def quant_param(x, bits=8):
    end = (1 << (bits - 1)) - 1
    largest = np.max(np.abs(np.asarray(x, dtype=np.float64)))
    if largest == 0.0:
        return 0, 1.0
    mantissa, exponent = np.frexp(largest / end)
    position = max(-32, min(32, int(exponent) - (mantissa == 0.5)))
    return int(position), float(np.ldexp(end / largest, position))
