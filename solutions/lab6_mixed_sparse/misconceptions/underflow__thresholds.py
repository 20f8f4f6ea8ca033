"""The limits are taken from the smallest and largest half-precision numbers themselves. Rounding moves them: what is
nearer to 2^-24 than to 0 becomes 2^-24, and what is a little above 65504 becomes 65504. Cast, then look."""


def underflow(gradient):
    with np.errstate(over="ignore"):
        half = np.abs(gradient.astype(np.float16))
    vanished = (np.abs(gradient) < 2.0 ** (-24)) & (gradient != 0)
    subnormal = (np.abs(gradient) >= 2.0 ** (-24)) & (np.abs(gradient) < 2.0 ** (-14))
    return (vanished, subnormal, np.abs(gradient) > 65504)
