"""Signs are forgotten: a negative value is smaller than 2^-14 whatever its magnitude. Compare absolute values."""

def underflow(gradient):
    half = gradient.astype(np.float16)
    size = np.abs(half)
    vanished = (half == 0) & (gradient != 0)
    subnormal = (half != 0) & (half < 2.0**-14)
    overflowed = np.isinf(half)
    return vanished, subnormal, overflowed
