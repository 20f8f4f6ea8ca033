"""Exponent and fraction bits of the half tell what became of it."""


def underflow(gradient):
    with np.errstate(over="ignore"):
        bits = gradient.astype(np.float16).view(np.uint16)
    exponent, fraction = (bits >> 10) & 31, bits & 1023
    vanished = (exponent == 0) & (fraction == 0) & (gradient != 0)
    return vanished, (exponent == 0) & (fraction > 0), (exponent == 31) & (fraction == 0)
