"""Sizes are compared before rounding. Just below 2^-14 a value is rounded up to it and keeps its digits; just
below 2^-24 it becomes 2^-24."""

def underflow(gradient):
    half = gradient.astype(np.float16)
    size = np.abs(half)
    vanished = (half == 0) & (gradient != 0)
    subnormal = (half != 0) & (np.abs(gradient) < 2.0**-14)
    overflowed = np.isinf(half)
    return vanished, subnormal, overflowed
