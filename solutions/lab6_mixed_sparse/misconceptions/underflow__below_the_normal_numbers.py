"""2^-14, `np.finfo(np.float16).tiny`, is taken for the last value before 0. Below it there are the subnormal
ones."""

def underflow(gradient):
    half = gradient.astype(np.float16)
    size = np.abs(half)
    vanished = (np.abs(gradient) < 2.0**-14) & (gradient != 0)
    subnormal = np.zeros(gradient.shape, bool)
    overflowed = np.isinf(half)
    return vanished, subnormal, overflowed
