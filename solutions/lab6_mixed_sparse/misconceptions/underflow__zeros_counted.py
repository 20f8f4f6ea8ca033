"""Entries that were 0 before are counted as vanished."""

def underflow(gradient):
    half = gradient.astype(np.float16)
    size = np.abs(half)
    vanished = half == 0
    subnormal = (half != 0) & (size < 2.0**-14)
    overflowed = np.isinf(half)
    return vanished, subnormal, overflowed
