"""The limits are nearly right, but ties and roundings at the upper ends are not: 2^-25 itself becomes 0, and what is a
little above 65504 becomes 65504. Cast, then look."""


def underflow(gradient):
    with np.errstate(over="ignore"):
        half = np.abs(gradient.astype(np.float16))
    vanished = (np.abs(gradient) < 2.0 ** (-25)) & (gradient != 0)
    subnormal = (np.abs(gradient) >= 2.0 ** (-25)) & (np.abs(gradient) < 2.0 ** (-14))
    return (vanished, subnormal, np.abs(gradient) > 65504)
